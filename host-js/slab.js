// @ts-check
// The slab: JS values under the handles that a guest holds. Two arrays side by side, so
// that checking a handle and reading its value is one comparison and one load: `values`,
// and `tags`, which holds the one handle that is valid for an index now. An index that is
// free has a tag of another index (the lowest bit flipped), which nothing can match.

import { WireError } from "./errors.js";

const INDEX_BITS = 22;
export const INDEX_MASK = (1 << INDEX_BITS) - 1;
const GENERATION = 1 << INDEX_BITS;
const GENERATIONS = 1024;
/** How many released indexes rest before the oldest is used again. */
const RESTING = 1024;
/** Indexes below are the fixed handles. */
export const FIRST = 8;

/** Handles with a fixed meaning, as in WIRE.md, section 4. */
export const NONE = 0, UNDEFINED = 1, NULL = 2, FALSE = 3, TRUE = 4, GLOBAL = 5, EXTRAS = 6, NUMBER = 7;

export class Slab {
  /** @type {unknown[]} */
  values;
  // Of so few numbers an engine keeps the array with its own objects, without a buffer apart.
  tags = new Int32Array(16);
  live = 0;
  high = 0;
  /** The released indexes, oldest first: `#next` links them from `#oldest` to `#newest`. */
  #next = new Int32Array(16);
  #oldest = 0;
  #newest = 0;
  #resting = 0;

  /**
   * @param {unknown} global what handle 5 stands for
   * @param {object} extras what handle 6 stands for
   */
  constructor(global, extras) {
    this.values = [undefined, undefined, null, false, true, global, extras, undefined];
    this.tags.set([-1, 1, 2, 3, 4, 5, 6, -1]);
  }

  /**
   * The value of a handle.
   * @param {number} handle
   * @param {string} op who asks, for the error
   * @returns {any}
   */
  get(handle, op) {
    const index = handle & INDEX_MASK;
    if (this.tags[index] !== handle) throw this.breach(handle, op);
    return this.values[index];
  }

  /**
   * A handle for a value, owned by whoever gets it.
   * @param {unknown} value
   * @returns {number} as i32
   */
  add(value) {
    if (typeof value !== "object" || value === null) {
      if (value === undefined) return UNDEFINED;
      if (value === null) return NULL;
      if (value === false) return FALSE;
      if (value === true) return TRUE;
    }
    if (value === this.values[GLOBAL]) return GLOBAL;
    if (value === this.values[EXTRAS]) return EXTRAS;
    let index;
    if (this.#resting > RESTING) {
      index = this.#oldest;
      this.#oldest = this.#next[index];
      this.#resting--;
    } else {
      index = this.#grow();
    }
    this.values[index] = value;
    if (++this.live > this.high) this.high = this.live;
    return (this.tags[index] ^= 1);
  }

  /**
   * Ends a handle.
   * @param {number} handle
   * @param {string} op
   */
  release(handle, op) {
    const index = handle & INDEX_MASK;
    if (this.tags[index] !== handle || index < FIRST) throw this.breach(handle, op);
    this.values[index] = undefined;
    this.tags[index] = (handle + GENERATION) ^ 1;
    this.live--;
    this.rest(index);
  }

  /** Puts a released index behind all others that rest. @param {number} index @protected */
  rest(index) {
    if (this.#resting++ === 0) this.#oldest = index;
    else this.#next[this.#newest] = index;
    this.#newest = index;
  }

  /** @returns {number} an index that was never used */
  #grow() {
    const index = this.values.length;
    if (index > INDEX_MASK) throw new WireError("handles-exhausted", "slab", index - FIRST);
    if (index === this.tags.length) {
      this.tags = doubled(this.tags);
      this.#next = doubled(this.#next);
    }
    this.tags[index] = index ^ 1;
    return index;
  }

  /** What is wrong with a handle. @param {number} handle @param {string} op @protected */
  breach(handle, op) {
    const index = handle & INDEX_MASK;
    // Generations are a circle: what lies behind the next one is old, what lies ahead was never made.
    const tag = this.tags[index];
    const next = (tag & INDEX_MASK) === index ? tag : tag ^ 1;
    const age = ((next >> INDEX_BITS) - (handle >> INDEX_BITS)) & (GENERATIONS - 1);
    const code =
      handle >= 0 && handle < FIRST ? "reserved-handle"
      : index >= FIRST && index < this.values.length && age > 0 && age <= GENERATIONS / 2 ? "stale-handle"
      : "forged-handle";
    return new WireError(code, op, handle);
  }
}

/** @param {Int32Array} old */
function doubled(old) {
  const bigger = new Int32Array(old.length * 2);
  bigger.set(old);
  return bigger;
}
