// @ts-check
// The types of the contract section: how a value is checked and lowered as a parameter, and
// lifted as a result. Checking comes first and for all arguments, lowering after. This one,
// text, every host has; the others come with the groups of operations.

import { WireError, show } from "./errors.js";
import * as kind from "./kind.js";

/** @typedef {import("./guest.js").Guest} Guest */

/**
 * @typedef {object} Type
 * @property {(value: any, where: string) => any} check the value as `lower` wants it (of a scalar: its wire number), or a TypeError or RangeError
 * @property {(guest: Guest, checked: any, name: string) => any} [lower] its wire; a scalar has none, being its own wire
 * @property {boolean} [wide] whether a second wire follows, a length, which `lower` leaves in `guest.len`
 * @property {(wire: any, guest: Guest, name: string) => any} [lift] from the wasm result; none if it comes in the return slot
 * @property {boolean} [borrowed] whether it is a handle that goes back when the call returns
 * @property {boolean} [lends] whether an import gets something that ends with the call: a view, a closure
 * @property {Type} [late] the same for calls in which code of the host may run after `check`, if that matters
 * @property {() => Type} [own] the same for one parameter, which learns of the values that it is given
 * @property {(guest: Guest, name: string) => import("./plan.js").Plan} [lend] of a closure that is lent for a call: what all such have in common
 * @property {boolean} [optional] whether it may be left out at the end of a call
 * @property {(params: import("./exports.js").Param[]) => import("./exports.js").Make} [choose] makes functions that have a parameter of it
 * @property {(guest: Guest, raw: import("./exports.js").Raw, param: import("./exports.js").Param, finish: import("./exports.js").Finish, name: string) => any} [one] what the text of glue takes for a function that has one parameter, of it
 * @property {number} kind of the slot that it stands in
 * @property {(guest: Guest, at: number, name: string) => any} read from the slot at an address
 * @property {(guest: Guest, wire: any, len: number, name: string) => any} [accept] the value of an argument of an import, where `lift` and the kind don't say how
 * @property {import("./exports.js").Make} [make] of exports with this result, where they are of a kind of their own
 * @property {(guest: Guest, name: string) => ReturnType<typeof import("./promising.js").promisesOf>} [promises] of calls of closures with this result, likewise
 * @property {import("./declared.js").Bind} [bind] of imports with this result, likewise
 * @property {(guest: Guest, checked: any, at: number, name: string) => void} [put] into the slot at an address, where the kind doesn't say how
 */

/** @param {string} where @param {string} want @param {unknown} got */
export const wrongType = (where, want, got) => new TypeError(`${where} must be ${want}, got ${show(got)}`);

/** No value. @type {any} */
export const unit = { lift() {}, read() {} };

/** Text, which every guest with a contract has. @type {Type} */
export const text = {
  check(value, where) {
    if (typeof value === "string") return value;
    throw wrongType(where, "a string", value);
  },
  lower: (guest, text, name) => guest.lowerText(text, name),
  wide: true,
  kind: kind.STRING,
  read: (guest, at, name) => readRange(guest, at, kind.STRING, 1, name, (ptr, len) => guest.text(ptr, len, name)),
};

/**
 * The payload of a slot that must be of a kind.
 * @param {Guest} guest @param {number} at of the slot @param {number} wanted @param {string} name
 * @returns {number} its address
 */
export function payload(guest, at, wanted, name) {
  const tag = at && guest.memory.view.getUint32(at, true);
  if (tag !== wanted) throw new WireError(tag > kind.INSTANCE ? "unknown-kind" : "wrong-kind", name, `slot of kind ${tag}`);
  return at + 8;
}

/**
 * Reads text or numbers from where a slot points to; what was handed over goes back to the guest's allocator.
 * @template T
 * @param {Guest} guest @param {number} at of the slot @param {number} kind @param {number} size of one, which is also its alignment @param {string} name
 * @param {(ptr: number, len: number) => T} read
 */
export function readRange(guest, at, kind, size, name, read) {
  const { view } = guest.memory;
  const from = payload(guest, at, kind, name);
  const ptr = view.getUint32(from, true);
  const len = view.getUint32(from + 4, true);
  const handedOver = view.getUint8(at + 4);
  const value = read(ptr, len);
  if (handedOver) guest.free(ptr, len * size, size, name);
  return value;
}

/**
 * A type of handles that takes some values only, from the host and from the guest. It is made field by field: where a copy overwrites `check`,
 * engines take it for one that changes, in all types, and call none of them directly any more.
 * @param {Type} type @param {(value: any) => boolean} fits @param {string} want what fits, for errors
 * @param {(value: any) => boolean} [fitting] of what the guest gives: it runs no code of the value's
 * @returns {Type}
 */
export function refined({ lower, lift, borrowed, accept, kind, read }, fits, want, fitting = fits) {
  /** What the guest gave. @param {any} value @param {string} name */
  const given = (value, name) => {
    if (fitting(value)) return value;
    throw new WireError("wrong-kind", name, `${show(value)}, not ${want}`);
  };
  return {
    check(value, where) {
      if (fits(value)) return value;
      throw wrongType(where, want, value);
    },
    lower,
    lift: lift && ((wire, guest, name) => given(lift(wire, guest, name), name)),
    borrowed,
    accept: accept && ((guest, wire, len, name) => given(accept(guest, wire, len, name), name)),
    kind,
    read: (guest, at, name) => given(read(guest, at, name), name),
  };
}
