// @ts-check
// The types of the contract section: how a value is checked and lowered as a parameter, and
// lifted as a result. Checking comes first and for all arguments, lowering after. This one,
// text, every host has; the others come with the groups of operations.

import { show } from "./errors.js";
import * as kind from "./kind.js";

/** @typedef {import("./guest.js").Guest} Guest */

/**
 * @typedef {object} Type
 * @property {(value: any, where: string) => any} check the value as `lower` wants it (of a scalar: its wire number), or a TypeError or RangeError
 * @property {(guest: Guest, checked: any, name: string) => any} [lower] its wire; a scalar has none, being its own wire
 * @property {boolean} [wide] whether a second wire follows, a length, which `lower` leaves in `guest.len`
 * @property {(wire: any, guest: Guest, name: string) => any} [lift] from the wasm result; none if it comes in the return slot
 * @property {number} kind of the slot that it returns in
 * @property {(guest: Guest, at: number, name: string) => any} read from that slot's payload
 */

/** @param {string} where @param {string} want @param {unknown} got */
export const wrongType = (where, want, got) => new TypeError(`${where} must be ${want}, got ${show(got)}`);

/** Text, which every guest with a contract has. @type {Type} */
export const text = {
  check(value, where) {
    if (typeof value === "string") return value;
    throw wrongType(where, "a string", value);
  },
  lower: (guest, text, name) => guest.lowerText(text, name),
  wide: true,
  kind: kind.STRING,
  read: (guest, at, name) => readRange(guest, at, name, (ptr, len) => guest.text(ptr, len, name)),
};

/**
 * Reads text or bytes from a slot's payload; what was handed over goes back to the guest's allocator.
 * @template T
 * @param {Guest} guest @param {number} at of the payload @param {string} name
 * @param {(ptr: number, len: number) => T} read
 */
export function readRange(guest, at, name, read) {
  const { view } = guest.memory;
  const ptr = view.getUint32(at, true);
  const len = view.getUint32(at + 4, true);
  const handedOver = view.getUint32(at - 4, true) === 1;
  const value = read(ptr, len);
  if (handedOver) guest.free(ptr, len, name);
  return value;
}
