// @ts-check
// The end of what the host has of the guest's: an id goes back to it, once.

import { report } from "./report.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** Gives an id back. What belongs to an instance that died ended with it. @param {Guest} guest @param {number} id @param {string} [name] of what ends it */
export function dropId(guest, id, name = "hw_drop") {
  if (guest.dead === null) guest.enter(() => guest.raw.hw_drop(id), name);
}

/**
 * Gives an id back when the engine says that its value was collected. Nobody called, whom an error could tell: if the instance dies by it, the
 * embedder is told, and every later call has the death as its cause.
 * @param {Guest} guest @param {string} what was collected: the name of a class, or what it is @param {() => void} act
 */
export function collected(guest, what, act) {
  try {
    act();
  } catch (death) {
    report(guest, death, { interface: what, method: "drop" });
  }
}
