// @ts-check
// Strings: made from the guest's text, and written into the guest's buffers.

import { WireError, show } from "../errors.js";
import { handlesOf } from "../handles.js";
import * as kind from "../kind.js";
import { alignedAt, u32 } from "../memory.js";
import { textLength, utf8 } from "../string.js";
import { payload, wrongType } from "../types.js";
import { readText16, writeText16 } from "../utf16.js";

/** @type {import("../core.js").Group} */
export const string = {
  name: "string",
  types: {
    char: {
      check(value, where) {
        const code = typeof value === "string" ? (value.codePointAt(0) ?? -1) : -1;
        if (code < 0 || (code >= 0xd800 && code < 0xe000) || value.length !== (code > 0xffff ? 2 : 1)) throw wrongType(where, "one character", value);
        return code;
      },
      lift: (wire, guest, name) => toChar(wire, name),
      kind: kind.NUMBER,
      read: (guest, at, name) => toChar(guest.memory.view.getFloat64(payload(guest, at, kind.NUMBER, name), true), name),
    },
  },
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const { memory } = guest;
    /** @param {number} handle @param {string} op @returns {string} */
    const get = (handle, op) => {
      const value = slab.get(handle, op);
      if (typeof value !== "string") throw new WireError("wrong-kind", op, `${show(value)}, not a string`);
      return value;
    };
    return {
      string_from_utf8(ptr, len) {
        return slab.add(guest.text(ptr, len, "string_from_utf8"));
      },
      string_from_utf16(ptr, units) {
        return slab.add(readText16(memory, ptr, units, "string_from_utf16"));
      },
      string_write_utf8(handle, ptr, capacity) {
        const text = get(handle, "string_write_utf8");
        const start = memory.at(ptr, capacity, "string_write_utf8");
        const room = u32(capacity);
        // Three bytes a unit always suffice; only when they may not is the text measured first.
        if (text.length * 3 <= room) return utf8.write(memory.u8, start, text);
        const length = textLength(text);
        if (length <= room) utf8.write(memory.u8, start, text);
        return length;
      },
      string_write_utf16(handle, ptr, units) {
        const text = get(handle, "string_write_utf16");
        const start = alignedAt(memory, ptr, units, "string_write_utf16", 2, 2);
        if (text.length <= u32(units)) writeText16(memory, start, text);
        return text.length;
      },
    };
  },
};

/** @param {number} code @param {string} name */
function toChar(code, name) {
  if ((code >= 0xd800 && code < 0xe000) || !(code >= 0 && code <= 0x10ffff)) throw new WireError("wrong-kind", name, `${code} as a char`);
  return String.fromCodePoint(code);
}
