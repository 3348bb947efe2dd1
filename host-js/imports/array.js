// @ts-check
// Arrays: made from slots, read and written by index.

import { assign } from "../assign.js";
import { WireError, show } from "../errors.js";
import { handlesOf } from "../handles.js";
import { u32 } from "../memory.js";
import { NONE } from "../slab.js";
import { readSlot, readSlots } from "../slot.js";

/** @type {import("../core.js").Group} */
export const array = {
  name: "array",
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const { memory } = guest;
    /** @param {number} handle @param {string} op @returns {any[]} */
    const get = (handle, op) => {
      const value = slab.get(handle, op);
      if (!isArray(value)) throw new WireError("wrong-kind", op, `${show(value)}, not an array`);
      return value;
    };
    return {
      array_from(args, argc) {
        return slab.add(readSlots(guest, args, argc, "array_from"));
      },
      array_length(array, out) {
        const target = get(array, "array_length");
        memory.at(out, 8, "array_length");
        let length;
        try {
          length = target.length;
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return handles.give(length, out);
      },
      array_get(array, index, out) {
        const target = slab.get(array, "array_get");
        memory.at(out, 8, "array_get");
        let value;
        try {
          value = target[u32(index)];
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return handles.give(value, out);
      },
      array_set(array, index, value) {
        const target = slab.get(array, "array_set");
        const element = readSlot(guest, value, "array_set");
        let done;
        try {
          done = assign(target, u32(index), element);
        } catch (thrown) {
          return handles.fail(thrown, -1);
        }
        handles.alive();
        return done;
      },
      array_push(array, value) {
        const target = get(array, "array_push");
        const element = readSlot(guest, value, "array_push");
        try {
          push.call(target, element);
        } catch (thrown) {
          return handles.fail(thrown, -1);
        }
        handles.alive();
        return 1;
      },
    };
  },
};

const { push } = Array.prototype;

/** Whether it is an array; a revoked proxy, which throws when asked, is none. @param {unknown} value */
function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}
