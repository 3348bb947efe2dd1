// @ts-check
// The type `stream<T>`: what a program passes for one, whose items are checked as they come, and
// streams of the guest's, whose items are read as that type.

import { WireError, show } from "./errors.js";
import { makeFinish } from "./exports.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { GuestStream, ITEM, Source } from "./stream.js";
import { payload, wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */

/** A stream of the host's with items of a type. It is opened when the first is asked for: a call that is refused leaves it as it is. */
class Checked extends Source {
  /** @type {Source | null} */
  #open = null;
  #count = 0;

  /** @param {any} value @param {Type} type @param {string} where */
  constructor(value, type, where) {
    super(() => (this.#open ??= Source.open(value)).next(), () => (this.#open ? this.#open.stop() : typeof value.getReader === "function" ? value.cancel() : undefined));
    this.value = value;
    /** What a waiter makes of a result. @type {any} */
    this.items = {
      check: (/** @type {any} */ result) => {
        try {
          const item = ITEM.check(result);
          return item && { checked: type.check(item.value, `${where}[${this.#count++}]`) };
        } catch (error) {
          // The guest asks no more after an error: the source is told here.
          this.close();
          throw error;
        }
      },
      settle: (/** @type {import("./promise.js").Waiter} */ waiter, /** @type {{ checked: any } | null} */ item) => {
        waiter.where = where;
        if (item) waiter.give(type, item.checked);
        else waiter.tell(2, 0);
      },
    };
  }

  /** What the guest gives back: the very value, or what is left of it. */
  back() {
    const open = this.#open;
    if (!open) return this.value;
    return {
      next: async () => open.next(),
      return: async (/** @type {unknown} */ value) => (this.close(), { value, done: true }),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

/** @param {any} value */
const iterates = (value) =>
  Object(value) === value && (typeof value[Symbol.asyncIterator] === "function" || typeof value.getReader === "function" || typeof value[Symbol.iterator] === "function");

/**
 * @param {Type} item @param {import("./exports.js").Find} find of what an error can be
 * @returns {Type}
 */
export function streamType(item, find) {
  /** @param {any} value of a handle that the guest gave @param {Guest} guest @param {string} name */
  const given = (value, guest, name) => {
    if (value instanceof GuestStream) return value.of(guest, makeFinish(guest, item, { fallible: "stream", error: undefined }, "hw_next", find));
    if (value instanceof Checked) return value.back();
    throw new WireError("wrong-kind", name, `${show(value)} as a stream`);
  };
  return {
    check(value, where) {
      if (iterates(value)) return new Checked(value, item, where);
      throw wrongType(where, "a stream or an iterable object", value);
    },
    lower: (guest, checked, name) => handlesOf(guest).grant(checked, name),
    lift: (wire, guest, name) => given(handlesOf(guest).take(wire, name), guest, name),
    kind: kind.HANDLE,
    read: (guest, at, name) => given(handlesOf(guest).take(guest.memory.view.getInt32(payload(guest, at, kind.HANDLE, name), true), name), guest, name),
  };
}
