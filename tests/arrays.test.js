// @ts-check
// Arrays, to and from vectors and iterators.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports } = guest;

test("new, and of one of each kind of argument", () => {
  assert.deepEqual(exports.array_new(), []);
  assert.deepEqual(exports.array_of(), [true, -1, "é", Uint8Array.of(1, 255), 2n ** 64n - 1n, undefined, [1, 2.5], null]);
});

test("length, and whether it is empty", () => {
  for (const array of [[], [1], [,], Array(5), Object.assign([], { length: 2 ** 32 - 1 })]) {
    assert.equal(exports.array_len(array), array.length);
    assert.equal(exports.array_is_empty(array), array.length === 0);
  }
});

test("what is no array is refused", () => {
  for (const value of [{ length: 1 }, "text", null, undefined, 5, new Uint8Array(1), (function () { return arguments; })(), Object.create(Array.prototype)])
    assert.throws(() => exports.array_len(value), { name: "Error", message: "no array" });
});

test("an array of another realm is an array", () => {
  const array = vm.runInNewContext("[1, 'é', null]");
  assert.equal(array instanceof Array, false);
  assert.equal(exports.array_len(array), 3);
  assert.deepEqual(exports.array_copy(array), [1, "é", null]);
  exports.array_push(array, true);
  assert.equal(array[3], true);
});

test("an array without its prototype, and one whose push lies", () => {
  const bare = Object.setPrototypeOf([1], null);
  exports.array_push(bare, 2);
  assert.equal(bare.length, 2);
  const liar = Object.assign([1], { push: () => assert.fail("its own push is not asked") });
  exports.array_push(liar, 2);
  assert.equal(liar.length, 2);
  assert.deepEqual(exports.array_copy(bare), [1, 2]);
});

test("an array pushed into an array stays one element", () => {
  const outer = /** @type {unknown[]} */ ([]);
  const inner = [1, 2];
  exports.array_push(outer, inner);
  exports.array_push(outer, Object.assign([3], { [Symbol.isConcatSpreadable]: true }));
  assert.equal(outer.length, 2);
  assert.equal(outer[0], inner);
  assert.deepEqual(exports.array_copy([[1], [[2]]]), [[1], [[2]]]);
});

test("push of anything", () => {
  const array = /** @type {unknown[]} */ ([]);
  for (const value of [undefined, null, -0, NaN, "é", 2n, Symbol.iterator, array]) exports.array_push(array, value);
  exports.array_push_text(array, "text\0é");
  assert.deepEqual(array.slice(0, 7), [undefined, null, -0, NaN, "é", 2n, Symbol.iterator]);
  assert.equal(array[7], array);
  assert.equal(array[8], "text\0é");
});

test("push to a frozen array throws, and one that is full", () => {
  assert.throws(() => exports.array_push(Object.freeze([1]), 2), { name: "TypeError" });
  assert.throws(() => exports.array_push(Object.assign([], { length: 2 ** 32 - 1 }), 2), { name: "RangeError" });
});

test("copies through vectors of values, numbers, texts and options", () => {
  const values = [undefined, null, 1, "a", {}, [], 2n, Symbol.iterator, NaN];
  assert.deepEqual(exports.array_copy(values), values);
  assert.deepEqual(exports.array_numbers([0, -0, 1.5, NaN, -Infinity]), [0, -0, 1.5, NaN, -Infinity]);
  assert.deepEqual(exports.array_texts(["", "é", "\u{1f600}", "x".repeat(1000), "\ud83d"]), ["", "é", "\u{1f600}", "x".repeat(1000), "\ufffd"]);
  assert.deepEqual(exports.array_options([1, null, undefined, 0, -1]), [1, undefined, undefined, 0, -1]);
  for (const copy of ["array_copy", "array_numbers", "array_texts", "array_options"]) assert.deepEqual(exports[copy]([]), []);
});

test("an element of another type is an error, and the rest is given back", () => {
  assert.throws(() => exports.array_numbers([1, 2, "3"]), { name: "Error", message: "expected Number" });
  assert.throws(() => exports.array_texts(["a", {}, "c"]), { name: "Error", message: "expected String" });
  assert.throws(() => exports.array_options([1, 0.5]), { name: "Error", message: "expected integer of 32 bits" });
  assert.throws(() => exports.array_numbers([,]), { name: "Error", message: "expected Number" });
});

test("sparse arrays: a hole is undefined, and a copy has none", () => {
  const sparse = [1, , 3];
  assert.equal(exports.array_visit(sparse), "number undefined number");
  const copy = exports.array_copy(sparse);
  assert.deepEqual(copy, [1, undefined, 3]);
  assert.ok(1 in copy);
  assert.equal(exports.array_len(Object.assign([], { 1_000_000: 1 })), 1_000_001);
});

test("a getter in an array that throws: the others are read", () => {
  const thrown = new Error("third");
  const array = ["a", 2, , null];
  Object.defineProperty(array, 2, { get() { throw thrown; } });
  assert.equal(exports.array_visit(array), "string number error third null");
  assert.equal(thrownBy(() => exports.array_copy(array)), thrown);
});

test("an array that shrinks or grows while it is read: the length is that of the start", () => {
  const array = /** @type {any[]} */ ([0, 1, 2, 3]);
  Object.defineProperty(array, 1, { get() { array.length = 2; return "one"; }, configurable: true });
  assert.equal(exports.array_visit(array), "number string undefined undefined");
  const growing = /** @type {any[]} */ ([0, 1]);
  Object.defineProperty(growing, 0, { get() { growing.push("more"); return 0; } });
  assert.equal(exports.array_visit(growing), "number number");
});

test("what the iterator says of its length", () => {
  assert.equal(exports.array_hints([1, 2, 3]), "(0, None) true (2, Some(2))");
  assert.equal(exports.array_hints([]), "(0, None) false (0, Some(0))");
  assert.equal(exports.array_hints(new Proxy([1], { get() { throw 1; } })), "(0, None) true (0, Some(0))");
});

test("a proxy of an array whose length is anything", () => {
  for (const length of [-1, 0.5, NaN, 2 ** 32, "3", null, {}])
    assert.throws(() => exports.array_len(new Proxy([], { get: () => length })), { name: "Error", message: "expected unsigned integer of 32 bits" });
});

test("from an iterator: none, one and 70,000 elements in one crossing", () => {
  for (const end of [0, 1, 100, 70_000]) {
    const array = exports.array_range(end);
    assert.equal(array.length, end);
    assert.ok(array.every((/** @type {number} */ value, /** @type {number} */ i) => value === i));
  }
  const large = Array.from({ length: 70_000 }, (_, i) => i);
  assert.deepEqual(exports.array_numbers(large), large);
});

leavesNothing(guest, (i) => {
  exports.array_copy([i, "a", {}]);
  exports.array_texts(["a", "é"]);
  exports.array_of();
  thrownBy(() => exports.array_numbers([1, "a", {}]));
});
