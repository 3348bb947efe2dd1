// @ts-check
// Texts of 4 to 16 bytes that were read before: names of variants, tags, what stands in a table
// over and over. To look one up takes a few words of the buffer, where to put a string together
// takes a call and an allocation. What is not there replaces what is; where texts are all
// different, it isn't looked for any for a while.

import { readShort } from "./short-text.js";

/** How many texts, and how many words for each: its bytes, by words that may overlap, and how many they are. */
const TEXTS = 256, WORDS = 8;
/** So many more misses than hits are a reason to stop, for so many texts. */
const PATIENCE = 32, REST = 2048;

export class TextCache {
  words = new Int32Array(TEXTS * WORDS);
  /** @type {string[]} */
  texts = new Array(TEXTS).fill("");
  luck = PATIENCE;
  rest = 0;

  /**
   * A text of 4 to 16 bytes.
   * @param {Uint8Array} u8 @param {DataView} view of the same memory @param {number} start @param {number} size
   * @returns {string}
   */
  read(u8, view, start, size) {
    if (this.rest > 0) {
      this.rest--;
      return readShort(u8, view, start, size);
    }
    const { words } = this;
    const first = view.getInt32(start, true);
    const last = view.getInt32(start + size - 4, true);
    let second = 0;
    let third = 0;
    if (size > 8) {
      second = view.getInt32(start + 4, true);
      third = view.getInt32(start + size - 8, true);
    }
    const slot = Math.imul(first ^ Math.imul(last, 31) ^ Math.imul(second, 961) ^ size, 0x9e3779b1) >>> 24;
    const at = slot * WORDS;
    if (words[at] === first && words[at + 1] === last && words[at + 2] === second && words[at + 3] === third && words[at + 4] === size) {
      if (this.luck < PATIENCE) this.luck++;
      return this.texts[slot];
    }
    if (--this.luck < 0) {
      this.rest = REST;
      this.luck = PATIENCE;
    }
    words[at] = first;
    words[at + 1] = last;
    words[at + 2] = second;
    words[at + 3] = third;
    words[at + 4] = size;
    return (this.texts[slot] = readShort(u8, view, start, size));
  }
}
