// @ts-check
// Data of the guest: a data buffer as the value that it holds, as in WIRE.md, section 13. No
// code of the host runs in here, so it is read where it lies. What is known of the shapes of
// objects is kept: the same keys are texts once, and objects with them are built alike.

import { readBig } from "./big.js";
import { elements } from "./brand.js";
import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import { Known } from "./known.js";
import { Lately } from "./lately.js";
import { Objects } from "./objects.js";
import { readShort } from "./short-text.js";
import { utf8 } from "./string.js";
import { TextCache } from "./text-cache.js";
import { Texts } from "./texts.js";
import { ARRAY, BIG, BYTES, DATE, DEPTH, HANDLE, HEADER, I64, MAP, NUMBERS, U64 } from "./tags.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** How many tables are known by their number. */
const TABLES = 16;
/** No length is as long: what is can't be in a buffer. */
const TOO_LONG = 2 ** 32;
/** The texts that buffers of all guests had lately. */
const short = new TextCache(), lately = new Lately();
const { defineProperty } = Object;
const { set: setEntry } = Map.prototype;

/** @typedef {import("./objects.js").Shape} Shape */

export class Reader {
  u8 = new Uint8Array(0);
  view = new DataView(this.u8.buffer);
  at = 0;
  end = 0;
  op = "";
  /** What the handles of this buffer stand for. @type {unknown[]} */
  values = [];
  /** The shapes of this buffer, and how many there are: what is behind them is of an earlier one. @type {Shape[]} */
  shapes = [];
  shapeCount = 0;
  /** Those of buffers without a number. @type {Shape[]} */
  spare = this.shapes;
  /** Tables that are known by their number, and their size. @type {({ number: number, size: number, shapes: Shape[] } | undefined)[]} */
  numbered = new Array(TABLES).fill(undefined);
  objects = new Objects();
  /** Texts of this buffer that were referred to. */
  known = new Known();
  start = 0;
  behind = new Texts();

  /**
   * The value of a buffer, whose handles are taken.
   * @param {Guest} guest @param {number} ptr @param {number} len @param {string} op
   */
  read(guest, ptr, len, op) {
    const { memory } = guest;
    this.start = memory.at(ptr, len, op);
    this.u8 = memory.u8;
    this.view = memory.view;
    this.op = op;
    try {
      return this.whole(guest, len);
    } catch (error) {
      // What lies beyond the end of memory.
      throw error instanceof RangeError ? this.bad("its end") : error;
    } finally {
      if (this.values.length > 0) this.values = [];
      this.behind.close();
    }
  }

  /** @param {Guest} guest @param {number} len */
  whole(guest, len) {
    const end = this.start + (len < 0 ? len + TOO_LONG : len);
    if (end - this.start < HEADER + 8) throw this.bad("its length");
    const tables = this.start + this.view.getUint32(this.start, true);
    if (tables < this.start + HEADER || tables > end - 8) throw this.bad("where its tables start");
    this.at = tables;
    this.end = end;
    this.tables(guest);
    this.openTexts();
    this.at = this.start + HEADER;
    this.end = tables;
    this.known.forget();
    const value = this.value(0);
    if (this.at !== this.end || this.behind.at !== this.behind.units) throw this.bad("its end");
    return value;
  }

  /** Handles, which are taken first so that none is left, and shapes. @param {Guest} guest */
  tables(guest) {
    const { view, end } = this;
    const start = this.at;
    const number = view.getInt32(this.start + 4, true);
    const slot = (number ^ (number >> 8)) & (TABLES - 1);
    const known = this.numbered[slot];
    if (number !== 0 && known !== undefined && known.number === number && known.size <= end - start) {
      this.shapes = known.shapes;
      this.shapeCount = known.shapes.length;
      this.at = start + known.size;
      return;
    }
    this.shapes = number === 0 ? this.spare : [];
    const count = view.getUint32(this.at, true);
    this.at += 4;
    if (count > 0) {
      if (count * 4 > end - this.at - 4) throw this.bad("the number of handles");
      const handles = handlesOf(guest);
      for (let i = 0; i < count; i++, this.at += 4) this.values.push(handles.take(view.getInt32(this.at, true), this.op));
    }
    const shapes = view.getUint32(this.at, true);
    this.at += 4;
    if (shapes * 8 > end - this.at) throw this.bad("the number of shapes");
    this.shapeCount = shapes;
    for (let i = 0; i < shapes; i++) {
      if (this.at + 8 > end) throw this.bad("a shape");
      const size = view.getUint32(this.at + 4, true);
      if (size > end - this.at - 8) throw this.bad("a shape");
      this.shapes[i] = this.objects.shape(this, size);
      this.at += 8 + size;
    }
    if (number !== 0 && count === 0) this.numbered[slot] = { number, size: this.at - start, shapes: this.shapes };
  }

  /** Where the texts are, if there are any. */
  openTexts() {
    const size = this.end - this.at - 4;
    if (size === -4) return this.behind.open(this.u8, 0, 0, 0, this.op);
    const units = size > 0 ? this.view.getUint32(this.at, true) : 0;
    if (units === 0 || units > size) throw this.bad("its texts");
    this.behind.open(this.u8, this.at + 4, size, units, this.op);
  }

  /** @param {number} depth @returns {any} */
  value(depth) {
    const { u8 } = this;
    const { at } = this;
    if (at >= this.end) throw this.bad("its end");
    const tag = u8[at];
    if (tag < 0x80) {
      this.at = at + 1;
      return tag;
    }
    if (tag < 0xa0) {
      this.at = at + tag - 0x7f;
      return this.shortText(at + 1, tag - 0x80);
    }
    this.at = at + 1;
    if (tag >= 0xe0) return this.behind.next(tag - 0xe0);
    if (tag < 0xc0) return this.array(tag - 0xa0, depth);
    // As numbers, not by name: an engine makes a table of them.
    switch (tag) {
      case 0xc0: return undefined;
      case 0xc1: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: this.at = at + 2; return this.view.getInt8(at + 1);
      case 0xc5: this.at = at + 3; return this.view.getInt16(at + 1, true);
      case 0xc6: this.at = at + 5; return this.view.getInt32(at + 1, true);
      case 0xc7: this.at = at + 9; return this.view.getFloat64(at + 1, true);
      case 0xcb: return this.text();
      case 0xcc: return this.known.read(this, at);
      case 0xd1: case 0xd6: return this.object(depth);
      case 0xd4: return this.behind.next(this.length());
      case 0xd5: return this.behind.again(this.length(), this.length());
      default: return this.rare(tag, depth);
    }
  }

  /** @param {number} count @param {number} depth */
  array(count, depth) {
    if (depth === DEPTH) throw this.bad("its depth");
    if (count > this.end - this.at) throw this.bad("a count");
    // As literals: an empty one that grows has room for seventeen in engines.
    switch (count) {
      case 0: return [];
      case 1: return [this.value(depth + 1)];
      case 2: return [this.value(depth + 1), this.value(depth + 1)];
      case 3: return [this.value(depth + 1), this.value(depth + 1), this.value(depth + 1)];
    }
    const array = [this.value(depth + 1), this.value(depth + 1), this.value(depth + 1), this.value(depth + 1)];
    for (let i = 4; i < count; i++) array.push(this.value(depth + 1));
    return array;
  }

  /** @param {number} depth */
  object(depth) {
    const { at } = this;
    const number = (this.view.getUint32(at - 1, true) >> 8) & 0xffffff;
    this.at = at + 3;
    if (number >= this.shapeCount) throw this.bad("a shape's number");
    if (depth === DEPTH) throw this.bad("its depth");
    const shape = this.shapes[number];
    const { keys, make } = shape;
    if (keys.length > this.end - this.at) throw this.bad("a count");
    if (make === null) return this.careful(keys, depth + 1);
    if (shape.left > 0 && --shape.left === 0) return this.objects.seldom(this, shape, depth + 1);
    return make(keys, this, depth + 1);
  }

  /** @param {string[]} keys @param {number} depth */
  careful(keys, depth) {
    const object = {};
    for (const key of keys) defineProperty(object, key, { value: this.value(depth), configurable: true, enumerable: true, writable: true });
    return object;
  }

  /** A text of up to 31 bytes. @param {number} at where they are @param {number} size */
  shortText(at, size) {
    if (at + size > this.end) throw this.bad("a text");
    const { u8, view } = this;
    if (size > 16) return lately.read(u8, view, at, size, this.op);
    return size > 3 ? short.read(u8, view, at, size) : readShort(u8, view, at, size);
  }

  text() {
    const size = this.length();
    const { at } = this;
    if (size > this.end - at) throw this.bad("a text");
    this.at = at + size;
    return size > 16 && size < 65 ? lately.read(this.u8, this.view, at, size, this.op) : utf8.read(this.u8, at, at + size, this.op);
  }

  /** Seven bits a byte, five bytes at most. */
  length() {
    const { u8 } = this;
    const first = u8[this.at++];
    if (first < 0x80) return first;
    let length = first & 0x7f;
    for (let unit = 0x80; unit <= 0x10000000; unit *= 0x80) {
      const byte = u8[this.at++];
      length += (byte & 0x7f) * unit;
      if (byte < 0x80) return length;
    }
    throw this.bad("a length");
  }

  /** @param {number} tag @param {number} depth @returns {any} */
  rare(tag, depth) {
    const { at } = this;
    switch (tag) {
      case ARRAY: return this.array(this.length(), depth);
      case MAP: return this.map(depth);
      case BYTES: return this.bytes(this.length());
      case NUMBERS: return this.numbers();
      case I64: this.at = at + 8; return this.view.getBigInt64(at, true);
      case U64: this.at = at + 8; return this.view.getBigUint64(at, true);
      case DATE: this.at = at + 8; return new Date(this.view.getFloat64(at, true));
      case BIG: return readBig(this);
      case HANDLE: {
        const number = this.length();
        if (number >= this.values.length) throw this.bad("a handle's number");
        return this.values[number];
      }
      default: throw this.bad(`a tag, ${tag}`);
    }
  }

  /** @param {number} depth */
  map(depth) {
    const count = this.length();
    if (depth === DEPTH) throw this.bad("its depth");
    if (count * 2 > this.end - this.at) throw this.bad("a count");
    const map = new Map();
    for (let i = 0; i < count; i++) {
      const key = this.value(depth + 1);
      setEntry.call(map, key, this.value(depth + 1));
    }
    return map;
  }

  /** A copy. @param {number} size */
  bytes(size) {
    const { at } = this;
    if (size > this.end - at) throw this.bad("a length");
    this.at = at + size;
    return this.u8.slice(at, at + size);
  }

  numbers() {
    const Typed = /** @type {any} */ (elements[this.u8[this.at++]]);
    if (Typed === undefined) throw this.bad("an element kind");
    return new Typed(this.bytes(this.length() * Typed.BYTES_PER_ELEMENT).buffer);
  }

  /** @param {string} what */
  bad(what) {
    return new WireError("bad-data", this.op, what);
  }
}
