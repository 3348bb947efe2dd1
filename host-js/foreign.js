// @ts-check
// Data that is no plain object or array: maps, sets, dates, typed arrays, wrapped primitives; by
// their nature, whatever they say of themselves. What is none of these is an object by its own
// properties.

import { bytesOf, elementOf, isDate } from "./brand.js";
import { within } from "./located.js";
import { DATE, MAP, NUMBERS } from "./tags.js";

/** @typedef {import("./encode.js").Writer} Writer */

const { toString } = Object.prototype;
const { getTime } = Date.prototype;
const { forEach: forEachEntry } = Map.prototype;
const { forEach: forEachValue } = Set.prototype;
/** The element kind of what crosses as bytes. */
const U8 = 2;

/** What is no plain object. @param {any} value @param {number} depth @param {Writer} writer */
export function instance(writer, value, depth) {
  if (ArrayBuffer.isView(value)) return numbers(writer, value, elementOf(value));
  switch (toString.call(value)) {
    case "[object Map]": return entries(writer, value, depth);
    case "[object Set]": return set(writer, value, depth);
    case "[object Date]": return date(writer, value, depth);
    case "[object ArrayBuffer]": case "[object SharedArrayBuffer]": return buffered(writer, value, depth);
    case "[object Number]": case "[object String]": case "[object Boolean]": return boxed(writer, value, depth);
    default: return writer.object(value, depth);
  }
}

/** A list that is read whole before any of its values is. @param {any} value @param {(each: (value: any, key: any) => void) => void} forEach @returns {any[] | null} null if it isn't what it says */
function listOf(value, forEach) {
  /** @type {any[]} */
  const list = [];
  try {
    forEach.call(value, (second, first) => void list.push(first, second));
    return list;
  } catch {
    return null;
  }
}

/** @param {any} map @param {number} depth @param {Writer} writer */
function entries(writer, map, depth) {
  const list = listOf(map, forEachEntry);
  if (list === null) return writer.object(map, depth);
  writer.u8[writer.at++] = MAP;
  writer.length(list.length / 2);
  let i = 0;
  try {
    for (; i < list.length; i++) writer.value(list[i], depth);
  } catch (error) {
    const key = list[i & ~1];
    throw within(error, map, i % 2 && typeof key === "string" ? key : i >> 1);
  }
}

/** @param {any} set @param {number} depth @param {Writer} writer */
function set(writer, set, depth) {
  const list = listOf(set, forEachValue);
  if (list === null) return writer.object(set, depth);
  // It gives each value twice.
  writer.array(list.filter((_, i) => i % 2), depth);
}

/** @param {any} date @param {number} depth @param {Writer} writer */
function date(writer, date, depth) {
  if (!isDate(date)) return writer.object(date, depth);
  writer.u8[writer.at] = DATE;
  writer.view.setFloat64(writer.at + 1, getTime.call(date), true);
  writer.at += 9;
}

/** @param {any} value @param {number} depth @param {Writer} writer */
function boxed(writer, value, depth) {
  const primitive = [Number, String, Boolean].map((type) => unbox(type.prototype, value)).find((found) => found !== undefined);
  if (primitive === undefined) return writer.object(value, depth);
  writer.containers--;
  writer.found?.pop();
  writer.value(primitive, depth - 1);
}

/** A typed array, or a DataView by its bytes. @param {ArrayBufferView} view @param {number} element @param {Writer} writer */
function numbers(writer, view, element) {
  const bytes = element === 0 ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : bytesOf(view);
  if (element === 0 || element === U8) return writer.bytes(bytes);
  writer.room(bytes.length + 8);
  writer.u8[writer.at] = NUMBERS;
  writer.u8[writer.at + 1] = element;
  writer.at += 2;
  writer.length(bytes.length / /** @type {any} */ (view).BYTES_PER_ELEMENT);
  writer.u8.set(bytes, writer.at);
  writer.at += bytes.length;
}

/** @param {any} buffer @param {number} depth @param {Writer} writer */
function buffered(writer, buffer, depth) {
  let bytes;
  try {
    bytes = new Uint8Array(buffer);
  } catch {
    // Detached, or it only says that it is one.
  }
  if (bytes === undefined || bytes.buffer !== buffer) return writer.object(buffer, depth);
  writer.bytes(bytes);
}

/** The primitive in an object that wraps one. @param {any} prototype @param {any} value */
function unbox(prototype, value) {
  try {
    return prototype.valueOf.call(value);
  } catch {
    return undefined;
  }
}
