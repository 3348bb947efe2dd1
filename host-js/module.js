// @ts-check
// Reads a wasm module without compiling it: what it imports and exports with signatures, its
// sections and its custom sections. The standard's own reflection knows neither signatures nor
// sizes. For tools; no page needs it.

/**
 * @typedef {{ params: string[], results: string[] }} Signature
 * @typedef {{ min: number, max?: number }} Limits in pages of 64 KiB
 * @typedef {"function" | "table" | "memory" | "global" | "tag"} Kind
 * @typedef {{ kind: Kind, type?: Signature, limits?: Limits }} Entity `type` of a function, `limits` of a memory
 * @typedef {Entity & { module: string, name: string }} Import
 * @typedef {Entity & { name: string, index: number }} Export
 * @typedef {{ name: string, bytes: Uint8Array }} Custom
 * @typedef {{ name: string, bytes: Uint8Array }} Section its content; `name` is that of the standard, of a custom section `custom` and its own
 * @typedef {{ types: Signature[], imports: Import[], exports: Export[], customs: Custom[], sections: Section[] }} Module all in the order of
 *   the module
 */

/** @type {Kind[]} */
const KINDS = ["function", "table", "memory", "global", "tag"];
const SECTIONS = ["custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code", "data", "data count", "tag"];
const VALUE_TYPES = new Map([
  [0x7f, "i32"],
  [0x7e, "i64"],
  [0x7d, "f32"],
  [0x7c, "f64"],
  [0x7b, "v128"],
  [0x70, "funcref"],
  [0x6f, "externref"],
  [0x69, "exnref"],
]);
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Goes through bytes from the front. */
class Reader {
  at = 0;

  /** @param {Uint8Array} bytes @param {number} [start] where they begin in the module */
  constructor(bytes, start = 0) {
    this.bytes = bytes;
    this.start = start;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  /** One byte. */
  u8() {
    if (this.done) throw new Error(`the module is cut off at byte ${this.start + this.at}`);
    return this.bytes[this.at++];
  }

  /** A LEB128 number, taken as unsigned; longer ones than of 64 bits are damage. */
  u32() {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error(`the number at byte ${this.start + this.at} has no end`);
  }

  /** @param {number} len */
  take(len) {
    const left = this.bytes.length - this.at;
    if (len > left) throw new Error(`the module is cut off: ${len} bytes should follow at byte ${this.start + this.at}, and ${left} do`);
    this.at += len;
    return this.bytes.subarray(this.at - len, this.at);
  }

  name() {
    const at = this.start + this.at;
    try {
      return utf8.decode(this.take(this.u32()));
    } catch (error) {
      throw error instanceof TypeError ? new Error(`the name at byte ${at} is not UTF-8`) : error;
    }
  }

  /** @template T @param {() => T} item @returns {T[]} */
  list(item) {
    const count = this.u32();
    // Item by item: a damaged count must not reserve gigabytes.
    const items = [];
    for (let i = 0; i < count; i++) items.push(item());
    return items;
  }

  valueType() {
    const code = this.u8();
    // References to types of the module: what they refer to doesn't matter here.
    if (code === 0x63 || code === 0x64) return this.u32(), "ref";
    return VALUE_TYPES.get(code) ?? `0x${code.toString(16)}`;
  }

  /** @returns {Limits} */
  limits() {
    const flags = this.u8();
    const min = this.u32();
    const limits = flags & 1 ? { min, max: this.u32() } : { min };
    if (flags & 8) this.u32(); // the size of a page
    return limits;
  }
}

/** @param {Reader} reader @returns {Signature} */
function readType(reader) {
  const form = reader.u8();
  if (form !== 0x60) throw new Error(`a type of form 0x${form.toString(16)} is not a function's: this reader knows no garbage-collected types`);
  return { params: reader.list(() => reader.valueType()), results: reader.list(() => reader.valueType()) };
}

/** @param {Reader} reader @param {Signature[]} types @param {Signature[]} functions @param {Limits[]} memories @returns {Import} */
function readImport(reader, types, functions, memories) {
  const module = reader.name();
  const name = reader.name();
  const code = reader.u8();
  const kind = KINDS[code];
  if (kind === undefined) throw new Error(`the import ${module}.${name} is of the unknown kind ${code}`);
  if (kind === "function") {
    const type = types[reader.u32()];
    functions.push(type);
    return { module, name, kind, type };
  }
  if (kind === "memory") {
    const limits = reader.limits();
    memories.push(limits);
    return { module, name, kind, limits };
  }
  if (kind === "table") reader.valueType(), reader.limits();
  if (kind === "global") reader.valueType(), reader.u8();
  if (kind === "tag") reader.u8(), reader.u32();
  return { module, name, kind };
}

/**
 * Reads a module.
 * @param {Uint8Array} bytes
 * @returns {Module}
 * @throws {Error} when it is damaged, or uses what this reader doesn't know
 */
export function readModule(bytes) {
  const reader = new Reader(bytes);
  if ([0, 0x61, 0x73, 0x6d].some((byte, i) => bytes[i] !== byte)) throw new Error("not a wasm module");
  if (reader.take(8)[4] !== 1) throw new Error(`wasm of version ${bytes[4]}, or a component: only modules of version 1 can be read`);
  /** @type {Module} */
  const module = { types: [], imports: [], exports: [], customs: [], sections: [] };
  /** @type {Signature[]} */
  const functions = [];
  /** @type {Limits[]} */
  const memories = [];
  while (!reader.done) {
    const id = reader.u8();
    const len = reader.u32();
    const part = new Reader(reader.take(len), reader.at - len);
    const section = { name: SECTIONS[id] ?? `section ${id}`, bytes: part.bytes };
    module.sections.push(section);
    if (id === 0) {
      const name = part.name();
      section.name += ` ${name}`;
      module.customs.push({ name, bytes: part.bytes.subarray(part.at) });
    } else if (id === 1) module.types = part.list(() => readType(part));
    else if (id === 2) module.imports = part.list(() => readImport(part, module.types, functions, memories));
    else if (id === 3) part.list(() => functions.push(module.types[part.u32()]));
    else if (id === 5) part.list(() => memories.push(part.limits()));
    else if (id === 7)
      module.exports = part.list(() => {
        const name = part.name();
        const kind = KINDS[part.u8()];
        const index = part.u32();
        if (kind === "function") return { name, kind, index, type: functions[index] };
        return kind === "memory" ? { name, kind, index, limits: memories[index] } : { name, kind, index };
      });
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
