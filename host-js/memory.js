// @ts-check
// The guest's memory, as the host may touch it. Pointers and lengths arrive from wasm as
// signed numbers; they become unsigned and are held against the memory's size here, and
// nowhere else. Views die when the memory grows: `u8` and `view` are fetched anew for each use.

import { WireError } from "./errors.js";

/** A wasm i32 taken as unsigned. @param {number} n */
export const u32 = (n) => n >>> 0;

/** Alignment of everything in the arena. */
const ARENA_ALIGN = 8;

/** What there is before there is a memory. */
const none = new Uint8Array();

export class Memory {
  /** @type {WebAssembly.Memory | undefined} */
  memory;
  #u8 = none;
  /** That of the views, as it was when they were fetched. @type {ArrayBufferLike} */
  buffer = none.buffer;
  #view = new DataView(none.buffer);
  /** The arena's first free byte, 8-aligned, and its end. */
  top = 0;
  end = 0;
  /** The arena from some address on, kept for the next text that is encoded there: `short.js`'s. @type {{ u8: Uint8Array, top: number, view: Uint8Array } | undefined} */
  room;

  /** All bytes. Valid until guest code runs. */
  get u8() {
    if (!this.#u8.length) this.#refresh();
    return this.#u8;
  }

  /** All bytes, for reading and writing numbers. Valid until guest code runs. */
  get view() {
    if (!this.#u8.length) this.#refresh();
    return this.#view;
  }

  /**
   * Checks that `count` things of `size` bytes at `ptr` lie in memory. None of them lie anywhere: the address is 0 then.
   * @param {number} ptr
   * @param {number} count
   * @param {string} op who asks, for the error
   * @param {number} [size]
   * @returns {number} `ptr` as unsigned
   */
  at(ptr, count, op, size = 1) {
    if (count === 0) return 0;
    const start = u32(ptr);
    const end = start + u32(count) * size;
    if (end > this.u8.length) {
      // A shared memory grows without its old views dying: look again before calling it a breach.
      this.#refresh();
      if (end > this.#u8.length)
        throw new WireError(this.memory ? "out-of-bounds" : "not-attached", op, `${start}..${end}`);
    }
    return start;
  }

  /**
   * Makes room in the arena, if there is as much.
   * @param {number} size in bytes
   * @returns {number} its address, or -1
   */
  bump(size) {
    const ptr = this.top;
    const next = ptr + size + (-size & (ARENA_ALIGN - 1));
    if (next > this.end) return -1;
    this.top = next;
    return ptr;
  }

  #refresh() {
    if (!this.memory) return;
    this.#u8 = new Uint8Array((this.buffer = this.memory.buffer));
    this.#view = new DataView(this.buffer);
  }
}

/**
 * A view of some bytes, which are there. Valid until guest code runs. It is made of the buffer, which takes an engine a third less than of another view.
 * @param {Memory} memory @param {number} start @param {number} len
 */
export function part(memory, start, len) {
  // Looked at first: after the memory grew, both are fetched by that.
  const { u8 } = memory;
  return u8.length === 0 ? u8 : new Uint8Array(memory.buffer, start, len);
}

/**
 * A view of a part of guest memory. Valid until guest code runs.
 * @param {Memory} memory @param {number} ptr @param {number} len in bytes @param {string} op
 */
export function bytesAt(memory, ptr, len, op) {
  const start = memory.at(ptr, len, op);
  return part(memory, start, u32(len));
}

/**
 * As `memory.at`, for what has to be aligned.
 * @param {Memory} memory @param {number} ptr @param {number} count @param {string} op @param {number} size @param {number} align
 */
export function alignedAt(memory, ptr, count, op, size, align) {
  const start = memory.at(ptr, count, op, size);
  if (start % align !== 0) throw new WireError("misaligned", op, start);
  return start;
}

/**
 * A copy of a part of guest memory.
 * @param {Memory} memory @param {number} ptr @param {number} len in bytes @param {string} op
 */
export function copyAt(memory, ptr, len, op) {
  const start = memory.at(ptr, len, op);
  return memory.u8.slice(start, start + u32(len));
}
