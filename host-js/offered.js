// @ts-check
// Objects of the host whose methods the guest implements. Each has the id of its value in the
// guest, which ends when the object is freed, or collected.

import { handlesOf } from "./handles.js";
import { misuseError, wrongInstance } from "./misuse.js";
import { wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */

export class Offered {
  /** @type {Guest} */
  #guest;
  /** Of the interface. @type {string} */
  #name;
  /** 0 when it was freed. @type {number} */
  #id;

  /** @param {Guest} guest @param {string} name of the interface @param {number} id */
  constructor(guest, name, id) {
    this.#guest = guest;
    this.#name = name;
    this.#id = id;
    lostOf(guest)?.register(this, id, this);
  }

  /** Ends the guest's hold of what implements this; each method is an error from now on. */
  free() {
    const id = this.#id;
    if (id === 0) return;
    this.#id = 0;
    lostOf(this.#guest)?.unregister(this);
    drop(this.#guest, id, `${this.#name}.free`);
  }

  /** Whether a value is one of an interface. @param {any} value @param {string} name */
  static is(value, name) {
    return Object(value) === value && #id in value && value.#name === name;
  }

  /** The id of the receiver of a method. @param {any} self @param {Guest} guest @param {string} name of the interface @param {string} method */
  static id(self, guest, name, method) {
    if (!Offered.is(self, name)) throw wrongType(`${method}: this`, `a ${name} of the guest`, self);
    if (self.#guest !== guest) throw wrongInstance(method, name);
    if (self.#id === 0) throw misuseError("dropped", method, name);
    return self.#id;
  }
}

/** Tells the guest that the host holds a value no more. @param {Guest} guest @param {number} id @param {string} name who says so */
function drop(guest, id, name) {
  // What a dead instance had is gone with it.
  if (guest.dead === null) guest.enter(() => guest.raw.hw_drop(id), name);
}

/** Where it is found out that objects were forgotten, on engines that tell. @param {Guest} guest @returns {FinalizationRegistry<number> | undefined} */
function lostOf(guest) {
  if (typeof FinalizationRegistry !== "function") return undefined;
  return (handlesOf(guest).lost ??= new FinalizationRegistry((id) => drop(guest, id, "finaliser")));
}
