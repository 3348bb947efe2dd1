// @ts-check
// Objects that carry an id of the guest in a place that no program can look at.

import { collected, dropId } from "./drop.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** What `idOf` says of an object of another instance. */
const OTHERS = -1;

class External {
  #id;
  #externals;

  /** @param {number} id @param {Externals} externals */
  constructor(id, externals) {
    this.#id = id;
    this.#externals = externals;
  }

  /** @param {any} value @param {Externals} externals */
  static idOf(value, externals) {
    if (Object(value) !== value || !(#id in value)) return 0;
    return value.#externals === externals ? value.#id : OTHERS;
  }
}
// Nobody but the guest makes one.
Object.defineProperty(External.prototype, "constructor", { value: Object });

/** The externals of a guest. @param {Guest} guest */
export const externalsOf = (guest) => new Externals(guest);

/** The externals of one instance. */
class Externals {
  /** @type {FinalizationRegistry<number> | undefined} */
  #collected;

  /** @param {Guest} guest */
  constructor(guest) {
    const { FinalizationRegistry } = globalThis;
    if (FinalizationRegistry)
      this.#collected = new FinalizationRegistry((id) => collected(guest, "external", () => dropId(guest, id, "external, forgotten")));
  }

  /** @param {number} id */
  make(id) {
    const object = new External(id, this);
    this.#collected?.register(object, id);
    return object;
  }

  /** The id that a value carries; 0 if it carries none, -1 if it is of another instance. @param {unknown} value @returns {number} */
  idOf(value) {
    return External.idOf(value, this);
  }
}
