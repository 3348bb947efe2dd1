// @ts-check
// Calls of closures that give a promise: how they end, whatever the closure's arguments are.

import { makeFinish } from "./exports.js";
import { Pending } from "./pending.js";
import { aborted, tasksOf } from "./task.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */

/** The options of a call of a closure: an object with a signal. Anything else behind the arguments is one too many, as callers of closures pass. @param {any} options */
function optionsBehind(options) {
  if (typeof options !== "object" || options === null) return undefined;
  let signal;
  try {
    ({ signal } = options);
  } catch {
    return undefined; // nothing that was meant to be looked at
  }
  return typeof signal?.addEventListener === "function" ? { signal } : undefined;
}

/**
 * How calls of closures end that give a promise.
 * @param {Guest} guest @param {Type} result @param {string | undefined} error the type of its error, if it has one
 * @param {import("./exports.js").Find} find @param {string} name
 */
export function promisesOf(guest, result, error, find, name) {
  const tasks = tasksOf(guest);
  const finish = makeFinish(guest, result, { fallible: "async", error }, name, find);
  return {
    /** Of what the guest returned. @param {number} wire */
    finish: (wire) => (wire === 0 || wire === 1 ? finish(wire) : tasks.beginKnown(wire, finish, name)),
    options: optionsBehind,
    aborted,
    /** The promise of a call that has returned. @param {any} value @param {{ signal: AbortSignal } | undefined} options @returns {Promise<any>} */
    end(value, options) {
      if (value instanceof Pending) return tasks.promise(value, options);
      return options?.signal.aborted ? aborted(options) : Promise.resolve(value);
    },
    /** That of one that threw. @param {unknown} thrown */
    failed: (thrown) => tasks.failed(thrown),
  };
}
