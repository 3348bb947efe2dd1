// @ts-check
// Numbers of every width, as parameters, results, values, properties and arguments.

import assert from "node:assert/strict";
import test from "node:test";
import { leavesNothing, startGuest } from "./support/guest.js";

const guest = await startGuest();
const { exports } = guest;

/** The integers with their least and largest. @type {[type: string, low: number, high: number, label: string][]} */
const integers = [
  ["i8", -128, 127, "integer of 8 bits"],
  ["u8", 0, 255, "unsigned integer of 8 bits"],
  ["i16", -32768, 32767, "integer of 16 bits"],
  ["u16", 0, 65535, "unsigned integer of 16 bits"],
  ["i32", -(2 ** 31), 2 ** 31 - 1, "integer of 32 bits"],
  ["u32", 0, 2 ** 32 - 1, "unsigned integer of 32 bits"],
  ["usize", 0, 2 ** 32 - 1, "unsigned integer of 32 bits"],
];

/** Every way of a number into a Rust type and back to the host. @type {Record<string, (value: unknown, type: string) => unknown>} */
const ways = {
  value: (value, type) => exports.convert_value(value, type),
  property: (value, type) => exports.convert_property({ value }, type),
  getter: (value, type) => exports.convert_property({ get value() { return value; } }, type),
  result: (value, type) => exports.convert_result(() => value, type),
  argument: (value, type) => exports.convert_argument(value, type, (/** @type {any} */ argument) => argument),
};

test("integers: the extremes and signs, as parameter, result and in the return slot", () => {
  for (const [type, low, high] of integers)
    for (const value of [low, low + 1, -1, 0, 1, high - 1, high].filter((value) => value >= low && value <= high)) {
      assert.ok(Object.is(exports[`echo_${type}`](value), value), `${type} ${value}`);
      assert.ok(Object.is(exports[`slot_${type}`](value), value), `${type} ${value}`);
      assert.equal(exports[`digits_${type}`](value), String(value));
    }
});

test("integers: -0 as parameter arrives as 0", () => {
  for (const [type] of integers) assert.equal(exports[`digits_${type}`](-0), "0");
});

test("integers: out of range is a RangeError, and the guest doesn't run", () => {
  for (const [type, low, high] of integers)
    for (const value of [low - 1, high + 1, 0.5, NaN, Infinity, -Infinity, 2 ** 53])
      assert.throws(() => exports[`echo_${type}`](value), { name: "RangeError", message: `echo_${type}: value must be an integer from ${low} to ${high}, got ${value}` });
});

test("numbers: another type is a TypeError", () => {
  for (const type of ["i8", "u8", "i16", "u16", "i32", "u32", "usize", "f32", "f64"])
    for (const [value, shown] of /** @type {const} */ ([["1", '"1"'], [1n, "1"], [null, "null"], [undefined, "undefined"], [true, "true"], [{}, "object"], [Symbol("s"), "Symbol(s)"], [new Number(1), "object"]]))
      assert.throws(() => exports[`echo_${type}`](value), { name: "TypeError", message: `echo_${type}: value must be a number, got ${shown}` });
});

test("integers: as values, the extremes by every way", () => {
  for (const [name, way] of Object.entries(ways))
    for (const [type, low, high] of integers) for (const value of [low, 0, 1, high]) assert.ok(Object.is(way(value, type), value), `${name}: ${type} ${value}`);
});

test("integers: a value out of range is refused by every way, by its type's name", () => {
  for (const [name, way] of Object.entries(ways))
    for (const [type, low, high, label] of integers)
      for (const value of [low - 1, high + 1, 0.5, NaN, Infinity, 2 ** 53, "1", 1n, true, null, undefined, {}])
        assert.throws(() => way(value, type), { name: "Error", message: `expected ${label}` }, `${name}: ${type} ${String(value)}`);
});

test("integers: -0 as a value is 0", () => {
  for (const [type] of integers) assert.ok(Object.is(exports.convert_value(-0, type), 0), type);
});

test("u32 is never -1", () => {
  assert.equal(exports.echo_u32(0xffffffff), 0xffffffff);
  assert.equal(exports.slot_u32(0xffffffff), 0xffffffff);
  assert.equal(exports.object_get_named({ a: exports.echo_u32(0xffffffff) }, "a"), 0xffffffff);
});

test("i8 and i16 keep their sign, whatever stands above", () => {
  for (const value of [-128, -1, 127]) assert.equal(exports.echo_i8(value), value);
  for (const value of [-32768, -1, 32767]) assert.equal(exports.echo_i16(value), value);
});

const floats = [0, -0, 1, -1.5, NaN, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, 2 ** -1030, Number.MAX_VALUE, Number.EPSILON, 0.1, 2 ** 53 + 2];

test("f64: every bit, by every way", () => {
  for (const value of floats) {
    assert.ok(Object.is(exports.echo_f64(value), value));
    assert.ok(Object.is(exports.slot_f64(value), value));
    for (const [name, way] of Object.entries(ways)) assert.ok(Object.is(way(value, "f64"), value), `${name}: ${value}`);
    for (const way of Object.values(ways)) assert.ok(Object.is(way(value, "JsValue"), value));
  }
});

test("f32: rounded as Math.fround does, subnormals and infinities too, by every way", () => {
  for (const value of [...floats, 2 ** -149, 2 ** -150, 16777217, 3.4028235677973366e38, 3.4028236e38, -1e40]) {
    const rounded = Math.fround(value);
    assert.ok(Object.is(exports.echo_f32(value), rounded), String(value));
    assert.ok(Object.is(exports.slot_f32(value), rounded), String(value));
    for (const [name, way] of Object.entries(ways)) assert.ok(Object.is(way(value, "f32"), rounded), `${name}: ${value}`);
  }
});

test("floats: Rust sees the same", () => {
  assert.equal(exports.digits_f64(-0), "-0.0");
  assert.equal(exports.digits_f64(5e-324), "5e-324");
  assert.equal(exports.digits_f32(0.1), "0.1");
  assert.equal(exports.digits_f32(1e-45), "1e-45");
  assert.equal(exports.digits_f64(NaN), "NaN");
});

test("bool takes true and false, and nothing else", () => {
  for (const value of [true, false]) {
    assert.equal(exports.echo_bool(value), value);
    assert.equal(exports.slot_bool(value), value);
    for (const way of Object.values(ways)) assert.equal(way(value, "bool"), value);
  }
  for (const value of [0, 1, "", "true", null, undefined, {}, 1n, NaN]) {
    assert.throws(() => exports.echo_bool(value), { name: "TypeError" });
    for (const way of Object.values(ways)) assert.throws(() => way(value, "bool"), { name: "Error", message: "expected Boolean" });
  }
});

test("Option<i32>: every would-be sentinel is a number", () => {
  for (const way of Object.values(ways)) {
    for (const value of [0, -1, 1, 7, 2 ** 31 - 1, -(2 ** 31)]) assert.equal(way(value, "Option<i32>"), value);
    for (const none of [undefined, null]) assert.equal(way(none, "Option<i32>"), undefined);
    for (const bad of [0.5, NaN, "0", false, 2 ** 31, 0n]) assert.throws(() => way(bad, "Option<i32>"), { message: "expected integer of 32 bits" });
  }
  assert.equal(exports.convert_property({}, "Option<i32>"), undefined);
});

test("Option<u64> of None, 0 and the largest", () => {
  for (const way of Object.values(ways)) {
    for (const value of [0n, 1n, 2n ** 63n, 2n ** 64n - 1n]) assert.equal(way(value, "Option<u64>"), value);
    for (const none of [undefined, null]) assert.equal(way(none, "Option<u64>"), undefined);
    for (const bad of [0, -1n, 2n ** 64n, "0"]) assert.throws(() => way(bad, "Option<u64>"), { message: "expected unsigned BigInt of 64 bits" });
  }
});

test("Option<bool>: false is not None", () => {
  for (const way of Object.values(ways)) assert.deepEqual([true, false, null, undefined].map((value) => way(value, "Option<bool>")), [true, false, undefined, undefined]);
});

test("(): takes anything, gives undefined", () => {
  for (const value of [1, "a", null, {}, 2n]) for (const way of Object.values(ways)) assert.equal(way(value, "()"), undefined);
});

test("numbers of properties cross without a handle", () => {
  const { high, live } = guest.host.handles;
  assert.equal(exports.object_numbers({ a: 1.5, b: -0.25 }, "a", "b"), 1.25);
  assert.equal(guest.host.handles.live, live);
  // One for the object: no more than live at any time before.
  assert.equal(guest.host.handles.high, high);
});

leavesNothing(guest, (i) => {
  for (const way of Object.values(ways)) way(i, "u32");
  exports.slot_f64(i);
  exports.digits_i32(i);
  try {
    exports.convert_value(i, "bool");
  } catch {}
});
