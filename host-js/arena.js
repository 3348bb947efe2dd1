// @ts-check
// The arena as words and texts of data in a form are written there.

import { encoder, utf8 } from "./string.js";

/** @typedef {import("./memory.js").Memory} Memory */

/** How many places for texts are kept, and from how many units on a call into an encoder is faster than a loop. */
const PLACES = 64, LONG = 32;
const NO_BYTES = new Uint8Array(0);

export class Arena {
  #words = new Float64Array(0);
  /** Guest memory from some addresses on: most texts lie where one lay before, and an encoder wants a view. */
  #starts = new Float64Array(PLACES);
  /** @type {Uint8Array[]} */
  #places = new Array(PLACES).fill(NO_BYTES);

  /** Guest memory by words, up to the arena's end. Valid until guest code runs. @param {Memory} memory */
  words(memory) {
    // There are none once the memory has grown.
    if (this.#words.length * 8 < memory.end) {
      this.#words = new Float64Array(memory.u8.buffer);
      this.#starts.fill(0);
    }
    return this.#words;
  }

  /** Encodes a text into the arena, after a look at the words; gives how many bytes. @param {Memory} memory @param {number} start @param {string} text @returns {number} */
  encode(memory, start, text) {
    if (text.length < LONG || utf8.viewless || !encoder) return utf8.write(memory.u8, start, text);
    const i = (start >>> 3) & (PLACES - 1);
    if (this.#starts[i] !== start) {
      this.#starts[i] = start;
      this.#places[i] = memory.u8.subarray(start, memory.end);
    }
    return encoder.encodeInto(text, this.#places[i]).written;
  }
}
