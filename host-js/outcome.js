// @ts-check
// `host.call`: how a call ended as a status, so that an error of the guest's is told apart from
// everything else that a call can throw.

import { handlesOf } from "./handles.js";

/**
 * @param {import("./guest.js").Guest} guest
 * @param {Record<string, (...args: any[]) => any>} exports
 * @param {string} name
 * @param {unknown[]} args
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {any} `{ status, value }`; a promise of that, if the export is async or there are options
 */
export function callExport(guest, exports, name, args, options) {
  if (!Object.hasOwn(exports, name)) throw new TypeError(`${name}: the guest has no such export`);
  const { tasks } = handlesOf(guest);
  if (tasks?.names.has(name)) return tasks.call(exports[name], args, options?.signal);
  if (options?.signal?.aborted) return Promise.resolve({ status: 3, value: options.signal.reason });
  if (options) return new Promise((resolve) => resolve(callSync(guest, exports[name], args)));
  return callSync(guest, exports[name], args);
}

/** @param {any} guest @param {(...args: any[]) => any} call @param {unknown[]} args */
function callSync(guest, call, args) {
  guest.error = undefined;
  try {
    return { status: 0, value: call(...args) };
  } catch (thrown) {
    const { error } = guest;
    if (error && guest.dead === null && Object.is(error.thrown, thrown)) return { status: 1, value: thrown };
    throw thrown;
  }
}
