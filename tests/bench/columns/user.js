// @ts-check
// The embedder's own functions, the same in every column. Each column has a copy of its
// own in its bundle, so that they share no state with another's, the engine's included.

/** What arrived, for rows that send something. */
export const seen = { sum: 0 };

/** @param {number} a @param {number} b */
export const add = (a, b) => (a + b) | 0;

/** @param {bigint} a @param {bigint} b */
export const addI64 = (a, b) => BigInt.asIntN(64, a + b);

/** @param {string} text */
export function takeText(text) {
  seen.sum = (seen.sum + text.length + text.charCodeAt(text.length - 1)) | 0;
}

/** @param {Uint8Array} bytes */
export function takeBytes(bytes) {
  seen.sum = (seen.sum + bytes.length + bytes[bytes.length - 1]) | 0;
}

/** What rows look into. */
export class Point {
  x = 1.5;
  child = { name: "child" };

  /** @param {number} factor */
  scaled(factor) {
    return factor * 0.5;
  }
}

/** @param {number} number */
export const twice = (number) => number * 2;

/** @param {(x: number) => number} f @param {number} x */
export const callWith = (f, x) => f(x);

/** @param {number} number */
export const attemptOk = (number) => number & 0xff;

const ready = new Error("ready");

/** @param {number} _number @returns {number} */
export function attemptReady(_number) {
  throw ready;
}

/** @param {number} number @returns {number} */
export function attemptNew(number) {
  throw new Error(number < 0 ? "negative" : "new");
}
