// @ts-check
// Guests in the text format of wasm, so that what a guest does stands in its test. Operations
// are imported by being named: `call $object_new` is enough. A memory of one page is added
// where there is none.

import wabt from "wabt";
import { operations } from "./wire.js";

const { parseWat } = await wabt();
const features = { threads: true, annotations: true, exceptions: true };
const all = operations();

/** @typedef {{ contract?: string | (string | Uint8Array)[] }} Extra `contract`: the custom section `handwire`, or several */

/** A signature of WIRE.md as the text format writes it. @param {{ types: string[], signature: string }} operation */
function typeOf({ types, signature }) {
  const result = signature.split(" -> ")[1];
  return `(param ${types.join(" ")})${result ? ` (result ${result})` : ""}`;
}

/**
 * Assembles a module.
 * @param {string} fields what stands in it; its imports first
 * @param {Extra} [extra]
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {Error} with the place of what is wrong in the text
 */
export function wat(fields, { contract = [] } = {}) {
  const named = all.filter(({ name }) => new RegExp(`\\$${name}\\b`).test(fields));
  const imports = named.map((operation) => `(import "handwire" "${operation.name}" (func $${operation.name} ${typeOf(operation)}))`);
  const memory = /\(memory\s+(?!\.)|\(memory$/m.test(fields) ? "" : '(memory (export "memory") 1)';
  const module = parseWat("guest.wat", `(module\n${imports.join("\n")}\n${fields}\n${memory})`, features);
  const { buffer } = module.toBinary({});
  module.destroy();
  const sections = (typeof contract === "string" ? [contract] : contract).map((text) => custom("handwire", typeof text === "string" ? new TextEncoder().encode(text) : text));
  return concat([buffer, ...sections]);
}

/** A custom section. @param {string} name @param {Uint8Array} content */
function custom(name, content) {
  const label = new TextEncoder().encode(name);
  const body = concat([leb(label.length), label, content]);
  return concat([Uint8Array.of(0), leb(body.length), body]);
}

/** @param {number} n */
function leb(n) {
  const bytes = [];
  for (; n > 0x7f; n >>>= 7) bytes.push((n & 0x7f) | 0x80);
  return Uint8Array.of(...bytes, n);
}

/** @param {Uint8Array[]} parts */
function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes in the guest's memory from the start. @param {number} at @param {string | ArrayLike<number>} content text stands for its UTF-8 */
export function data(at, content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return `(data (i32.const ${at}) "${Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}")`;
}

/** Little-endian numbers of 32 bits as bytes. @param {...number} numbers */
export const words = (...numbers) => new Uint8Array(new Uint32Array(numbers).buffer);

/** The 16 bytes of a slot. @param {number} kind @param {number} [low] first half of the payload @param {number} [high] @param {number} [aux] */
export const slot = (kind, low = 0, high = 0, aux = 0) => words(kind, aux, low, high);

/** The 16 bytes of a slot with a number. @param {number} value */
export const numberSlot = (value) => slot(4, ...new Uint32Array(new Float64Array([value]).buffer));

/** Where {@link info} puts things. */
export const RECORD = 16, RETURN = 64, ARENA = 1024, ARENA_LEN = 1024;

/**
 * The export `hw_info` and its record: valid, but for what is given.
 * @param {Partial<{ magic: number, major: number, minor: number, features: number, arena: number, arenaLen: number, slot: number, status: number, at: number }>} [fields]
 */
export function info({ magic = 0x52495748, major = 1, minor = 0, features = 0, arena = ARENA, arenaLen = ARENA_LEN, slot = RETURN, status = 0, at = RECORD } = {}) {
  const record = words(magic, major | (minor << 16), features, arena, arenaLen, slot, status, 0);
  return `(func (export "hw_info") (result i32) (i32.const ${at}))\n${data(RECORD, record)}`;
}

/** A function that calls an operation with its own parameters, under the operation's name. @param {import("./wire.js").Operation} operation */
const through = (operation) =>
  `(func (export "${operation.name}") ${typeOf(operation)} ${operation.types.map((_, i) => `local.get ${i}`).join(" ")} call $${operation.name})`;

/**
 * A guest whose exports are all operations, each called through with the wires as they are, so that a test chooses the numbers.
 * @param {string} [more] further fields
 * @param {Extra} [extra]
 */
export const everyOperation = (more = "", extra = {}) => wat(`${all.map(through).join("\n")}\n${info()}\n${TURNS}\n${more}`, extra);

/** What the host calls later, of which such a guest makes nothing. */
const TURNS = '(func (export "hw_settle") (param i32 i32 i32) (result i32) (i32.const 0)) (func (export "hw_settle_number") (param i32 f64) (result i32) (i32.const 0)) (func (export "hw_run")) (func (export "hw_close") (param i32))';
