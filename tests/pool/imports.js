// @ts-check
// What each worker of the pool's tests gives its instance: a module, since functions can't be
// sent to a worker.

import { async_ } from "../../host-js/async.js";
import { compile } from "../../host-js/compile.js";

class Shape {
  sides = 4;
}

/** A buffer that this thread keeps. */
const kept = Uint8Array.of(1, 2, 3);
let notes = 0;

/** What `note` does, by its text. @type {Record<string, () => unknown>} */
const acts = {
  count: () => String(++notes),
  "no text": () => 7,
  range() {
    throw Object.assign(new RangeError("out of range", { cause: new TypeError("the cause") }), { code: "E_RANGE", at: { x: 1 }, act() {} });
  },
  custom() {
    class Custom extends SyntaxError {
      name = "Custom";
    }
    throw new Custom("one's own");
  },
  several() {
    throw new AggregateError([new Error("one"), 2], "several");
  },
  abort() {
    throw new DOMException("enough", "AbortError");
  },
  undefined() {
    throw undefined;
  },
  function() {
    throw kept.slice;
  },
  unreadable() {
    throw Object.defineProperty(new RangeError(), "message", { get: acts.range });
  },
  loop() {
    const error = new Error("round and round");
    throw Object.assign(error, { cause: error });
  },
  "throw later": () => (setTimeout(acts.range), "later"),
  exit: () => /** @type {any} */ (globalThis).process.exit(3),
};

/** What `give` gives, by its name. @type {Record<string, unknown>} */
const values = { kept, map: new Map([["a", new Uint8Array(2)]]), shape: new Shape(), function: acts.count, symbol: Symbol("s"), date: new Date(0), list: [{ a: 1n }, null] };

export default {
  app: {
    note: (/** @type {string} */ text) => (Object.hasOwn(acts, text) ? acts[text]() : `noted ${text}`),
    give: (/** @type {string} */ what) => values[what],
  },
};
export const options = { with: [async_, compile] };
