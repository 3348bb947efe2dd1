// @ts-check
// UTF-8 both ways, as every platform can. `utf8.js` puts faster ways in their place, and a
// way by hand where the platform has none; the result is the same on every way, for text that
// isn't valid too, and the tests hold them together.

/**
 * @typedef {object} Way to write and read UTF-8
 * @property {(u8: Uint8Array, start: number, text: string) => number} write into room for three bytes a unit; gives the bytes written
 * @property {(u8: Uint8Array, start: number, end: number, op?: string) => string} read; `op` is who wants it, for an error
 * @property {(text: string) => Uint8Array} encode into an array of just the size
 */

const { TextEncoder, TextDecoder } = /** @type {any} */ (globalThis);
/** The platform's, where it has them. */
export const encoder = TextEncoder && new TextEncoder();
export const decoder = TextDecoder && new TextDecoder("utf-8", { ignoreBOM: true });

/** The ways in use. A lone surrogate is written as U+FFFD; bytes that aren't valid are read as U+FFFD, as the Encoding Standard says. @type {Way} */
export const utf8 = {
  write: (u8, start, text) => encoder.encodeInto(text, u8.subarray(start, start + text.length * 3)).written,
  // A decoder takes no view of shared memory, so it gets a copy.
  read: (u8, start, end) => decoder.decode(u8.slice(start, end)),
  encode: (text) => encoder.encode(text),
};

/** @param {number} unit */
export const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
/** @param {number} unit */
export const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

/**
 * The length of a text in UTF-8.
 * @param {string} text
 * @returns {number} in bytes
 */
export function textLength(text) {
  const units = text.length;
  let length = units;
  for (let i = 0; i < units; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length++;
    else {
      length += 2;
      // A pair is four bytes: two units, two more.
      if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) i++;
    }
  }
  return length;
}
