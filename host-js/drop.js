// @ts-check
// The end of what the host has of the guest's: an id goes back to it, once.

/** @typedef {import("./guest.js").Guest} Guest */

/** Gives an id back. What belongs to an instance that died ended with it. @param {Guest} guest @param {number} id */
export function dropId(guest, id) {
  if (guest.dead === null) guest.enter(() => guest.raw.hw_drop(id), "hw_drop");
}

/**
 * Gives ids back when the engine says that a value was collected: there is no caller then whom an error could tell.
 * @param {() => void} act
 */
export function outside(act) {
  try {
    act();
  } catch {
    // The instance died by it, whatever it was: `host.dead` is this error, and every later call has it as its cause.
  }
}
