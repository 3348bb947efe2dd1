// @ts-check
// Streams in declarations, `stream<T>`: items of known types, asked for one at a time, in both
// directions and wherever a type can stand.

import assert from "node:assert/strict";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { settled, start, tick } from "./async/start.js";

/** What the imports do in the test that runs. @type {Record<string, (...args: any[]) => any>} */
const streams = {};
const { exports, host } = await start({ streams: Object.fromEntries(["numbers", "texts", "consume"].map((name) => [name, (/** @type {any[]} */ ...args) => streams[name](...args)])) });
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);
const nothingLeft = () => assert.deepEqual({ handles: host.handles.list(), tasks: host.tasks, values: exports.live_later() }, { handles: [], tasks: 0, values: 0 });

/** All items. @param {AsyncIterable<any>} items */
async function all(items) {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
}

/** An async iterable that says what is done to it. @param {any[]} items */
function watched(items) {
  /** @type {string[]} */
  const log = [];
  let at = 0;
  return {
    log,
    [Symbol.asyncIterator]() {
      log.push("opened");
      return {
        next: async () => (log.push("asked"), at < items.length ? { value: items[at++], done: false } : { value: undefined, done: true }),
        return: async () => (log.push("returned"), {}),
      };
    },
  };
}

/** What crosses, and what is refused, as an item. @type {Record<string, [taken: any[], refused: any[]]>} */
const ITEMS = {
  bool: [[true, false], [0, 1, undefined]],
  u8: [[0, 255], [-1, 256, 0.5, "1"]],
  i32: [[-2147483648, 2147483647], [2147483648, Infinity]],
  f64: [[0.1, -0, NaN, -Infinity], ["1", null]],
  u64: [[0n, 2n ** 64n - 1n], [-1n, 2n ** 64n, 0]],
  char: [["a", "😀"], ["", "ab"]],
  str: [["", "hé", "\0", "x".repeat(100_000)], [1, undefined]],
  bytes: [[new Uint8Array(0), new Uint8Array(50_000).fill(7)], ["x"]],
  js: [[undefined, null, 0, "x", {}, Symbol.iterator], []],
  floats: [[Float64Array.of(0.5, -0)], ["x", [1n]]],
  option: [[undefined, 0, -1], ["x", 0.5]],
  record: [[{ what: "é" }], [undefined, { what: 1 }]],
};

for (const [name, [taken, wrong]] of Object.entries(ITEMS)) {
  const take = exports[`take_${name}`], give = exports[`give_${name}`];
  test(`${name}: items cross both ways, and what is refused names its place; the source is told`, async () => {
    const given = name === "u8" ? Uint8Array.from(taken) : taken;
    assert.deepEqual(await all(give(given)), taken);
    const array = (/** @type {any} */ list) => (ArrayBuffer.isView(list) ? [.../** @type {any} */ (list)] : list);
    assert.deepEqual(array(await take(watched(taken))), taken);
    assert.deepEqual(array(await take(give(given))), taken);
    for (const value of wrong) {
      const source = watched([taken[0], value, taken[0]]);
      const error = await thrownBy(take(source));
      assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
      assert.match(error.message, new RegExp(`^take_${name}: items\\[1\\].* must be `));
      assert.deepEqual(source.log, ["opened", "asked", "asked", "returned"]);
    }
    nothingLeft();
  });
}

test("what is taken for a stream: async iterables, readable streams, and iterable objects, of promises too", async () => {
  const taken = [
    (async function* () { yield "a"; yield "b"; })(),
    new ReadableStream({ start(controller) { controller.enqueue("a"); controller.enqueue("b"); controller.close(); } }),
    ["a", "b"], new Set(["a", "b"]), [Promise.resolve("a"), "b"], Object.assign(Object.create(null), { [Symbol.iterator]: () => ["a", "b"].values() }),
    { getReader: () => new ReadableStream({ start(controller) { controller.enqueue("a"); controller.enqueue("b"); controller.close(); } }).getReader() },
  ];
  for (const items of taken) assert.deepEqual(await exports.take_str(items), ["a", "b"]);
  for (const items of ["ab", 1, undefined, null, {}, () => {}, Symbol(), { next() {} }]) {
    const error = await thrownBy(exports.take_str(items));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /^take_str: items must be a stream or an iterable object, got /);
  }
  const getter = { get [Symbol.asyncIterator]() { throw new RangeError("looked at"); } };
  assert.equal((await thrownBy(exports.take_str(getter))).message, "looked at");
  nothingLeft();
});

test("it is opened when the guest asks first, one item is asked for at a time, and no more than is taken", async () => {
  const source = watched(["a", "b", "c", "d"]);
  assert.deepEqual(await exports.take_some(source, 2), ["a", "b"]);
  assert.deepEqual(source.log, ["opened", "asked", "asked", "returned"]);
  const unasked = watched(["a"]);
  exports.take_none(unasked);
  assert.deepEqual(unasked.log, []);
  const stream = new ReadableStream({ cancel: () => void streams.cancelled() });
  let cancelled = 0;
  streams.cancelled = () => cancelled++;
  exports.take_none(stream);
  assert.equal(cancelled, 1);
  // A call that is refused leaves it as it is.
  const untouched = watched(["a"]);
  await thrownBy(exports.take_some(untouched, -1));
  assert.deepEqual(untouched.log, []);
  nothingLeft();
});

test("dropped while it waits: the source is told, and what comes later is nobody's", async () => {
  const { promise, resolve } = settled();
  let returned = 0;
  const source = { [Symbol.asyncIterator]: () => ({ next: () => promise, return: () => (returned++, {}) }) };
  assert.equal(await exports.take_and_leave(source), true);
  assert.equal(returned, 1);
  resolve({ value: 1, done: false });
  await tick();
  const abort = new AbortController();
  const call = exports.take_u8({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), return: () => (returned++, {}) }) }, { signal: abort.signal });
  abort.abort("stop");
  assert.equal(await thrownBy(call), "stop");
  assert.equal(returned, 2);
  nothingLeft();
});

test("a source that throws, rejects, can't be opened, or gives what is no result: an error, and then the end", async () => {
  const failing = async function* () { yield 1; throw new Error("no more"); };
  assert.equal(await exports.take_beyond(failing()), "1 (no more) end end end end ");
  assert.equal(await exports.take_beyond([1, -1, 2]), "1 (take_beyond: items[1] must be an integer from 0 to 4294967295, got -1) end end end end ");
  assert.match(await exports.take_beyond({ [Symbol.asyncIterator]: () => { throw new Error("closed"); } }), /^\(closed\) end /);
  assert.match(await exports.take_beyond({ [Symbol.asyncIterator]: () => ({ next: () => 5 }) }), /^\(.*as its result\) end /);
  for (const reason of [undefined, false, 0]) assert.equal(await thrownBy(exports.take_str((async function* () { throw reason; })())), reason);
  nothingLeft();
});

test("a source that ends the call, or the instance, from within", async () => {
  const abort = new AbortController();
  const source = { [Symbol.asyncIterator]: () => ({ next: () => (abort.abort("inside"), { value: "x", done: false }) }) };
  assert.equal(await thrownBy(exports.take_str(source, { signal: abort.signal })), "inside");
  nothingLeft();
  const other = await start();
  const call = other.exports.take_record([{ get what() { other.exports.die(); return "x"; } }]);
  assert.equal((await thrownBy(call)).code, "panic");
});

test("the guest's are polled when an item is asked for, and dropped at the end, by break, and when they were never begun", async () => {
  /** @type {string[]} */
  let log = [];
  const tell = (/** @type {string} */ text) => void log.push(text);
  const items = exports.give_told(5, tell);
  assert.deepEqual(log, []);
  assert.deepEqual(await items.next(), { value: "item 1", done: false });
  assert.deepEqual(log, ["item 1"]);
  for await (const item of items) if (item === "item 3") break;
  assert.deepEqual(log, ["item 1", "item 2", "item 3", "dropped"]);
  assert.deepEqual(await items.next(), { value: undefined, done: true });
  log = [];
  assert.deepEqual(await all(exports.give_told(2, tell)), ["item 1", "item 2"]);
  assert.deepEqual(log, ["item 1", "item 2", "dropped"]);
  log = [];
  await exports.give_told(2, tell).return();
  exports.give_none(tell);
  assert.deepEqual(log, ["dropped", "dropped"]);
  nothingLeft();
});

test("an error of the guest's stream is thrown, whatever it is, and ends it", async () => {
  for (const reason of [new Error("no"), undefined, false, {}]) {
    const items = exports.give_failing(reason);
    assert.deepEqual([(await items.next()).value, (await items.next()).value], [0, 1]);
    assert.equal(await thrownBy(items.next()), reason);
    assert.equal((await items.next()).done, true);
  }
  nothingLeft();
});

test("as the result of something that fails, and of something that takes its time", async () => {
  assert.deepEqual(await all(exports.try_give(false)), [0, 1, 2]);
  assert.throws(() => exports.try_give(true), { message: "no stream" });
  assert.deepEqual(await all(await exports.later_give(Promise.resolve())), [0, 1, 2]);
  assert.equal(await thrownBy(exports.later_give(Promise.reject("why"))), "why");
  nothingLeft();
});

test("there and back: the very value, or what is left of it", async () => {
  const source = ["a", "b", "c"];
  assert.equal(exports.same_stream(source), source);
  const begun = watched(source);
  const rest = await exports.rest_of(begun);
  assert.deepEqual((await rest.next()).value, "b");
  assert.deepEqual(await all(rest), ["c"]);
  const left = await exports.rest_of(watched(source));
  assert.deepEqual(await left.return(7), { value: 7, done: true });
  nothingLeft();
});

test("in options, lists and records", async () => {
  assert.equal(await exports.take_all([1, 2], [[3], new Set([4])]), 10);
  assert.equal(await exports.take_all(null, []), 0);
  assert.equal((await thrownBy(exports.take_all(null, [[1], ["x"]]))).message, 'take_all: others[1][0] must be a number, got "x"');
  assert.equal((await thrownBy(exports.take_all(null, [[1], 5]))).message, "take_all: others[1] must be a stream or an iterable object, got 5");
  assert.equal(await exports.feed({ name: "feed", items: [1, 2], more: ["!"] }), "feed 1 2!");
  assert.equal((await thrownBy(exports.feed({ name: "feed", items: [1, -2] }))).message, "feed: feed.items[1] must be an integer from 0 to 4294967295, got -2");
  nothingLeft();
});

test("the guest's in records, lists, and as the result of a method; the guest itself can't read them", async () => {
  const { name, items, more } = exports.own_feed();
  assert.deepEqual([name, await all(items), await all(more)], ["own", [0, 1], ["x"]]);
  assert.deepEqual(await Promise.all(exports.own_list(3).map(all)), [[], [0], [0, 1]]);
  const feeder = exports.feeder();
  assert.deepEqual(await all(feeder.items(5)), [5, 6, 7]);
  assert.equal(await exports.fed(feeder), 6);
  feeder.free();
  assert.equal(await exports.read_own(), `Some(Err("a stream of the guest's own is read by the host alone")) true`);
  nothingLeft();
});

test("imports: results at once and later, and arguments", async () => {
  streams.numbers = (count) => Array.from({ length: count }, (_, i) => i);
  streams.texts = async () => (async function* () { yield "x"; yield "y"; })();
  streams.consume = async (items) => (await all(items)).length;
  assert.equal(await exports.from_imports(4), "6 xy 3");
  streams.numbers = () => 5;
  assert.match((await thrownBy(exports.from_imports(1))).message, /numbers: result must be a stream or an iterable object, got 5/);
  streams.numbers = () => ["x"];
  assert.match((await thrownBy(exports.from_imports(1))).message, /numbers: result\[0\] must be a number, got "x"/);
  nothingLeft();
});

test("members of classes, methods of interfaces, and functions", async () => {
  const counting = new (/** @type {any} */ (exports).Counting)(2);
  assert.deepEqual(await all(counting.up(5)), [2, 3, 4]);
  assert.equal(await counting.add(counting.up(4)), 7);
  counting.free();
  assert.equal(await exports.fed({ items: (/** @type {number} */ from) => [from, from + 1] }), 3);
  const doubled = exports.doubling();
  assert.deepEqual(await all(doubled([1, 2, 3])), [2, 4, 6]);
  const error = await thrownBy(all(doubled([1, "x"])));
  assert.match(error.message, /^closure fn\(stream<u32>\)->stream<u32>: argument 1\[1\] must be a number/);
  doubled.free();
  assert.equal(await exports.sum_of(async (/** @type {number} */ x) => x * x, [1, 2, 3]), 14);
  nothingLeft();
});

test("10,000 items each way leave nothing, and so do 1,000 streams at once", async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => i);
  assert.deepEqual(await exports.take_i32(exports.give_i32(many)), Int32Array.from(many));
  const sums = await Promise.all(Array.from({ length: 1_000 }, (_, i) => exports.take_all([i], [[1], exports.give_none && [2]])));
  assert.deepEqual(sums, Array.from({ length: 1_000 }, (_, i) => i + 3));
  nothingLeft();
});

test("a stream that is forgotten is dropped in the guest", async () => {
  setFlagsFromString("--expose-gc");
  const gc = /** @type {() => void} */ (runInNewContext("gc"));
  /** @type {string[]} */
  const log = [];
  for (let i = 0; i < 20; i++) exports.give_told(1, (/** @type {string} */ text) => log.push(text));
  for (let i = 0; i < 50 && log.length < 20; i++) {
    await tick();
    gc();
  }
  assert.deepEqual(log, Array(20).fill("dropped"));
  nothingLeft();
});
