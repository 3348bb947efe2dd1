// @ts-check
// Interfaces with async methods: objects of the page that the guest awaits, values of the guest
// that the page awaits; what stops whom, and what becomes of errors.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError, PoisonedError, WireError } from "../host-js/host.js";
import { settled, start, tick } from "./async/start.js";

const never = new Promise(() => {});
const nobody = () => assert.fail("nobody is called");
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);
/** @param {any} host */
const nothingLeft = (host) => assert.deepEqual([host.handles.live, host.tasks], [0, 0]);

/** A store of the page. @param {(key: string, call: { signal: AbortSignal }) => any} get @param {Record<string, any>} [more] @returns {any} */
const store = (get, more = {}) => ({
  disposed: 0,
  get,
  put: nobody,
  size: nobody,
  clear: nobody,
  dispose() {
    this.disposed++;
  },
  ...more,
});

test("a method gives a promise, a thenable or any value; it is called with the object as this, and one argument more", async () => {
  const { exports, host } = await start();
  const thenable = { then: (/** @type {any} */ ok) => ok("a thenable's") };
  for (const [given, want] of [[Promise.resolve("a promise's"), "a promise's"], ["a value", "a value"], [thenable, "a thenable's"], [new Promise((ok) => setTimeout(ok, 1, "later")), "later"]]) {
    /** @type {any[]} */
    const seen = [];
    const one = store(/** @this {any} */ function (/** @type {any[]} */ ...args) {
      seen.push(this, ...args);
      return given;
    });
    assert.equal(await exports.store_get(one, "hé 🎉"), want);
    assert.deepEqual(seen.slice(0, 2), [one, "hé 🎉"]);
    assert.ok(seen.length === 3 && seen[2].signal instanceof AbortSignal && !seen[2].signal.aborted);
    assert.equal(one.disposed, 1);
    nothingLeft(host);
  }
});

test("arguments are the future's own; methods with and without async in one interface", async () => {
  const { exports, host } = await start();
  /** @type {any[]} */
  const calls = [];
  const one = store(nobody, { put: async (/** @type {any} */ ...args) => void calls.push(args.slice(0, -1)), size: () => calls.length, clear: () => tick().then(() => calls.push("cleared")) });
  assert.equal(await exports.store_put(one, "key", "value"), 3);
  assert.deepEqual(calls, [["key", "value", new Uint8Array([1, 2]), "note"], ["key", "value", new Uint8Array(0), undefined], "cleared"]);
  nothingLeft(host);
});

/** @type {[form: string, given: any[]][]} */
const FORMS = [
  ["number", [-0, 1.5, NaN]], ["big", [0n, 2n ** 64n - 1n]], ["numbers", [new Float64Array([1, -0]), new Float64Array(0)]],
  ["texts", [[], ["a", "", "hé 🎉"]]], ["record", [{ reason: "why", code: 7 }]], ["value", [undefined, Symbol.iterator, {}]],
  ["borrowed", [null, {}, "text"]], ["lack", ["Empty", "Gone"]],
];
const echo = { number: same, big: same, numbers: same, texts: same, record: same, value: same, borrowed: same, store: same, lack: same };
/** @param {any} of */
async function same(of) {
  await tick();
  return of;
}

test("arguments and results of all kinds, of the page, of the guest, and through both", async () => {
  const { exports, host } = await start();
  const through = exports.forms_through(echo);
  for (const [form, values] of FORMS)
    for (const value of values) {
      assert.deepEqual(await exports[`forms_${form}`](echo, value), value, form);
      assert.deepEqual(await through[form](value), value, form);
    }
  through.free();
  nothingLeft(host);
});

test("an implementor as an argument and a result of an async method: the very object", async () => {
  const { exports, host } = await start();
  const one = store(nobody);
  assert.equal(await exports.forms_store(echo, one), one);
  assert.equal(await exports.forms_store({ ...echo, store: async () => undefined }, one), undefined);
  assert.equal(one.disposed, 0);
  nothingLeft(host);
});

test("errors that the line names: rejected, thrown at once, an enum's; the guest's own go back as they are", async () => {
  const { exports, host } = await start();
  const error = { reason: "busy", code: 7 };
  for (const get of [() => Promise.reject(error), () => { throw error; }, async () => { await tick(); throw error; }]) {
    assert.equal(await exports.store_shown(store(get), "k"), "busy (7)");
    assert.deepEqual(await thrownBy(exports.store_get(store(get), "k")), error);
  }
  const named = Object.assign(new Error("an Error"), { name: "StoreError", reason: "named", code: 1 });
  assert.equal(await exports.store_shown(store(() => Promise.reject(named)), "k"), "named (1)");
  assert.equal(await thrownBy(exports.forms_lack({ ...echo, lack: () => Promise.reject("Gone") }, "Empty")), "Gone");
  assert.equal(await thrownBy(exports.forms_borrowed({ ...echo, borrowed: () => Promise.reject(new Error("gone")) }, 1)), "Gone");
  assert.equal(await thrownBy(exports.forms_borrowed({ ...echo, borrowed: () => Promise.reject(new Error("else")) }, 1)), "Empty");
  nothingLeft(host);
});

test("an async import names its error, too", async () => {
  const error = { reason: "busy", code: 7 };
  for (const [answer, want] of /** @type {[any, string][]} */ ([[async () => "yes", "yes"], [() => Promise.reject(error), "busy (7)"], [() => Promise.reject(undefined), "unexpected: undefined"]])) {
    const { exports, host } = await start({ app: { ask_declared: answer } });
    assert.equal(await exports.ask_declared("q"), want);
    nothingLeft(host);
  }
});

test("all else that is thrown is kept, falsy values too", async () => {
  const { exports, host } = await start();
  const hostile = new Proxy({}, { get(_, name) { if (name !== "then") throw new Error("looked at"); } });
  for (const thrown of [undefined, null, 0, false, "", NaN, "text", Symbol.iterator, new Error("an Error"), { reason: "no code" }, { reason: 5, code: 5 }, { reason: "too much", code: -1 }, hostile])
    for (const get of [() => Promise.reject(thrown), () => { throw thrown; }]) assert.ok(Object.is(await exports.store_thrown(store(get)), thrown));
  nothingLeft(host);
});

test("a value of a wrong type is an unexpected error; so is a method that is gone by now", async () => {
  const { exports, host } = await start();
  const wrong = await exports.store_thrown(store(async () => 5));
  assert.ok(wrong instanceof TypeError);
  assert.match(wrong.message, /Store\.get: result must be a string, got 5/);
  const one = store(nobody, { put: () => { delete one.clear; return tick(); } });
  const error = await thrownBy(exports.store_put(one, "k", "v"));
  assert.ok(error instanceof PanicError, "clear has no Result");
  assert.match(error.message, /the promise of interface Store\.clear was rejected: Store\.clear is missing by now/);
  assert.ok(host.dead);
});

test("calls overlap, and settle in any order", async () => {
  const { exports, host } = await start();
  const waits = [settled(), settled(), settled()];
  const one = store((key) => waits[Number(key)].promise);
  const all = exports.store_all(one, ["0", "1", "2"]);
  await tick();
  assert.equal(host.interfaces.Store.size, 1);
  waits[2].resolve("c");
  waits[0].reject({ reason: "a", code: 1 });
  await tick();
  waits[1].resolve("b");
  assert.deepEqual(await all, ["a (1)", "b", "c"]);
  nothingLeft(host);
});

test("dropping the future aborts the signal at once; what comes later means nothing, and one that never settles leaves nothing", async () => {
  const { exports, host } = await start();
  const late = settled();
  for (const promise of [late.promise, never]) {
    /** @type {AbortSignal | undefined} */
    let seen;
    const one = store((_, { signal }) => ((seen = signal), promise));
    assert.equal(await exports.store_or(one, Promise.resolve(5)), "5.0");
    assert.equal(seen?.aborted, true);
    assert.equal(one.disposed, 1);
    nothingLeft(host);
  }
  late.reject({ reason: "late", code: 0 });
  await tick();
  nothingLeft(host);
});

test("a method that is over is not aborted; a future that is never polled makes no call", async () => {
  const { exports, host } = await start();
  /** @type {AbortSignal | undefined} */
  let seen;
  assert.equal(await exports.store_or(store((_, { signal }) => ((seen = signal), "quick")), never), "quick");
  assert.equal(seen?.aborted, false);
  const one = store(nobody);
  assert.equal(await exports.store_unpolled(one, {}), true);
  assert.equal(one.disposed, 1);
  nothingLeft(host);
});

test("an abort of the call aborts the method that it waits for, and lets go of the object", async () => {
  const { exports, host } = await start();
  const abort = new AbortController();
  /** @type {string[]} */
  const order = [];
  const one = store((_, { signal }) => (signal.addEventListener("abort", () => order.push("method aborted")), never), { dispose: () => order.push("disposed") });
  const call = exports.store_guarded(one, (/** @type {string} */ name) => order.push(`${name} dropped`), { signal: abort.signal });
  abort.abort("why");
  assert.deepEqual(order, ["method aborted", "guard dropped", "disposed"]);
  assert.equal(await thrownBy(call), "why");
  nothingLeft(host);
});

test("a method that aborts the call which it is made by: it is aborted once the poll is over", async () => {
  const { exports, host } = await start();
  const abort = new AbortController();
  const one = store((_, { signal }) => (abort.abort("inside"), assert.equal(signal.aborted, false), signal.addEventListener("abort", () => { one.heard = true; }), never));
  const call = exports.store_or(one, never, { signal: abort.signal });
  assert.equal(await thrownBy(call), "inside");
  assert.equal(one.heard, true);
  nothingLeft(host);
});

test("the guest's own: a promise, with { signal }; errors of all kinds; what is ready at once", async () => {
  const { exports, host } = await start();
  /** @type {string[]} */
  const dropped = [];
  const gate = settled();
  const own = exports.new_store(gate.promise, (/** @type {string} */ name) => dropped.push(name));
  const early = own.get("a");
  assert.ok(early instanceof Promise);
  assert.equal(await own.get("now"), "at once");
  assert.equal(own.size(), 0);
  const put = own.put("a", "x", new Uint8Array([9]), undefined);
  gate.resolve(1);
  assert.deepEqual(await thrownBy(early), { reason: "no a", code: 404 });
  await put;
  assert.equal(await own.get("a", { signal: new AbortController().signal }), "x [9] None");
  assert.equal(own.size(), 1);
  assert.equal(await own.clear(), undefined);
  assert.equal(own.size(), 0);
  own.free();
  assert.deepEqual(dropped, ["get now", "get a", "get a", "store"]);
  nothingLeft(host);
});

test("the guest's own never throws: wrong arguments, a wrong this and a freed one are rejections", async () => {
  const { exports, host } = await start();
  const own = exports.new_store(never, () => {});
  for (const [call, said] of /** @type {[() => Promise<any>, RegExp][]} */ ([
    [() => own.get(5), /^Store\.get: key must be a string, got 5/],
    [() => own.get(), /Store\.get/],
    [() => own.get("a", {}, 1), /Store\.get takes 1 arguments, got 3/],
    [() => own.get("a", 5), /Store\.get: options must be an object/],
    [() => own.get.call({}, "a"), /Store\.get: this must be a Store/],
  ])) {
    const error = await thrownBy(call());
    assert.ok(error instanceof TypeError);
    assert.match(error.message, said);
  }
  own.free();
  const error = await thrownBy(own.get("a"));
  assert.ok(error instanceof WireError && error.code === "dropped");
  nothingLeft(host);
});

test("an abort of the guest's own method drops its future at once; before the call nothing runs", async () => {
  const { exports, host } = await start();
  /** @type {string[]} */
  const dropped = [];
  const own = exports.new_store(never, (/** @type {string} */ name) => dropped.push(name));
  const abort = new AbortController();
  const call = own.get("a", { signal: abort.signal });
  assert.equal(host.tasks, 1);
  abort.abort("why");
  assert.deepEqual([dropped, host.tasks], [["get a"], 0]);
  assert.equal(await thrownBy(call), "why");
  assert.equal(await thrownBy(own.get("b", { signal: abort.signal })), "why");
  assert.deepEqual(dropped, ["get a"]);
  own.free();
  nothingLeft(host);
});

test("edge: an object is freed while a call of it is under way: it stays for that call", async () => {
  const { exports, host } = await start();
  /** @type {string[]} */
  const dropped = [];
  const gate = settled();
  const own = exports.new_store(gate.promise, (/** @type {string} */ name) => dropped.push(name));
  const call = own.get("a");
  own.free();
  assert.deepEqual(dropped, []);
  gate.resolve(1);
  assert.deepEqual(await thrownBy(call), { reason: "no a", code: 404 });
  assert.deepEqual(dropped, ["get a", "store"]);
  nothingLeft(host);
});

test("there and back: an abort, an error and a value go through a store that asks another", async () => {
  const { exports, host } = await start();
  /** @type {AbortSignal | undefined} */
  let seen;
  const through = exports.store_through(store((key, { signal }) => ((seen = signal), key === "slow" ? never : key === "bad" ? Promise.reject({ reason: "bad", code: 1 }) : `${key}!`)));
  assert.equal(await through.get("a"), "a!");
  assert.deepEqual(await thrownBy(through.get("bad")), { reason: "bad", code: 1 });
  const abort = new AbortController();
  const call = through.get("slow", { signal: abort.signal });
  abort.abort("why");
  assert.equal(seen?.aborted, true);
  assert.equal(await thrownBy(call), "why");
  through.free();
  nothingLeft(host);
});

test("edge: the instance dies: promises of the guest's methods reject, methods of the page are aborted, and nothing is settled", async () => {
  const { exports, host } = await start();
  const late = settled();
  /** @type {AbortSignal | undefined} */
  let seen;
  const waiting = exports.store_get(store((_, { signal }) => ((seen = signal), late.promise)), "k");
  const own = exports.new_store(late.promise, nobody);
  const call = own.get("a");
  assert.throws(() => exports.die(), PanicError);
  for (const promise of [waiting, call]) assert.equal(await thrownBy(promise), host.dead);
  await tick();
  assert.equal(seen?.aborted, true);
  late.resolve("too late");
  assert.ok((await thrownBy(own.get("a"))) instanceof PoisonedError);
  await tick();
});

test("a panic in a method of the guest's, and a method of the page that kills the instance", async () => {
  const one = await start();
  const own = one.exports.new_store(Promise.resolve(), () => {});
  const error = await thrownBy(own.get("panic"));
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /asked to/);
  const other = await start();
  const lethal = store(() => { assert.throws(() => other.exports.die(), PanicError); return "answer"; });
  assert.equal(await thrownBy(other.exports.store_get(lethal, "k")), other.host.dead);
  await tick();
});

test("looking at what was thrown may abort the call, or kill the instance", async () => {
  const { exports, host } = await start();
  const abort = new AbortController();
  const aborting = { get reason() { abort.abort("looked at"); return "r"; }, code: 1 };
  assert.equal(await thrownBy(exports.store_get(store(() => Promise.reject(aborting)), "k", { signal: abort.signal })), "looked at");
  nothingLeft(host);
  const lethal = { get reason() { assert.throws(() => exports.die(), PanicError); return "r"; }, code: 1 };
  assert.equal(await thrownBy(exports.store_get(store(() => Promise.reject(lethal)), "k")), host.dead);
  await tick();
});

test("1,000 calls at once, of the page and of the guest: nothing is left", async () => {
  const { exports, host } = await start();
  const gate = settled();
  const own = exports.new_store(gate.promise, () => {});
  const calls = Array.from({ length: 500 }, (_, i) => [exports.store_shown(store(() => gate.promise.then(() => `v${i}`)), "k"), own.get(`k${i}`).catch((/** @type {any} */ e) => e.reason)]).flat();
  assert.equal(host.tasks, 1000);
  gate.resolve(0);
  assert.deepEqual(await Promise.all(calls), Array.from({ length: 500 }, (_, i) => [`v${i}`, `no k${i}`]).flat());
  own.free();
  nothingLeft(host);
});
