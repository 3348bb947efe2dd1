// @ts-check
// What is thrown in one thread, as a value for another: cloning by itself loses the class of an
// error, most of its properties, and often its stack.

import { PanicError, PoisonedError, WireError, show } from "./errors.js";

/**
 * @typedef {object} PackedError
 * @property {string} type the nearest of its classes that is known here
 * @property {string} name
 * @property {string} message
 * @property {string} stack
 * @property {Record<string, unknown>} more its own properties that can be cloned, `code` among them
 * @property {Packed} [cause]
 * @property {Packed[]} [errors] of an AggregateError
 * @typedef {{ error: PackedError } | { value: unknown }} Packed
 */

/** @type {Record<string, (message: string) => Error>} */
const makers = {
  WireError: () => new WireError("", ""),
  PanicError: () => new PanicError("", ""),
  PoisonedError: () => new PoisonedError("", ""),
  AggregateError: (message) => new AggregateError([], message),
  DOMException: (message) => new DOMException(message),
};
const { CompileError, LinkError, RuntimeError } = WebAssembly;
for (const made of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, CompileError, LinkError, RuntimeError]) makers[made.name] = (message) => new made(message);

/** What an error has in places of their own; of a DOMException, its numbers for errors, too. */
const KNOWN = ["name", "message", "stack", "cause", "errors"];
/** How long a chain of causes may be. */
const DEEPEST = 16;

/** Reads what may throw when it is read. @param {any} object @param {string} key */
function read(object, key) {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

/** A value as it can be cloned: what can't be is a text that says what it was. @param {unknown} value */
function cloned(value) {
  try {
    return structuredClone(value);
  } catch {
    return `a ${show(value)} of another thread`;
  }
}

/** @param {unknown} thrown @returns {thrown is Error} */
const isError = (thrown) => thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]";

/** The nearest class that is known here. @param {object} error */
function typeOf(error) {
  for (let at = Object.getPrototypeOf(error); at; at = Object.getPrototypeOf(at)) {
    const name = read(read(at, "constructor"), "name");
    if (typeof name === "string" && Object.hasOwn(makers, name)) return name;
  }
  return "Error";
}

/**
 * @param {unknown} thrown
 * @param {number} [depth]
 * @returns {Packed}
 */
export function pack(thrown, depth = 0) {
  if (!isError(thrown)) return { value: cloned(thrown) };
  const text = (/** @type {string} */ key) => {
    const value = read(thrown, key);
    return typeof value === "string" ? value : "";
  };
  /** @type {PackedError} */
  const error = { type: typeOf(thrown), name: text("name"), message: text("message"), stack: text("stack"), more: {} };
  for (const key of Object.keys(thrown)) if (!KNOWN.includes(key)) error.more[key] = cloned(read(thrown, key));
  if (Object.hasOwn(thrown, "cause") && depth < DEEPEST) error.cause = pack(read(thrown, "cause"), depth + 1);
  const errors = read(thrown, "errors");
  if (Array.isArray(errors) && depth < DEEPEST) error.errors = errors.map((one) => pack(one, depth + 1));
  return { error };
}

/** @param {Packed} packed @returns {unknown} what was thrown, as near as it can be */
export function unpack(packed) {
  if ("value" in packed) return packed.value;
  const { type, name, message, stack, more, cause, errors } = packed.error;
  if (type === "DOMException") return new DOMException(message, name);
  const error = makers[type](message);
  const put = (/** @type {string} */ key, /** @type {unknown} */ value) => Object.defineProperty(error, key, { value, writable: true, configurable: true });
  put("message", message);
  put("stack", stack);
  if (error.name !== name) put("name", name);
  if (cause) put("cause", unpack(cause));
  if (errors) put("errors", errors.map(unpack));
  return Object.assign(error, more);
}
