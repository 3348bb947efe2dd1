// @ts-check
// A guest whose texts are read and written the fast way: short ones are looked up among those of lately, long ones are
// written where they belong, without a copy in between.

import { Lately } from "./lately.js";
import { u32 } from "./memory.js";
import { utf8 } from "./string.js";
import { TextCache } from "./text-cache.js";
import { writeAsMuch } from "./utf8.js";
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

  /** A long text is most often ASCII: it gets a byte a unit. If it isn't, what was written goes to where all of it has room. @override @param {string} text @param {string} name */
  lowerText(text, name) {
    const { memory, leftovers } = this;
    const units = text.length;
    if (memory.top + units * 3 <= memory.end) return super.lowerText(text, name);
    const mark = leftovers.length;
    const ptr = this.reserve(units, 1, name);
    this.len = units;
    const { read, written } = writeAsMuch(memory.u8, ptr, text);
    if (read === units) return ptr;
    const rest = utf8.encode(text.slice(read));
    // What lies in the arena has all of the room behind it.
    if (leftovers.length === mark) memory.top = ptr;
    const whole = this.reserve((this.len = written + rest.length), 1, name);
    const { u8 } = memory;
    u8.copyWithin(whole, ptr, ptr + written);
    u8.set(rest, whole + written);
    // A block of the guest's goes back at once; what the arena gave ends with the call.
    if (leftovers.length > mark + 1) leftovers.splice(mark, 1)[0]();
    return whole;
  }
}
