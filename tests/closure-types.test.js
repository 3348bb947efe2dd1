// @ts-check
// Closures of every type of argument and result, and errors of every sort.

import assert from "node:assert/strict";
import test from "node:test";
import { nothingLeft, start } from "./closures/start.js";
import { thrownBy } from "./support/guest.js";

const guest = await start();
const { exports, host } = guest;

/** What crosses, and what is refused, by the closure that gives what it gets. @type {Record<string, [taken: any[], refused: any[]]>} */
const ECHOES = {
  bool: [[true, false], [0, 1, "true", undefined, null]],
  i8: [[-128, 127, 0], [128, -129, 1.5, "1", NaN, 1n]],
  u8: [[0, 255], [-1, 256, 0.5]],
  i16: [[-32768, 32767], [32768, -32769]],
  u16: [[0, 65535], [-1, 65536]],
  i32: [[-2147483648, 2147483647], [2147483648, -2147483649, Infinity]],
  u32: [[0, 4294967295, 2147483648], [-1, 4294967296]],
  usize: [[0, 4294967295], [-1, 4294967296]],
  i64: [[0n, -(2n ** 63n), 2n ** 63n - 1n], [1, 2n ** 63n]],
  u64: [[0n, 2n ** 64n - 1n, 2n ** 63n], [-1n, 2n ** 64n, 0]],
  f32: [[0.5, -0, NaN, Infinity, 16777216], ["1", 1n]],
  f64: [[0.1, -0, NaN, -Infinity, 5e-324, 2 ** 53], ["1", undefined, null, {}]],
  char: [["a", "😀", "\0", "é"], ["", "ab", "\ud83d", 97]],
  str: [["", "hé", "\0", "\ufeff", "x".repeat(100_000)], [1, undefined, Symbol()]],
  bytes: [[new Uint8Array(0), Uint8Array.of(1, 255), new Uint8Array(50_000)], ["x", new Int8Array(1)]],
  js: [[undefined, null, 0, "x", {}, Symbol.iterator, NaN, 5n], []],
  array: [[[], [1, [2]]], [{}, "x", new Uint8Array(1)]],
  floats: [[Float64Array.of(0.5, -0)], ["x", [1n]]],
  texts: [[[], ["a", "", "é"]], ["x", [1]]],
  option: [[undefined, 0, -1], ["x", 0.5]],
  point: [[{ x: 1.5, y: -0 }], [undefined, { x: 1 }, 5]],
  points: [[[], [{ x: 1, y: 2 }, { x: NaN, y: 3 }]], [{}, [{ x: 1, y: "2" }]]],
  side: [["Left", "Right"], ["left", 0, undefined]],
};

for (const [name, [taken, wrong]] of Object.entries(ECHOES))
  test(`${name}: crosses there and back; what is refused names the argument, and the guest lives`, () => {
    const echo = exports[`echo_${name}`]();
    for (const value of taken) assert.deepEqual(echo(value), value);
    for (const value of wrong) {
      const error = thrownBy(() => echo(value));
      assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
      assert.match(error.message, /^closure fn\([\w[\].]+\??\)->[\w[\].]+\??: argument 1/);
    }
    assert.deepEqual(echo(taken[0]), taken[0]);
    echo.free();
    nothingLeft(guest);
  });

test("no argument to four: numbers and booleans in every place", () => {
  const [none, one, two, three, four] = [0, 1, 2, 3, 4].map((count) => exports.numbers(count));
  assert.equal(none(), 0.5);
  assert.equal(one(-7), -7);
  assert.deepEqual([two(5, true), two(5, false)], [5, -5]);
  assert.equal(three(255, 0.5, -1e300), 255.5 - 1e300);
  assert.deepEqual([four(-1, 3, 2, true), four(-1, 3, 2, false), four(-128, 65535, 65407, true)], [true, false, true]);
  assert.deepEqual([none.length, one.length, two.length, three.length, four.length], [0, 1, 2, 3, 4]);
  for (const f of [none, one, two, three, four]) f.free();
  for (const [act, place] of /** @type {[() => any, number][]} */ ([[() => two(1, 1), 2], [() => three(1, 2), 3], [() => four(1, 2, 3), 4]]))
    assert.throws(act, { name: "TypeError", message: new RegExp(`argument ${place} must be`) });
  nothingLeft(guest);
});

test("five to eight arguments, of all sorts", () => {
  const five = exports.five();
  assert.equal(five(1, 2, 3, 4, 5), 54321);
  assert.throws(() => five(1, 2, 3, 4), /argument 5 must be a number, got undefined/);
  const eight = exports.eight();
  assert.deepEqual(eight(true, -1, 0.5, "d", 255, 6, [7, -7], "h"), ["true -1 0.5 d Some(255) Some(6.0) [7, -7] h"]);
  assert.deepEqual(eight(false, 0, NaN, "", null, {}, new Int32Array(0), "😀"), ["false 0 NaN  None None [] 😀"]);
  assert.throws(() => eight(true, -1, 0.5, "d", 256, 6, [7], "h"), { name: "RangeError", message: /argument 5 must be an integer from 0 to 255/ });
  for (const f of [five, eight]) f.free();
  nothingLeft(guest);
});

test("nothing comes back: undefined", () => {
  const nothing = exports.nothing();
  assert.equal(nothing("x"), undefined);
  nothing.free();
});

test("errors: the very value, texts, a type with a text, a record, a word", () => {
  const failing = exports.failing();
  assert.equal(failing(), "fine");
  for (const value of [null, 0, "", false, NaN, Symbol.iterator, new RangeError("mine"), Object.freeze({})]) assert.ok(Object.is(thrownBy(() => failing(value)), value));
  const text = exports.failing_text();
  assert.equal(text(""), undefined);
  assert.throws(() => text("why"), { name: "Error", message: "why" });
  assert.throws(exports.failing_literal(), { name: "Error", message: "a literal" });
  assert.throws(() => exports.failing_full()(3), { name: "Error", message: "there is room for 3 only" });
  const boxed = exports.failing_boxed();
  assert.equal(boxed("12"), 12);
  assert.throws(() => boxed("x"), { name: "Error", message: "invalid digit found in string" });
  const record = exports.failing_record();
  assert.equal(record(0), 0);
  assert.deepEqual(thrownBy(() => record(7)), { code: 7, why: "told to" });
  const word = exports.failing_enum();
  assert.deepEqual([true, false].map((gone) => thrownBy(() => word(gone))), ["Gone", "Busy"]);
  assert.equal(host.dead, null);
  assert.equal(host.handles.live, 0);
});

test("any arguments: len, get, get_as, this, new", () => {
  const join = exports.any_join();
  assert.equal(join(), "");
  assert.equal(join("a", "", "é"), "aé");
  assert.throws(() => join("a", 1), { message: "expected String" });
  const all = exports.any_all();
  const self = {};
  for (const args of [[], [1], [undefined, null, true, "x", 5n, self, -0, NaN, Symbol.iterator]]) {
    const [receiver, isNew, ...rest] = all.apply(self, args);
    assert.equal(receiver, self);
    assert.equal(isNew, false);
    assert.deepEqual(rest, args);
  }
  assert.deepEqual(all(), [undefined, false]);
  assert.equal(all.call(5)[0], 5);
  const sum = exports.any_sum();
  assert.equal(sum(...Array(5000).fill(0.5)), 2500);
  assert.ok(Number.isNaN(sum("x")));
  assert.equal(exports.any_beyond()(1, 2), true);
  const Class = exports.any_class();
  const made = new Class("one");
  assert.ok(made instanceof Class);
  assert.equal(made.first, "one");
  const Sub = class extends Class {};
  const sub = Reflect.construct(Sub, [2]);
  assert.ok(sub instanceof Sub && sub.first === 2);
  assert.throws(() => /** @type {any} */ (Class)(1), { message: "call it with new" });
  const [object, isNew] = new all(1);
  assert.ok(isNew && Object.getPrototypeOf(object) === all.prototype);
  exports.drop_all();
  assert.equal(host.handles.live, 0);
});

test("any arguments: refused calls leave no handle", () => {
  const join = exports.any_join();
  exports.drop_all();
  for (let i = 0; i < 10; i++) assert.throws(() => join({}, "x", 1), { code: "dropped" });
  const calling = exports.any_calling(() => thrownBy(() => calling({}, {})).code);
  assert.equal(calling({}), "re-entered");
  calling.free();
  assert.equal(host.handles.live, 0);
});

test("any arguments: a shared closure is called while it runs", () => {
  /** @type {any} */
  const again = exports.any_again(/** @this {unknown} @param {number} left */ function (left) {
    return again.call(this, left);
  });
  assert.equal(again.call({}, 3), 4 + 3 + 2 + 1, "four calls, and their numbers");
  assert.throws(() => again("x"), /expected Number/);
  assert.equal(again(0), 6);
  again.free();
  assert.throws(() => again(0), { code: "dropped" });
  assert.equal(host.handles.live, 0);
});

test("arguments of slots that are refused leave no handle", () => {
  const echo = exports.echo_js();
  echo.free();
  for (let i = 0; i < 10; i++) assert.throws(() => echo({}), { code: "dropped" });
  assert.equal(host.handles.live, 0);
});

test("a closure whose argument's getter ends the instance is not entered", async () => {
  const { exports, host } = await start();
  const echo = exports.echo_point();
  const panic = exports.keep_panic();
  const trap = { y: 1, get x() { return thrownBy(() => panic(true)), 1; } };
  assert.throws(() => echo(trap), { code: "poisoned" });
  assert.notEqual(host.dead, null);
});
