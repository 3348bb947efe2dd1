// @ts-check
// What glue text calls: a function that is written for one export or import holds what is
// special about it, and nothing that the host does already. The kit is passed to the text,
// which so imports nothing, wherever it is put.

import { importsOf, once, readLines } from "./contract.js";
import { WireError } from "./errors.js";
import { makeGeneral } from "./exports.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { u32 } from "./memory.js";

export { Callable } from "./callable.js";
export { acceptor, fail, giveSlot } from "./declared.js";
export { OVERFLOW } from "./guest.js";
export { alignedAt } from "./memory.js";
export { putText } from "./short.js";
export { handlesOf, u32 };

/** @typedef {import("./guest.js").Guest} Guest */

/**
 * @typedef {object} Glue functions of their own for what a module declares
 * @property {Map<string, import("./exports.js").Make>} exports by name, and members by that of their wasm export
 * @property {Map<string, import("./declared.js").Bind>} imports by key
 */

/** Of the glue that this kit is for: glue of another number calls something else. */
const FORMAT = 5;

/** The closure that does what the text leaves to it: every error of an argument, and all that is long or rare. @type {import("./exports.js").Make} */
export const plain = (guest, raw, params, finish, name) => (handlesOf(guest).shapeOf(params, name) ?? makeGeneral)(guest, raw, params, finish, name);

/**
 * The text in the return slot, where it stays the guest's; whatever else is there is for `finish`.
 * @param {Guest} guest @param {import("./exports.js").Finish} finish @param {string} name
 */
export function liftText(guest, finish, name) {
  const at = guest.returnSlot;
  const { view } = guest.memory;
  if (at === 0 || view.getUint32(at, true) !== kind.STRING || view.getUint8(at + 4) !== 0) return finish(0);
  return guest.text(view.getUint32(at + 8, true), view.getUint32(at + 12, true), name);
}

/** Ends a call that gave an error, as `guest.settle` does. @template T @param {import("./whole.js").WholeGuest} guest @param {T} thrown @returns {T} what is to be thrown */
export function ended(guest, thrown) {
  guest.failed = false;
  guest.error = { thrown };
  return thrown;
}

/**
 * The number in the return slot; whatever else is there is for `finish`.
 * @param {Guest} guest @param {import("./exports.js").Finish} finish
 */
export function liftNumber(guest, finish) {
  const at = guest.returnSlot;
  const { view } = guest.memory;
  return at === 0 || view.getUint32(at, true) !== kind.NUMBER ? finish(0) : view.getFloat64(at + 8, true);
}

/** A handle as the last argument that is lowered. @param {Guest} guest @param {unknown} value @param {number} top of the arena, if there is no handle left @returns {number} */
export function give(guest, value, top) {
  try {
    return handlesOf(guest).slab.add(value);
  } catch (error) {
    guest.memory.top = top;
    throw error;
  }
}

/** What glue depends on, as 16 hexadecimal digits: every line of a module's contract, and which of the declared imports it has. */
export const fingerprint = once((module) => {
  const keys = importsOf(module).flatMap(({ module: from, name }) => (from === "declared" ? [name] : []));
  const text = JSON.stringify([FORMAT, [...new Set(readLines(module).filter((line) => line !== "" && !line.startsWith("doc ")))].sort(), [...new Set(keys)].sort()]);
  // Two hashes of 32 bits, which differ in how they mix.
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a, b].map((half) => u32(half).toString(16).padStart(8, "0")).join("");
});

/** Refuses a module that frozen glue was not made from. @param {WebAssembly.Module} module @param {string} made its fingerprint */
export function same(module, made) {
  if (fingerprint(module) !== made) throw new WireError("version", "glue", "frozen from another module, or by another handwire; run `handwire freeze` again");
}
