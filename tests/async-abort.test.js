// @ts-check
// Calls that the host stops: before they start, while they run, from inside, after their end, and
// twice; with the reason of the signal, and with all that the future held gone at once.

import assert from "node:assert/strict";
import test from "node:test";
import { settled, start, tick } from "./async/start.js";

const { exports, host } = await start();
const never = new Promise(() => {});

/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);
/** @param {any} [of] */
const nothingLeft = (of = host) => assert.deepEqual([of.handles.live, of.tasks], [0, 0]);

/** How many listeners a signal has that count. */
function counted() {
  const abort = new AbortController();
  const { signal } = abort;
  let listeners = 0;
  const [add, remove] = [signal.addEventListener, signal.removeEventListener];
  signal.addEventListener = function (/** @type {any[]} */ ...args) { listeners++; return Reflect.apply(add, signal, args); };
  signal.removeEventListener = function (/** @type {any[]} */ ...args) { listeners--; return Reflect.apply(remove, signal, args); };
  return { abort, signal, listeners: () => listeners };
}

test("abort before the start: the guest isn't entered, and the reason is the signal's", async () => {
  const { exports, host } = await start({ app: { ask_with: () => assert.fail("it was entered") } });
  assert.equal(await thrownBy(exports.guarded_ask("q", () => {}, { signal: AbortSignal.abort("early") })), "early");
  const reason = await thrownBy(exports.guarded_ask("q", () => {}, { signal: AbortSignal.abort() }));
  assert.equal(reason.name, "AbortError");
  nothingLeft(host);
});

test("abort while it waits: destructors run at once, then the promise rejects with the reason", async () => {
  const { abort, signal, listeners } = counted();
  /** @type {string[]} */
  const events = [];
  const promise = exports.guarded("g", never, (/** @type {string} */ name) => events.push(`${name} dropped`), { signal });
  promise.catch((/** @type {any} */ reason) => events.push(`rejected ${reason}`));
  assert.equal(host.tasks, 1);
  abort.abort("why");
  events.push("aborted");
  assert.deepEqual(events, ["g dropped", "aborted"]);
  assert.equal(await thrownBy(promise), "why");
  assert.deepEqual([events[2], listeners()], ["rejected why", 0]);
  nothingLeft();
});

test("abort twice: the second does nothing", async () => {
  const abort = new AbortController();
  let dropped = 0;
  const promise = exports.guarded("g", never, () => dropped++, { signal: abort.signal });
  abort.abort(1);
  abort.abort(2);
  abort.signal.dispatchEvent(new Event("abort"));
  assert.equal(await thrownBy(promise), 1);
  assert.equal(dropped, 1);
  nothingLeft();
});

test("abort after the end does nothing, and a signal that lives on has no listener left", async () => {
  const { abort, signal, listeners } = counted();
  let dropped = 0;
  assert.equal(await exports.guarded("g", Promise.resolve(5), () => dropped++, { signal }), 5);
  assert.equal(await exports.ready(1, { signal }), 2);
  assert.equal(await thrownBy(exports.wait(Promise.reject(6), { signal })), 6);
  assert.equal(listeners(), 0);
  abort.abort();
  await tick();
  assert.equal(dropped, 1);
  nothingLeft();
});

test("abort from inside the first poll: it waits until the poll returns", async () => {
  const abort = new AbortController();
  /** @type {string[]} */
  const events = [];
  const make = () => {
    abort.abort("inside");
    events.push("still polled");
    return never;
  };
  assert.equal(await thrownBy(exports.signalled(make, { signal: abort.signal })), "inside");
  assert.deepEqual(events, ["still polled"]);
  nothingLeft();
});

test("abort from inside a later poll: it waits until the poll returns; what the future held goes then", async () => {
  for (const after of [never, Promise.resolve("it came to its end")]) {
    const abort = new AbortController();
    const before = settled();
    const promise = exports.between(before.promise, () => abort.abort("inside"), after, { signal: abort.signal });
    before.resolve(undefined);
    assert.equal(await thrownBy(promise), "inside");
    await tick();
    nothingLeft();
  }
});

test("abort from inside a poll that comes to its end in it: the abort was first", async () => {
  const abort = new AbortController();
  const before = settled();
  const promise = exports.guarded("g", before.promise, () => abort.abort("in a destructor"), { signal: abort.signal });
  before.resolve("value");
  assert.equal(await thrownBy(promise), "in a destructor");
  nothingLeft();
  // At the first poll, too.
  const now = new AbortController();
  const value = await thrownBy(exports.signalled(() => { now.abort("first"); return 5; }, { signal: now.signal }));
  assert.ok(value === "first", String(value));
  nothingLeft();
});

test("abort of a call that asks the embedder: its signal is aborted in the same moment", async () => {
  /** @type {AbortSignal | undefined} */
  let seen;
  const { exports, host } = await start({ app: { ask_with(/** @type {string} */ _, /** @type {any} */ call) { seen = call.signal; return never; } } });
  const abort = new AbortController();
  let dropped = 0;
  const promise = exports.guarded_ask("q", () => dropped++, { signal: abort.signal });
  assert.equal(seen?.aborted, false);
  abort.abort();
  assert.deepEqual([seen?.aborted, dropped], [true, 1]);
  assert.equal((await thrownBy(promise)).name, "AbortError");
  nothingLeft(host);
});

test("one signal for many calls", async () => {
  const abort = new AbortController();
  let dropped = 0;
  const calls = Array.from({ length: 100 }, (_, i) => exports.guarded(`${i}`, never, () => dropped++, { signal: abort.signal }));
  assert.equal(host.tasks, 100);
  abort.abort("all");
  assert.equal(dropped, 100);
  assert.deepEqual(await Promise.all(calls.map(thrownBy)), new Array(100).fill("all"));
  nothingLeft();
});

test("options: undefined, null and an empty object are none; anything else is refused by a rejection", async () => {
  for (const options of [undefined, null, {}, { signal: undefined }, { signal: null }]) assert.equal(await exports.ready(1, options), 2);
  for (const options of [1, "signal", true, { signal: 1 }, { signal: {} }]) assert.match((await thrownBy(exports.ready(1, options))).message, /^ready: (?:options must be an object|signal must be an AbortSignal), got /);
  assert.match((await thrownBy(exports.ready(1, {}, 2))).message, /^ready takes 1 arguments, got 3$/);
  const boom = new Error("boom");
  assert.equal(await thrownBy(exports.ready(1, { get signal() { throw boom; } })), boom);
  nothingLeft();
});

test("a bad argument rejects, never hangs and never throws", async () => {
  for (const args of [[], ["1"], [null]]) {
    const promise = exports.ready(...args);
    assert.ok(promise instanceof Promise);
    assert.ok((await thrownBy(promise)) instanceof TypeError);
  }
  nothingLeft();
});

test("host.call: status and value; 3 for an abort; what is no error of the guest's is thrown", async () => {
  assert.deepEqual(await host.call("ready", [1], {}), { status: 0, value: 2 });
  assert.deepEqual(await host.call("wait", [Promise.reject("no")], {}), { status: 1, value: "no" });
  const abort = new AbortController();
  const call = host.call("wait", [never], { signal: abort.signal });
  abort.abort("stop");
  assert.deepEqual(await call, { status: 3, value: "stop" });
  assert.deepEqual(await host.call("wait", [never], { signal: abort.signal }), { status: 3, value: "stop" });
  assert.ok((await thrownBy(host.call("ready", ["1"], {}))) instanceof TypeError);
  assert.ok((await thrownBy(host.call("ready", [1, 2, 3], {}))) instanceof TypeError);
  // An optional parameter that is left out is not where the options are.
  assert.deepEqual(await host.call("joined", ["a", undefined, [], [], 1, Promise.resolve()], {}), { status: 0, value: "a None [] -0 1.0" });
  assert.deepEqual(await host.call("add", [1, 2], {}), { status: 0, value: 3 });
  assert.deepEqual(host.call("add", [1, 2]), { status: 0, value: 3 });
  assert.deepEqual(await host.call("add", [1, 2], { signal: abort.signal }), { status: 3, value: "stop" });
  nothingLeft();
});
