// @ts-check
// Reads a wasm module without running it: what it imports and exports with signatures, its
// custom sections and where its data lies. The standard's own reflection knows no signatures.

/**
 * @typedef {{ params: string[], results: string[] }} Signature
 * @typedef {{ module: string, name: string, kind: Kind, type?: Signature }} Import
 * @typedef {{ name: string, kind: Kind, index: number, type?: Signature }} Export
 * @typedef {{ name: string, bytes: Uint8Array }} Custom
 * @typedef {{ offset: number, bytes: Uint8Array }} Data `offset` is -1 for a passive segment or one whose place is no constant
 * @typedef {"function" | "table" | "memory" | "global" | "tag"} Kind
 * @typedef {{ types: Signature[], imports: Import[], exports: Export[], customs: Custom[], data: Data[], sections: Section[] }} Module
 * @typedef {{ id: number, size: number }} Section in the order of the module; `size` is that of the content
 */

/** @type {Kind[]} */
const KINDS = ["function", "table", "memory", "global", "tag"];
const VALUE_TYPES = new Map([
  [0x7f, "i32"],
  [0x7e, "i64"],
  [0x7d, "f32"],
  [0x7c, "f64"],
  [0x7b, "v128"],
  [0x70, "funcref"],
  [0x6f, "externref"],
]);
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Goes through bytes from the front. */
class Reader {
  at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  /** One byte. */
  u8() {
    if (this.done) throw new Error(`the module ends at ${this.at}, in the middle of something`);
    return this.bytes[this.at++];
  }

  /** A LEB128 number, taken as unsigned 32 bits. */
  u32() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  /** A LEB128 number of 32 bits with a sign, as what an address is: unsigned. */
  address() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return ((byte & 0x40) !== 0 && shift < 25 ? value | (-1 << (shift + 7)) : value) >>> 0;
    }
  }

  /** @param {number} len */
  take(len) {
    if (this.at + len > this.bytes.length) throw new Error(`the module ends before the ${len} bytes at ${this.at} do`);
    this.at += len;
    return this.bytes.subarray(this.at - len, this.at);
  }

  name() {
    return utf8.decode(this.take(this.u32()));
  }

  /** @template T @param {() => T} item @returns {T[]} */
  list(item) {
    return Array.from({ length: this.u32() }, item);
  }

  valueType() {
    const code = this.u8();
    return VALUE_TYPES.get(code) ?? `0x${code.toString(16)}`;
  }

  /** The limits of a table or memory: they are passed over. */
  limits() {
    if (this.u8() & 1) this.u32();
    this.u32();
  }
}

/** @param {Reader} reader @returns {Signature} */
function readType(reader) {
  const form = reader.u8();
  if (form !== 0x60) throw new Error(`a type of form 0x${form.toString(16)} is not a function's`);
  return { params: reader.list(() => reader.valueType()), results: reader.list(() => reader.valueType()) };
}

/** @param {Reader} reader @param {Signature[]} types @param {number[]} functions gets the type of an imported function @returns {Import} */
function readImport(reader, types, functions) {
  const module = reader.name();
  const name = reader.name();
  const kind = KINDS[reader.u8()];
  if (kind === "function") {
    functions.push(reader.u32());
    return { module, name, kind, type: types[functions[functions.length - 1]] };
  }
  if (kind === "global") reader.take(2);
  else if (kind === "tag") reader.take(1), reader.u32();
  else {
    if (kind === "table") reader.u8();
    reader.limits();
  }
  return { module, name, kind };
}

/** @param {Reader} reader @returns {Data} */
function readData(reader) {
  const mode = reader.u32();
  let offset = -1;
  if (mode === 2) reader.u32();
  if (mode !== 1) {
    const op = reader.u8();
    if (op === 0x41) offset = reader.address();
    else reader.u32(); // global.get: known only when it runs
    if (reader.u8() !== 0x0b) throw new Error("a data segment's offset is more than one instruction");
  }
  return { offset, bytes: reader.take(reader.u32()) };
}

/**
 * Reads a module.
 * @param {Uint8Array} bytes
 * @returns {Module}
 * @throws {Error} when it is damaged, or uses what this reader doesn't know
 */
export function readWasm(bytes) {
  const reader = new Reader(bytes);
  const magic = reader.take(8);
  if (new DataView(magic.buffer, magic.byteOffset).getUint32(0) !== 0x0061736d) throw new Error("not a wasm module");
  /** @type {Module} */
  const module = { types: [], imports: [], exports: [], customs: [], data: [], sections: [] };
  /** @type {number[]} */
  const functions = [];
  while (!reader.done) {
    const id = reader.u8();
    const part = new Reader(reader.take(reader.u32()));
    module.sections.push({ id, size: part.bytes.length });
    if (id === 0) module.customs.push({ name: part.name(), bytes: part.bytes.subarray(part.at) });
    else if (id === 1) module.types = part.list(() => readType(part));
    else if (id === 2) module.imports = part.list(() => readImport(part, module.types, functions));
    else if (id === 3) part.list(() => functions.push(part.u32()));
    else if (id === 7)
      module.exports = part.list(() => {
        const name = part.name();
        const kind = KINDS[part.u8()];
        const index = part.u32();
        return kind === "function" ? { name, kind, index, type: module.types[functions[index]] } : { name, kind, index };
      });
    else if (id === 11) module.data = part.list(() => readData(part));
  }
  return module;
}

/**
 * A signature as WIRE.md writes it: `(i32, i32) -> i32`.
 * @param {Signature} type
 */
export function showSignature({ params, results }) {
  return `(${params.join(", ")})${results.length > 0 ? ` -> ${results.join(", ")}` : ""}`;
}
