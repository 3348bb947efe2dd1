// @ts-check
// The form in which a guest takes an argument: what it tells of one by `data_form`, as in
// WIRE.md, section 13.4. A tree, whose kinds never change: what is learned later makes another.

import { WireError } from "./errors.js";
import { u32 } from "./memory.js";

/** @typedef {import("./guest.js").Guest} Guest */

export const UNKNOWN = 0, BOOLEAN = 1, NUMBER = 2, TEXT = 3, OPTION = 4, LIST = 5, TUPLE = 6, STRUCT = 7, MAP = 8;
/** How deep forms stand in each other, how many there are in one, and how many fields a struct has, at most. */
const DEPTH = 32, NODES = 4096, FIELDS = 53;
/** What every object has. */
const ordinary = Object.prototype;
/** How often the order is learned anew in which the keys of an object come. */
const ORDERS = 64;
/** The most keys that are expected in some order. */
const ORDER = 128;

export class Form {
  /** How many words are written between two looks at how much room there is, at most: one or two for each form in here. @type {number} */
  most;
  /** How many forms there are, this one and all inside. @type {number} */
  nodes;
  /** The keys in the order in which the last object of another order had them, and the place of each among the fields; -1 for what is none. @type {string[]} */
  order;
  /** @type {number[]} */
  places;
  orders = ORDERS;
  /** How often the keys of an object came in another order than the fields, and how often a field was missing. */
  shuffles = 0;
  lacks = 0;
  /** The kinds of its parts; of an option that of the one inside, which is in `inner` then. @type {number[]} */
  kinds;
  /** Which of its parts are options. @type {boolean[]} */
  options;
  /** @type {Form[]} */
  inner;
  /** Values of the fields, while they are put in order. @type {unknown[] | null} */
  values = null;
  /** @type {Map<string, number> | undefined} */
  #index;

  /** @param {number} kind @param {readonly Form[]} parts of an option, a list and a map the one inside @param {readonly string[]} keys of a struct */
  constructor(kind, parts = NONE, keys = NO_KEYS) {
    this.kind = kind;
    this.parts = parts;
    this.keys = keys;
    this.most = 2;
    this.nodes = 1;
    for (const part of parts) {
      this.most += part.most;
      this.nodes += part.nodes;
    }
    this.options = parts.map(({ kind }) => kind === OPTION);
    this.inner = parts.map((part) => (part.kind === OPTION ? part.parts[0] : part));
    this.kinds = this.inner.map(({ kind }) => kind);
    this.order = [...keys];
    this.places = keys.map((_, i) => i);
  }

  /** The places of fields by their keys. */
  get index() {
    return (this.#index ??= new Map(this.keys.map((key, i) => [key, i])));
  }

  /** A list of as many values as there are fields: what is nested, by a getter, takes another. @returns {unknown[]} */
  takeValues() {
    const { values } = this;
    this.values = null;
    return values ?? new Array(this.keys.length).fill(undefined);
  }

  /**
   * Which fields an object lacks, as a mask: bit k is 2^k. -1 where what is no field is a container: how that is read would say whether it can be;
   * and where every object seems to have what it hasn't.
   * @param {any} object
   */
  absent(object) {
    if (!isOrdinary()) return -1;
    const { order, places } = this;
    const { length } = order;
    let mask = 0;
    let i = 0;
    for (const key in object) {
      for (; i < length && order[i] !== key; i++) if (places[i] >= 0) mask += 2 ** places[i];
      if (i === length) return this.search(object);
      if (places[i] < 0 && isContainer(object[key])) return -1;
      i++;
    }
    for (; i < length; i++) if (places[i] >= 0) mask += 2 ** places[i];
    return mask;
  }

  /** The same for keys in any order, which is expected from now on. @param {any} object */
  search(object) {
    const { keys, index } = this;
    const order = [];
    const places = [];
    for (const key in object) {
      const place = index.get(key) ?? -1;
      if (place < 0 && isContainer(object[key])) return -1;
      order.push(key);
      places.push(place);
    }
    let mask = 0;
    const there = new Set(places);
    for (let i = 0; i < keys.length; i++)
      if (!there.has(i)) {
        mask += 2 ** i;
        order.push(keys[i]);
        places.push(i);
      }
    if (this.orders > 0 && order.length <= ORDER) {
      this.orders--;
      this.order = order;
      this.places = places;
    }
    return mask;
  }
}

/** Whether no object seems to have what it hasn't. */
export const isOrdinary = () => {
  for (const _ in ordinary) return false;
  return true;
};

/** Whether a value may hold others. @param {unknown} value */
export const isContainer = (value) => typeof value === "object" && value !== null;

/** @type {readonly Form[]} */
const NONE = [];
/** @type {readonly string[]} */
const NO_KEYS = [];
const unknown = new Form(UNKNOWN), simple = [unknown, new Form(BOOLEAN), new Form(NUMBER), new Form(TEXT)];

/** Whether a value of this form is a container, or none. @param {Form} form @returns {boolean} */
export const holds = ({ kind, parts }) => (kind === OPTION ? holds(parts[0]) : kind > OPTION);

class FormReader {
  nodes = 0;

  /** @param {Guest} guest @param {number} ptr @param {number} len @param {string} op */
  constructor(guest, ptr, len, op) {
    this.guest = guest;
    this.at = guest.memory.at(ptr, len, op);
    this.end = this.at + u32(len);
    this.u8 = guest.memory.u8;
    this.op = op;
  }

  /** @returns {number} */
  byte() {
    if (this.at === this.end) throw this.bad("its end");
    return this.u8[this.at++];
  }

  /** Seven bits a byte, five bytes at most. */
  length() {
    let length = 0;
    for (let unit = 1; unit <= 0x10000000; unit *= 0x80) {
      const byte = this.byte();
      length += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        if (length > this.end - this.at) break;
        return length;
      }
    }
    throw this.bad("a length");
  }

  key() {
    const size = this.length();
    const { at } = this;
    this.at = at + size;
    return this.guest.text(at, size, this.op);
  }

  /** A form; null for one that is more than this host keeps. @param {number} depth @returns {Form | null} */
  form(depth) {
    const kind = this.byte();
    if (kind > MAP) throw this.bad(`a kind, ${kind}`);
    if (++this.nodes > NODES || depth > DEPTH) return null;
    if (kind < OPTION) return simple[kind];
    const count = kind === TUPLE || kind === STRUCT ? this.length() : 1;
    if (kind === STRUCT && count > FIELDS) return null;
    /** @type {Form[]} */
    const parts = [];
    /** @type {string[]} */
    const keys = [];
    for (let i = 0; i < count; i++) {
      if (kind === STRUCT) keys.push(this.key());
      const part = this.form(depth + 1);
      if (part === null) return null;
      parts.push(part);
    }
    if (keys.some((key) => key in ordinary) || new Set(keys).size !== keys.length) return null;
    return new Form(kind, parts, keys);
  }

  /** @param {string} what */
  bad(what) {
    return new WireError("bad-data", this.op, `${what} in a form`);
  }
}

/**
 * The form in guest memory; null for one that this host makes nothing of.
 * @param {Guest} guest @param {number} ptr @param {number} len @param {string} op
 */
export function readForm(guest, ptr, len, op) {
  const reader = new FormReader(guest, ptr, len, op);
  const form = reader.form(0);
  if (form !== null && reader.at !== reader.end) throw reader.bad("its end");
  return form !== null && holds(form) ? form : null;
}

/** What two forms of one argument say together: where one of them knows nothing, the other does; where they differ, the later one stays. @param {Form} form @param {Form} later @returns {Form} */
export function merge(form, later) {
  if (later.kind === UNKNOWN) return form;
  if (form.kind !== later.kind || form.parts.length !== later.parts.length || form.keys.some((key, i) => key !== later.keys[i])) return later;
  const parts = form.parts.map((part, i) => merge(part, later.parts[i]));
  return parts.every((part, i) => part === form.parts[i]) ? form : new Form(form.kind, parts, form.keys);
}
