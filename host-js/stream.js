// @ts-check
// Streams both ways. A `Source` is a stream of the host's that the guest reads; a `GuestStream`
// one of the guest's, as an async iterator. Either is asked for one item at a time.

import { WireError, show } from "./errors.js";
import { handlesOf } from "./handles.js";
import { Pending } from "./pending.js";
import { ignore } from "./promise.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** What a guest reads: the value of the handle that it gets. */
export class Source {
  /** @param {() => any} next gives a result as iterators do, or a promise of one @param {() => any} stop */
  constructor(next, stop) {
    this.next = next;
    this.stop = stop;
    /** What a waiter makes of the result of an iterator. @type {any} */
    this.items = ITEM;
  }

  /** Begins to iterate a value. @param {any} value @returns {Source} */
  static open(value) {
    const begin = value?.[Symbol.asyncIterator];
    if (typeof begin === "function") return Source.of(Reflect.apply(begin, value, []));
    // Some engines have readable streams that can't be iterated.
    if (typeof value?.getReader === "function") {
      const reader = value.getReader();
      return new Source(() => reader.read(), () => reader.cancel());
    }
    const sync = value?.[Symbol.iterator];
    if (typeof sync !== "function") throw new TypeError(`${show(value)} is no stream, and can't be iterated`);
    const { next, stop } = Source.of(Reflect.apply(sync, value, []));
    // As `for await` does it: the items may be promises.
    return new Source(async () => {
      const { done, value } = next();
      return { done, value: done ? value : await value };
    }, stop);
  }

  /** @param {any} iterator */
  static of(iterator) {
    const { next } = iterator;
    return new Source(() => Reflect.apply(next, iterator, []), () => iterator.return?.());
  }

  /** Stops before the end. Nobody waits for what that gives. */
  close() {
    try {
      ignore(this.stop());
    } catch {
      // The guest has no more to do with it.
    }
  }
}

/** What a waiter makes of the result of an iterator. @type {any} */
export const ITEM = {
  check(/** @type {any} */ result) {
    if (Object(result) !== result) throw new TypeError(`an iterator gave ${show(result)} as its result`);
    return result.done ? null : { value: result.value };
  },
  settle(/** @type {import("./promise.js").Waiter} */ waiter, /** @type {{ value: unknown } | null} */ item) {
    if (item) waiter.tell(0, handlesOf(waiter.guest).slab.add(item.value));
    else waiter.tell(2, 0);
  },
};

const end = () => ({ value: /** @type {any} */ (undefined), done: true });

/** How a call for an item ends. @param {import("./exports.js").Finish} finish of an item @returns {import("./exports.js").Finish} */
const finishOf = (finish) => (status) => (status === 2 ? end() : status === 0 ? { value: finish(0), done: false } : finish(1));

/** A stream of the guest's: `for await (const item of stream)`. @implements {AsyncIterator<any>} */
export class GuestStream {
  /** @type {Promise<any>} */
  #last = Promise.resolve();
  #ended = false;
  #tasks;
  #number;
  #finish;
  /** The call for an item, while it is under way. @type {Pending | null} */
  #asking = null;

  /** @param {import("./task.js").Tasks} tasks @param {number} number @param {import("./exports.js").Finish} finish of an item */
  constructor(tasks, number, finish) {
    this.#tasks = tasks;
    this.#number = number;
    this.#finish = finishOf(finish);
    tasks.streams?.register(this, number, this);
  }

  /** The same, with items of a type. @param {Guest} guest that gave it @param {import("./exports.js").Finish} finish of such an item */
  of(guest, finish) {
    if (this.#tasks.guest !== guest) throw new WireError("wrong-instance", "a stream", "stream");
    this.#finish = finishOf(finish);
    return this;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** The next item, once those before it are there. @returns {Promise<IteratorResult<any>>} */
  next() {
    const ask = () => this.#ask();
    return (this.#last = this.#last.then(ask, ask));
  }

  /** Stops: what the guest has for it is dropped at once. @param {unknown} [value] @returns {Promise<IteratorResult<any>>} */
  async return(value) {
    const asking = this.#asking;
    if (!this.#ended && asking) this.#tasks.drop(asking, end());
    this.#end();
    return { value, done: true };
  }

  async #ask() {
    if (this.#ended) return end();
    const { guest } = this.#tasks;
    try {
      const item = guest.settle(guest.enter(() => this.#begin(guest.raw.hw_next(this.#number)), "hw_next"));
      const result = item instanceof Pending ? await this.#tasks.promise((this.#asking = item), undefined) : item;
      this.#asking = null;
      if (result.done) this.#end();
      return result;
    } catch (thrown) {
      this.#asking = null;
      this.#end();
      throw thrown;
    }
  }

  /** @param {number} wire */
  #begin(wire) {
    if (wire < 0 || wire > 2) return this.#tasks.beginKnown(wire, this.#finish, "hw_next", 2);
    return this.#finish(wire);
  }

  /** Gives the stream back to the guest. */
  #end() {
    if (this.#ended) return;
    this.#ended = true;
    this.#tasks.streams?.unregister(this);
    this.#tasks.closeStream(this.#number);
  }
}

/** A stream that the guest reads, by its handle. @param {Guest} guest @param {any} value @param {string} op @returns {Source} */
export function sourceOf(guest, value, op) {
  if (value instanceof Source) return value;
  throw new WireError("wrong-kind", op, `${show(value)} as a stream`);
}
