// @ts-check
// Numbers and booleans: types that are their own wire.

import * as kind from "./kind.js";
import { u32 } from "./memory.js";
import { payload, wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */

/** @param {string} where @param {unknown} low @param {unknown} high @param {unknown} got */
export const outOfRange = (where, low, high, got) => new RangeError(`${where} must be an integer from ${low} to ${high}, got ${got}`);

/** @param {Guest} guest @param {number} at @param {string} name */
const readNumber = (guest, at, name) => {
  const { view } = guest.memory;
  return view.getFloat64(at !== 0 && view.getUint32(at, true) === kind.NUMBER ? at + 8 : payload(guest, at, kind.NUMBER, name), true);
};

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

/** Of types whose wires are their values. @param {number} wire */
const same = (wire) => wire;

/** @type {Type} */
const float = {
  check(value, where) {
    if (typeof value === "number") return value;
    throw wrongType(where, "a number", value);
  },
  lift: same,
  kind: kind.NUMBER,
  read: readNumber,
};

const u32s = integer(0, 0xffffffff, u32);

/** @type {Record<string, Type>} */
export const types = {
  bool: {
    check(value, where) {
      if (typeof value === "boolean") return value ? 1 : 0;
      throw wrongType(where, "true or false", value);
    },
    lift: (wire) => wire !== 0,
    kind: kind.BOOL,
    read: (guest, at, name) => guest.memory.view.getUint32(payload(guest, at, kind.BOOL, name), true) !== 0,
  },
  i8: integer(-0x80, 0x7f, (wire) => (wire << 24) >> 24),
  u8: integer(0, 0xff, (wire) => wire & 0xff),
  i16: integer(-0x8000, 0x7fff, (wire) => (wire << 16) >> 16),
  u16: integer(0, 0xffff, (wire) => wire & 0xffff),
  i32: integer(-0x80000000, 0x7fffffff, same),
  u32: u32s,
  usize: u32s,
  f32: float,
  f64: float,
};

/** Whether the results of a type are their wires. @param {Type} type */
export const isWire = ({ lift }) => lift === same;

/** Whether a type is that of the integers which an engine knows best. @param {Type} type */
export const isI32 = (type) => type === types.i32;
