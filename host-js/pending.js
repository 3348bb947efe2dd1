// @ts-check
// A call of an async export that is under way, and its promise.

/** What settles the promise that is made now. @type {(value: any) => void} */
let resolver = () => {};
/** One function for all promises: an engine makes none for each then. @param {(value: any) => void} resolve */
const executor = (resolve) => {
  resolver = resolve;
};

/** A call under way. */
export class Pending {
  /** Whether somebody has its promise. */
  taken = false;
  /** @type {any} */
  options = undefined;

  /** @param {number} task @param {import("./exports.js").Finish} finish @param {number} last the highest status that it may end with */
  constructor(task, finish, last) {
    this.task = task;
    this.finish = finish;
    this.last = last;
    /** @type {Promise<any>} */
    this.promise = new Promise(executor);
    this.resolve = resolver;
  }

  /** By the one function that there is: where the other is never asked for, engines don't make it, which is a tenth of a call. @param {any} reason */
  reject(reason) {
    this.resolve(Promise.reject(reason));
  }
}
