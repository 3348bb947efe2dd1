// @ts-check
// Numbers that are lent for the time of a call, `&mut [T]`. The guest gets a copy of the
// caller's typed array, which is written back when the call is over; a function of the host gets
// a view of the guest's memory, without a copy. The view can be ended, which no typed array can:
// so it is an object of its own, and hands out a typed array only to those who ask for it.

import { bytesOf, elementOf, elements } from "./brand.js";
import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { alignedAt, u32 } from "./memory.js";
import { wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array} Typed */

/**
 * Numbers in guest memory, which may be read and written until the call that they were given to returns.
 * @template {Typed} [T=Typed]
 */
export class View {
  #memory;
  #type;
  #ptr;
  #length;
  #name;
  #open = true;

  /** @param {import("./memory.js").Memory} memory @param {any} type @param {number} ptr @param {number} length @param {string} name of the import */
  constructor(memory, type, ptr, length, name) {
    this.#memory = memory;
    this.#type = type;
    this.#ptr = ptr;
    this.#length = length;
    this.#name = name;
  }

  /** How many numbers there are. */
  get length() {
    return this.#length;
  }

  /**
   * The numbers where they are, as a typed array. It can't be ended: whoever keeps it beyond the call, or across anything that lets
   * the guest's memory grow, sees what the guest has put there since, or nothing.
   * @returns {T}
   */
  get array() {
    if (!this.#open) throw new WireError("dropped", this.#name, "a view of guest memory");
    return new this.#type(this.#memory.u8.buffer, this.#ptr, this.#length);
  }

  /** @param {number} index @returns {T[number]} */
  get(index) {
    return this.array[this.#at(index, 1)];
  }

  /** @param {number} index @param {T[number]} value */
  set(index, value) {
    this.array[this.#at(index, 1)] = value;
  }

  /** A copy, which stays. @returns {T} */
  copy() {
    return /** @type {T} */ (this.array.slice());
  }

  /** Writes numbers in a row. @param {T | ArrayLike<T[number]>} values @param {number} [index] of the first */
  write(values, index = 0) {
    const { array } = this;
    this.#at(index, values.length);
    /** @type {any} */ (array).set(values, index);
  }

  /** From now on it refuses. */
  end() {
    this.#open = false;
  }

  /** @param {number} index @param {number} count */
  #at(index, count) {
    if (Number.isInteger(index) && index >= 0 && index + count <= this.#length) return index;
    throw new RangeError(`${this.#name}: ${index}${count === 1 ? "" : `..${index + count}`} is outside of a view of ${this.#length}`);
  }
}

/**
 * `&mut [T]`
 * @param {number} element
 * @returns {import("./types.js").Type}
 */
export function lent(element) {
  const Typed = /** @type {any} */ (elements[element]);
  const size = Typed.BYTES_PER_ELEMENT;
  return {
    check(value, where) {
      if (ArrayBuffer.isView(value) && elementOf(value) === element) return value;
      throw wrongType(where, `a ${Typed.name}`, value);
    },
    lower(guest, array, name) {
      const ptr = guest.lowerBytes(bytesOf(array), name, size);
      const { len } = guest;
      guest.len /= size;
      guest.leftovers.push(() => {
        // The array may have become shorter, or lost its buffer, by code that ran during the call.
        const to = bytesOf(array);
        const start = u32(ptr);
        to.set(guest.memory.u8.subarray(start, start + Math.min(len, to.length)));
      });
      return ptr;
    },
    wide: true,
    lends: true,
    kind: kind.ARRAY,
    read() {}, // it is no result
    accept(guest, wire, len, name) {
      const view = new View(guest.memory, Typed, alignedAt(guest.memory, wire, len, name, size, size), u32(len), name);
      handlesOf(guest).views.push(view);
      return view;
    },
  };
}

/**
 * A function that ends the views that it was given, however it ends.
 * @param {Guest} guest
 * @param {(...wires: any[]) => any} call
 */
export function ending(guest, call) {
  const handles = handlesOf(guest);
  return (/** @type {any[]} */ ...wires) => {
    const { length } = handles.views;
    try {
      return call(...wires);
    } finally {
      for (const view of handles.views.splice(length)) view.end();
    }
  };
}
