// @ts-check
// Integers of 64 bits and beyond.

import assert from "node:assert/strict";
import test from "node:test";
import { leavesNothing, startGuest } from "./support/guest.js";

const guest = await startGuest();
const { exports } = guest;

const i64 = [-(2n ** 63n), -(2n ** 63n) + 1n, -(2n ** 32n), -1n, 0n, 1n, 2n ** 32n, 2n ** 63n - 1n];
const u64 = [0n, 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];

test("i64: the extremes, as parameter, result, in the return slot and as a value", () => {
  for (const value of i64) {
    for (const way of ["bigint_i64", "bigint_i64_result", "bigint_value_i64"]) assert.equal(exports[way](value), value);
    assert.equal(exports.convert_value(value, "i64"), value);
    assert.equal(exports.convert_property({ value }, "i64"), value);
    assert.equal(exports.convert_result(() => value, "i64"), value);
    assert.equal(exports.convert_argument(value, "i64", (/** @type {any} */ argument) => argument), value);
  }
});

test("u64: from 2^63 on it does not turn negative", () => {
  for (const value of u64) {
    for (const way of ["bigint_u64", "bigint_u64_result", "bigint_value_u64"]) assert.equal(exports[way](value), value);
    assert.equal(exports.bigint_digits(value), String(value));
    assert.equal(exports.convert_value(value, "u64"), value);
    assert.equal(exports.convert_property({ value }, "u64"), value);
    assert.equal(exports.convert_result(() => value, "u64"), value);
    assert.equal(exports.convert_argument(value, "u64", (/** @type {any} */ argument) => argument), value);
  }
});

test("as arguments of one call", () => {
  const got = exports.bigint_extremes((/** @type {any[]} */ ...args) => args);
  assert.deepEqual(got, [-(2n ** 63n), 2n ** 63n - 1n, 0n, 2n ** 64n - 1n, 2n ** 63n]);
});

test("out of range is a RangeError", () => {
  for (const value of [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 200n])
    assert.throws(() => exports.bigint_i64(value), { name: "RangeError", message: `bigint_i64: number must be an integer from -9223372036854775808 to 9223372036854775807, got ${value}` });
  for (const value of [-1n, 2n ** 64n])
    assert.throws(() => exports.bigint_u64(value), { name: "RangeError", message: `bigint_u64: number must be an integer from 0 to 18446744073709551615, got ${value}` });
});

test("a Number where 64 bits are declared is a TypeError", () => {
  for (const [value, shown] of /** @type {const} */ ([[1, "1"], ["1", '"1"'], [null, "null"], [undefined, "undefined"], [true, "true"]]))
    for (const way of ["bigint_i64", "bigint_u64"]) assert.throws(() => exports[way](value), { name: "TypeError", message: `${way}: number must be a BigInt, got ${shown}` });
});

test("as a value: out of range and Numbers are refused", () => {
  for (const value of [2n ** 63n, -(2n ** 63n) - 1n, 0, 1, "1", true, null, {}]) assert.throws(() => exports.convert_value(value, "i64"), { name: "Error", message: "expected BigInt of 64 bits" });
  for (const value of [2n ** 64n, -1n, 0, "1", undefined]) assert.throws(() => exports.convert_property({ value }, "u64"), { name: "Error", message: "expected unsigned BigInt of 64 bits" });
});

test("beyond 64 bits: the value stays, and i64 and u64 say that it doesn't fit", () => {
  for (const value of [2n ** 64n, 2n ** 64n + 5n, -(2n ** 63n) - 1n, 2n ** 4000n, -(10n ** 50n)]) {
    assert.equal(exports.value_echo(value), value);
    assert.deepEqual(exports.bigint_to(value), [undefined, undefined]);
    assert.equal(exports.bigint_text(value), String(value));
    assert.equal(exports.bigint_parse(String(value)), value);
  }
  assert.deepEqual(exports.bigint_to(2n ** 63n), [undefined, 2n ** 63n]);
  assert.deepEqual(exports.bigint_to(-1n), [-1n, undefined]);
  assert.deepEqual(exports.bigint_to(5n), [5n, 5n]);
});

test("parse: decimal, signs, other bases, blanks as JavaScript has them", () => {
  for (const text of ["0", "-0", "+7", "-123456789012345678901234567890", "0xff", "0o17", "0b101", "", "  12\n", "\ufeff5", "1".repeat(300)]) assert.equal(exports.bigint_parse(text), BigInt(text));
});

test("parse: what is no integer is a SyntaxError", () => {
  for (const text of ["1.5", "1e3", "x", "0x", "-0x1", "1n", "1_000", "é", "1\0"]) assert.throws(() => exports.bigint_parse(text), { name: "SyntaxError" });
});

test("Display pads", () => {
  assert.equal(exports.bigint_display(-5n), "[          -5]");
  assert.equal(exports.bigint_display(2n ** 64n), "[18446744073709551616]");
});

test("no BigInt: the conversion says so", () => {
  for (const value of [1, "1", null, Object(1n)]) assert.throws(() => exports.bigint_text(value), { name: "Error", message: "expected BigInt" });
});

leavesNothing(guest, (i) => {
  exports.bigint_parse("123456789012345678901234567890");
  exports.bigint_to(BigInt(i));
  exports.bigint_text(2n ** 70n);
  exports.convert_value(BigInt(i), "u64");
});
