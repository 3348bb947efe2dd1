// @ts-check
// The values of the vectors, for a JavaScript host: made from their JSON, and compared with it.
// The language is in README.md; what a host of another language hasn't got, it leaves out.

import assert from "node:assert/strict";
import { elements } from "../../host-js/brand.js";
import { Implementor, readInterface } from "../../host-js/interface.js";

/** @typedef {any} Json a value as the vectors write it */
/** @typedef {Record<string, unknown>} Names the values made before, by their names */

/** @param {string} hex two digits a byte, with spaces between @returns {Uint8Array<ArrayBuffer>} */
export const fromHex = (hex) => Uint8Array.from(hex.split(" ").filter(Boolean), (digits) => parseInt(digits, 16));
/** @param {Uint8Array} bytes */
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
const NUMBERS = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };
const boom = () => {
  throw "boom";
};

/** @type {Record<string, Function>} */
const functions = {
  arguments: (/** @type {unknown[]} */ ...args) => args,
  this() {
    return this;
  },
  first: (/** @type {unknown} */ value) => value,
  throw(/** @type {unknown} */ value) {
    throw value;
  },
  Point: function Point(/** @type {any} */ x, /** @type {any} */ y) {
    Object.assign(/** @type {any} */ (this), { x, y });
  },
  Thrower: function Thrower(/** @type {unknown} */ value) {
    throw value;
  },
  Array,
  Date,
};

/** Objects whose own code throws "boom", or that are odd in another way. @type {Record<string, () => unknown>} */
const hostile = {
  getter: () => Object.defineProperty({}, "x", { get: boom, set: boom, enumerable: true }),
  proxy: () => new Proxy(function () {}, Object.fromEntries(Reflect.ownKeys(Reflect).filter((key) => typeof key === "string").map((key) => [key, boom]))),
  revoked() {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  text: () => ({ toString: boom, valueOf: boom }),
  message: () => Object.defineProperty(new Error(), "message", { get: boom }),
  stack: () => Object.defineProperty({}, "stack", { get: boom }),
  class: () => ({ [Symbol.hasInstance]: boom }),
  disposed: () => ({ dispose: boom }),
  circle() {
    /** @type {unknown[]} */
    const array = [];
    array.push(array);
    return array;
  },
};

/**
 * Makes a value.
 * @param {Json} json
 * @param {Names} [names]
 * @returns {any}
 */
export function make(json, names = {}) {
  if (typeof json !== "object" || json === null) return json;
  const [kind] = Object.keys(json);
  const content = json[kind];
  switch (kind) {
    case "undefined": return undefined;
    case "number": return NUMBERS[/** @type {keyof typeof NUMBERS} */ (content)];
    case "bigint": return BigInt(content);
    case "symbol": return Symbol(content);
    case "symbol_for": return Symbol.for(content);
    case "array": return content.map((/** @type {Json} */ item) => make(item, names));
    case "object": return Object.fromEntries(Object.entries(content).map(([key, item]) => [key, make(item, names)]));
    case "frozen": return Object.freeze(make(content, names));
    case "map": return new Map(content.map((/** @type {Json[]} */ entry) => entry.map((item) => make(item, names))));
    case "date": return new Date(content ?? NaN);
    case "error": return new Error(content);
    case "buffer": return fromHex(content).buffer;
    case "view": return new DataView(fromHex(content).buffer);
    case "typed": return typed(content, fromHex(json.hex), json.inside);
    case "function": return functions[content];
    case "implementor": return new Implementor(readInterface("I", "f(n: f64) -> f64"), make(content, names));
    case "hostile": return hostile[content]();
    case "ref": return names[content];
    default: return assert.fail(`no value is written ${JSON.stringify(json)}`);
  }
}

/** A typed array, with other bytes around it if it is a part of a buffer. @param {number} element @param {Uint8Array<ArrayBuffer>} bytes @param {boolean} [inside] */
function typed(element, bytes, inside) {
  const type = /** @type {any} */ (elements[element]);
  if (!inside) return new type(bytes.buffer);
  const around = new Uint8Array(bytes.length + 16).fill(0xee);
  around.set(bytes, 8);
  return new type(around.buffer, 8, bytes.length / type.BYTES_PER_ELEMENT);
}

/** Classes of values of which no more is said. @type {Record<string, (value: any) => boolean>} */
const ANY = {
  string: (value) => typeof value === "string",
  object: (value) => typeof value === "object" && value !== null,
  function: (value) => typeof value === "function",
  "string or undefined": (value) => value === undefined || typeof value === "string",
};

/**
 * Whether a value is what the JSON says: objects by their content, functions by which they are.
 * @param {any} value
 * @param {Json} json
 * @param {string} what for the message
 */
export function same(value, json, what, names = {}) {
  const [kind, content] = Object.entries(Object(json))[0] ?? [];
  const plain = typeof json !== "object" || json === null;
  if (!plain && kind === "any") return assert.ok(ANY[content](value), `${what}: ${String(value)} is no ${content}`);
  if (!plain && kind === "error_class") return assert.ok(value instanceof Error && value.name === content, `${what}: ${value} is no ${content}`);
  if (!plain && kind === "symbol") return assert.equal(value?.description, content, what);
  if (!plain && kind === "error") return assert.ok(value instanceof Error && value.message === content, `${what}: ${value}`);
  if (!plain && kind === "typed") {
    const type = elements[content];
    assert.equal(value?.constructor, type, what);
    return assert.equal(toHex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)), json.hex, what);
  }
  if (!plain && kind === "object") {
    assert.deepEqual(Object.keys(value), Object.keys(content), what);
    for (const key of Object.keys(content)) same(value[key], content[key], `${what}.${key}`, names);
    return;
  }
  if (!plain && kind === "array") {
    assert.ok(Array.isArray(value) && value.length === content.length, `${what}: ${String(value)}`);
    content.forEach((/** @type {Json} */ item, /** @type {number} */ i) => same(value[i], item, `${what}[${i}]`, names));
    return;
  }
  if (!plain && kind === "map") {
    assert.ok(value instanceof Map, what);
    const entries = { array: content.map((/** @type {Json[]} */ array) => ({ array })) };
    return same([...value], entries, what);
  }
  if (!plain && kind === "date") return assert.ok(value instanceof Date && Object.is(value.getTime(), content ?? NaN), `${what}: ${value}`);
  assert.ok(Object.is(value, make(json, names)), `${what}: ${String(value)} is not ${JSON.stringify(json)}`);
}

/**
 * Bytes as the vectors write them.
 * @param {any} form hex, or one of `utf8`, `u32`, `f64`
 * @param {Record<string, number>} handles by their names, for words that begin with `$`
 * @returns {Uint8Array}
 */
export function bytesOf(form, handles = {}) {
  if (typeof form === "string") return fromHex(form);
  if (form.utf8 !== undefined) return new TextEncoder().encode(form.utf8);
  if (form.u32) return new Uint8Array(Uint32Array.from(form.u32, (/** @type {any} */ word) => (typeof word === "string" ? handles[word.slice(1)] : word)).buffer);
  if (form.f64) return new Uint8Array(Float64Array.from(form.f64, (/** @type {Json} */ number) => make(number)).buffer);
  return assert.fail(`no bytes are written ${JSON.stringify(form)}`);
}
