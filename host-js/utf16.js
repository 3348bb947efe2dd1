// @ts-check
// UTF-16 as it is: strings with every unit, lone surrogates too.

import { WireError } from "./errors.js";
import { alignedAt, u32 } from "./memory.js";

/** The most units that `String.fromCharCode` is given at a time. */
const CHUNK = 8192;

/**
 * Reads UTF-16 units as they are.
 * @param {import("./memory.js").Memory} memory
 * @param {number} ptr
 * @param {number} units
 * @param {string} op
 */
export function readText16(memory, ptr, units, op) {
  const start = alignedAt(memory, ptr, units, op, 2, 2);
  const all = new Uint16Array(memory.u8.buffer, start, u32(units));
  let text = "";
  try {
    for (let i = 0; i < all.length; i += CHUNK) text += String.fromCharCode.apply(null, /** @type {any} */ (all.subarray(i, i + CHUNK)));
  } catch (cause) {
    throw new WireError("string-too-long", op, all.length, { cause });
  }
  return text;
}

/**
 * Writes a text's units.
 * @param {import("./memory.js").Memory} memory
 * @param {number} start 2-aligned
 * @param {string} text
 */
export function writeText16(memory, start, text) {
  const all = new Uint16Array(memory.u8.buffer, start, text.length);
  for (let i = 0; i < text.length; i++) all[i] = text.charCodeAt(i);
}
