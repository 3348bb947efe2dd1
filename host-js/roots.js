// @ts-check
// The arguments of the calls under way that are data, of which the guest may ask for parts: by their
// numbers, from 1.

/** @typedef {import("./parameter.js").Parameter} Parameter */

class Root {
  /** @type {unknown} */
  value;
  /** What waits for the guest to tell a form. @type {Parameter | null} */
  asks = null;
  /** What has written it in a form. @type {Parameter | null} */
  formed = null;
}

export class Roots {
  /** They are kept: those of calls that have ended have no value. @type {Root[]} */
  all = [];
  count = 0;
  /** Forgets the value of the last one, which nobody finds any more. */
  end = () => {
    this.all[--this.count].value = undefined;
  };

  /**
   * Keeps one until it is ended, as its call ends.
   * @param {unknown} value @param {Parameter | null} asks @param {Parameter | null} formed
   * @returns {number} its number
   */
  keep(value, asks, formed) {
    const root = (this.all[this.count++] ??= new Root());
    root.value = value;
    root.asks = asks;
    root.formed = formed;
    return this.count;
  }

  /** @param {number} number @returns {Root | undefined} */
  get(number) {
    return number > 0 && number <= this.count ? this.all[number - 1] : undefined;
  }
}
