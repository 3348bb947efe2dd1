// @ts-check
// The arena as words and texts of data in a form are written there.

import { encoder, utf8 } from "./string.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./form-text.js").FormWriter} FormWriter */
/** @typedef {import("./memory.js").Memory} Memory */

/** How many places for texts are kept, and from how many units on a call into an encoder is faster than a loop. */
const PLACES = 64, LONG = 32;
const NO_BYTES = new Uint8Array(0);

/** The words of a formed buffer before its values. */
export const HEAD = 2;
/** How many words there is room for behind what a form takes without its lists and maps. */
const MORE = 256;

export class Arena {
  /** Of what is written: where its words end, how many of them are written between two looks at how much room there is, and whether there was too little. */
  count = 0;
  most = 0;
  full = false;
  #words = new Float64Array(0);
  #integers = new Int32Array(0);
  /** Guest memory from some addresses on: most texts lie where one lay before, and an encoder wants a view. */
  #starts = new Float64Array(PLACES);
  /** @type {Uint8Array[]} */
  #places = new Array(PLACES).fill(NO_BYTES);

  /** Guest memory by words, up to the arena's end. Valid until guest code runs. @param {Memory} memory */
  words(memory) {
    // There are none once the memory has grown.
    if (this.#words.length * 8 < memory.end) {
      this.#words = new Float64Array(memory.u8.buffer);
      this.#integers = new Int32Array(memory.u8.buffer);
      this.#starts.fill(0);
    }
    return this.#words;
  }

  /**
   * Writes the words of a value where the guest reads them, behind room for the head; `count` says how many they are. The arena's top stays as it is.
   * @param {Memory} memory @param {Form} form @param {any} value @param {FormWriter} compiled
   * @returns {string | null} its texts; null if it isn't of the form, or, with `full` set, if there is no room
   */
  write(memory, form, value, compiled) {
    const { top } = memory;
    const words = this.words(memory);
    const first = (top >>> 3) + HEAD;
    const end = Math.min(first + form.most + MORE, memory.end >>> 3);
    this.most = form.most;
    this.full = first + form.most > end;
    if (this.full) return null;
    // What reading the value calls has the arena behind it.
    memory.top = end * 8;
    let text = null;
    try {
      text = compiled(this, value, words, first, end);
      this.count -= first;
    } catch {
      // As for the words: what it is written as then says where.
    }
    memory.top = top;
    // The memory may have grown meanwhile.
    this.full ||= words.length === 0;
    return this.full ? null : text;
  }

  /** Writes the head of a formed buffer, after a look at the words. @param {number} ptr @param {number} source @param {number} count of its words @param {number} units of its texts */
  head(ptr, source, count, units) {
    const integers = this.#integers;
    const at = ptr >>> 2;
    integers[at] = 0;
    integers[at + 1] = source;
    integers[at + 2] = count;
    integers[at + 3] = units;
  }

  /** There is no more room. @returns {null} */
  grow() {
    this.full = true;
    return null;
  }

  /** Nor for so long a text. @returns {null} */
  flushed() {
    return this.grow();
  }

  /** Encodes a text into the arena, after a look at the words; gives how many bytes. @param {Memory} memory @param {number} start @param {string} text @returns {number} */
  encode(memory, start, text) {
    if (text.length < LONG || !encoder) return utf8.write(memory.u8, start, text);
    const i = (start >>> 3) & (PLACES - 1);
    if (this.#starts[i] !== start) {
      this.#starts[i] = start;
      this.#places[i] = memory.u8.subarray(start, memory.end);
    }
    return encoder.encodeInto(text, this.#places[i]).written;
  }
}
