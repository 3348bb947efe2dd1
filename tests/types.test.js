// @ts-check
// The scalar types of the contract section: what is taken and what is refused at every bound,
// before the guest runs, and how results come back; by the functions made for a shape of
// parameters, and by the general way.

import assert from "node:assert/strict";
import test from "node:test";
import { load, thrownBy } from "./hostile/breach.js";
import { info, slot, wat, words } from "./support/wat.js";

/** The types that are one wire, and that wire. */
const WIRES = { bool: "i32", i8: "i32", u8: "i32", i16: "i32", u16: "i32", i32: "i32", u32: "i32", usize: "i32", i64: "i64", u64: "i64", f32: "f32", f64: "f64", char: "i32" };
/** @typedef {keyof typeof WIRES} Scalar */
const scalars = /** @type {Scalar[]} */ (Object.keys(WIRES));

/** A guest that gives each type back: alone, as the last of five parameters (the general way), and without declaration. */
const echo = load(wat(`${info()} (global $calls (export "calls") (mut i32) (i32.const 0))
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
  ${scalars.map((type) => `(func (export "${type}") (param ${WIRES[type]}) (result ${WIRES[type]}) (call $count) (local.get 0))
    (func (export "last_${type}") (param i32 i32 i32 i32 i32 ${WIRES[type]}) (result ${WIRES[type]}) (call $count) (local.get 5))`).join("\n")}`, {
  contract: scalars.map((type) => `export ${type}(v: ${type}) -> ${type}\nexport last_${type}(a: bool, t: str, b: i32, c: i32, v: ${type}) -> ${type}`).join("\n"),
}));

/** @param {string} type @param {any} value */
const both = (type, value) => [() => echo.exports[type](value), () => echo.exports[`last_${type}`](true, "t", 0, 0, value)];

/** Values that come back as they are, or as the second. @type {Record<Scalar, ([any] | [any, any])[]>} */
const TAKEN = {
  bool: [[true], [false]],
  i8: [[-128], [127], [0], [-1], [-0, 0]],
  u8: [[0], [255], [128]],
  i16: [[-32768], [32767], [-1]],
  u16: [[0], [65535], [32768]],
  i32: [[-(2 ** 31)], [2 ** 31 - 1], [-1], [0]],
  u32: [[0], [2 ** 32 - 1], [2 ** 31]],
  usize: [[0], [2 ** 32 - 1], [2 ** 31]],
  i64: [[-(2n ** 63n)], [2n ** 63n - 1n], [-1n], [0n]],
  u64: [[0n], [2n ** 64n - 1n], [2n ** 63n], [2n ** 63n - 1n]],
  f32: [[0], [-0], [NaN], [Infinity], [-Infinity], [0.1, Math.fround(0.1)], [2 ** -149], [2 ** -150, 0], [3.5e38, Infinity], [1.401298464324817e-45]],
  f64: [[0], [-0], [NaN], [Infinity], [-Infinity], [0.1], [5e-324], [Number.MAX_VALUE], [2 ** 53 + 2]],
  char: [["a"], ["é"], ["€"], ["\u{1f980}"], ["\0"], ["\ud7ff"], ["\ue000"], ["\uffff"], ["\u{10ffff}"], ["\ufeff"]],
};
for (const type of scalars)
  test(`${type}: taken and given back, at both bounds and between`, () => {
    for (const [value, want = value] of TAKEN[type])
      for (const call of both(type, value)) {
        const got = call();
        assert.ok(Object.is(got, want), `${type} of ${String(value)}: ${String(got)}`);
      }
  });

const NO_NUMBER = ["1", true, null, undefined, 1n, {}, [], [1], Symbol("s"), new Number(1), () => 1];
/** What is refused with a TypeError, and what with a RangeError. @type {Record<Scalar, [types: any[], ranges: any[]]>} */
const REFUSED = {
  bool: [[0, 1, "true", "", null, undefined, {}, [], 1n, new Boolean(true), NaN], []],
  i8: [NO_NUMBER, [-129, 128, 0.5, NaN, Infinity, -Infinity, 2 ** 32]],
  u8: [NO_NUMBER, [-1, 256, 0.5, NaN, Infinity]],
  i16: [NO_NUMBER, [-32769, 32768, -0.5, NaN]],
  u16: [NO_NUMBER, [-1, 65536, 1e-9, NaN]],
  i32: [NO_NUMBER, [-(2 ** 31) - 1, 2 ** 31, 0.1, NaN, Infinity]],
  u32: [NO_NUMBER, [-1, 2 ** 32, 0.1, NaN, 2 ** 53]],
  usize: [NO_NUMBER, [-1, 2 ** 32, 0.1, NaN, -(2 ** 31)]],
  i64: [[1, 0, -1, "1", null, undefined, true, {}, Object(1n), NaN], [-(2n ** 63n) - 1n, 2n ** 63n, 2n ** 64n]],
  u64: [[1, 0, -1, "1", null, undefined, true, {}, Object(1n), NaN], [-1n, 2n ** 64n, 2n ** 200n]],
  f32: [NO_NUMBER, []],
  f64: [NO_NUMBER, []],
  char: [["", "ab", "\ud83d", "\udc00", "\ud800\ud800", "e\u0301", "\u{1f980}x", 97, null, undefined, ["a"], new String("a")], []],
};
for (const type of scalars)
  test(`${type}: a wrong type is a TypeError, one out of range a RangeError, naming export and parameter, before the guest runs`, () => {
    const [types, ranges] = REFUSED[type];
    const before = echo.raw.calls.value;
    for (const [values, error] of /** @type {const} */ ([[types, TypeError], [ranges, RangeError]]))
      for (const value of values)
        both(type, value).forEach((call, i) => {
          const thrown = thrownBy(call);
          const said = `${type} of ${String(value)}: ${thrown}`;
          assert.equal(thrown.constructor, error, said);
          assert.ok(thrown.message.startsWith(`${i === 0 ? "" : "last_"}${type}: v must be `), said);
        });
    assert.equal(echo.raw.calls.value, before, "the guest wasn't called");
    assert.equal(echo.host.dead, null);
  });

test("an error's message shows what it got, short, whatever the value does", () => {
  const loud = { toString() { throw new Error("asked"); }, get message() { throw new Error("asked"); } };
  assert.match(thrownBy(() => echo.exports.i32(loud)).message, /^i32: v must be a number, got object$/);
  assert.match(thrownBy(() => echo.exports.i32("x".repeat(1000))).message, /^i32: v must be a number, got "x{40}"$/);
  assert.match(thrownBy(() => echo.exports.i8(300)).message, /^i8: v must be an integer from -128 to 127, got 300$/);
  assert.match(thrownBy(() => echo.exports.u64(-1n)).message, /^u64: v must be an integer from 0 to 18446744073709551615, got -1$/);
  assert.match(thrownBy(() => echo.exports.bool(Symbol("s"))).message, /got Symbol\(s\)$/);
  assert.match(thrownBy(() => echo.exports.char("ab")).message, /^char: v must be one character, got "ab"$/);
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  assert.match(thrownBy(() => echo.exports.f64(revoked.proxy)).message, /got object$/);
});

test("all arguments are checked before the first is lowered: nothing is left behind", () => {
  const { exports, host } = load(wat(`${info()} (func (export "f") (param i32 i32 i32 i32 i32 i32) (result i32) (local.get 0))`, { contract: "export f(v: js, t: str, b: &js, n: u8, o: js) -> u32" }));
  assert.throws(() => exports.f({}, "text", {}, 256, {}), RangeError);
  assert.equal(host.handles.live, 0);
  assert.ok(exports.f({}, "text", {}, 255, {}) >= 8);
  assert.equal(host.handles.live, 2, "the owned ones are the guest's");
});

test("what was lowered before something doesn't fit goes back: owned handles, borrowed ones, text", () => {
  const { exports, host } = load(wat(`${info()} (func (export "f") (param i32 i32 i32 i32) (result i32) (local.get 2))`, { contract: "export f(v: js, b: &js, t: str) -> u32" }));
  assert.throws(() => exports.f({}, {}, "x".repeat(5000)), (error) => /** @type {any} */ (error).code === "no-allocator");
  assert.equal(host.handles.live, 0);
  assert.equal(exports.f({}, {}, "x"), 1024);
  assert.equal(host.handles.live, 1, "the owned one is the guest's");
});

test("what was lowered in a list before something doesn't fit goes back too", () => {
  const { exports, host } = load(wat(`${info()} (func (export "list") (param i32 i32) (result i32) (local.get 1)) (func (export "two") (param i32 i32 i32 i32) (result i32) (local.get 3))`, { contract: "export list(v: [js]) -> u32\nexport two(v: [js], t: str) -> u32" }));
  assert.throws(() => exports.two([{}, {}], "x".repeat(1000)), (error) => /** @type {any} */ (error).code === "no-allocator");
  assert.throws(() => exports.list(Array(100).fill({})), (error) => /** @type {any} */ (error).code === "no-allocator");
  assert.equal(host.handles.live, 0);
  assert.equal(exports.list([{}, {}]), 2);
  assert.equal(host.handles.live, 2);
});

test("wide results are narrowed: what a guest leaves in the upper bits is not there", () => {
  /** @type {[Scalar, number, any][]} */
  const cases = [["bool", 2, true], ["bool", -1, true], ["bool", 0x100, true], ["i8", 0x17f, 127], ["i8", 0xff, -1], ["u8", -1, 255], ["u8", 0x100, 0], ["i16", 0x18000, -32768], ["u16", -1, 65535], ["u32", -1, 2 ** 32 - 1], ["usize", -0x80000000, 2 ** 31]];
  for (const [type, wire, want] of cases) {
    const { exports } = load(wat(`(func (export "f") (result i32) (i32.const ${wire}))`, { contract: `export f() -> ${type}` }));
    assert.equal(exports.f(), want, `${type} of ${wire}`);
  }
});

/** Slots of scalars, as a result that can fail returns them. @type {[type: string, slot: Uint8Array, want: any][]} */
const SLOTS = [
  ["bool", slot(3, 1), true], ["bool", slot(3, 0), false], ["bool", slot(3, 7), true], ["u32", words(4, 0, 0, 0x41efffff), 2 ** 32 - 2 ** 11], ["f64", words(4, 0, 0, 0x80000000), -0], ["f64", words(4, 0, 0, 0x7ff80000), NaN],
  ["i64", slot(5, 0, 0x80000000), -(2n ** 63n)], ["i64", slot(5, 0xffffffff, 0xffffffff), -1n], ["u64", slot(6, 0, 0x80000000), 2n ** 63n], ["u64", slot(6, 0xffffffff, 0xffffffff), 2n ** 64n - 1n], ["char", words(4, 0, 0, 0x40584000), "a"],
];
for (const [type, content, want] of SLOTS)
  test(`result<${type}>: ${String(want)} out of the slot`, () => {
    const at = Array.from(content, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
    const { exports } = load(wat(`${info()} (data (i32.const 64) "${at}") (func (export "f") (result i32) (i32.const 0))`, { contract: `export f() -> result<${type}>` }));
    assert.ok(Object.is(exports.f(), want), String(exports.f()));
  });
