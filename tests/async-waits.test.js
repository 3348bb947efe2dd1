// @ts-check
// What a guest awaits: promises of every state, thenables of every kind, async imports and what
// they give. Each settles once; what was dropped leaves nothing behind.

import assert from "node:assert/strict";
import test from "node:test";
import { line, trace } from "../host-js/trace.js";
import { settled, start, tick } from "./async/start.js";

const instance = await start();
const { exports, host } = instance;

/** @param {any} [of] */
const nothingLeft = (of = host) => assert.deepEqual([of.handles.live, of.tasks], [0, 0]);

/** @param {Promise<any>} promise @returns {Promise<{ thrown: any }>} */
const thrownBy = async (promise) => {
  try {
    await promise;
  } catch (thrown) {
    return { thrown };
  }
  return assert.fail("nothing was thrown");
};

test("already settled: fulfilled, rejected", async () => {
  assert.equal(await exports.wait(Promise.resolve("x")), "x");
  const error = new TypeError("é");
  assert.equal((await thrownBy(exports.wait(Promise.reject(error)))).thrown, error);
  nothingLeft();
});

test("a value that is no promise is what awaiting it gives", async () => {
  const object = { then: 5 };
  for (const value of [1, "text", null, undefined, true, 5n, object, () => 1]) assert.ok(Object.is(await exports.wait(value), value), String(value));
  nothingLeft();
});

test("rejects with undefined or false: errors like any other", async () => {
  for (const reason of [undefined, false, null, 0, "", NaN, Symbol("s")]) {
    const error = await thrownBy(exports.wait(Promise.reject(reason)));
    assert.ok(Object.is(error.thrown, reason));
  }
  nothingLeft();
});

test("a thenable: resolves twice, throws after resolving, calls back synchronously, has a throwing `then`", async () => {
  const boom = new Error("boom");
  /** @type {[string, any, any][]} */
  const thenables = [
    ["resolves twice", { then(/** @type {any} */ ok) { ok(1); ok(2); } }, 1],
    ["resolves, then rejects", { then(/** @type {any} */ ok, /** @type {any} */ no) { ok(1); no(boom); } }, 1],
    ["resolves, then rejects, later", { then(/** @type {any} */ ok, /** @type {any} */ no) { setTimeout(() => { ok(1); no(boom); ok(2); }); } }, 1],
    ["throws after resolving", { then(/** @type {any} */ ok) { ok(1); throw boom; } }, 1],
    ["calls back synchronously", { then(/** @type {any} */ ok) { ok("now"); } }, "now"],
    ["a function", Object.assign(() => {}, { then(/** @type {any} */ ok) { ok("f"); } }), "f"],
    ["gives a thenable", { then(/** @type {any} */ ok) { ok({ then(/** @type {any} */ ok) { ok("inner"); } }); } }, "inner"],
  ];
  for (const [name, thenable, value] of thenables) assert.equal(await exports.wait(thenable), value, name);
  const failing = [
    { then() { throw boom; } },
    { get then() { throw boom; } },
    { then(/** @type {any} */ _, /** @type {any} */ no) { no(boom); } },
    Object.defineProperty(Promise.resolve(1), "constructor", { get() { throw boom; } }),
  ];
  for (const thenable of failing) assert.equal((await thrownBy(exports.wait(thenable))).thrown, boom);
  nothingLeft();
});

test("a promise of another realm, of a subclass, with a `then` of its own", async () => {
  const { runInNewContext } = await import("node:vm");
  assert.equal(await exports.wait(runInNewContext("Promise.resolve(5)")), 5);
  /** @type {any} */
  const Mine = class extends /** @type {any} */ (Promise) {};
  assert.equal(await exports.wait(Mine.resolve(6)), 6);
  const odd = Object.assign(Promise.resolve(7), { then(/** @type {any} */ ok) { ok(8); } });
  assert.equal(await exports.wait(odd), 7, "a promise is what it is");
});

test("what poses as a promise is none; a value that can't be looked at is one", async () => {
  const { then } = Promise.prototype;
  for (const poser of [Object.create(Promise.prototype), { constructor: Promise, then }, new Proxy(Promise.resolve(9), {})])
    assert.ok((await thrownBy(exports.wait(poser))).thrown instanceof TypeError);
  const shy = { get constructor() { throw new Error("not to be looked at"); } };
  assert.equal(await exports.wait(shy), shy);
  // It gives the true `then` when it is looked at, and its own when it is called: what that is given is good once.
  /** @type {((value: unknown) => void)[]} */
  const kept = [];
  let looks = 0;
  const sly = Object.create(Promise.prototype, { then: { get: () => (looks++ === 0 ? then : (/** @type {any} */ ok) => kept.push(ok)) } });
  const waits = exports.wait(sly).then(String, String);
  await tick();
  kept.forEach((settle) => (settle("once"), settle("again")));
  const other = exports.wait(new Promise((resolve) => setTimeout(resolve, 1, "other")));
  kept.forEach((settle) => settle("twice"));
  assert.match(await waits, /^once$|^TypeError/);
  assert.equal(await other, "other");
  nothingLeft();
});

test("what is a promise is checked as a parameter, and nowhere else", async () => {
  for (const value of [1, null, undefined, "then", {}, { then: 1 }]) {
    const { thrown } = await thrownBy(exports.twice(value));
    assert.ok(thrown instanceof TypeError);
    assert.match(thrown.message, /^twice: promise must be of type Promise, got /);
  }
  assert.equal(await exports.twice({ then: (/** @type {any} */ ok) => ok(4) }), 8);
  nothingLeft();
});

test("never settles: dropped, it leaves nothing behind", async () => {
  const never = new Promise(() => {});
  for (let i = 0; i < 1000; i++) assert.equal(await exports.first(never, Promise.resolve(i)), i);
  nothingLeft();
  assert.equal(await exports.first(Promise.resolve("a"), never), "a");
  nothingLeft();
});

test("settles after the future was dropped: nothing fires, and its number has another owner", async () => {
  const late = settled();
  assert.equal(await exports.first(late.promise, Promise.resolve("in time")), "in time");
  const other = exports.wait(new Promise((resolve) => setTimeout(resolve, 5, "other")));
  late.resolve("too late");
  await tick();
  assert.equal(await other, "other");
  nothingLeft();
});

test("settles with an error after the future was dropped: that is handled, and told nobody", async () => {
  const late = settled();
  assert.equal(await exports.first(late.promise, Promise.resolve(1)), 1);
  late.reject(new Error("too late"));
  await tick();
  nothingLeft();
});

test("a number that is asked for comes without a handle, in one crossing less than two", async () => {
  /** @type {string[]} */
  const lines = [];
  const { exports, host } = await start({}, { with: [trace], trace: (crossing) => lines.push(line(crossing)) });
  for (const [given, twice] of [[21, 42], [-0, -0], [0.1, 0.2], [NaN, NaN], [Infinity, Infinity], [2 ** 53, 2 ** 54]]) assert.ok(Object.is(await exports.number(Promise.resolve(given)), twice), String(given));
  assert.equal(host.handles.high, 1, "the promise is the only handle that there was");
  lines.length = 0;
  await exports.number({ then: (/** @type {any} */ ok) => ok(21) });
  assert.deepEqual(lines, ["→ number(object)", "  ← promise_await_number(object, 0)", "  = ()", "= object"]);
  nothingLeft(host);
});

test("a promise as a Rust type: what is none is a TypeError, a rejection is the very value", async () => {
  for (const other of ["2", null, undefined, true, 5n, {}, Symbol("s")]) {
    const { thrown } = await thrownBy(exports.number(Promise.resolve(other)));
    assert.match(thrown.message, /expected Number/, String(other));
  }
  for (const reason of [new Error("boom"), undefined, 7]) assert.equal((await thrownBy(exports.number(Promise.reject(reason)))).thrown, reason);
  const { resolve } = Promise;
  const p = resolve.bind(Promise);
  assert.equal(await exports.typed(p("é"), p(200), p(1.5)), 'é Some(200) 1.5');
  assert.equal(await exports.typed(p(""), p(null), p({})).then((/** @type {string} */ text) => text.replace(/#.*/, "")), " None object");
  for (const [text, whole] of [[5, 1], ["", 256], ["", 1.5]]) await thrownBy(exports.typed(p(text), p(whole), p(1)));
  nothingLeft();
});

test("numbers that come in time, too late, or never: each wait of a number's waiter stands for itself", async () => {
  const never = new Promise(() => {});
  const late = settled();
  assert.equal(await exports.first_number(late.promise, Promise.resolve(1)), 1);
  late.resolve(2);
  for (let i = 0; i < 100; i++) assert.equal(await exports.first_number(never, Promise.resolve(i)), i);
  assert.equal(await exports.first_number(Promise.resolve(3), Promise.resolve(4)), 3);
  // The same numbers of waiters, for handles: a number is a value then.
  assert.equal(await exports.wait(Promise.resolve(5)), 5);
  assert.equal(await exports.first(Promise.resolve(6), never), 6);
  const controller = new AbortController();
  const call = exports.number(never, { signal: controller.signal });
  controller.abort("enough");
  assert.equal((await thrownBy(call)).thrown, "enough");
  nothingLeft();
});

test("a promise is awaited by reference, more than once", async () => {
  assert.equal(await exports.twice_awaited(Promise.resolve({})), true);
  nothingLeft();
});

test("an async import: values of every form, checked when they are there", async () => {
  const app = { number: () => 1.5, texts: async () => ["a", undefined, "x".repeat(40_000)], nothing() {}, value: () => Promise.resolve(app), big: async () => -5n, bytes: async () => new Uint8Array([1, 2]) };
  const { exports, host } = await start({ app });
  assert.equal(await exports.typed_number(), 1.5);
  assert.deepEqual(await exports.typed_texts(), ["a", undefined, "x".repeat(40_000)]);
  assert.equal(await exports.typed_nothing(), undefined);
  assert.equal(await exports.typed_value(), app);
  assert.equal(await exports.typed_big(), -5n);
  assert.deepEqual(await exports.typed_bytes(), new Uint8Array([1, 2]));
  nothingLeft(host);
});

test("an async import that gives a wrong type is an error, of the embedder's function", async () => {
  const { exports, host } = await start({ app: { number: async () => "1", texts: () => [1] } });
  const { thrown } = await thrownBy(exports.typed_number());
  assert.ok(thrown instanceof TypeError);
  assert.equal(thrown.message, 'app.number: result must be a number, got "1"');
  assert.match((await thrownBy(exports.typed_texts())).thrown.message, /^app\.texts: result\[0\] must be a string, got 1$/);
  nothingLeft(host);
});

test("an import that throws synchronously, before its promise: the same as a rejection", async () => {
  for (const reason of [new Error("at once"), undefined, 0]) {
    const { exports, host } = await start({ app: { number() { throw reason; } } });
    assert.ok(Object.is((await thrownBy(exports.typed_number())).thrown, reason));
    nothingLeft(host);
  }
});

test("a getter of a result that calls the guest, which drops the future: nothing is settled", async () => {
  const abort = new AbortController();
  const result = ["a"];
  Object.defineProperty(result, 0, { get() { abort.abort("dropped"); return "a"; } });
  const { exports, host } = await start({ app: { texts: async () => result } });
  assert.equal((await thrownBy(exports.typed_texts({ signal: abort.signal }))).thrown, "dropped");
  await tick();
  nothingLeft(host);
});

test("dropping an import's future aborts its signal, once; a future that ran to its end doesn't", async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  const answers = new Map([["a", settled()], ["b", settled()]]);
  let aborts = 0;
  const ask_with = (/** @type {string} */ question, /** @type {{ signal: AbortSignal }} */ { signal }) => {
    signals.push(signal);
    signal.addEventListener("abort", () => aborts++);
    return answers.get(question)?.promise;
  };
  const { exports, host } = await start({ app: { ask_with } });
  const promise = exports.first_asked("a", "b");
  answers.get("b")?.resolve("B");
  assert.equal(await promise, "B");
  assert.deepEqual(signals.map(({ aborted }) => aborted), [true, false]);
  assert.equal(signals[0].reason.name, "AbortError");
  answers.get("a")?.resolve("A");
  await tick();
  assert.equal(aborts, 1);
  nothingLeft(host);
});

test("an async import is called when its future is polled first", async () => {
  const { exports } = await start({ app: { ask_with: () => assert.fail("it was called") } });
  assert.equal(await exports.unpolled(), true);
});

test("AbortOnDrop: a controller that lives as long as the future", async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  const make = (/** @type {any} */ promise) => (/** @type {AbortSignal} */ signal) => (signals.push(signal), promise);
  assert.equal(await exports.signalled(make(Promise.resolve(3))), 3);
  const abort = new AbortController();
  const { thrown } = await thrownBy(exports.signalled(make(new Promise(() => {})), { signal: (setTimeout(() => abort.abort(9)), abort.signal) }));
  assert.equal(thrown, 9);
  assert.deepEqual(signals.map(({ aborted }) => aborted), [false, true]);
  nothingLeft();
});

test("AbortOnDrop, kept: a controller that lives as long as what the future gave", async () => {
  /** @type {AbortSignal[]} */
  const signals = [];
  const make = (/** @type {any} */ promise) => (/** @type {AbortSignal} */ signal) => (signals.push(signal), promise);
  const never = new Promise(() => {});
  assert.equal(await exports.signalled_on(make(Promise.resolve("whole")), Promise.resolve(), true), "whole");
  assert.equal(await exports.signalled_on(make(Promise.resolve("half")), Promise.resolve(), false), "half");
  assert.equal((await thrownBy(exports.signalled_on(make(Promise.reject("no head")), never, true))).thrown, "no head");
  assert.equal((await thrownBy(exports.signalled_on(make(Promise.resolve(1)), Promise.reject("no body"), true))).thrown, "no body");
  assert.deepEqual(signals.map(({ aborted }) => aborted), [false, true, false, true]);
  for (const head of [never, Promise.resolve(1)]) {
    const abort = new AbortController();
    const { thrown } = await thrownBy(exports.signalled_on(make(head), never, true, { signal: (setTimeout(() => abort.abort("enough")), abort.signal) }));
    assert.equal(thrown, "enough");
    assert.equal(signals.at(-1)?.aborted, true);
  }
  assert.equal(signals.length, 6);
  nothingLeft();
});

test("a guest without a global object has no AbortController: an error, and nothing else", async () => {
  const { exports, host } = await start({}, { global: undefined });
  assert.ok((await thrownBy(exports.signalled(() => Promise.resolve()))).thrown instanceof TypeError);
  nothingLeft(host);
});
