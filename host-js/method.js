// @ts-check
// Methods: functions of the instance that they are called on.

import { arity, makeGeneral } from "./exports.js";
import { OVERFLOW } from "./guest.js";
import { handlesOf } from "./handles.js";
import { idOf, receiverOf } from "./instance.js";
import { late, refusable, refuse } from "./misuse.js";
import { isI32, isWire } from "./scalar.js";
import { unit } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./guest.js").Raw} Raw */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {import("./exports.js").Param} Param */
/** @typedef {import("./exports.js").Finish} Finish */
/** @typedef {import("./instance.js").Family} Family */
/** @typedef {import("./instance.js").Method} Method */

/**
 * Makes a method: a function of the instance that it is called on.
 * @param {Family} family
 * @param {Raw} raw takes the id first
 * @param {Param[]} params without the instance
 * @param {Finish} finish
 * @param {string} name for errors
 * @param {Type} [moved] the type of the instance, if the method takes it
 * @param {Type} [result] what it gives, if it can't fail
 * @returns {Method}
 */
export function makeMethod(family, raw, params, finish, name, moved, result) {
  const { guest } = family;
  const fast = !moved && params.every(({ type }) => !type.lower) && [none, one, two][params.length];
  if (fast) return fast(family, raw, params, finish, name, !result ? LIFTED : isWire(result) ? WIRE : result === unit ? NOTHING : LIFTED);
  const receiver = receiverOf(family, name, moved);
  const all = [receiver, ...params];
  const shape = handlesOf(guest).shapeOf(all, name);
  const call = (shape ?? makeGeneral)(guest, raw, shape ? all : all.map(late), refusable(guest, finish, name, !shape), name);
  const needed = params.findLastIndex(({ type }) => !type.optional) + 1;
  return {
    method(/** @type {any[]} */ ...args) {
      if (args.length > params.length || args.length < needed) throw arity(name, params.length, args.length);
      return call(this, ...args);
    },
  }.method;
}

/** What a method gives: its wire, nothing, or what is made of the wire. All methods have few texts, so that what each calls differs from one to the next: a call that isn't made is quicker than any. */
const WIRE = 0, NOTHING = 1, LIFTED = 2;

/** @typedef {(family: Family, raw: Raw, params: Param[], finish: Finish, name: string, gives: number) => Method} MakeMethod of parameters that are numbers and booleans */

/** @type {MakeMethod} */
const none = (family, raw, _, finish, name, gives) => {
  const { guest } = family;
  const handles = handlesOf(guest);
  const where = `${name}: this`;
  return {
    method() {
      ready(guest, name, 0, arguments.length);
      const id = idOf(this, family, where);
      let result;
      try {
        result = raw(id);
        if (handles.misuse !== null) result = refuse(guest, handles, name);
        else if (gives === WIRE) return result;
        else if (gives === NOTHING) return undefined;
        else result = finish(result);
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    },
  }.method;
};

/** @type {MakeMethod} */
const one = (family, raw, [first], finish, name, gives) => {
  const { guest } = family;
  const handles = handlesOf(guest);
  const where = `${name}: this`;
  const firstI32 = isI32(first.type);
  return {
    method(/** @type {any} */ a) {
      ready(guest, name, 1, arguments.length);
      const id = idOf(this, family, where);
      const x = firstI32 && typeof a === "number" && (a | 0) === a ? a : first.type.check(a, first.where);
      let result;
      try {
        result = raw(id, x);
        if (handles.misuse !== null) result = refuse(guest, handles, name);
        else if (gives === WIRE) return result;
        else if (gives === NOTHING) return undefined;
        else result = finish(result);
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    },
  }.method;
};

/** @type {MakeMethod} */
const two = (family, raw, [first, second], finish, name, gives) => {
  const { guest } = family;
  const handles = handlesOf(guest);
  const where = `${name}: this`;
  const firstI32 = isI32(first.type);
  const secondI32 = isI32(second.type);
  return {
    method(/** @type {any} */ a, /** @type {any} */ b) {
      ready(guest, name, 2, arguments.length);
      const id = idOf(this, family, where);
      const x = firstI32 && typeof a === "number" && (a | 0) === a ? a : first.type.check(a, first.where);
      const y = secondI32 && typeof b === "number" && (b | 0) === b ? b : second.type.check(b, second.where);
      let result;
      try {
        result = raw(id, x, y);
        if (handles.misuse !== null) result = refuse(guest, handles, name);
        else if (gives === WIRE) return result;
        else if (gives === NOTHING) return undefined;
        else result = finish(result);
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    },
  }.method;
};

/** @param {Guest} guest @param {string} name @param {number} want @param {number} got */
function ready(guest, name, want, got) {
  if (got !== want) throw arity(name, want, got);
  if (guest.dead !== null) throw guest.poisoned(name);
}

/**
 * A member that gives a promise. An instance that it borrows is in use until that is settled.
 * @param {Family} family @param {Raw} raw @param {Param[]} params @param {string} name
 * @param {Param | ""} receiver @param {import("./exports.js").Make} make
 */
export function asyncMember({ guest }, raw, params, name, receiver, make) {
  const call = make(guest, raw, receiver ? [receiver, ...params] : params, (wire) => wire, name);
  if (!receiver) return call;
  return {
    method(/** @type {any[]} */ ...args) {
      // The options are one more.
      if (args.length > params.length + 1) return Promise.reject(arity(name, params.length, args.length));
      return call(this, ...args);
    },
  }.method;
}
