// @ts-check
// What the guest waits for: its waiters by their numbers. Each settles once, by a call into the
// guest of its own. A waiter is kept for the next wait of that number, with the two functions
// that a promise calls; one that is forgotten while its promise still has them is left to the
// promise, and holds nothing any more.

import { put } from "./put.js";
import { acceptor } from "./declared.js";
import { WireError } from "./errors.js";
import { OVERFLOW } from "./guest.js";
import { handlesOf } from "./handles.js";
import { u32 } from "./memory.js";
import { named } from "./named.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */

/** @typedef {{ type: Type, name: string }} Declared the error that a line names */

/** The status of a rejection with the error that the line names. */
const NAMED = 3;
/** Numbers of waiters are below. */
const MOST = 1 << 22;
const SLOT = 16;
/** The end of a call in one number: the status is in the lowest bits. */
const STATUS_BITS = 2, STATUS = (1 << STATUS_BITS) - 1;
/** As it was when this was loaded: a page may replace it. */
const { then } = Promise.prototype;
const resolved = Promise.resolve();

/** Calls a function once no other code is on the stack. @param {() => void} act */
export const later = (act) => {
  then.call(resolved, act);
};

/** Sees to it that nobody hears of a rejection. @param {any} value */
export function ignore(value) {
  try {
    Promise.resolve(value).catch(nobody);
  } catch {
    // It is a promise that can't be looked at.
  }
}

const nobody = () => {};

/** What an embedder's function is told of the call of an async import: its last argument. */
export class Call {
  /** @type {AbortController | undefined} */
  #controller;

  /** Aborted when the guest wants the result no more. It is made when it is asked for. @returns {AbortSignal} */
  get signal() {
    return (this.#controller ??= new AbortController()).signal;
  }

  /** @internal */
  abort() {
    this.#controller?.abort();
  }
}

/** The result of an import that has none. @type {any} */
export const NOTHING = { check() {} };

export class Waiter {
  waiting = false;
  /** Whether it waits, and a number comes as such, and not as a handle. */
  numbers = false;
  /** What comes otherwise than as a handle. @type {(Type & { settle?: (waiter: Waiter, checked: any) => void }) | null} */
  type = null;
  /** What a rejection may be otherwise than as a handle. @type {Declared | null} */
  error = null;
  /** @type {Call | null} */
  call = null;
  where = "";

  /** @param {Guest} guest @param {number} number @param {Waiters} waiters */
  constructor(guest, number, waiters) {
    this.guest = guest;
    this.number = number;
    this.waiters = waiters;
    /** The guest's functions: looked up once for all waits of this number. @type {import("./guest.js").Raw} */
    this.hw_settle = guest.raw.hw_settle;
    /** @type {import("./guest.js").Raw} */
    this.hw_settle_number = guest.raw.hw_settle_number;
    // What waits for a number is of a guest that lives, and of no other type.
    this.fulfilled = (/** @type {unknown} */ value) => (this.numbers && typeof value === "number" ? this.tellNumber(value) : this.settle(0, value));
    this.rejected = (/** @type {unknown} */ reason) => this.settle(1, reason);
  }

  /** Waits for anything. What this value does is no affair of the guest's: it can't throw here. @param {any} value */
  watch(value) {
    try {
      // A promise as most are. By the `then` that was found in it, engines know which function is called, and make it part of this one.
      if (typeof value === "object" && value !== null && value.constructor === Promise) {
        const found = value.then;
        if (found === then) return void found.call(value, this.fulfilled, this.rejected);
      }
    } catch {
      // It poses as one, or can't be looked at, and waits for nothing.
    }
    try {
      // Of any other promise this is the promise itself; whatever else has a `then` settles a new one, once.
      then.call(Promise.resolve(value), this.fulfilled, this.rejected);
    } catch (thrown) {
      then.call(Promise.reject(thrown), undefined, this.rejected);
    }
  }

  /** Waits for what code of the host gave, which may have had the guest forget the wait, or die. @param {any} value */
  watchUnlessGone(value) {
    if (this.waiting) this.watch(value);
    else ignore(value);
  }

  /** @param {0 | 1} status @param {unknown} value @returns {void} */
  settle(status, value) {
    if (!this.waiting || this.guest.dead !== null) return;
    const { guest, type, where } = this;
    if (status === 1) return this.reject(value);
    if (type === null) return this.tell(0, handlesOf(guest).slab.add(value));
    let checked;
    try {
      checked = type.check(value, where);
    } catch (thrown) {
      return this.settle(1, thrown);
    }
    // Reading a value may have run anything, and that have called the guest.
    if (!this.waiting || guest.dead !== null) return;
    if (type.settle) type.settle(this, checked);
    else this.give(type, checked);
  }

  /** @param {unknown} reason */
  reject(reason) {
    const { guest, error } = this;
    if (error !== null) {
      this.error = null;
      const found = named(reason, error.type, error.name);
      // Looking at it may have run anything, as above.
      if (!this.waiting || guest.dead !== null) return;
      if (found) return this.give(found.type, found.checked, NAMED);
    }
    this.tell(1, handlesOf(guest).slab.add(reason));
  }

  /** Lowers a value as an argument of its own. @param {Type} type @param {any} checked @param {number} [status] */
  give(type, checked, status = 0) {
    const { guest, where } = this;
    const { top } = guest.memory;
    const mark = guest.leftovers.length;
    try {
      let at = 0;
      if (type !== NOTHING) put(guest, type, checked, (at = guest.reserve(SLOT, 8, where)), where);
      guest.entered++;
      this.tell(status, at);
    } catch (thrown) {
      if (!this.waiting) throw thrown;
      this.settle(1, thrown);
    } finally {
      guest.memory.top = top;
      guest.leave(mark);
    }
  }

  /** @param {number} status @param {number} wire */
  tell(status, wire) {
    this.waiting = this.numbers = false;
    this.type = this.error = this.call = null;
    try {
      this.waiters.ended(this.hw_settle(this.number, status, wire));
    } catch (cause) {
      this.die(cause, "hw_settle");
    }
  }

  /** @param {number} value */
  tellNumber(value) {
    this.waiting = this.numbers = false;
    try {
      this.waiters.ended(this.hw_settle_number(this.number, value));
    } catch (cause) {
      this.die(cause, "hw_settle_number");
    }
  }

  /** @param {any} cause @param {string} name of the export that ended by it */
  die(cause, name) {
    const { guest, waiters } = this;
    guest.dead ??= OVERFLOW;
    waiters.tasks.lost(guest.die(cause, name));
  }
}

export class Waiters {
  /** @type {(Waiter | undefined)[]} */
  all = [];
  /** A call that is kept, and never made: see the model of `Tasks`. */
  model = new Call();

  /** @param {Guest} guest @param {import("./task.js").Tasks} tasks told of calls that end, and of a death that no caller sees */
  constructor(guest, tasks) {
    this.guest = guest;
    this.tasks = tasks;
  }

  /** The end of a call, which a turn of the guest gave: its task and its status in one number, or 0. @param {number} end */
  ended(end) {
    if (end > 0) this.tasks.settle(end >>> STATUS_BITS, end & STATUS);
  }

  /** A waiter that begins to wait. @param {number} number @param {string} op */
  take(number, op) {
    const waiter = (this.all[number] ??= this.make(number, op));
    if (waiter.waiting) throw new WireError("bad-waiter", op, number);
    waiter.waiting = true;
    return waiter;
  }

  /** @param {number} number @param {string} op */
  make(number, op) {
    if (u32(number) >= MOST) throw new WireError("bad-waiter", op, u32(number));
    return new Waiter(this.guest, number, this);
  }

  /** Ends a wait, and the call that it is for. @param {number} number */
  forget(number) {
    const waiter = this.all[number];
    if (!waiter?.waiting) throw new WireError("bad-waiter", "promise_forget", u32(number));
    // Its functions are with a promise that may keep them for ever: another takes its place.
    this.all[number] = undefined;
    this.release(waiter)?.abort();
    handlesOf(this.guest).alive();
  }

  /** The instance is dead: nobody waits, and calls under way are aborted once the one that died has returned. */
  end() {
    const calls = this.all.map((waiter) => waiter?.waiting && this.release(waiter));
    this.all = [];
    later(() => calls.forEach((call) => call && call.abort()));
  }

  /** Takes from a waiter all that it has. @param {Waiter} waiter */
  release(waiter) {
    const { call } = waiter;
    waiter.waiting = waiter.numbers = false;
    waiter.call = waiter.type = waiter.error = null;
    waiter.guest = waiter.waiters = /** @type {any} */ (null);
    return call;
  }
}

/**
 * Makes the function of wires of an async import.
 * @param {Type | null} result
 * @param {Declared | null} error
 * @param {(guest: Guest) => Waiters} waitersOf
 * @returns {import("./declared.js").Bind}
 */
export const bindAsync = (result, error, waitersOf) => (guest, given, params, _, name) => {
  const waiters = waitersOf(guest);
  const where = `${name}: result`;
  const accepts = params.map((type) => ({ wide: type.wide, accept: acceptor(guest, type, name) }));
  return (...wires) => {
    let next = 0;
    const args = accepts.map(({ wide, accept }) => accept(wires[next++], wide ? wires[next++] : 0));
    const waiter = waiters.take(wires[next], name);
    waiter.type = result;
    waiter.error = error;
    waiter.where = where;
    const call = (waiter.call = new Call());
    let value;
    try {
      value = given(...args, call);
    } catch (thrown) {
      value = Promise.reject(thrown);
    }
    waiter.watchUnlessGone(value);
    handlesOf(guest).alive();
  };
};
