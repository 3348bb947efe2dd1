// @ts-check
// A guest whose texts are read and written the fast way: short ones are looked up among those of lately, long ones are
// written where they belong, without a copy in between.

import { Lately } from "./lately.js";
import { u32 } from "./memory.js";
import { TextCache } from "./text-cache.js";
import { writeAscii } from "./utf8.js";
import { WholeGuest } from "./whole.js";

/** The texts that all guests had lately. */
const short = new TextCache(), lately = new Lately();

export class FastGuest extends WholeGuest {
  /** A short text is most often one that was there before. @override @param {number} ptr @param {number} len @param {string} op */
  text(ptr, len, op) {
    const size = u32(len);
    if (size < 4 || size > 64) return super.text(ptr, len, op);
    const { memory } = this;
    const start = memory.at(ptr, len, op);
    return size > 16 ? lately.read(memory.u8, memory.view, start, size, op) : short.read(memory.u8, memory.view, start, size);
  }

  /** A long text is most often ASCII: it gets a byte a unit, and if it isn't, all is as if it had not been tried. @override @param {string} text @param {string} name */
  lowerText(text, name) {
    const { memory, leftovers } = this;
    const { top } = memory;
    const units = text.length;
    if (top + units * 3 <= memory.end) return super.lowerText(text, name);
    const mark = leftovers.length;
    const ptr = this.reserve(units, 1, name);
    this.len = units;
    if (writeAscii(memory.u8, ptr, text)) return ptr;
    memory.top = top;
    this.leave(mark);
    return super.lowerText(text, name);
  }
}
