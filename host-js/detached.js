// @ts-check
// Calls that nobody waits for: made in their order, when no code of the guest runs. A microtask is
// just that, whichever way the guest was entered; and what it throws reaches the embedder.

import { handlesOf } from "./handles.js";
import { report } from "./report.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./report.js").Where} Where */

/** The calls that wait, of one instance. */
export class Detached {
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {() => void} call which throws nothing */
  add(call) {
    if (this.#waiting.push(call) === 1) void Promise.resolve().then(() => this.#run());
  }

  #run() {
    const calls = this.#waiting;
    // What is added from here on comes after these, in a turn of its own.
    this.#waiting = [];
    for (const call of calls) call();
  }
}

/** @param {Guest} guest */
export const detachedOf = (guest) => (handlesOf(guest).detached ??= new Detached());

/**
 * Makes a call whose result nobody waits for; also one that gives a promise.
 * @param {Guest} guest @param {Where} where @param {() => any} call
 */
export function forget(guest, where, call) {
  const told = (/** @type {unknown} */ error) => report(guest, error, where);
  try {
    const value = call();
    if (Object(value) === value) void Promise.resolve(value).then(undefined, told);
  } catch (error) {
    told(error);
  }
}
