// @ts-check
// Data to the guest: any value as a data buffer, as in WIRE.md, section 13. The writer is kept
// and used again; what it learns of the keys of objects stays, so that an object like one
// before costs one comparison a key. Reading a value may run code of the host, so nothing here
// touches the guest: the buffer is copied when it is whole.

import { writeBig } from "./big.js";
import { instance } from "./foreign.js";
import { Joined } from "./joined.js";
import { Tree } from "./keys.js";
import { explain, Located, within } from "./located.js";
import { ARRAY, BYTES, FALSE, HANDLE, HEADER, NULL, SHAPES, TRUE, UNDEFINED } from "./tags.js";
import { longText, shortText } from "./written.js";

/** @typedef {import("./keys.js").Node} Node */

const { getPrototypeOf, keys: keysOf } = Object;
const ordinary = Object.prototype;
/** How many texts are remembered, by where they stand: each may be replaced by a later one. */
const TEXTS = 256;
/** The size of a writer's buffer at first. Where it can be copied whole, that is faster than a part of it. */
export const BLOCK = 512;
/** Beyond so many bytes texts go behind the tables, which is faster if there are many. */
const MUCH = 512;
/** Beyond, an address and a buffer's size are more than 31 bits together. */
const FAR = 1 << 30;

export class Writer {
  u8 = new Uint8Array(BLOCK);
  view = new DataView(this.u8.buffer);
  at = 0;
  /** Values that go by handle. @type {unknown[]} */
  values = [];
  /** What is written. @type {unknown} */
  root;
  /** How many containers are in it. */
  containers = 0;
  /** How many values that are undefined were written. */
  undefineds = 0;
  /** All of them, if they are wanted. @type {unknown[] | null} */
  found = null;
  /** The shapes of this buffer, and how many there are: what is behind them is of an earlier one. @type {Node[]} */
  shapes = [];
  shapeCount = 0;
  /** Tables that were written without handles, as bytes, and their shapes. */
  last = new Uint8Array(8);
  /** @type {Node[]} */
  lastShapes = [];
  /** Where texts stand, counted through all buffers: from `base` on, they are in this one. */
  texts = new Int32Array(TEXTS);
  base = 0;
  /** Short texts, which go behind the tables. */
  joined = new Joined();
  tree = new Tree();
  /** The key at which the value stands that is written. */
  near = this.tree.root;
  buffer = 0;
  /** Whether every object seems to have properties that it hasn't. */
  polluted = false;

  /**
   * Writes a value, all but the handles.
   * @param {unknown} value @param {string} where who wants it, for errors
   */
  write(value, where) {
    this.base += this.at;
    if (this.base > FAR) {
      this.texts.fill(0);
      this.base = 0;
    }
    this.at = HEADER;
    this.root = value;
    this.containers = this.undefineds = 0;
    this.shapeCount = 0;
    if (this.values.length > 0) this.values = [];
    this.joined.clear();
    this.buffer++;
    if (this.tree.full) this.tree = new Tree();
    this.near = this.tree.root;
    this.polluted = false;
    for (const _ in ordinary) this.polluted = true;
    try {
      this.value(value, 0);
      this.finish();
    } catch (error) {
      this.values = [];
      this.joined.clear();
      throw explain(error, where);
    }
  }

  /** Puts the tables behind the value, with room for the handles. */
  finish() {
    const { shapes, shapeCount, values } = this;
    let size = 8 + values.length * 4;
    for (let i = 0; i < shapeCount; i++) size += shapes[i].entry.length;
    this.room(size);
    const { u8, view } = this;
    view.setUint32(0, this.at, true);
    view.setUint32(4, 0, true);
    if (values.length === 0 && this.isLast()) {
      u8.set(this.last, this.at);
      this.at += size;
      return this.joined.finish(this);
    }
    const start = this.at;
    view.setUint32(this.at, values.length, true);
    let at = this.at + 4 + values.length * 4;
    view.setUint32(at, shapeCount, true);
    at += 4;
    for (let i = 0; i < shapeCount; i++) {
      const { entry } = shapes[i];
      u8.set(entry, at);
      at += entry.length;
    }
    this.at = at;
    if (values.length === 0 && size <= BLOCK) {
      this.last = u8.slice(start, at);
      this.lastShapes = shapes.slice(0, shapeCount);
    }
    this.joined.finish(this);
  }

  /** Whether the tables are those that were written last. */
  isLast() {
    const { shapes, lastShapes, shapeCount } = this;
    if (lastShapes.length !== shapeCount) return false;
    for (let i = 0; i < shapeCount; i++) if (shapes[i] !== lastShapes[i]) return false;
    return true;
  }

  /** Where the handles go. */
  get handles() {
    return this.view.getUint32(0, true) + 4;
  }

  /** Lets go of a large buffer, and keeps what it knows of keys. */
  shrink() {
    this.u8 = new Uint8Array(BLOCK);
    this.view = new DataView(this.u8.buffer);
    this.joined.u8 = new Uint8Array(0);
  }

  /** Makes room. @param {number} size */
  room(size) {
    const needed = this.at + size;
    if (needed <= this.u8.length) return;
    const bigger = new Uint8Array(Math.max(needed, this.u8.length * 2));
    bigger.set(this.u8.subarray(0, this.at));
    this.u8 = bigger;
    this.view = new DataView(bigger.buffer);
  }

  /** @param {any} value @param {number} depth */
  value(value, depth) {
    if (typeof value === "string") return this.text(value, this.near);
    if (this.at + 16 > this.u8.length) this.room(16);
    if (typeof value === "number") return this.number(value);
    if (typeof value === "object" && value !== null) return this.container(value, depth);
    this.rest(value);
  }

  /** What is neither text, number nor container. @param {any} value */
  rest(value) {
    if (value === undefined) {
      this.u8[this.at++] = UNDEFINED;
      this.undefineds++;
    } else if (value === null) this.u8[this.at++] = NULL;
    else if (value === true) this.u8[this.at++] = TRUE;
    else if (value === false) this.u8[this.at++] = FALSE;
    else if (typeof value === "bigint") writeBig(this, value);
    else this.handle(value);
  }

  // Tags are numbers in what follows, and not names: they are looked up otherwise.

  /** @param {number} value */
  number(value) {
    const { at } = this;
    const integer = value | 0;
    if (integer !== value || (integer === 0 && 1 / value < 0)) {
      this.u8[at] = 0xc7;
      this.view.setFloat64(at + 1, value, true);
      this.at = at + 9;
    } else if (integer >= 0 && integer < 0x80) {
      this.u8[at] = integer;
      this.at = at + 1;
    } else if (integer === (integer << 16) >> 16) {
      this.u8[at] = 0xc5;
      this.view.setInt16(at + 1, integer, true);
      this.at = at + 3;
    } else {
      this.u8[at] = 0xc6;
      this.view.setInt32(at + 1, integer, true);
      this.at = at + 5;
    }
  }

  /** A value that is no data. @param {unknown} value */
  handle(value) {
    this.u8[this.at++] = HANDLE;
    this.length(this.values.length);
    this.values.push(value);
  }

  /** Seven bits a byte. @param {number} length */
  length(length) {
    while (length >= 0x80) {
      this.u8[this.at++] = (length & 0x7f) | 0x80;
      length = Math.floor(length / 0x80);
    }
    this.u8[this.at++] = length;
  }

  /** A text that stands at a key: behind the tables if there is much to write, and it is short and ASCII as those before it. @param {string} text @param {Node} node */
  text(text, node) {
    const units = text.length;
    if (units > 31) return longText(this, text);
    if (this.at < MUCH || node.wide) return shortText(this, text, node);
    // What begins with the second half of a pair would be one with what stands before it.
    if (units > 0 && (text.charCodeAt(0) & 0xfc00) === 0xdc00) return longText(this, text);
    if (this.at + 16 > this.u8.length) this.room(16);
    this.u8[this.at++] = 0xe0 + units;
    this.joined.add(text);
  }

  /** @param {any} value @param {number} depth */
  container(value, depth) {
    if (depth === 128) throw new Located(undefined, "more than 128 levels deep");
    this.containers++;
    if (this.found !== null) this.found.push(value);
    if (Array.isArray(value)) return this.array(value, depth + 1);
    const prototype = getPrototypeOf(value);
    if (prototype === ordinary || prototype === null) this.polluted ? this.object(value, depth + 1) : this.plain(value, depth + 1);
    else instance(this, value, depth + 1);
  }

  /** @param {any[]} array @param {number} depth */
  array(array, depth) {
    const count = array.length;
    if (count < 32) this.u8[this.at++] = 0xa0 + count;
    else {
      this.u8[this.at++] = ARRAY;
      this.length(count);
    }
    const { near } = this;
    let i = 0;
    try {
      for (; i < count; i++) {
        this.near = near;
        this.value(array[i], depth);
      }
    } catch (error) {
      throw within(error, array, i);
    }
  }

  /** An object without any but its own properties: engines go over them fastest like this. @param {any} object @param {number} depth */
  plain(object, depth) {
    const start = this.at;
    this.at = start + 4;
    const { near, tree, undefineds } = this;
    tree.expect(near);
    let node = tree.root;
    let key = "";
    try {
      for (key in object) {
        node = node.likely === key ? /** @type {Node} */ (node.next) : tree.step(node, key);
        const value = object[key];
        if (typeof value === "string") this.text(value, node);
        else {
          this.near = node;
          this.value(value, depth);
        }
      }
    } catch (error) {
      throw within(error, object, key);
    }
    near.inner = node.first;
    this.shape(start, node, undefineds);
  }

  /** @param {any} object @param {number} depth */
  object(object, depth) {
    const start = this.at;
    this.at = start + 4;
    const { undefineds } = this;
    let node = this.tree.root;
    let key = "";
    try {
      for (key of keysOf(object)) {
        node = this.tree.step(node, key);
        this.value(object[key], depth);
      }
    } catch (error) {
      throw within(error, object, key);
    }
    this.shape(start, node, undefineds);
  }

  /** Ends an object. @param {number} start @param {Node} node its shape @param {number} undefineds how many there were before it */
  shape(start, node, undefineds) {
    if (node.buffer !== this.buffer || node.writer !== this) {
      if (this.shapeCount === SHAPES) throw new Located(undefined, "more shapes of objects than there are numbers");
      node.enter(this, this.buffer, this.shapeCount);
      this.shapes[this.shapeCount++] = node;
    }
    this.view.setUint32(start, (undefineds === this.undefineds ? 0xd6 : 0xd1) | (node.number << 8), true);
  }

  /** @param {Uint8Array} bytes */
  bytes(bytes) {
    this.room(bytes.length + 8);
    this.u8[this.at++] = BYTES;
    this.length(bytes.length);
    this.u8.set(bytes, this.at);
    this.at += bytes.length;
  }
}
