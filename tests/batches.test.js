// @ts-check
// Batches: every operation and operand, what later operations take from earlier ones, what
// fails, what is kept, how often it crosses.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { PanicError, instantiate } from "../host-js/host.js";
import { trace } from "../host-js/trace.js";
import { wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-batch")));
const { exports, host } = await instantiate(module);
const list = (/** @type {unknown[]} */ ...args) => args;

/** How many handles are no names of the program's. */
const others = () => host.handles.list().filter(({ value }) => typeof value !== "string").length;

test("each operation does what it says, and gives what it gives", () => {
  class Point {
    constructor(/** @type {number} */ x, /** @type {boolean} */ y) {
      Object.assign(this, { x, y });
    }
    static [Symbol.hasInstance] = undefined;
  }
  /** @this {any} */
  function make(/** @type {any} */ x, /** @type {any} */ y) {
    if (new.target) return { x, y };
    return [this, x, y];
  }
  const object = { number: 1.5, set: "old", list: function (/** @type {any} */ ...args) { return [this === object, ...args]; }, 7: null };
  assert.deepEqual(exports.batch_each(object, make), [1.5, undefined, [true, "a", 1], { x: 1.5, y: true }, [object, "this", undefined], null]);
  assert.equal(object.set, "new");
  assert.throws(() => exports.batch_each(object, Point), /class constructor|Class constructor/i);
  assert.equal(others(), 0);
});

test("every operand arrives as the value that it was", () => {
  const value = { a: "value" };
  const [first, listed, sliced, none] = exports.batch_operands(list, value);
  const [scalars, floats, texts, rest] = first;
  assert.deepEqual(scalars, [-128, 255, -32768, 65535, -2147483648, 4294967295, 7, 2147483648]);
  assert.deepEqual(floats, [-0, NaN, Math.fround(0.1), Number.MAX_VALUE, -(2n ** 63n), 2n ** 64n - 1n, true, false]);
  assert.deepEqual(texts, ["", "né😀", "string", "reference", "\0", "\u{feff}x", "name", "owned"]);
  assert.deepEqual(rest, [undefined, undefined, "some", value, [1], new Uint8Array([1, 2, 3, 4, 5]), new Uint8Array(0), texts]);
  assert.equal(rest[3], value);
  assert.equal(rest[7], texts, "a result is the very value");
  assert.deepEqual(listed, Array.from({ length: 20 }, (_, i) => i));
  assert.deepEqual([sliced, none], [["a", "b", "c"], []]);
  assert.equal(others(), 0);
});

test("an operation uses the result of an earlier one, before any has run", () => {
  /** @type {any} */
  let chain = { last: true };
  for (let i = 0; i < 1000; i++) chain = { next: chain };
  assert.deepEqual(exports.batch_chain(chain, 1000), { last: true });
  assert.equal(exports.batch_chain({ next: 7.5 }, 1), 7.5);
  assert.equal(exports.batch_chain({ next: undefined }, 1), undefined);
  assert.throws(() => exports.batch_chain(chain, 1002), { name: "TypeError" });
  assert.equal(others(), 0);
});

test("texts of every kind, cut where they end: empty, NUL, U+FEFF, beyond ASCII, beyond the BMP, long", () => {
  const samples = ["", "\0", "\ufeff", "\ufeffmiddle\ufeff", "a\0b", "é", "漢字", "😀", "\u{10ffff}", "e\u0301", "\ufffd", "x".repeat(70_000), "é".repeat(5000), "😀".repeat(5000), "__proto__"];
  for (const n of [7, 8, 9, 12, 13, 14, 15, 16, 17, 19, 20, 21]) samples.push("a".repeat(n), "é".repeat(n));
  for (const texts of [samples, samples.toReversed(), ["only"], [""], samples.filter((text) => /^[\0-\x7f]*$/.test(text))]) {
    /** @type {string[]} */
    const got = [];
    exports.batch_texts(got, texts);
    assert.deepEqual(got, texts);
  }
});

test("a lone surrogate becomes U+FFFD before it is recorded, and shifts nothing", () => {
  /** @type {string[]} */
  const got = [];
  exports.batch_texts(got, ["\ud800", "a\udc00b", "tail"]);
  assert.deepEqual(got, ["\ufffd", "a\ufffdb", "tail"]);
});

test("a thousand operations are one crossing", async () => {
  /** @type {string[]} */
  const calls = [];
  const traced = await instantiate(module, { with: [trace], trace: ({ step, side, name }) => void (step === "call" && side === "import" && calls.push(name)) });
  const object = /** @type {any} */ ({});
  traced.exports.batch_many(object, 500, 1);
  assert.deepEqual(calls, ["string_from_utf8", "string_from_utf8", "batch_run"]);
  assert.deepEqual(object, { label: "some text", count: 499 });
  calls.length = 0;
  traced.exports.batch_many(object, 500, 3);
  assert.deepEqual(calls, ["batch_run", "batch_run", "batch_run"]);
});

test("recording takes no memory once the buffers are warm", () => {
  exports.batch_many({}, 5000, 2);
  const before = host.memory?.buffer.byteLength;
  const { live } = host.handles;
  exports.batch_many({}, 5000, 200);
  assert.equal(host.memory?.buffer.byteLength, before);
  assert.equal(host.handles.live, live);
});

test("it ends with the first error, which says where, and is what was thrown", () => {
  /** @type {number[]} */
  const ran = [];
  const boom = new Error("boom");
  const ok = () => void ran.push(1);
  const fail = () => {
    throw boom;
  };
  assert.equal(exports.batch_stops([ok, ok], false), 2);
  assert.equal(thrownBy(() => exports.batch_stops([ok, ok, fail, ok], false)), boom);
  assert.equal(ran.length, 4);
  assert.throws(() => exports.batch_stops([ok, fail, fail], true), { message: "operation 1 of the batch: boom (1)" });
  for (const value of [undefined, null, 0, "", false, 5, NaN, "text", Symbol.iterator, 7n]) {
    const thrown = thrownBy(() => exports.batch_stops([ok, () => { throw value; }], false));
    assert.ok(Object.is(thrown, value), String(value));
  }
  assert.equal(others(), 0);
});

test("what was kept before the error is released", () => {
  const made = () => ({});
  for (let i = 0; i < 100; i++) thrownBy(() => exports.batch_stops([made, made, made, () => { throw made(); }], false));
  assert.equal(others(), 0);
});

test("it goes on if told so, with a status for each", () => {
  const error = new RangeError("mine");
  const functions = [() => 1, () => { throw error; }, () => "text", () => { throw undefined; }, () => undefined, () => { throw 7; }];
  assert.deepEqual(exports.batch_goes_on(functions, false), [1, ["failed", error], "text", ["failed", undefined], undefined, ["failed", 7]]);
  assert.deepEqual(exports.batch_goes_on([() => 1], false), [1]);
  assert.equal(others(), 0);
});

test("what uses the result of an operation that failed fails with the same error, and doesn't run", () => {
  let ran = 0;
  const error = { thrown: true };
  const add = (/** @type {any} */ before = 0) => (ran++, before + 1);
  const all = exports.batch_goes_on([add, add, () => { throw error; }, add, add], true);
  assert.deepEqual(all, [1, 2, ["failed", error], ["failed", error], ["failed", error]]);
  assert.equal(/** @type {any} */ (all[3])[1], error);
  assert.equal(ran, 2);
});

test("an object that refuses is an error: a batch loses nothing in silence", () => {
  assert.throws(() => exports.batch_texts(Object.freeze([]), ["a"]), { name: "TypeError" });
  assert.throws(() => exports.batch_texts(Object.freeze({ 0: "" }), ["a"]), { name: "TypeError" });
  assert.throws(() => exports.batch_texts(null, ["a"]), { name: "TypeError" });
  assert.throws(() => exports.batch_texts("text", ["a"]), { name: "TypeError" });
  const setter = { set 1(/** @type {unknown} */ _) { throw "setter"; } };
  assert.equal(thrownBy(() => exports.batch_texts(setter, ["a", "b", "c"])), "setter");
  assert.deepEqual(Object.keys(setter), ["0", "1"]);
});

test("a missing method and a missing class are TypeErrors", () => {
  assert.throws(() => exports.batch_each({ number: 1 }, Object), { name: "TypeError" });
  assert.throws(() => exports.batch_each({ list }, () => 1), { name: "TypeError" });
});

test("results that are not taken are released with the others, taken ones are the taker's", () => {
  assert.equal(exports.batch_leaves((/** @type {number} */ i) => ({ i }), 1000), 500);
  assert.equal(exports.batch_leaves((/** @type {number} */ i) => i, 10), 5);
  assert.equal(exports.batch_leaves(() => null, 10), 5);
  assert.equal(others(), 0);
});

test("an empty batch, and one that was recorded and never run", () => {
  const object = {};
  assert.equal(exports.batch_empty(object), 0);
  assert.deepEqual(object, {});
});

test("a batch in a batch in a batch: each has its own words, texts and results", () => {
  /** @returns {unknown} */
  const nested = (/** @type {number} */ depth, /** @type {unknown} */ before) => {
    if (before === "before") return depth;
    return depth < 10 ? exports.batch_nested(nested, depth + 1) : 100 + Number(before);
  };
  assert.equal(exports.batch_nested(nested, 0), 210);
  assert.equal(others(), 0);
});

test("values of a scope are operands", () => {
  const object = /** @type {any} */ ({});
  exports.batch_scope(object);
  assert.deepEqual(object, { a: { b: 2.5 } });
  assert.equal(others(), 0);
});

test("memory that grows while a batch runs: the rest is read from the copy, the results go into the new memory", () => {
  const grow = () => {
    host.memory?.grow(1);
    return { grown: true };
  };
  assert.deepEqual(exports.batch_goes_on([grow, grow, () => "end"], false), [{ grown: true }, { grown: true }, "end"]);
  assert.equal(others(), 0);
});

test("an instance that dies while its batch runs stays dead, whatever the host's code makes of it", async () => {
  const other = await instantiate(module);
  const die = () => {
    thrownBy(() => other.exports.batch_foreign({}));
    return 1;
  };
  const error = thrownBy(() => other.exports.batch_stops([() => 1, die, () => 2], false));
  assert.ok(error instanceof PanicError && error === other.host.dead);
  const again = await other.host.restart();
  assert.equal(other.host.handles.live, 0);
  assert.equal(again.exports.batch_stops([() => 1], false), 1);
});

test("a reference to an operation of another recording is a panic that says so", async () => {
  const other = await instantiate(module);
  assert.match(thrownBy(() => other.exports.batch_foreign({})).message, /operation of another recording/);
});

test("debug mode: the same", async () => {
  const debug = await instantiate(module, { debug: true });
  /** @type {string[]} */
  const got = [];
  debug.exports.batch_texts(got, ["é", "", "😀"]);
  assert.deepEqual(got, ["é", "", "😀"]);
  assert.equal(debug.host.handles.live, 0);
});
