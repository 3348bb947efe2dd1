// @ts-check
// The group `data`: any plain value both ways in one crossing, as one buffer. The type `data` of
// the contract, and the operations `data_…`.

import { copyInto, Writer } from "./encode.js";
import { Reader } from "./decode.js";
import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { u32 } from "./memory.js";
import { NONE } from "./slab.js";
import { readRange } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** How many writers are kept, and the largest buffer of one. */
const WRITERS = 4, KEEP = 1 << 20;

/** Writers that aren't in use: one is while the arguments of a call are checked. */
class Pool {
  /** @type {Writer[]} */
  writers = [];

  /** A writer with a value. @param {unknown} value @param {string} where */
  write(value, where) {
    const writer = this.writers.pop() ?? new Writer();
    try {
      writer.write(value, where);
    } catch (error) {
      this.takeBack(writer);
      throw error;
    }
    return writer;
  }

  /** @param {Writer} writer */
  takeBack(writer) {
    writer.values.length = 0;
    writer.root = undefined;
    if (this.writers.length < WRITERS && writer.u8.length <= KEEP) this.writers.push(writer);
  }
}

/** What is kept for one instance. */
export class State {
  pool = new Pool();
  reader = new Reader();
  /** The containers of a value, if they were asked for. @type {{ value: unknown, list: unknown[] } | null} */
  parts = null;

  /** All containers inside of a value, in their order. @param {unknown} value */
  containers(value) {
    if (this.parts === null || this.parts.value !== value) {
      const writer = new Writer();
      /** @type {unknown[]} */
      const list = (writer.found = []);
      writer.write(value, "");
      this.parts = { value, list };
      // No longer than the guest may ask for more of them.
      queueMicrotask(() => (this.parts = null));
    }
    return this.parts.list;
  }
}

/** @param {Guest} guest @returns {State} */
const stateOf = (guest) => (handlesOf(guest).data ??= new State());

/** The value in guest memory. @param {Guest} guest @param {number} ptr @param {number} len @param {string} op */
const read = (guest, ptr, len, op) => stateOf(guest).reader.read(guest, ptr, len, op);

/**
 * Copies what was written, with handles that are the guest's then.
 * @param {Guest} guest @param {Writer} writer @param {number} ptr @param {string} name
 * @param {number} source the handle of what was written, if the guest has none
 */
function copy(guest, writer, ptr, name, source) {
  const { values, view } = writer;
  view.setUint32(4, source, true);
  for (let i = 0, at = writer.handles; i < values.length; i++, at += 4) view.setInt32(at, handlesOf(guest).grant(values[i], name), true);
  copyInto(writer, guest.memory, ptr);
}

/** The type `data`, for one host: what is checked is written, and copied when it is lowered. @returns {import("./types.js").Type} */
function makeType() {
  const pool = new Pool();
  return {
    check: (value, where) => pool.write(value, where),
    lower(guest, writer, name) {
      const state = stateOf(guest);
      const ptr = guest.reserve(writer.at, 1, name);
      state.parts = null;
      // Only a part can be asked for: where there are no containers, there is none.
      const source = writer.containers > 0 ? handlesOf(guest).grant(writer.root, name) : NONE;
      copy(guest, writer, ptr, name, source);
      guest.len = writer.at;
      pool.takeBack(writer);
      return ptr;
    },
    wide: true,
    kind: kind.DATA,
    read: (guest, at, name) => readRange(guest, at, kind.DATA, 1, name, (ptr, len) => read(guest, ptr, len, name)),
    accept: read,
  };
}

/** @type {import("./core.js").Group} */
export const data = {
  name: "data",
  get types() {
    return { data: makeType() };
  },
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const state = stateOf(guest);
    return {
      data_to_value(ptr, len) {
        return slab.add(state.reader.read(guest, ptr, len, "data_to_value"));
      },
      data_from_value(handle, ptr, capacity, out) {
        const op = "data_from_value";
        const value = slab.get(handle, op);
        const to = guest.memory.at(ptr, capacity, op);
        guest.memory.at(out, 4, op);
        const mark = guest.leftovers.length;
        try {
          const writer = state.pool.write(value, "");
          handles.alive();
          state.parts = null;
          const size = writer.at;
          let block = to;
          if (size > u32(capacity)) {
            if (!guest.raw.hw_alloc) throw new WireError("no-allocator", op, size);
            block = guest.enter(() => (block = guest.raw.hw_alloc(size, 1)) && guest.memory.at(block, size, "hw_alloc"), op);
            if (block === 0) throw new WireError("out-of-memory", op, size);
            guest.memory.view.setUint32(u32(out), block, true);
          }
          copy(guest, writer, block, op, NONE);
          // The handles are the guest's.
          guest.leftovers.length = mark;
          state.pool.takeBack(writer);
          return size;
        } catch (thrown) {
          guest.leave(mark);
          return handles.fail(thrown, -1);
        }
      },
      data_part(source, number) {
        const value = slab.get(source, "data_part");
        try {
          return handles.own(state.containers(value)[u32(number)]);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
      },
    };
  },
};
