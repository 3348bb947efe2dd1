// @ts-check
// Many calls at once, and aborts at random: nothing is lost, and nothing is left.

import assert from "node:assert/strict";
import test from "node:test";
import { settled, start, tick } from "./async/start.js";

/** Numbers below 1 from a seed. @param {number} seed */
const random = (seed) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
  return ((seed >>> 8) & 0xffff) / 0x10000;
};

test("1,000 concurrent calls of promises that are settled come back in the order of the calls", async () => {
  const { exports, host } = await start();
  /** @type {number[]} */
  const order = [];
  await Promise.all(Array.from({ length: 1000 }, (_, i) => exports.wait(Promise.resolve(i)).then((/** @type {number} */ value) => order.push(value))));
  assert.deepEqual(order, Array.from({ length: 1000 }, (_, i) => i));
  assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
});

test("10,000 concurrent calls: all at once, settled in another order, and all is back to zero", async () => {
  const { exports, host } = await start({ app: { ask_with: async (/** @type {string} */ question) => { await tick(); return `${question}!`; } } });
  const next = random(1);
  const open = Array.from({ length: 10_000 }, settled);
  const calls = open.map(({ promise }, i) => (i % 4 === 3 ? exports.guarded_ask(`${i}`, () => {}) : exports.guarded(`${i}`, promise, () => {})));
  assert.equal(host.tasks, 10_000);
  for (const { resolve } of [...open].sort(() => next() - 0.5)) resolve("x");
  const values = await Promise.all(calls);
  assert.ok(values.every((value, i) => value === (i % 4 === 3 ? `${i}!` : "x")));
  assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
  const before = host.memory?.buffer.byteLength;
  await Promise.all(Array.from({ length: 10_000 }, (_, i) => exports.guarded(`${i}`, Promise.resolve(i), () => {})));
  assert.equal(host.memory?.buffer.byteLength, before, "the guest's memory is used again");
});

for (const seed of [1, 2, 3, 4])
  test(`1,000 random abort timings, seed ${seed}: every call ends once, every guard is dropped once, nothing is left`, async () => {
    const next = random(seed);
    /** What happens next, in whatever order the seed says. @type {(() => void)[]} */
    const events = [];
    /** @type {Map<string, number>} */
    const dropped = new Map();
    /** @type {Map<string, AbortSignal>} */
    const asked = new Map();
    const ask_with = (/** @type {string} */ name, /** @type {any} */ { signal }) => {
      asked.set(name, signal);
      const { promise, resolve, reject } = settled();
      promise.catch(() => {}); // where nobody waits for it
      events.push(() => (next() < 0.8 ? resolve(name) : reject(name)));
      return next() < 0.1 ? name : promise;
    };
    const { exports, host } = await start({ app: { ask_with } });
    const ended = new Map();
    const run = async () => {
      while (events.length > 0) {
        const [event] = events.splice(Math.floor(next() * events.length), 1);
        event();
        // Now and then several things happen before anything can react.
        if (next() < 0.5) await (next() < 0.5 ? Promise.resolve() : tick());
      }
    };
    for (let i = 0; i < 1000; i++) {
      const name = `call ${i}`;
      events.push(() => {
        const abort = new AbortController();
        const gone = () => {
          dropped.set(name, (dropped.get(name) ?? 0) + 1);
          if (next() < 0.1) abort.abort("in a destructor");
        };
        if (next() < 0.05) abort.abort("before");
        const { promise, resolve, reject } = settled();
        promise.catch(() => {}); // as above
        const call = next() < 0.5 ? exports.guarded_ask(name, gone, { signal: abort.signal }) : exports.guarded(name, promise, gone, { signal: abort.signal });
        events.push(() => (next() < 0.7 ? resolve(name) : reject(name)));
        events.push(() => abort.abort("later"));
        if (next() < 0.2) events.push(() => abort.abort("again"));
        call.then(
          (/** @type {any} */ value) => ended.set(name, [...(ended.get(name) ?? []), value]),
          (/** @type {any} */ reason) => ended.set(name, [...(ended.get(name) ?? []), reason]),
        );
      });
    }
    await run();
    await tick();
    await run();
    assert.equal(ended.size, 1000);
    for (const [name, ends] of ended) {
      assert.equal(ends.length, 1);
      assert.ok([name, "before", "later", "again", "in a destructor"].includes(ends[0]), `${name}: ${String(ends[0])}`);
      assert.equal(dropped.get(name) ?? 0, ends[0] === "before" ? 0 : 1, name);
    }
    assert.deepEqual([host.handles.live, host.tasks, host.dead], [0, 0, null]);
  });
