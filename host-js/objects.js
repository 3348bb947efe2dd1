// @ts-check
// The shapes of objects that a reader of data knows, and how each is built. The same keys are
// texts once, and objects with them are built alike; after some of them by a function for just
// this shape, if the embedder lets the host compile.

import { makers } from "./makers.js";
import { utf8 } from "./string.js";
import { NULL, UNDEFINED } from "./tags.js";

/** @typedef {import("./decode.js").Reader} Reader */

/** How many shapes are kept. */
const SHAPES = 256;
/** How many objects of a shape are built before a function for it is compiled, and how many of them are looked at for it. */
const OFTEN = 32, LOOKED_AT = 8;
/** How many functions are compiled, and the most keys for which there is one. */
const MAKINGS = 64, KEYS = 64;
const ordinary = Object.prototype;

/**
 * @typedef {object} Shape the keys of an object
 * @property {string[]} keys
 * @property {Uint8Array} entry as the table has it
 * @property {DataView} view
 * @property {import("./makers.js").Maker | null} make builds one; null where a key needs care
 * @property {number} left how many are built before a function for just this shape is compiled; 0 if none is to be
 * @property {Uint8Array} tags what the value of each key was last, but for undefined and null
 */

export class Objects {
  /** All that are known, by a hash. @type {(Shape | undefined)[]} */
  kept = new Array(SHAPES).fill(undefined);
  /** How many have a builder that isn't compiled. */
  made = 0;
  /** Compiles a function that reads objects, by their keys and what tags the values had, if the embedder lets it; and how often it may still be asked. @type {((keys: string[], tags: Uint8Array) => import("./makers.js").Maker) | undefined} */
  maker;
  makings = MAKINGS;

  /** The shape of the entry where the reader is, known or new. @param {Reader} reader @param {number} size of its keys */
  shape(reader, size) {
    const { view, at } = reader;
    const last = size > 3 ? view.getInt32(at + 4 + size, true) : 0;
    const hash = (size * 31 + (last ^ (last >> 13)) * 7) & (SHAPES - 1);
    const known = this.kept[hash];
    if (known !== undefined && this.same(reader, known, size + 8)) return known;
    return (this.kept[hash] = this.newShape(reader, size));
  }

  /** @param {Reader} reader @param {Shape} shape @param {number} size */
  same({ view, u8, at }, { entry, view: there }, size) {
    if (entry.length !== size) return false;
    let i = 0;
    for (; i + 4 <= size; i += 4) if (view.getInt32(at + i, true) !== there.getInt32(i, true)) return false;
    for (; i < size; i++) if (u8[at + i] !== entry[i]) return false;
    return true;
  }

  /** @param {Reader} reader @param {number} size @returns {Shape} */
  newShape(reader, size) {
    const { at, end } = reader;
    const count = reader.view.getUint32(at, true);
    if (count > size) throw reader.bad("a shape");
    /** @type {string[]} */
    const keys = [];
    reader.at = at + 8;
    reader.end = at + 8 + size;
    for (let i = 0; i < count; i++) {
      const length = reader.length();
      if (length > reader.end - reader.at) throw reader.bad("a key");
      keys.push(utf8.read(reader.u8, reader.at, (reader.at += length), reader.op));
    }
    if (reader.at !== reader.end) throw reader.bad("a shape");
    reader.at = at;
    reader.end = end;
    const entry = reader.u8.slice(at, at + 8 + size);
    // A key that every object has is defined, and not assigned: `__proto__`, and what is frozen.
    const make = keys.every((key) => !(key in ordinary)) ? makers[Math.min(this.made++, makers.length - 1)] : null;
    const left = make !== null && this.maker !== undefined && this.makings > 0 && keys.length <= KEYS ? OFTEN : 0;
    return { keys, entry, view: new DataView(entry.buffer), make, left, tags: new Uint8Array(left > 0 ? count : 0).fill(UNDEFINED) };
  }

  /** Builds one of the first objects of a shape. @param {Reader} reader @param {Shape} shape @param {number} depth */
  early(reader, shape, depth) {
    const { keys, tags } = shape;
    const make = /** @type {import("./makers.js").Maker} */ (shape.make);
    const left = --shape.left;
    if (left >= LOOKED_AT) return make(keys, reader, depth);
    /** @type {Record<string, unknown>} */
    const object = {};
    for (let i = 0; i < keys.length; i++) {
      const tag = reader.u8[reader.at];
      if (tag !== UNDEFINED && tag !== NULL) tags[i] = tag;
      object[keys[i]] = reader.value(depth);
    }
    if (left === 0 && this.maker !== undefined && this.makings-- > 0) shape.make = this.maker(keys, tags);
    return object;
  }
}
