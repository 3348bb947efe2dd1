// @ts-check
// Numbers and booleans: types that are their own wire. Exports of up to three of them get
// functions made by the number of parameters, so that each is one shape of call for the
// engine to inline; nothing is allocated for one, and nothing is left to give back.

import { arity } from "./exports.js";
import * as kind from "./kind.js";
import { u32 } from "./memory.js";
import { wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {import("./exports.js").Make} Make */

/** @param {string} where @param {unknown} low @param {unknown} high @param {unknown} got */
export const outOfRange = (where, low, high, got) => new RangeError(`${where} must be an integer from ${low} to ${high}, got ${got}`);

/** @param {Guest} guest @param {number} at */
const readNumber = (guest, at) => guest.memory.view.getFloat64(at, true);

/** @param {number} low @param {number} high @param {(wire: number) => number} lift @returns {Type} */
const integer = (low, high, lift) => ({
  check(value, where) {
    if (typeof value !== "number") throw wrongType(where, "a number", value);
    if (value >= low && value <= high && Number.isInteger(value)) return value;
    throw outOfRange(where, low, high, value);
  },
  lift,
  kind: kind.NUMBER,
  read: readNumber,
});

/** @type {Type} */
const float = {
  check(value, where) {
    if (typeof value === "number") return value;
    throw wrongType(where, "a number", value);
  },
  lift: (wire) => wire,
  kind: kind.NUMBER,
  read: readNumber,
};

const u32s = integer(0, 0xffffffff, u32);

/** @type {Record<string, Type>} */
const types = {
  bool: {
    check(value, where) {
      if (typeof value === "boolean") return value ? 1 : 0;
      throw wrongType(where, "true or false", value);
    },
    lift: (wire) => wire !== 0,
    kind: kind.BOOL,
    read: (guest, at) => guest.memory.view.getUint32(at, true) !== 0,
  },
  i8: integer(-0x80, 0x7f, (wire) => (wire << 24) >> 24),
  u8: integer(0, 0xff, (wire) => wire & 0xff),
  i16: integer(-0x8000, 0x7fff, (wire) => (wire << 16) >> 16),
  u16: integer(0, 0xffff, (wire) => wire & 0xffff),
  i32: integer(-0x80000000, 0x7fffffff, (wire) => wire),
  u32: u32s,
  usize: u32s,
  f32: float,
  f64: float,
};

/** @type {Make} */
const make0 = (guest, raw, params, finish, name) =>
  function () {
    ready(guest, name, 0, arguments.length);
    let wire;
    try {
      wire = raw();
    } catch (cause) {
      throw guest.die(cause, name);
    }
    return finish(wire);
  };

/** @type {Make} */
const make1 = (guest, raw, [first], finish, name) =>
  function (/** @type {any} */ a) {
    ready(guest, name, 1, arguments.length);
    const x = first.type.check(a, first.where);
    let wire;
    try {
      wire = raw(x);
    } catch (cause) {
      throw guest.die(cause, name);
    }
    return finish(wire);
  };

/** @type {Make} */
const make2 = (guest, raw, [first, second], finish, name) =>
  function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    const x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    let wire;
    try {
      wire = raw(x, y);
    } catch (cause) {
      throw guest.die(cause, name);
    }
    return finish(wire);
  };

/** @type {Make} */
const make3 = (guest, raw, [first, second, third], finish, name) =>
  function (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c) {
    ready(guest, name, 3, arguments.length);
    const x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    const z = third.type.check(c, third.where);
    let wire;
    try {
      wire = raw(x, y, z);
    } catch (cause) {
      throw guest.die(cause, name);
    }
    return finish(wire);
  };

const makers = [make0, make1, make2, make3];

/** @param {Guest} guest @param {string} name @param {number} want @param {number} got */
function ready(guest, name, want, got) {
  if (got !== want) throw arity(name, want, got);
  if (guest.dead !== null) throw guest.poisoned(name);
}

/** Numbers and booleans as types of exports. @type {import("./core.js").Group} */
export const scalar = {
  name: "scalar",
  types,
  imports: () => ({}),
  shape: (params) => (params.every(({ type }) => !type.lower) ? makers[params.length] : undefined),
};
