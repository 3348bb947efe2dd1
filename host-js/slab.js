// @ts-check
// The slab: JS values under the handles that a guest holds. Two arrays side by side, so
// that checking a handle and reading its value is one comparison and one load: `values`,
// and `tags`, which holds the one handle that is valid for an index now. An index that is
// free has a tag of another index (the lowest bit flipped), which nothing can match.

import { WireError } from "./errors.js";
import { u32 } from "./memory.js";

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
  tags = FIXED_TAGS.slice();
  live = 0;
  high = 0;
  /** In debug mode, where each handle was made or released. @type {Map<number, string> | undefined} */
  stacks;
  // The released indexes, oldest first: `next` links them from `oldest` to `newest`. (Fields that are private take engines more code, which
  // decides whether all of this becomes a part of its callers.)
  /** @protected */
  next = new Int32Array(2 * FIRST);
  /** @protected */
  oldest = 0;
  /** @protected */
  newest = 0;
  /** @protected */
  resting = 0;

  /**
   * @param {unknown} global what handle 5 stands for
   * @param {object} extras what handle 6 stands for
   */
  constructor(global, extras) {
    this.values = [undefined, undefined, null, false, true, global, extras, undefined];
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
    const { values } = this;
    // Objects are compared with objects alone: where anything may come an engine has to call a function for that.
    if (typeof value === "object" || typeof value === "function") {
      if (value === null) return NULL;
      if (value === values[GLOBAL]) return GLOBAL;
      if (value === values[EXTRAS]) return EXTRAS;
    } else {
      if (value === undefined) return UNDEFINED;
      if (typeof value === "boolean") return value ? TRUE : FALSE;
    }
    let index;
    if (this.resting > RESTING) {
      index = this.oldest;
      this.oldest = this.next[index];
      this.resting--;
    } else if ((index = values.length) === this.tags.length) this.grow();
    values[index] = value;
    if (++this.live > this.high) this.high = this.live;
    return (this.tags[index] ^= 1);
  }

  /**
   * As `add`, for a value that has no fixed handle. (It says once more what stands there: as a call, engines would often make only one of the two a part of
   * who calls `add`, which takes half as long again.)
   * @param {unknown} value a number, or one that has a handle already
   * @returns {number} as i32
   */
  put(value) {
    const { values } = this;
    let index;
    if (this.resting > RESTING) {
      index = this.oldest;
      this.oldest = this.next[index];
      this.resting--;
    } else if ((index = values.length) === this.tags.length) this.grow();
    values[index] = value;
    if (++this.live > this.high) this.high = this.live;
    return (this.tags[index] ^= 1);
  }

  /** Another handle for the value of one. @param {number} handle @param {string} op @returns {number} as i32 */
  clone(handle, op) {
    const value = this.get(handle, op);
    return (handle & INDEX_MASK) < FIRST ? this.add(value) : this.put(value);
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

  /**
   * The value of a handle, which ends; a fixed one stays.
   * @param {number} handle
   * @param {string} op
   * @returns {any}
   */
  take(handle, op) {
    const index = handle & INDEX_MASK;
    const { tags, values } = this;
    if (tags[index] !== handle) throw this.breach(handle, op);
    const value = values[index];
    if (index < FIRST) return value;
    values[index] = undefined;
    tags[index] = (handle + GENERATION) ^ 1;
    this.live--;
    this.rest(index);
    return value;
  }

  /** Puts a released index behind all others that rest. @param {number} index @protected */
  rest(index) {
    if (this.resting++ === 0) this.oldest = index;
    else this.next[this.newest] = index;
    this.newest = index;
  }

  /** Makes places for as many indexes again as there are. @protected */
  grow() {
    const { length } = this.values;
    if (length > INDEX_MASK) throw new WireError("handles-exhausted", "slab", length - FIRST);
    this.tags = doubled(this.tags);
    this.next = doubled(this.next);
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

/** The tags of a slab that is new: of the fixed handles, and of as many indexes that were never used. */
const FIXED_TAGS = doubled(Int32Array.of(-1, 1, 2, 3, 4, 5, 6, -1));

/** The same with as many places again: the tags of indexes that were never used. (Of 16 numbers an engine needs no buffer apart.) @param {Int32Array} old */
function doubled(old) {
  const bigger = new Int32Array(old.length * 2);
  for (let index = old.length; index < bigger.length; index++) bigger[index] = index ^ 1;
  bigger.set(old);
  return bigger;
}

/**
 * The handles that live now; in debug mode with where they were made.
 * @param {Slab} slab
 */
export function list(slab) {
  const all = [];
  for (let index = FIRST; index < slab.values.length; index++) {
    const handle = slab.tags[index];
    if ((handle & INDEX_MASK) !== index) continue;
    all.push({ handle: u32(handle), value: slab.values[index], stack: slab.stacks?.get(handle) ?? "" });
  }
  return all;
}
