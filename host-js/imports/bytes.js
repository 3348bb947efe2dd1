// @ts-check
// Typed arrays: made from the guest's bytes, and copied into the guest's buffers.

import { bytesOf, elementOf, elements, isBytes, lengthOf } from "../brand.js";
import { WireError, show } from "../errors.js";
import { handlesOf } from "../handles.js";
import * as kind from "../kind.js";
import { bytesAt, copyAt, part, u32 } from "../memory.js";
import { NONE } from "../slab.js";
import { readRange, wrongType } from "../types.js";

/** @type {import("../core.js").Group} */
export const bytes = {
  name: "bytes",
  types: {
    bytes: {
      check(value, where) {
        if (isBytes(value)) return value;
        throw wrongType(where, "a Uint8Array", value);
      },
      lower(guest, bytes, name) {
        // The true length: a property of the array's own may say another. `set` copies by that, too.
        const len = lengthOf(bytes);
        const ptr = guest.reserve(len, 1, name);
        guest.memory.u8.set(bytes, ptr);
        guest.len = len;
        return ptr;
      },
      wide: true,
      kind: kind.BYTES,
      read: (guest, at, name) => readRange(guest, at, kind.BYTES, 1, name, (ptr, len) => copyAt(guest.memory, ptr, len, name)),
    },
  },
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const { memory } = guest;
    /** @param {number} handle @param {string} op @returns {any} */
    const get = (handle, op) => {
      const value = slab.get(handle, op);
      if (!ArrayBuffer.isView(value) || elementOf(value) === 0)
        throw new WireError("wrong-kind", op, `${show(value)}, not a typed array`);
      return value;
    };
    return {
      bytes_new(element, ptr, len) {
        const type = elements[element];
        if (type === undefined) throw new WireError("unknown-kind", "bytes_new", `element ${element}`);
        const size = u32(len) * type.BYTES_PER_ELEMENT;
        const start = memory.at(ptr, len, "bytes_new", type.BYTES_PER_ELEMENT);
        let copy;
        try {
          copy = new Uint8Array(size);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        copy.set(part(memory, start, size));
        return slab.add(new type(copy.buffer));
      },
      bytes_length(handle) {
        return lengthOf(get(handle, "bytes_length"));
      },
      bytes_write(handle, ptr, capacity) {
        const from = bytesOf(get(handle, "bytes_write"));
        const start = memory.at(ptr, capacity, "bytes_write");
        if (from.length <= u32(capacity)) memory.u8.set(from, start);
        return from.length;
      },
      bytes_set(handle, offset, ptr, len) {
        const to = bytesOf(get(handle, "bytes_set"));
        const from = bytesAt(memory, ptr, len, "bytes_set");
        const start = u32(offset);
        if (start + from.length > to.length) return 0;
        to.set(from, start);
        return 1;
      },
    };
  },
};
