// @ts-check
// Closures of the guest whose calls are futures: to the host, functions that give promises.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { EventEmitter } from "node:events";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PanicError, PoisonedError, WireError } from "../host-js/host.js";
import { settled, start, tick } from "./async/start.js";

const { exports, host } = await start();
const never = new Promise(() => {});
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);

/** Nothing is left of a test. @param {any} [of] */
function nothingLeft(of = { exports, host }) {
  assert.deepEqual({ handles: of.host.handles.list(), tasks: of.host.tasks, values: of.exports.live_later(), given: of.host.closures.live }, { handles: [], tasks: 0, values: 0, given: 0 });
}

/** A list that a destructor of the guest's tells what it was. */
function told() {
  /** @type {string[]} */
  const list = [];
  return { list, tell: (/** @type {string} */ text) => void list.push(text) };
}

/** What crosses, and what is refused, by the closure that gives what it gets. @type {Record<string, [taken: any[], refused: any[]]>} */
const ECHOES = {
  bool: [[true, false], [0, 1, "true", undefined, null]],
  i32: [[-2147483648, 2147483647], [2147483648, -2147483649, Infinity]],
  u32: [[0, 4294967295, 2147483648], [-1, 4294967296]],
  i64: [[0n, -(2n ** 63n), 2n ** 63n - 1n], [1, 2n ** 63n]],
  f32: [[0.5, -0, NaN, Infinity, 16777216], ["1", 1n]],
  f64: [[0.1, -0, NaN, -Infinity, 5e-324, 2 ** 53], ["1", undefined, null, {}]],
  char: [["a", "😀", "\0", "é"], ["", "ab", "\ud83d", 97]],
  str: [["", "hé", "\0", "\ufeff", "x".repeat(100_000)], [1, undefined, Symbol()]],
  bytes: [[new Uint8Array(0), Uint8Array.of(1, 255), new Uint8Array(50_000)], ["x", new Int8Array(1)]],
  js: [[undefined, null, 0, "x", {}, Symbol.iterator, NaN, 5n], []],
  floats: [[Float64Array.of(0.5, -0)], ["x", [1n]]],
  texts: [[[], ["a", "", "é"]], ["x", [1]]],
  option: [[undefined, 0, -1], ["x", 0.5]],
  record: [[{ what: "é" }], [undefined, { what: 1 }, 5]],
};

for (const [name, [taken, wrong]] of Object.entries(ECHOES))
  test(`${name}: crosses there and comes back by a promise; what is refused is a rejection that names the argument`, async () => {
    const echo = exports[`later_${name}`]();
    for (const value of taken) {
      const promise = echo(value);
      assert.ok(promise instanceof Promise);
      assert.deepEqual(await promise, value);
    }
    for (const value of wrong) {
      const error = await thrownBy(echo(value));
      assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
      assert.match(error.message, /^closure fn\([\w[\].]+\??\)->async<[\w[\].]+\??>: argument 1/);
    }
    assert.deepEqual(await echo(taken[0]), taken[0]);
    echo.free();
    nothingLeft();
  });

test("a promise that is awaited in the closure: its value, its rejection with any reason, and what is no promise", async () => {
  const waits = exports.waits();
  const object = {};
  assert.equal(await waits(Promise.resolve(object)), object);
  assert.equal(await waits(7), 7);
  for (const reason of [undefined, false, 0, "", object, new Error("no")]) assert.equal(await thrownBy(waits(Promise.reject(reason))), reason);
  const { promise, resolve } = settled();
  const call = waits(promise);
  assert.equal(host.tasks, 1);
  resolve("later");
  assert.equal(await call, "later");
  waits.free();
  nothingLeft();
});

test("calls overlap freely, of a closure that changes what it captured, and end in whatever order", async () => {
  const add = exports.adder_later();
  const waits = [settled(), settled(), settled()];
  const calls = waits.map(({ promise }) => add(promise));
  waits[2].resolve(100);
  assert.equal(await calls[2], "call 3: 100");
  waits[0].resolve(1);
  assert.equal(await calls[0], "call 1: 101");
  waits[1].reject("no");
  assert.equal(await thrownBy(calls[1]), "no");
  add.free();
  nothingLeft();
});

test("the closure's own borrow ends before the first poll, which may call it again", async () => {
  /** @type {Promise<number>[]} */
  const inner = [];
  const f = exports.re_enters((/** @type {number} */ depth) => void inner.push(f(depth)));
  // The count is that of the moment in which each was called, from the outside in.
  assert.deepEqual([await f(3), await Promise.all(inner)], [1, [4, 3, 2]]);
  f.free();
  nothingLeft();
});

test("while it makes the future it is in use: a call then is rejected as re-entered, but of one that is shared", async () => {
  /** @type {any} */
  let f;
  /** @type {any} */
  let inner;
  const again = (/** @type {number} */ n) => void (inner = f(n));
  f = exports.busy(again, false);
  assert.equal(await f(1), 1);
  const error = await thrownBy(inner);
  assert.ok(error instanceof WireError);
  assert.equal(error.code, "re-entered");
  assert.match(error.message, /^closure fn\(u32\)->async<result<u32>>: re-entered while it runs/);
  f.free();
  f = exports.busy(again, true);
  assert.deepEqual([await f(1), await inner], [1, 0]);
  f.free();
  nothingLeft();
});

test("free() while calls run: they go on to their end; later ones are rejected as dropped", async () => {
  const { list, tell } = told();
  const load = exports.guarded_closure(tell);
  const { promise, resolve } = settled();
  const call = load("call", promise);
  load.free();
  assert.deepEqual(list, ["closure"]);
  const error = await thrownBy(load("late", promise));
  assert.equal(error.code, "dropped");
  assert.match(error.message, /^closure fn\(str,js\.Promise\)->async<result<js>>: dropped closure/);
  load.free();
  resolve("done");
  assert.equal(await call, "done");
  assert.deepEqual(list, ["closure", "call"]);
  nothingLeft();
});

test("a closure that the guest drops while its calls run: they go on, and later ones are rejected", async () => {
  const f = exports.keep_later();
  const { promise, resolve } = settled();
  const call = f(promise);
  exports.drop_later();
  assert.equal((await thrownBy(f(promise))).code, "dropped");
  resolve(5);
  assert.equal(await call, 5);
  nothingLeft();
});

test("once: the call ends the closure, its future goes on, and a second call is rejected", async () => {
  const { list, tell } = told();
  const f = exports.once_later(tell);
  assert.equal((await thrownBy(f("no promise"))).constructor, TypeError); // which is no call
  const { promise, resolve } = settled();
  const call = f(promise);
  assert.equal(host.closures?.live, 0);
  const error = await thrownBy(f(promise));
  assert.equal(error.code, "dropped");
  assert.match(error.message, /after its only call/);
  assert.deepEqual(list, []);
  resolve(1);
  assert.equal(await call, 1);
  assert.deepEqual(list, ["once"]);
  const unused = exports.once_later(tell);
  unused.free();
  assert.deepEqual(list, ["once", "once"]);
  nothingLeft();
});

test("an Err rejects: an Error, any value, a declared error, a text, at once or later", async () => {
  const fails = [0, 1, 2, 3].map((how) => exports.fails(how));
  const [error, no, nothing] = await Promise.all(fails.slice(0, 3).map((f) => thrownBy(f())));
  assert.deepEqual([error.message, no, nothing], ["no", false, undefined]);
  assert.equal(await fails[3](), 3);
  const declared = exports.fails_declared();
  assert.deepEqual(await thrownBy(declared("it")), { what: "it" });
  assert.equal(await declared(""), "");
  for (const wait of [undefined, Promise.resolve()]) {
    const f = exports.fails_text(wait ?? { then: (/** @type {any} */ ok) => ok() });
    const error = await thrownBy(f());
    assert.ok(error instanceof Error);
    assert.equal(error.message, "text");
    f.free();
  }
  for (const f of [...fails, declared]) f.free();
  nothingLeft();
});

test("it never throws: arguments that are missing are undefined, those that are too many are left out", async () => {
  const text = exports.later_str();
  assert.match((await thrownBy(text())).message, /argument 1 must be a string, got undefined/);
  for (const more of [[1], [null], [{}], ["x", "y"], [{ signal: 5 }], [{ get signal() { throw new Error("looked at"); } }], [new Event("x")]]) assert.equal(await text("a", ...more), "a");
  // As a function that is passed to map.
  assert.deepEqual(await Promise.all(["a", "b"].map(text)), ["a", "b"]);
  text.free();
  nothingLeft();
});

test("a signal behind the arguments ends the call in the same moment: before it, during, after, twice", async () => {
  const { list, tell } = told();
  const load = exports.guarded_closure(tell);
  assert.equal(await thrownBy(load("before", never, { signal: AbortSignal.abort("early") })), "early");
  assert.deepEqual(list, []);
  const abort = new AbortController();
  const calls = [load("a", never, { signal: abort.signal }), load("b", never, { signal: abort.signal }), load("c", Promise.resolve(3))];
  abort.abort("stop");
  abort.abort("again");
  assert.deepEqual(list, ["a", "b"]);
  assert.deepEqual([await thrownBy(calls[0]), await thrownBy(calls[1]), await calls[2]], ["stop", "stop", 3]);
  const after = new AbortController();
  assert.equal(await load("d", Promise.resolve(4), { signal: after.signal }), 4);
  after.abort();
  load.free();
  nothingLeft();
});

test("an abort from inside the running poll waits until that returns", async () => {
  const abort = new AbortController();
  const f = exports.re_enters(() => abort.abort("inside"));
  assert.equal(await thrownBy(f(1, { signal: abort.signal })), "inside");
  f.free();
  nothingLeft();
});

test("panics in the closure, at the first poll, and later: the promises of all calls reject, later calls too", async () => {
  for (const [when, message] of /** @type {[number, RegExp][]} */ ([[0, /in the closure/], [1, /at the first poll/], [2, /later/]])) {
    const other = await start();
    const { promise, resolve } = settled();
    // One call waits for ever, one ends the instance.
    const waiting = other.exports.waits()(never);
    const call = other.exports.panics(when, promise)();
    resolve(undefined);
    const error = await thrownBy(call);
    assert.ok(error instanceof PanicError);
    assert.match(error.message, message);
    assert.equal(await thrownBy(waiting), error);
    assert.throws(() => other.exports.waits(), PoisonedError);
  }
});

test("a function of a dead instance rejects; so does one from before a restart", async () => {
  const other = await start();
  const echo = other.exports.later_f64();
  const died = other.exports.panics(1, never)();
  assert.ok((await thrownBy(died)) instanceof PanicError);
  assert.ok((await thrownBy(echo(1))) instanceof PoisonedError);
  await other.host.restart();
  assert.ok((await thrownBy(echo(1))) instanceof PoisonedError);
});

test("a listener of an event target: it gets the event, and its rejection is one that nobody handled", async () => {
  const target = new EventTarget();
  const { list, tell } = told();
  const listener = exports.listen(target, tell);
  const { promise, resolve } = settled();
  target.dispatchEvent(Object.assign(new Event("tick"), { wait: promise }));
  target.dispatchEvent(Object.assign(new Event("tick"), { wait: promise }));
  assert.equal(host.tasks, 2);
  resolve(undefined);
  await tick();
  assert.deepEqual(list, ["tick", "tick"]);
  target.removeEventListener("tick", listener);
  listener.free();
  nothingLeft();
  // In a process of its own, whose end is the test.
  const { status, stderr } = spawnSync(process.execPath, [new URL("async/unhandled-closure.js", import.meta.url).pathname], { encoding: "utf8", timeout: 60_000 });
  assert.equal(status, 1);
  assert.match(stderr, /refused by the wait/);
});

test("two calls at once of one signal take one listener of it", async () => {
  const emitter = new EventEmitter();
  const waits = exports.waits();
  const abort = new AbortController();
  let added = 0;
  const { addEventListener } = abort.signal;
  abort.signal.addEventListener = (/** @type {any[]} */ ...args) => (added++, Reflect.apply(addEventListener, abort.signal, args));
  const calls = [1, 2, 3].map(() => thrownBy(waits(new Promise((resolve) => emitter.once("go", resolve)), { signal: abort.signal })));
  abort.abort("all");
  assert.deepEqual(await Promise.all(calls), ["all", "all", "all"]);
  assert.equal(added, 1);
  waits.free();
  nothingLeft();
});

test("10,000 calls at once, of which each third is aborted and each fifth rejects, leave nothing", async () => {
  const load = exports.guarded_closure(() => {});
  const abort = new AbortController();
  const { promise, resolve } = settled();
  const calls = Array.from({ length: 10_000 }, (_, i) => {
    const wait = i % 5 === 0 ? promise.then(() => Promise.reject(i)) : promise.then(() => i);
    return load(`call ${i}`, wait, ...(i % 3 === 0 ? [{ signal: abort.signal }] : [])).then((/** @type {any} */ value) => ["value", value], (/** @type {any} */ reason) => ["reason", reason]);
  });
  assert.equal(host.tasks, 10_000);
  abort.abort("stop");
  assert.equal(host.tasks, 6_666);
  resolve(undefined);
  const ends = await Promise.all(calls);
  ends.forEach((end, i) => assert.deepEqual(end, i % 3 === 0 ? ["reason", "stop"] : i % 5 === 0 ? ["reason", i] : ["value", i]));
  load.free();
  nothingLeft();
});

test("functions that are forgotten end their closures, also while calls run, which go on", async () => {
  setFlagsFromString("--expose-gc");
  const gc = /** @type {() => void} */ (runInNewContext("gc"));
  const { list, tell } = told();
  const { promise, resolve } = settled();
  const calls = [];
  for (let i = 0; i < 100; i++) calls.push(exports.guarded_closure(tell)(`call ${i}`, promise));
  for (let i = 0; i < 50 && list.length < 100; i++) {
    await tick();
    gc();
  }
  assert.deepEqual(new Set(list), new Set(["closure"]));
  assert.equal(list.length, 100);
  assert.equal(host.closures?.live, 0);
  resolve(1);
  await Promise.all(calls);
  assert.equal(list.length, 200);
  nothingLeft();
});

test("wrong lines of types: what can't be read is bad-contract", async () => {
  const { readFunction } = await import("../host-js/function.js");
  const plain = { params: [], result: "()", fallible: false, error: undefined, any: false, async: true };
  assert.deepEqual(readFunction("fn()->async<()>"), plain);
  assert.deepEqual(readFunction("fn(str,fn(i32)->async<str>)->async<result<[js],Failure>>"), { ...plain, params: ["str", "fn(i32)->async<str>"], result: "[js]", fallible: true, error: "Failure" });
  assert.deepEqual(readFunction("fn()->async<str?>"), { ...plain, result: "str?" });
  assert.equal(readFunction("fn()->async<>")?.async, false); // an unknown type of that name
  assert.equal(readFunction("fn()->async<result<a,b,c>>"), undefined);
});
