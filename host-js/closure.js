// @ts-check
// Closures of the guest as functions of the host: those that the guest goes on owning, those
// that it has given to their functions, and those that it lends for a call of an import.

import { Callable } from "./callable.js";
import { bad } from "./contract.js";
import { collected, dropId } from "./drop.js";
import { WireError } from "./errors.js";
import { readFunction, unwrapped } from "./function.js";
import { handlesOf } from "./handles.js";
import { Plan } from "./plan.js";
import { INDEX_MASK } from "./slab.js";
import { refined } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** How many texts of types are known by their address, and how many plans there are: a guest has few, unless it is out to fill the host's memory. */
const MOST = 1024;

/** The closures of a guest. @param {Guest} guest @returns {Closures} */
export const closuresOf = (guest) => (handlesOf(guest).closures ??= new Closures(guest));

/** @typedef {{ ptr: number, len: number, plan: Plan }} Place */

/** The closures of one instance that the host knows. */
export class Closures {
  /** How many belong to a function. */
  live = 0;
  /** @type {Map<string, Plan>} */
  #plans = new Map();
  /** Plans by the address of their text, with its length. @type {Map<number, Place>} */
  #places = new Map();
  /** The one that was asked for last. @type {Place | undefined} */
  #last;
  /** The handles of functions whose closures are the guest's, and these, by the index of the handle. */
  #made = new Int32Array(64);
  /** It is as long as that: an engine has code apart for what is set behind an end. @type {(Callable | undefined)[]} */
  #own = Array.from(this.#made, () => undefined);
  /** @type {FinalizationRegistry<Callable> | undefined} */
  #collected;

  /** @param {Guest} guest */
  constructor(guest) {
    this.guest = guest;
    const { FinalizationRegistry } = globalThis;
    if (FinalizationRegistry) this.#collected = new FinalizationRegistry((closure) => collected(guest, "closure", () => this.end(closure, "closure, forgotten")));
  }

  /** What closures of a type have in common. @param {string} text @param {string} op */
  plan(text, op) {
    let plan = this.#plans.get(text);
    if (!plan) {
      plan = new Plan(this.guest, text, op);
      if (this.#plans.size < MOST) this.#plans.set(text, plan);
    }
    return plan;
  }

  /** The same by where the text stands, where it stays. @param {number} ptr @param {number} len @param {string} op */
  planAt(ptr, len, op) {
    let place = this.#last;
    // Most often it is the one of the closure before.
    if (place?.ptr !== ptr) place = this.#last = this.#places.get(ptr);
    if (place && place.len === len) return place.plan;
    const plan = this.plan(this.guest.text(ptr, len, op), op);
    if (this.#places.size < MOST) this.#places.set(ptr, (this.#last = { ptr, len, plan }));
    return plan;
  }

  /** A handle of a new function. @param {Plan} plan @param {number} id */
  add(plan, id) {
    const closure = new Callable(id);
    const handle = plan.handles.slab.add(plan.make(closure));
    const index = handle & INDEX_MASK;
    if (index >= this.#made.length) this.#grow(index);
    this.#made[index] = handle;
    this.#own[index] = closure;
    return handle;
  }

  /** @param {number} index */
  #grow(index) {
    const made = new Int32Array(index * 2);
    made.set(this.#made);
    this.#made = made;
    while (this.#own.length < made.length) this.#own.push(undefined);
  }

  /** A closure that has been the guest's. @param {number} handle of its function @param {string} op @returns {Callable} */
  #take(handle, op) {
    const index = handle & INDEX_MASK;
    const closure = this.#own[index];
    if (this.#made[index] !== handle || !closure) {
      // It may be no handle at all.
      handlesOf(this.guest).slab.get(handle, op);
      throw new WireError("wrong-kind", op, `${handle}, which no closure_new gave, or which was given before`);
    }
    this.#made[index] = 0;
    this.#own[index] = undefined;
    return closure;
  }

  /** Gives a closure to its function. @param {number} handle @param {string} op */
  give(handle, op) {
    const value = handlesOf(this.guest).slab.get(handle, op);
    const closure = this.#take(handle, op);
    this.live++;
    value.free = () => {
      this.#collected?.unregister(closure);
      this.end(closure);
    };
    this.#collected?.register(value, closure, closure);
  }

  /** Ends a closure of the guest's, whose function it needs no more. @param {number} handle @param {string} op */
  finish(handle, op) {
    this.#take(handle, op).end();
    handlesOf(this.guest).slab.release(handle, op);
  }

  /** The function is no more, or needs its closure no more. @param {Callable} closure that belongs to it @param {string} [name] of what ends it */
  end(closure, name) {
    const { id } = closure;
    if (id === 0) return;
    closure.end();
    this.live--;
    dropId(this.guest, id, name);
  }
}

/** @param {unknown} value */
const isFunction = (value) => typeof value === "function";

/**
 * The type of a function, which crosses as a handle; of one that the guest lends for a call of an import, as its id.
 * @param {string} type @param {import("./exports.js").Find} find @param {string} name who wants it
 * @returns {import("./types.js").Type | undefined} undefined for what is no type of a function
 */
export function functionType(type, find, name) {
  if (!type) return undefined; // a parameter without a type
  const whole = unwrapped(type);
  const said = readFunction(whole.replace(/^&/, ""));
  if (!said) return undefined;
  for (const inner of [...said.params, said.result, ...(said.error ? [said.error] : [])]) find(inner, name);
  if (whole.startsWith("&")) return lent(whole.slice(1));
  return refined(find("js", name), isFunction, "a function");
}

/** @param {string} type without the `&` @returns {import("./types.js").Type} */
function lent(type) {
  const misplaced = () => {
    throw bad(`&${type}, which can be a parameter of an import only`);
  };
  /** @type {Plan | undefined} */
  let plan;
  /** @param {Guest} guest @param {string} name */
  const lend = (guest, name) => {
    // After a restart it is another guest's.
    if (plan?.guest !== guest) plan = closuresOf(guest).plan(`lent ${type}`, name);
    return plan;
  };
  return {
    check: misplaced,
    kind: -1, // nor a result
    read: misplaced,
    lends: true,
    lend,
    accept(guest, id, _, name) {
      const closure = new Callable(id);
      handlesOf(guest).lent.push(closure);
      return lend(guest, name).make(closure);
    },
  };
}
