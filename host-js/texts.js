// @ts-check
// The texts behind the tables of a data buffer: one text that all of them are, in turn, as in
// WIRE.md, section 13. It is decoded a piece at a time, and cut: to decode many texts at once takes
// an engine little longer than one. The pieces are short, as what is cut from a string may keep
// all of it in memory.

import { WireError } from "./errors.js";
import { Known, slotOf } from "./known.js";
import { utf8 } from "./string.js";
import { AGAIN_MOST } from "./tags.js";

/** How many units are decoded at once. */
const PIECE = 1024;

export class Texts {
  /** @type {Uint8Array} */
  u8 = new Uint8Array(0);
  op = "";
  /** Where they start, and how many bytes and units they are. */
  start = 0;
  size = 0;
  units = 0;
  /** The unit at which the next one starts. */
  at = 0;
  /** What was decoded last, and of which units. */
  piece = "";
  from = 0;
  to = 0;
  /** Texts that were referred to. */
  known = new Known();

  /** Those of a buffer. @param {Uint8Array} u8 @param {number} start @param {number} size in bytes @param {number} units @param {string} op */
  open(u8, start, size, units, op) {
    this.u8 = u8;
    this.op = op;
    this.start = start;
    this.size = size;
    this.units = units;
    this.at = this.from = this.to = 0;
    this.known.forget();
  }

  /** Lets go of them. */
  close() {
    this.piece = "";
  }

  /** The next text. @param {number} units @returns {string} */
  next(units) {
    const { at } = this;
    const end = at + units;
    if (end > this.to) this.decode(units);
    this.at = end;
    return this.piece.substring(at - this.from, end - this.from);
  }

  /** Decodes a piece with so many units at least. @param {number} units */
  decode(units) {
    const { at, start, size } = this;
    const left = this.units - at;
    if (units > left) throw this.bad("its texts");
    if (size === this.units) {
      // A unit is a byte.
      const count = Math.min(left, Math.max(units, PIECE));
      this.piece = utf8.read(this.u8, start + at, start + at + count, this.op);
      this.from = at;
      this.to = at + count;
    } else {
      this.piece = utf8.read(this.u8, start, start + size, this.op);
      this.from = 0;
      this.to = this.units;
    }
    if (this.piece.length !== this.to - this.from) throw this.bad("its texts");
  }

  /** A text that was there before, which can be found where a unit is a byte. @param {number} offset @param {number} units @returns {string} */
  again(offset, units) {
    const slot = slotOf(offset);
    const text = this.known.texts[slot];
    if (this.known.at[slot] === offset && text.length === units) return text;
    if (this.size !== this.units || units > AGAIN_MOST || offset + units > this.at) throw this.bad("a text's address");
    const before = this.start + offset;
    return this.known.keep(slot, offset, utf8.read(this.u8, before, before + units, this.op));
  }

  /** @param {string} what */
  bad(what) {
    return new WireError("bad-data", this.op, what);
  }
}
