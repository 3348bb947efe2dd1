// @ts-check
// Functions of the host that give promises, called by the guest: a call is a future there. And
// such functions, whoever made them, wherever one can stand.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError } from "../host-js/host.js";
import { settled, start, tick } from "./async/start.js";

/** What the imports do in the test that runs. @type {Record<string, (...args: any[]) => any>} */
const later = {};
const { exports, host } = await start({ later: Object.fromEntries(["take", "give", "lend", "lend_first", "loaders"].map((name) => [name, (/** @type {any[]} */ ...args) => later[name](...args)])) });
const never = new Promise(() => {});
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);
const nothingLeft = () => assert.deepEqual({ handles: host.handles.list(), tasks: host.tasks, values: exports.live_later(), given: host.closures.live }, { handles: [], tasks: 0, values: 0, given: 0 });

test("a promise is awaited, also one that is settled, a thenable, and what is no promise", async () => {
  const { promise, resolve } = settled();
  const call = exports.call_later(async (/** @type {string} */ text) => `${text} ${await promise}`, "after");
  resolve("a while");
  assert.equal(await call, "after a while");
  assert.equal(await exports.call_later((/** @type {string} */ text) => text.toUpperCase(), "now"), "NOW");
  const thenable = { then: (/** @type {any} */ ok) => (ok("first"), ok("second"), assert.fail("too late")) };
  assert.equal(await exports.call_later(() => thenable, ""), "first");
  nothingLeft();
});

test("arguments of all sorts, and one more behind them, with a signal", async () => {
  /** @type {any[]} */
  let given = [];
  assert.equal(await exports.call_all(async (/** @type {any[]} */ ...args) => void (given = args)), undefined);
  const call = given.pop();
  assert.deepEqual(given, [true, -8, 2n ** 64n - 1n, 0.5, "hé", null, undefined, Uint8Array.of(1, 2)]);
  assert.ok(call.signal instanceof AbortSignal);
  assert.equal(call.signal.aborted, false);
  nothingLeft();
});

test("what it throws, and what its promise is rejected with, is the error, whatever it is", async () => {
  const object = {};
  for (const reason of [undefined, false, 0, "", object, new Error("no")]) {
    assert.equal(await thrownBy(exports.call_later(() => Promise.reject(reason), "")), reason);
    assert.equal(await thrownBy(exports.call_later(() => { throw reason; }, "")), reason);
  }
  nothingLeft();
});

test("a value of another type is an error of that call; what is no function is refused before it", async () => {
  for (const value of [1, null, undefined, {}]) assert.match((await thrownBy(exports.call_later(async () => value, ""))).message, /expected .*string/i);
  assert.equal(await exports.call_number(async () => 255), 255);
  assert.match((await thrownBy(exports.call_number(async () => 256))).message, /unsigned integer of 8 bits/);
  const error = await thrownBy(exports.call_later(5, ""));
  assert.equal(error.message, "call_later: f must be a function, got 5");
  nothingLeft();
});

test("it is called when the future is polled first; a future that is not polled calls nothing", () => {
  exports.call_never(() => assert.fail("called"));
  nothingLeft();
});

test("a future that is dropped aborts the signal in the same moment, and what comes later is nobody's", async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  const late = settled();
  const slow = (/** @type {{ signal: AbortSignal }} */ { signal }) => (signals.push(signal), late.promise);
  assert.equal(await exports.call_first(slow, async () => "quick"), "quick");
  assert.deepEqual(signals.map(({ aborted }) => aborted), [true]);
  late.reject(new Error("nobody hears of it"));
  await tick();
  // An abort of the export drops the future that it waits for.
  const abort = new AbortController();
  const call = exports.call_later((/** @type {string} */ _, /** @type {{ signal: AbortSignal }} */ { signal }) => (signals.push(signal), never), "", { signal: abort.signal });
  abort.abort("stop");
  assert.equal(signals[1].aborted, true);
  assert.equal(await thrownBy(call), "stop");
  nothingLeft();
});

test("a function that ends the call from within itself, and one that ends the instance", async () => {
  const abort = new AbortController();
  assert.equal(await thrownBy(exports.call_later(() => (abort.abort("inside"), "too late"), "", { signal: abort.signal })), "inside");
  nothingLeft();
  const other = await start();
  /** @type {AbortSignal | undefined} */
  let signal;
  const call = other.exports.call_later((/** @type {string} */ _, /** @type {{ signal: AbortSignal }} */ call) => {
    ({ signal } = call);
    other.exports.die();
  }, "");
  assert.ok((await thrownBy(call)) instanceof PanicError);
  await tick();
  assert.equal(signal?.aborted, true);
});

test("a closure of the guest as such a function: one future awaits the other, and ends it when it is dropped", async () => {
  const echo = exports.later_str();
  assert.equal(await exports.call_later(echo, "there and back"), "there and back");
  echo.free();
  assert.equal((await thrownBy(exports.call_later(echo, "x"))).code, "dropped");
  /** @type {string[]} */
  const dropped = [];
  const guarded = exports.guarded_closure((/** @type {string} */ name) => dropped.push(name));
  const slow = (/** @type {any} */ call) => guarded("inner", never, call);
  assert.equal(await exports.call_first(slow, async () => "quick"), "quick");
  assert.deepEqual(dropped, ["inner"]);
  guarded.free();
  nothingLeft();
});

test("options and lists of them, there and back", async () => {
  assert.equal(await exports.call_option(undefined), undefined);
  assert.equal(await exports.call_option(async (/** @type {number} */ x) => x + 1), 2);
  assert.equal(await exports.call_list([(/** @type {number} */ x) => x + 1, async (/** @type {number} */ x) => x * 10], 1), 20);
  assert.match((await thrownBy(exports.call_list([Math.abs, 5], 1))).message, /^call_list: list\[1\] must be a function/);
  const own = async (/** @type {string} */ text) => text;
  assert.equal(exports.same_later(own), own);
  nothingLeft();
});

test("imports: a closure for good, one that is lent, functions that come back, in records too", async () => {
  /** @type {any} */
  let kept;
  later.take = (f) => void (kept = f);
  later.give = () => async (/** @type {string} */ text) => `${text}, and back`;
  assert.equal(await exports.taken(), "from the guest, and back");
  assert.equal(await kept(21), 42);
  assert.equal((await thrownBy(kept(0))).message, "zero");
  assert.match((await thrownBy(kept(-1))).message, /argument 1 must be an integer from 0/);
  kept.free();

  /** @type {any} */
  let lent;
  later.lend = (f) => {
    lent = f;
    return Promise.all([f(1), f(2), f(3)]).then((all) => assert.deepEqual(all, [11, 12, 13]));
  };
  assert.equal(await exports.lent(10), 3);
  const error = await thrownBy(lent(1));
  assert.equal(error.code, "dropped");
  assert.match(error.message, /after the call that it was lent for/);
  later.lend = (f) => (lent = f);
  assert.match((await thrownBy(exports.lent(1))).message, /lend: result must be of type Promise/);
  later.lend_first = (f) => {
    lent = f;
    const given = f(1) + f(2);
    return Promise.resolve().then(() => (assert.throws(() => f(3), { code: "dropped" }), given));
  };
  assert.equal(await exports.lent_first(10), 223);
  assert.throws(() => lent(1), { code: "dropped" });

  /** @type {any} */
  let functions;
  later.loaders = (loaders) => (functions = loaders);
  assert.equal(await exports.through("text"), "text!");
  assert.equal(await functions.load("more"), "more!");
  assert.equal(await functions.save("x", 1), undefined);
  functions.load.free();
  functions.save.free();
  later.loaders = () => ({ load: async () => "ours", save: null });
  assert.equal(await exports.through("text"), "ours");
  later.loaders = () => ({ load: "no function" });
  assert.match((await thrownBy(exports.through("text"))).message, /loaders: result\.load must be a function/);
});

test("members of classes: parameters and results", async () => {
  const registry = new (/** @type {any} */ (exports).Registry)();
  registry.add(async (/** @type {string} */ text) => `${text}1`);
  const exclaim = exports.later_str();
  registry.add(exclaim);
  assert.throws(() => registry.add({}), /Registry\.add: handler must be a function/);
  assert.equal(await registry.run("a"), "a1");
  const handler = registry.handler();
  registry.free();
  assert.equal(await handler("b"), "b1");
  exclaim.free();
  assert.equal((await thrownBy(handler("c"))).code, "dropped");
  handler.free();
});

test("methods of interfaces, of both sides", async () => {
  const loading = { loader: (/** @type {string} */ prefix) => async (/** @type {string} */ url) => prefix + url };
  assert.equal(await exports.load_with(loading, "url"), "a:url");
  const own = exports.prefixed();
  const load = own.loader("b:");
  own.free();
  assert.equal(await load("url"), "b:url");
  load.free();
  const other = await start();
  assert.match((await thrownBy(other.exports.load_with({ loader: () => 5 }, "url"))).message, /Loading\.loader: result must be a function, got 5/);
});

test("10,000 calls at once leave nothing", async () => {
  const fresh = await start();
  /** @type {(() => void)[]} */
  const waiting = [];
  const call = fresh.exports.call_many((/** @type {number} */ i) => new Promise((resolve) => waiting.push(() => resolve(i))), 10_000);
  assert.equal(waiting.length, 10_000);
  for (const resolve of waiting.reverse()) resolve();
  assert.equal(await call, (10_000 * 9_999) / 2);
  assert.deepEqual([fresh.host.handles.live, fresh.host.tasks], [0, 0]);
  // One that fails ends all others, each of which is told.
  let aborted = 0;
  const failing = (/** @type {number} */ i, /** @type {{ signal: AbortSignal }} */ { signal }) => {
    signal.addEventListener("abort", () => aborted++);
    return i === 500 ? Promise.reject(new Error("one")) : never;
  };
  const abort = new AbortController();
  const second = fresh.exports.call_many(failing, 1_000, { signal: abort.signal });
  await tick();
  abort.abort("all");
  assert.equal(await thrownBy(second), "all");
  assert.equal(aborted, 999);
  assert.deepEqual([fresh.host.handles.live, fresh.host.tasks], [0, 0]);
});
