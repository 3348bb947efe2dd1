// @ts-check
// Functions for the exports that are called most, by the shape of their parameters: `s` is a
// wire of its own (a number, a boolean), `w` a wide one (text, bytes), `h` an owned handle, `b` a
// borrowed one. Each shape has one text, without a list of arguments or wires, so that the
// engine sees one simple call. What has another shape, or doesn't fit into the arena, goes the
// general way, in exports.js, which does the same in a loop.

import { arity, makeGeneral } from "./exports.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { NONE, NUMBER } from "./slab.js";
import { OVERFLOW } from "./guest.js";
import { putBytes, putText } from "./short.js";
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
const w = (guest, raw, params, finish, name) => {
  const whole = makeGeneral(guest, raw, params, finish, name);
  const { memory } = guest;
  const [first] = params;
  const put = putter(first);
  return function (/** @type {any} */ a) {
    ready(guest, name, 1, arguments.length);
    const x = first.type.check(a, first.where);
    const { top } = memory;
    const len = put(memory, x);
    if (len < 0) return whole(a);
    let result;
    try {
      result = finish(raw(top, len));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    memory.top = top;
    return guest.failed ? guest.settle(result) : result;
  };
};

/** @type {Make} */
const ww = (guest, raw, params, finish, name) => {
  const whole = makeGeneral(guest, raw, params, finish, name);
  const { memory } = guest;
  const [first, second] = params;
  const put = putter(first);
  const putNext = putter(second);
  return function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    const x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    const { top } = memory;
    const xLen = put(memory, x);
    const at = memory.top;
    const yLen = xLen < 0 ? -1 : putNext(memory, y);
    if (yLen < 0) {
      memory.top = top;
      return whole(a, b);
    }
    let result;
    try {
      result = finish(raw(top, xLen, at, yLen));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    memory.top = top;
    return guest.failed ? guest.settle(result) : result;
  };
};

/** @type {Make} */
const sw = (guest, raw, params, finish, name) => {
  const whole = makeGeneral(guest, raw, params, finish, name);
  const { memory } = guest;
  const [first, second] = params;
  const put = putter(second);
  return function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    const x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    const { top } = memory;
    const len = put(memory, y);
    if (len < 0) return whole(a, b);
    let result;
    try {
      result = finish(raw(x, top, len));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    memory.top = top;
    return guest.failed ? guest.settle(result) : result;
  };
};

/** @type {Make} */
const ws = (guest, raw, params, finish, name) => {
  const whole = makeGeneral(guest, raw, params, finish, name);
  const { memory } = guest;
  const [first, second] = params;
  const put = putter(first);
  return function (/** @type {any} */ a, /** @type {any} */ b) {
    ready(guest, name, 2, arguments.length);
    const x = first.type.check(a, first.where);
    const y = second.type.check(b, second.where);
    const { top } = memory;
    const len = put(memory, x);
    if (len < 0) return whole(a, b);
    let result;
    try {
      result = finish(raw(top, len, y));
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
    memory.top = top;
    return guest.failed ? guest.settle(result) : result;
  };
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
const makers = { "": none, s, ss, sss, w, ww, sw, ws, h, b };

/** @param {Guest} guest @param {string} name @param {number} want @param {number} got */
function ready(guest, name, want, got) {
  if (got !== want) throw arity(name, want, got);
  if (guest.dead !== null) throw guest.poisoned(name);
}

/** What puts a text or bytes into the arena. @param {Param} param @returns {(memory: import("./memory.js").Memory, value: any) => number} */
const putter = ({ type }) => (type === text ? putText : putBytes);

/** @param {Param} param */
const letter = ({ type }) =>
  !type.lower ? "s" : type === text || type.kind === kind.BYTES ? "w" : type.borrowed ? "b" : type.kind === kind.HANDLE ? "h" : "?";

/** The maker for some parameters, if there is one. @type {import("./exports.js").Shape} */
export const shapeOf = (params) => makers[params.map(letter).join("")];
