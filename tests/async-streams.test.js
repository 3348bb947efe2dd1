// @ts-check
// Streams both ways: items in their order, one asked for at a time, ends, errors, and early stops
// from either side.

import assert from "node:assert/strict";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PanicError } from "../host-js/host.js";
import { settled, start, tick } from "./async/start.js";

setFlagsFromString("--expose-gc");
/** @type {() => void} */
const collectGarbage = runInNewContext("gc");

const { exports, host } = await start();
const nothingLeft = () => assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);
/** @param {AsyncIterable<any>} stream */
async function collect(stream) {
  const items = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** Numbers, with what was asked of their generator. */
function counted(end = 5) {
  /** @type {string[]} */
  const log = [];
  async function* generate() {
    try {
      for (let i = 0; i < end; i++) {
        log.push(`made ${i}`);
        yield i;
      }
    } finally {
      log.push("closed");
    }
  }
  return { log, stream: generate() };
}

/** @param {any[]} items @returns {any} */
const readable = (items) => new ReadableStream({ start(controller) { for (const item of items) controller.enqueue(item); controller.close(); } });

test("a stream of the host's: an async generator, a readable stream, a list, a set, a text, promises in a list", async () => {
  assert.deepEqual(await exports.collect(counted().stream), [0, 1, 2, 3, 4]);
  assert.deepEqual(await exports.collect(readable(["a", "b"])), ["a", "b"]);
  assert.deepEqual(await exports.collect([1, 2]), [1, 2]);
  assert.deepEqual(await exports.collect(new Set(["x"])), ["x"]);
  assert.deepEqual(await exports.collect("hé"), ["h", "é"]);
  assert.deepEqual(await exports.collect([Promise.resolve(1), 2]), [1, 2]);
  assert.deepEqual(await exports.collect([]), []);
  nothingLeft();
});

test("a readable stream that can't be iterated is read by a reader", async () => {
  const stream = readable([1, 2, 3]);
  Object.defineProperty(stream, Symbol.asyncIterator, { value: undefined });
  assert.deepEqual(await exports.collect(stream), [1, 2, 3]);
  /** @type {unknown[]} */
  const cancelled = [];
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(1), cancel: (reason) => void cancelled.push(reason) });
  Object.defineProperty(endless, Symbol.asyncIterator, { value: undefined });
  assert.deepEqual(await exports.take(endless, 2), [1, 1]);
  await tick();
  assert.deepEqual(cancelled, [undefined]);
  nothingLeft();
});

test("what is no stream is an error", async () => {
  for (const value of [1, {}, null, undefined, () => 1]) assert.match((await thrownBy(exports.collect(value))).message, /is no stream, and can't be iterated$/);
  const boom = new Error("boom");
  assert.equal(await thrownBy(exports.collect({ get [Symbol.asyncIterator]() { throw boom; } })), boom);
  assert.equal(await thrownBy(exports.collect({ [Symbol.asyncIterator]() { throw boom; } })), boom);
  nothingLeft();
});

test("back-pressure of the host's: no more is made than is taken, and an early stop closes", async () => {
  const { log, stream } = counted();
  assert.deepEqual(await exports.take(stream, 2), [0, 1]);
  await tick();
  assert.deepEqual(log, ["made 0", "made 1", "closed"]);
  nothingLeft();
});

test("a stream of the host's that fails: in an item, in its `next`, in its result", async () => {
  const boom = new Error("boom");
  const iterator = (/** @type {() => any} */ next) => ({ [Symbol.asyncIterator]: () => ({ next }) });
  for (const next of [() => Promise.reject(boom), () => { throw boom; }, () => ({ get done() { throw boom; } }), () => ({ done: false, get value() { throw boom; } })])
    assert.equal(await thrownBy(exports.collect(iterator(next))), boom);
  assert.match((await thrownBy(exports.collect(iterator(() => 5)))).message, /an iterator gave 5 as its result/);
  nothingLeft();
});

test("an abort while an item is awaited closes the stream of the host's", async () => {
  let closed = 0;
  const stream = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: () => { closed++; throw new Error("in return"); } }) };
  const abort = new AbortController();
  const promise = exports.collect(stream, { signal: abort.signal });
  abort.abort("stop");
  assert.equal(await thrownBy(promise), "stop");
  assert.equal(closed, 1);
  nothingLeft();
});

test("a large body in pieces", async () => {
  const piece = new Uint8Array(65_536);
  async function* body() {
    for (let i = 0; i < 200; i++) yield piece;
  }
  assert.deepEqual([...(await exports.count_bytes(body()))], [200 * 65_536, 200]);
  nothingLeft();
});

test("a stream of the guest's: for await, and items of many kinds", async () => {
  assert.deepEqual(await collect(exports.numbers(4, () => {})), [0, 1, 2, 3]);
  assert.deepEqual(await collect(exports.kinds()), [1.5, "text", true, undefined]);
  assert.deepEqual(await collect(exports.texts(3, 100_000)), ["0", "1", "2"].map((text) => text.repeat(100_000)));
  assert.deepEqual(await collect(exports.byte_lists()), [new Uint8Array([1, 2]), new Uint8Array(0), new Uint8Array(100_000).fill(7)]);
  nothingLeft();
});

test("back-pressure of the guest's: an item is made when it is asked for; break stops at once", async () => {
  /** @type {unknown[]} */
  const log = [];
  for await (const item of exports.numbers(10, (/** @type {unknown} */ what) => log.push(what))) {
    log.push(`got ${item}`);
    if (item === 1) break;
  }
  assert.deepEqual(log, [0, "got 0", 1, "got 1", "gone"]);
  nothingLeft();
});

test("items that take their time, in their order; several asked for at once", async () => {
  const open = [settled(), settled(), settled()];
  const stream = exports.settled_in_order(open.map(({ promise }) => promise));
  const asked = [stream.next(), stream.next(), stream.next(), stream.next()];
  open[1].resolve("b");
  await tick();
  open[0].resolve("a");
  open[2].resolve("c");
  assert.deepEqual(await Promise.all(asked), [..."abc"].map((value) => ({ value, done: false })).concat([{ value: /** @type {any} */ (undefined), done: true }]));
  assert.deepEqual(await stream.next(), { value: undefined, done: true });
  nothingLeft();
});

test("stopped while an item is under way: that is its end, and what it awaited is let go", async () => {
  const stream = exports.settled_in_order([new Promise(() => {})]);
  const asked = stream.next();
  await tick();
  assert.equal(host.tasks, 1);
  assert.deepEqual(await stream.return("early"), { value: "early", done: true });
  assert.deepEqual(await asked, { value: undefined, done: true });
  assert.deepEqual(await stream.next(), { value: undefined, done: true });
  assert.deepEqual(await stream.return(), { value: undefined, done: true });
  nothingLeft();
});

test("an error of a stream of the guest's is thrown, and is its end", async () => {
  const boom = new Error("boom");
  const stream = exports.failing(boom);
  assert.deepEqual(await stream.next(), { value: 1, done: false });
  assert.equal(await thrownBy(stream.next()), boom);
  assert.deepEqual(await stream.next(), { value: undefined, done: true });
  assert.equal((await thrownBy(collect(exports.failing_text()))).message, "out of numbers");
  assert.equal(await thrownBy(collect(exports.settled_in_order([Promise.reject(boom)]))), boom);
  nothingLeft();
});

test("through the guest: from the host and to it, with the stop passed on", async () => {
  assert.deepEqual(await collect(exports.doubled([1, 2, 3])), [2, 4, 6]);
  const { log, stream } = counted();
  for await (const item of exports.doubled(stream)) if (item === 2) break;
  await tick();
  assert.deepEqual(log, ["made 0", "made 1", "closed"]);
  nothingLeft();
});

test("a stream that nobody asks any more is closed when it is collected", async () => {
  /** @type {unknown[]} */
  const log = [];
  exports.numbers(3, (/** @type {unknown} */ what) => log.push(what));
  for (let i = 0; i < 50 && log.length === 0; i++) {
    collectGarbage();
    await tick();
  }
  assert.deepEqual(log, ["gone"]);
});

test("a guest that dies in a stream: the item rejects, and the stream is at its end", async () => {
  const { exports, host } = await start();
  const other = exports.numbers(3, () => {});
  const stream = exports.exploding();
  assert.deepEqual(await stream.next(), { value: 0, done: false });
  const error = await thrownBy(stream.next());
  assert.ok(error instanceof PanicError && error === host.dead);
  assert.deepEqual(await stream.next(), { value: undefined, done: true });
  assert.equal((await thrownBy(other.next())).name, "PoisonedError");
  assert.deepEqual(await other.return(), { value: undefined, done: true });
});
