// @ts-check
// Functions for the exports that are called most, by the shape of their parameters: `s` is a
// wire of its own (a number, a boolean), `w` a wide one (text, bytes), `h` an owned handle, `b` a
// borrowed one. Each shape has one text,
// without a list of arguments or wires, so that the engine sees one simple call. What has
// another shape goes the general way, in exports.js, which does the same in a loop.

import { arity } from "./exports.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { NONE, NUMBER } from "./slab.js";
import { OVERFLOW } from "./guest.js";
import { putShort } from "./short.js";
import { text } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./exports.js").Make} Make */
/** @typedef {import("./exports.js").Param} Param */

/** @type {Make} */
const none = (guest, raw, params, finish, name) =>
  function () {
    ready(guest, name, 0, arguments.length);
    let result;
    try {
      result = finish(raw());
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    return guest.failed ? guest.settle(result) : result;
  };

/** @type {Make} */
const s = (guest, raw, [first], finish, name) =>
  function (/** @type {any} */ a) {
    ready(guest, name, 1, arguments.length);
    const x = first.type.check(a, first.where);
    let result;
    try {
      result = finish(raw(x));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    return guest.failed ? guest.settle(result) : result;
  };

/** @type {Make} */
const ss = (guest, raw, [first, second], finish, name) =>
  function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    const x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    let result;
    try {
      result = finish(raw(x, y));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    return guest.failed ? guest.settle(result) : result;
  };

/** @type {Make} */
const sss = (guest, raw, [first, second, third], finish, name) =>
  function (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c) {
    ready(guest, name, 3, arguments.length);
    const x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    const z = third.type.check(c, third.where);
    let result;
    try {
      result = finish(raw(x, y, z));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    return guest.failed ? guest.settle(result) : result;
  };

/** @type {Make} */
const w = (guest, raw, [first], finish, name) =>
  function (/** @type {any} */ a) {
    ready(guest, name, 1, arguments.length);
    let x = first.type.check(a, first.where);
    const { top } = guest.memory;
    const mark = guest.leftovers.length;
    try {
      x = lower(first, guest, x, name);
      const xLen = guest.len;
      let result;
      try {
        guest.entered++;
        result = finish(raw(x, xLen));
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    } finally {
      guest.memory.top = top;
      if (guest.leftovers.length > mark) guest.leave(mark);
    }
  };

/** One text: if it is short, as most are, by fewer steps. @type {Make} */
const t = (guest, raw, params, finish, name) => {
  const whole = w(guest, raw, params, finish, name);
  const { memory } = guest;
  return function (/** @type {any} */ a) {
    const { top } = memory;
    if (arguments.length !== 1 || guest.dead !== null || typeof a !== "string" || !putShort(memory, a)) return whole(...arguments);
    let result;
    try {
      result = finish(raw(top, a.length));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    memory.top = top;
    return guest.failed ? guest.settle(result) : result;
  };
};

/** @type {Make} */
const ww = (guest, raw, [first, second], finish, name) =>
  function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    let x = first.type.check(a, first.where);
    let y = second.type.check(b, second.where);
    const { top } = guest.memory;
    const mark = guest.leftovers.length;
    try {
      x = lower(first, guest, x, name);
      const xLen = guest.len;
      y = lower(second, guest, y, name);
      const yLen = guest.len;
      let result;
      try {
        guest.entered++;
        result = finish(raw(x, xLen, y, yLen));
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    } finally {
      guest.memory.top = top;
      if (guest.leftovers.length > mark) guest.leave(mark);
    }
  };

/** @type {Make} */
const sw = (guest, raw, [first, second], finish, name) =>
  function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    const x = first.type.check(a, first.where);
    let y = second.type.check(b, second.where);
    const { top } = guest.memory;
    const mark = guest.leftovers.length;
    try {
      y = lower(second, guest, y, name);
      const yLen = guest.len;
      let result;
      try {
        guest.entered++;
        result = finish(raw(x, y, yLen));
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    } finally {
      guest.memory.top = top;
      if (guest.leftovers.length > mark) guest.leave(mark);
    }
  };

/** @type {Make} */
const ws = (guest, raw, [first, second], finish, name) =>
  function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    let x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    const { top } = guest.memory;
    const mark = guest.leftovers.length;
    try {
      x = lower(first, guest, x, name);
      const xLen = guest.len;
      let result;
      try {
        guest.entered++;
        result = finish(raw(x, xLen, y));
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    } finally {
      guest.memory.top = top;
      if (guest.leftovers.length > mark) guest.leave(mark);
    }
  };

/** A handle that is the guest's: with no other argument, nothing can come between making it and the call. @type {Make} */
const h = (guest, raw, [first], finish, name) => {
  const { slab } = handlesOf(guest);
  return function (/** @type {any} */ a) {
    ready(guest, name, 1, arguments.length);
    const x = first.type.check(a, first.where);
    let result;
    try {
      result = finish(raw(slab.add(x)));
    } catch (cause) {
      throw guest.die(cause, name);
    }
    return guest.failed ? guest.settle(result) : result;
  };
};

/** A handle that is the guest's for the time of the call. @type {Make} */
const b = (guest, raw, [first], finish, name) => {
  const { slab } = handlesOf(guest);
  return function (/** @type {any} */ a) {
    ready(guest, name, 1, arguments.length);
    const x = first.type.check(a, first.where);
    const handle = slab.add(x);
    let result;
    try {
      result = finish(raw(handle));
      if (handle > NUMBER || handle < NONE) slab.release(handle, name);
    } catch (cause) {
      throw guest.die(cause, name);
    }
    return guest.failed ? guest.settle(result) : result;
  };
};

/** @type {Record<string, Make>} */
const makers = { "": none, s, ss, sss, t, w, ww, sw, ws, h, b };

/** @param {Guest} guest @param {string} name @param {number} want @param {number} got */
function ready(guest, name, want, got) {
  if (got !== want) throw arity(name, want, got);
  if (guest.dead !== null) throw guest.poisoned(name);
}

/** @param {Param} param @param {Guest} guest @param {any} checked @param {string} name */
function lower({ type }, guest, checked, name) {
  // A check may have run code of the host, a getter, which killed the instance.
  if (guest.dead !== null) throw guest.poisoned(name);
  return type.lower?.(guest, checked, name);
}

/** @param {Param} param */
const letter = ({ type }) => (!type.lower ? "s" : type.wide ? "w" : type.borrowed ? "b" : type.kind === kind.HANDLE ? "h" : "?");

/** The maker for some parameters, if there is one. @type {import("./exports.js").Shape} */
export const shapeOf = (params) => makers[params.length === 1 && params[0].type === text ? "t" : params.map(letter).join("")];
