// @ts-check
// Calls of host functions with arguments from slots. Up to three, as most have, go as they are;
// for more there is a list of them, by `Reflect.apply`, which has no limit of its own on their
// number.

import { show } from "./errors.js";
import { handlesOf } from "./handles.js";
import { u32 } from "./memory.js";
import { NONE } from "./slab.js";
import { readSlot, readSlots, SLOT } from "./slot.js";

const { call } = Function.prototype;
/** For `key`: the function itself is called, not a method. */
export const ITSELF = Symbol();

/**
 * Calls a function, or a method by its key, and gives the result to the guest.
 * @param {import("./guest.js").Guest} guest
 * @param {any} callee the function; the receiver, where there is a key
 * @param {any} key or `ITSELF`
 * @param {any} self the receiver
 * @param {number} args where the slots are
 * @param {number} argc how many
 * @param {number} out
 * @param {string} op
 * @returns {number} a handle, or `NUMBER`
 */
export function callSlots(guest, callee, key, self, args, argc, out, op) {
  const handles = handlesOf(guest);
  // Each number of arguments has code of its own, without what it doesn't need.
  if (argc === 1) {
    const a = readSlot(guest, args, op);
    guest.memory.at(out, 8, op);
    let value;
    try {
      const target = key === ITSELF ? callee : self[key];
      if (typeof target !== "function") throw notCallable(key, target);
      value = call.call(target, self, a);
    } catch (thrown) {
      return handles.fail(thrown, NONE);
    }
    return handles.give(value, out);
  }
  return callMore(guest, callee, key, self, args, argc, out, op);
}

/** Any other number of arguments. @type {typeof callSlots} */
function callMore(guest, callee, key, self, args, argc, out, op) {
  const handles = handlesOf(guest);
  let list, a, b, c;
  if (u32(argc) > 3) list = readSlots(guest, args, argc, op);
  else if (argc !== 0) {
    a = readSlot(guest, args, op);
    b = readSlot(guest, args + SLOT, op);
    if (argc > 2) c = readSlot(guest, args + 2 * SLOT, op);
  }
  guest.memory.at(out, 8, op);
  let value;
  try {
    const target = key === ITSELF ? callee : self[key];
    if (typeof target !== "function") throw notCallable(key, target);
    if (list) value = Reflect.apply(target, self, list);
    else if (argc === 0) value = call.call(target, self);
    else if (argc === 2) value = call.call(target, self, a, b);
    else value = call.call(target, self, a, b, c);
  } catch (thrown) {
    return handles.fail(thrown, NONE);
  }
  return handles.give(value, out);
}

/** @param {any} key @param {any} target */
const notCallable = (key, target) => new TypeError(key === ITSELF ? `${show(target)} is not a function` : `property ${show(key)} is ${show(target)}, not a function`);
