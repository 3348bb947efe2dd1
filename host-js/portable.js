// @ts-check
// What may go to another thread: plain data. A handle, a closure, an object with methods stands
// for something of one instance, and there is nothing of it in another: such is refused, by its
// name, before anything is sent.

import { classOf, classes, elementOf, elements, isDate } from "./brand.js";
import { readFields } from "./contract.js";

/** The types that are copied whole. */
const PLAIN = ["bool", "i8", "u8", "i16", "u16", "i32", "u32", "usize", "i64", "u64", "f32", "f64", "char", "str", "bytes", "data", "()"];

/**
 * Why a type can't go to another thread.
 * @param {string} type as the contract has it
 * @param {Map<string, string>} lines the records, enums and aliases, by their first two words
 * @param {Set<string>} [seen] the names on the way: a record may hold lists of itself
 * @returns {string | undefined} undefined when all of it can
 */
export function bound(type, lines, seen = new Set()) {
  if (type.startsWith("&mut [")) return "it is for the guest to write into, and what goes there is a copy";
  const inner = type.replace(/^\[+|[\]?]+$/g, "");
  if (PLAIN.includes(inner) || lines.has(`enum ${inner}`) || seen.has(inner)) return undefined;
  seen.add(inner);
  const name = inner.replace(/^&(mut )?/, "");
  const alias = lines.get(`type ${name}`);
  if (alias) return bound(alias, lines, seen) && `${name} belongs to one instance`;
  const fields = lines.get(`record ${inner}`);
  if (!fields) return `${name} belongs to one instance`;
  for (const field of readFields(fields)) {
    const found = bound(field.type, lines, seen);
    if (found) return found;
  }
}

/**
 * A value for another thread: a copy of its objects and arrays, so that it doesn't change on the way. Buffers are moved, with all
 * views of them; of a view of a part of a buffer only that part goes, as a copy.
 * @param {any} value
 * @param {string} where
 * @param {Set<ArrayBuffer>} moved gets the buffers to move
 * @param {Map<object, unknown>} [seen]
 * @returns {any}
 * @throws {TypeError} for what can't go, naming the place
 */
export function port(value, where, moved, seen = new Map()) {
  if (typeof value === "function" || typeof value === "symbol") throw refused(where, value === Object(value) && value.name ? `the function ${value.name}` : `a ${typeof value}`);
  if (Object(value) !== value) return value;
  if (seen.has(value)) return seen.get(value);
  const keep = (/** @type {any} */ made) => {
    seen.set(value, made);
    return made;
  };
  if (ArrayBuffer.isView(value)) return keep(view(value, where, moved));
  if (classOf(value) === classes.ArrayBuffer) {
    moved.add(whole(value, where));
    return keep(value);
  }
  if (Array.isArray(value)) {
    const made = keep([]);
    for (let i = 0; i < value.length; i++) made.push(port(value[i], `${where}[${i}]`, moved, seen));
    return made;
  }
  if (value instanceof Map) {
    const made = keep(new Map());
    for (const [key, item] of value) made.set(port(key, `a key of ${where}`, moved, seen), port(item, `${where}.get(…)`, moved, seen));
    return made;
  }
  if (value instanceof Set) {
    const made = keep(new Set());
    for (const item of value) made.add(port(item, `an item of ${where}`, moved, seen));
    return made;
  }
  if (isDate(value) || classOf(value) === classes.Error || isShared(value)) return value;
  if (!isPlain(value)) throw refused(where, `an instance of ${Object.getPrototypeOf(value)?.constructor?.name || "a class"}`);
  const made = keep({});
  for (const key of Object.keys(value)) {
    const item = port(value[key], `${where}.${key}`, moved, seen);
    if (key === "__proto__") Object.defineProperty(made, key, { value: item, writable: true, enumerable: true, configurable: true });
    else made[key] = item;
  }
  return made;
}

/** @param {string} where @param {string} what */
const refused = (where, what) => new TypeError(`${where} can't go to another thread: ${what} stays where it was made`);

/** @param {unknown} value @returns {value is SharedArrayBuffer} */
const isShared = (value) => typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer;

/** Whether an object is one of data, of whichever realm. @param {object} value */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty"));
}

/** @param {ArrayBufferView} value @param {string} where @param {Set<ArrayBuffer>} moved */
function view(value, where, moved) {
  const { buffer: memory, byteOffset, byteLength } = value;
  if (isShared(memory)) return value;
  whole(memory, where);
  if (byteLength === memory.byteLength) {
    moved.add(memory);
    return value;
  }
  const part = memory.slice(byteOffset, byteOffset + byteLength);
  moved.add(part);
  return new (/** @type {any} */ (elements[elementOf(value)] ?? DataView))(part);
}

/** A buffer that is still here. @param {ArrayBuffer} memory @param {string} where */
function whole(memory, where) {
  try {
    new Uint8Array(memory);
  } catch (cause) {
    throw new TypeError(`${where} has been moved away before: pass a copy where it is needed again`, { cause });
  }
  return memory;
}
