// @ts-check
// A call of an async export that is under way, and its promise.

/** @type {(value: any) => void} */
const nobody = () => {};

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
    /** @type {(value: any) => void} */
    this.resolve = nobody;
    /** @type {(reason: any) => void} */
    this.reject = nobody;
    /** @type {Promise<any>} */
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}
