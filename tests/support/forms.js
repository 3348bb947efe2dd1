// @ts-check
// Forms of data as a guest has them, without a guest: how it tells one, how it reads a value in it, and, said
// as plainly as can be, which values are of it.

import { Arena } from "../../host-js/arena.js";
import { Guest } from "../../host-js/guest.js";
import { readForm } from "../../host-js/form.js";
import { Words } from "../../host-js/words.js";

/**
 * A form as it stands in tests: a word for those that hold nothing, a list of one for an option (`["option", form]`), a list, a map;
 * `["tuple", ...forms]`; a struct as its fields.
 * @typedef {"unknown" | "boolean" | "number" | "text" | [kind: "option" | "list" | "map" | "tuple", ...forms: any[]] | { [key: string]: any }} Shape
 */

const SIMPLE = ["unknown", "boolean", "number", "text"];
const MADE = { option: 4, list: 5, tuple: 6, map: 8 };

/** A text as it is in UTF-8: what is no character is U+FFFD. @param {string} text */
export const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd");

/** @param {number} n @returns {number[]} */
const length = (n) => (n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...length(n >>> 7)]);
/** @param {string} text */
const utf8 = (text) => [...new TextEncoder().encode(text)];

/** What a guest tells. @param {Shape} shape @returns {number[]} */
export function bytesOf(shape) {
  if (typeof shape === "string") return [SIMPLE.indexOf(shape)];
  if (Array.isArray(shape)) {
    const [kind, ...parts] = shape;
    return [MADE[/** @type {"option"} */ (kind)], ...(kind === "tuple" ? length(parts.length) : []), ...parts.flatMap(bytesOf)];
  }
  const fields = Object.entries(shape);
  return [7, ...length(fields.length), ...fields.flatMap(([key, part]) => [...length(utf8(key).length), ...utf8(key), ...bytesOf(part)])];
}

/** The form that the host makes of some bytes. @param {ArrayLike<number>} bytes */
export function formOf(bytes) {
  const guest = new Guest({});
  guest.memory.memory = new WebAssembly.Memory({ initial: 1 });
  guest.memory.u8.set(bytes, 8);
  return readForm(guest, 8, bytes.length, "data_form");
}

/** Whether a value is an object without any but its own properties. @param {any} value */
const isPlain = (value) => typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** Whether a value is of a form. @param {Shape} shape @param {any} value @returns {boolean} */
export function fits(shape, value) {
  if (shape === "unknown") return false;
  if (typeof shape === "string") return typeof value === (shape === "text" ? "string" : shape);
  if (!Array.isArray(shape)) {
    const fields = new Map(Object.entries(shape));
    return isPlain(value) && Object.keys(value).every((key) => (fields.has(key) ? value[key] === undefined || fits(fields.get(key), value[key]) : Object(value[key]) !== value[key]));
  }
  const [kind, ...parts] = shape;
  if (kind === "option") return value === null || value === undefined || fits(parts[0], value);
  if (kind === "map") return isPlain(value) && Object.values(value).every((item) => item !== undefined && fits(parts[0], item));
  if (!Array.isArray(value) || (kind === "tuple" && value.length !== parts.length)) return false;
  return Array.from(value).every((item, i) => fits(kind === "tuple" ? parts[i] : parts[0], item));
}

/** What a reader has of a value: no undefined fields, one kind of nothing, an object as a map without a prototype. @param {Shape} shape @param {any} value @returns {any} */
export function normal(shape, value) {
  if (typeof shape === "string") return typeof value === "string" ? wellFormed(value) : value;
  if (!Array.isArray(shape)) return new Map(Object.entries(shape).flatMap(([key, part]) => (Object.hasOwn(value, key) && value[key] !== undefined ? [[key, normal(part, value[key])]] : [])));
  const [kind, ...parts] = shape;
  if (kind === "option") return value === null || value === undefined ? null : normal(parts[0], value);
  if (kind === "map") return new Map(Object.keys(value).map((key) => [wellFormed(key), normal(parts[0], value[key])]));
  return Array.from(value, (item, i) => normal(kind === "tuple" ? parts[i] : parts[0], item));
}

/**
 * The words and texts of a formed buffer.
 * @param {Uint8Array} buffer @returns {{ source: number, words: number[], units: number, texts: Uint8Array }}
 */
export function open(buffer) {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  const count = view.getUint32(8, true);
  return {
    source: view.getUint32(4, true),
    words: Array.from({ length: count }, (_, i) => view.getFloat64(16 + i * 8, true)),
    units: view.getUint32(12, true),
    texts: buffer.slice(16 + count * 8),
  };
}

/**
 * Reads a value as a guest does.
 * @param {Shape} shape @param {{ words: number[], units: number, texts: Uint8Array }} formed
 * @returns {{ value: any } | null} null where a text is cut inside of a character, with which a guest asks for the value by itself
 */
export function read(shape, { words, units, texts }) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(texts);
  if (text.length !== units) throw new Error(`${text.length} units, not ${units}`);
  let at = 0;
  let behind = 0;
  let cut = false;
  const word = () => {
    if (at === words.length) throw new Error("no word is left");
    return words[at++];
  };
  const next = () => {
    const start = behind;
    behind += word();
    if (behind > units) throw new Error("no text is left");
    const part = text.slice(start, behind);
    cut ||= part !== wellFormed(part);
    return part;
  };
  /** @param {Shape} shape @returns {any} */
  const value = (shape) => {
    if (shape === "unknown") throw new Error("nothing is known of it, and it is there");
    if (shape === "boolean") return word() !== 0;
    if (shape === "number") return word();
    if (shape === "text") return next();
    if (!Array.isArray(shape)) {
      const missing = BigInt(word());
      return new Map(Object.entries(shape).flatMap(([key, part], i) => ((missing >> BigInt(i)) & 1n ? [] : [[key, value(part)]])));
    }
    const [kind, ...parts] = shape;
    if (kind === "option") return word() === 0 ? null : value(parts[0]);
    if (kind === "tuple") return parts.map(value);
    const items = Array.from({ length: word() }, () => (kind === "list" ? value(parts[0]) : [next(), value(parts[0])]));
    return kind === "list" ? items : new Map(items);
  };
  const found = value(shape);
  if (at !== words.length || behind !== units) throw new Error("something is left");
  return cut ? null : { value: found };
}

/**
 * Has every host tell of each value that it tries to write in a form, whether it was of that.
 * @param {(fits: boolean) => void} told
 * @returns {() => void} ends it
 */
export function watchForms(told) {
  const [words, arena] = [Words.prototype.write, Arena.prototype.write];
  Words.prototype.write = function (...args) {
    const fits = words.apply(this, args);
    told(fits);
    return fits;
  };
  Arena.prototype.write = function (...args) {
    const texts = arena.apply(this, args);
    // Where there is no room it is tried again, elsewhere.
    if (!this.full) told(texts !== null);
    return texts;
  };
  return () => {
    Words.prototype.write = words;
    Arena.prototype.write = arena;
  };
}
