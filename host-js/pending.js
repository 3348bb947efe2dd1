// @ts-check
// A call of an async export that is under way, for those who may end it before the guest does.
// Other calls are no more than a promise, and the function that settles it.

/** A call under way. */
export class Pending {
  /** @type {any} */
  options = undefined;

  /** @param {number} task @param {Promise<any>} promise @param {Resolve} resolve of the promise @param {number} last the highest status that it may end with */
  constructor(task, promise, resolve, last) {
    this.task = task;
    this.promise = promise;
    this.resolve = resolve;
    this.last = last;
  }
}

/** @typedef {(value: any) => void} Resolve */

/** @type {(Resolve | undefined)[]} */
const NOWHERE = [];
/** Where the function that settles the next promise goes. */
let list = NOWHERE;
let place = 0;

/** One function for all promises: an engine makes none for each then. What it is called with goes right where it stays, which is one note less for a collector. @param {Resolve} resolve */
const executor = (resolve) => {
  list[place] = resolve;
};

/**
 * A promise, which is settled by the function that is put into a list. There is no other: where that is never asked for, engines don't make it, which is a tenth of a call.
 * @param {(Resolve | undefined)[]} resolves @param {number} index there
 * @returns {Promise<any>}
 */
export function promiseIn(resolves, index) {
  list = resolves;
  place = index;
  const promise = new Promise(executor);
  // Nothing of an instance is kept.
  list = NOWHERE;
  return promise;
}

/** Rejects a promise by the one function that there is. @param {Resolve} resolve @param {any} reason */
export const rejectBy = (resolve, reason) => resolve(Promise.reject(reason));
