// @ts-check
// What an object is by nature: not by its prototype, which can be set, but by its internal
// slots, so that the answer is the same for objects of another realm.

/** @param {object} prototype @param {PropertyKey} key */
const getter = (prototype, key) => /** @type {(this: unknown) => any} */ (Object.getOwnPropertyDescriptor(prototype, key)?.get);

const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const arrayName = getter(typedArray, Symbol.toStringTag);
const arrayLength = getter(typedArray, "length");
const arrayBytes = getter(typedArray, "byteLength");
const arrayStart = getter(typedArray, "byteOffset");
const arrayBuffer = getter(typedArray, "buffer");
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
const { getTime } = Date.prototype;
/** @type {(value: unknown) => boolean} */
const isError =
  /** @type {any} */ (Error).isError ?? ((value) => value instanceof Error || Object.prototype.toString.call(value) === "[object Error]");

/** The typed arrays by element kind, as in WIRE.md, section 8. */
export const elements = [
  undefined, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array,
  Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array,
];

/** Their numbers, by element kind, as the contract names them. */
export const elementNames = ["", "i8", "u8", "", "i16", "u16", "i32", "u32", "f32", "f64", "i64", "u64"];

/** Classes, as in WIRE.md, section 8. */
export const classes = { other: 0, Array: 1, Date: 2, Error: 3, ArrayBuffer: 4, DataView: 5, typedArray: 16 };

/** @param {unknown} value @returns {number} its class on the wire */
export function classOf(value) {
  if (typeof value !== "object" || value === null) return classes.other;
  if (ArrayBuffer.isView(value)) {
    const element = elementOf(value);
    return element === 0 ? classes.DataView : classes.typedArray + element;
  }
  if (has(() => Array.isArray(value))) return classes.Array;
  if (has(() => isError(value))) return classes.Error;
  if (isDate(value)) return classes.Date;
  if (has(() => bufferLength.call(value) >= 0)) return classes.ArrayBuffer;
  return classes.other;
}

/** @param {unknown} value @returns {value is Date} */
export const isDate = (value) => has(() => getTime.call(value) !== undefined);

/** Element kinds by the name of the typed array. @type {Map<string, number>} */
const kinds = new Map();
elements.forEach((type, kind) => type && kinds.set(type.name, kind));

/** The element kind of a typed array, 0 for anything else. @param {unknown} value @returns {number} */
export const elementOf = (value) => kinds.get(arrayName.call(value)) ?? 0;

/** Whether a value is a `Uint8Array`, of any realm. @param {unknown} value @returns {value is Uint8Array} */
export const isBytes = (value) => arrayName.call(value) === "Uint8Array";

/** The length of a typed array, whatever its properties say. @param {unknown} array @returns {number} */
export const lengthOf = (array) => arrayLength.call(array);

/**
 * A typed array's bytes: its part of the buffer, never all of it, whatever its properties say; none of a detached one.
 * @param {unknown} array
 * @returns {Uint8Array}
 */
export function bytesOf(array) {
  const length = arrayBytes.call(array);
  return length === 0 ? new Uint8Array(0) : new Uint8Array(arrayBuffer.call(array), arrayStart.call(array), length);
}

/** An intrinsic asked about a value that isn't its own throws: then the answer is no. @param {() => boolean} test */
function has(test) {
  try {
    return test();
  } catch {
    return false;
  }
}
