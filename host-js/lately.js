// @ts-check
// Texts of 17 to 64 bytes that a guest gave before: labels, paths, messages, which programs say
// over and over. They are found by some of their words and held against all of them, which
// takes half the time of a decoder, and makes no string. Shorter ones are in `text-cache.js`.
// Where texts are all different, it isn't looked for any for a while.

import { readShort } from "./short-text.js";
import { utf8 } from "./string.js";

/** How many texts, and how many words for each; its length is behind them. */
const TEXTS = 256, WORDS = 16, PLACE = WORDS + 1;
/** So many more misses than hits are a reason to stop, for so many texts. */
const PATIENCE = 32, REST = 2048;

/** A text that isn't looked up. @param {Uint8Array} u8 @param {DataView} view @param {number} start @param {number} size @param {string} op */
const fresh = (u8, view, start, size, op) => (size < 32 ? readShort(u8, view, start, size) : utf8.read(u8, start, start + size, op));

export class Lately {
  words = new Int32Array(TEXTS * PLACE);
  /** @type {string[]} */
  texts = new Array(TEXTS).fill("");
  luck = PATIENCE;
  rest = 0;

  /**
   * A text of 17 to 64 bytes.
   * @param {Uint8Array} u8 @param {DataView} view of the same memory @param {number} start @param {number} size @param {string} op who wants it
   * @returns {string}
   */
  read(u8, view, start, size, op) {
    if (this.rest > 0) {
      this.rest--;
      return fresh(u8, view, start, size, op);
    }
    const { words } = this;
    // The last word overlaps the one before it.
    const end = start + size - 4;
    const last = view.getInt32(end, true);
    const middle = view.getInt32(start + (size >> 1), true);
    const slot = Math.imul(view.getInt32(start, true) ^ Math.imul(last, 31) ^ Math.imul(middle, 961) ^ size, 0x9e3779b1) >>> 24;
    let at = slot * PLACE;
    if (words[at + WORDS] === size) {
      let from = start;
      while (from < end && words[at] === view.getInt32(from, true)) {
        from += 4;
        at++;
      }
      if (from >= end && words[at] === last) {
        if (this.luck < PATIENCE) this.luck++;
        return this.texts[slot];
      }
      at = slot * PLACE;
    }
    if (--this.luck < 0) {
      this.rest = REST;
      this.luck = PATIENCE;
    }
    words[at + WORDS] = size;
    for (let from = start; from < end; from += 4) words[at++] = view.getInt32(from, true);
    words[at] = last;
    return (this.texts[slot] = fresh(u8, view, start, size, op));
  }
}
