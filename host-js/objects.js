// @ts-check
// The shapes of objects that a reader of data knows, and how each is built. The same keys are
// texts once, and objects with them are built alike; after some of them by a function for just
// this shape, if the embedder lets the host compile.

import { makers, sampleOf } from "./makers.js";
import { utf8 } from "./string.js";
import { NULL, UNDEFINED } from "./tags.js";

/** @typedef {import("./decode.js").Reader} Reader */

/** How many shapes are kept. */
const SHAPES = 256;
/** How many objects of a shape are built before a function for it is compiled, or a sample made; and how many of them are looked at for the function. */
const OFTEN = 24, LOOKED_AT = 8;
/** Between two samples there are no more objects than these. */
const MANY = 2 ** 20;
/** How many functions are compiled, and the most keys for which there is one, or a sample. */
const MAKINGS = 64, KEYS = 64;
const ordinary = Object.prototype;

/** The same text as engines keep it for names of properties, which they know by their address: any other they look up whenever it is one. @param {string} key */
const nameOf = (key) => Object.keys({ [key]: 0 })[0];

/**
 * @typedef {object} Shape the keys of an object
 * @property {string[]} keys
 * @property {Uint8Array} entry as the table has it
 * @property {DataView} view
 * @property {import("./makers.js").Maker | null} make builds one; null where a key needs care
 * @property {number} left how many are built before one is looked at; 0 if none is to be
 * @property {number} pause how many are built between two samples
 * @property {unknown} sample one of these objects, with nothing in it: with the last of them that lives, engines would forget how they are built
 * @property {number} looked how many were looked at
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
      keys.push(nameOf(utf8.read(reader.u8, reader.at, (reader.at += length), reader.op)));
    }
    if (reader.at !== reader.end) throw reader.bad("a shape");
    reader.at = at;
    reader.end = end;
    const entry = reader.u8.slice(at, at + 8 + size);
    // A key that every object has is defined, and not assigned: `__proto__`, and what is frozen.
    const make = keys.every((key) => !(key in ordinary)) ? makers[Math.min(this.made++, makers.length - 1)] : null;
    const left = make !== null && keys.length <= KEYS ? OFTEN : 0;
    return { keys, entry, view: new DataView(entry.buffer), make, left, pause: OFTEN, sample: null, looked: 0, tags: new Uint8Array(left > 0 ? count : 0).fill(UNDEFINED) };
  }

  /** Builds an object, and looks at it. @param {Reader} reader @param {Shape} shape @param {number} depth */
  seldom(reader, shape, depth) {
    const { keys } = shape;
    const make = /** @type {import("./makers.js").Maker} */ (shape.make);
    if (this.maker !== undefined && this.makings > 0) return this.look(reader, shape, depth);
    const object = make(keys, reader, depth);
    shape.sample = sampleOf(make, keys, object);
    // One that is made later is of all the kinds of values that were there.
    shape.left = shape.pause = Math.min(shape.pause * 2, MANY);
    return object;
  }

  /** Builds an object whose values are looked at; the last time the shape gets a function of its own. @param {Reader} reader @param {Shape} shape @param {number} depth */
  look(reader, shape, depth) {
    const { keys, tags } = shape;
    /** @type {Record<string, unknown>} */
    const object = {};
    for (let i = 0; i < keys.length; i++) {
      const tag = reader.u8[reader.at];
      if (tag !== UNDEFINED && tag !== NULL) tags[i] = tag;
      object[keys[i]] = reader.value(depth);
    }
    if (++shape.looked < LOOKED_AT || this.maker === undefined) shape.left = 1;
    else {
      this.makings--;
      shape.make = this.maker(keys, tags);
      shape.sample = null;
    }
    return object;
  }
}
