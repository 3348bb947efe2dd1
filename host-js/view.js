// @ts-check
// Numbers that are lent for the time of a call, `&mut [T]`. The guest gets a copy of the
// caller's typed array, which is written back when the call is over; a function of the host gets
// a view of the guest's memory, without a copy. The view can be ended, which no typed array can:
// so it is an object of its own, and hands out no typed array but copies.

import { bytesOf, elementOf, elements } from "./brand.js";
import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { alignedAt, u32 } from "./memory.js";
import { wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array} Typed */

/**
 * Numbers in guest memory, which may be read and written until the call that they were given to returns. From then on all of this throws
 * a `WireError` with the code `dropped`.
 * @template {Typed} [T=Typed]
 */
export class View {
  #memory;
  #type;
  #ptr;
  #length;
  #name;
  #open = true;
  /** The numbers where they are, for as long as the memory doesn't grow. Nobody else gets it: it can't be ended. @type {any} */
  #array = null;

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

  #alive() {
    if (!this.#open) throw new WireError("dropped", this.#name, "a view of guest memory");
  }

  #numbers() {
    this.#alive();
    const { buffer } = this.#memory.u8;
    return this.#array?.buffer === buffer ? this.#array : (this.#array = new this.#type(buffer, this.#ptr, this.#length));
  }

  /** @param {number} index @returns {T[number]} */
  get(index) {
    return this.#numbers()[this.#at(index, 1)];
  }

  /** @param {number} index @param {T[number]} value */
  set(index, value) {
    this.#alive();
    // An object's own code may let the memory grow: it runs before the memory is looked at.
    const number = Object(value) === value ? this.#type.of(value)[0] : value;
    this.#numbers()[this.#at(index, 1)] = number;
  }

  /** A copy of some of the numbers, or of all, which stays. @param {number} [start] @param {number} [end] both as `slice` has them @returns {T} */
  copy(start, end) {
    return this.#numbers().slice(start, end);
  }

  /** Writes numbers in a row. @param {T | ArrayLike<T[number]>} values @param {number} [index] of the first */
  write(values, index = 0) {
    this.#alive();
    const numbers = ArrayBuffer.isView(values) ? values : this.#type.from(values);
    this.#numbers().set(numbers, this.#at(index, numbers.length));
  }

  /** Copies numbers into a typed array, as many as it holds. @param {T} to @param {number} [index] of the first */
  read(to, index = 0) {
    const start = this.#at(index, to.length);
    to.set(this.#numbers().subarray(start, start + to.length));
  }

  /** Writes a number to some places, or to all. @param {T[number]} value @param {number} [start] @param {number} [end] both as `slice` has them */
  fill(value, start, end) {
    this.#alive();
    const number = Object(value) === value ? this.#type.of(value)[0] : value;
    this.#numbers().fill(number, start, end);
  }

  /** The numbers that are there when each is asked for. @returns {Generator<T[number]>} */
  *[Symbol.iterator]() {
    for (let i = 0; i < this.#length; i++) yield this.get(i);
  }

  /** From now on it refuses. */
  end() {
    this.#open = false;
    this.#array = null;
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
      handlesOf(guest).lent.push(view);
      return view;
    },
  };
}

/**
 * A function that ends what it was lent, views and closures, however it ends.
 * @param {Guest} guest
 * @param {(...wires: any[]) => any} call
 */
export function ending(guest, call) {
  const { lent } = handlesOf(guest);
  /** @param {number} length */
  const end = (length) => {
    while (lent.length > length) lent.pop()?.end();
  };
  // Few wires have a function without a list.
  if (call.length > 0 && call.length <= 4)
    return (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c, /** @type {any} */ d) => {
      const { length } = lent;
      try {
        return call(a, b, c, d);
      } finally {
        end(length);
      }
    };
  return (/** @type {any[]} */ ...wires) => {
    const { length } = lent;
    try {
      return call(...wires);
    } finally {
      end(length);
    }
  };
}
