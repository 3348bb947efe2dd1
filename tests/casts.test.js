// @ts-check
// Checked casts: by nature, not by prototype; a failed one gives the value back.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, host } = guest;

const revoked = (/** @type {any} */ target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** What each value is. @type {[value: () => unknown, names: string][]} */
const natures = [
  [() => undefined, ""],
  [() => null, ""],
  [() => true, ""],
  [() => 1, ""],
  [() => "text", "String"],
  [() => 5n, "BigInt"],
  [() => Symbol("s"), "Symbol"],
  [() => ({}), "Object"],
  [() => Object.create(null), "Object"],
  [() => [], "Array Object"],
  [() => () => {}, "Object Function"],
  [() => class {}, "Object Function"],
  [() => new Date(0), "Object Date"],
  [() => new Error(), "Object"],
  [() => new String("boxed"), "Object"],
  [() => Object(5n), "Object"],
  [() => Object(Symbol()), "Object"],
  [() => new ArrayBuffer(1), "Object"],
  [() => new DataView(new ArrayBuffer(1)), "Object"],
  [() => globalThis, "Object"],
  [() => new Proxy({}, {}), "Object"],
  [() => new Proxy([], {}), "Array Object"],
  [() => new Proxy(() => {}, {}), "Object Function"],
  [() => new Proxy(new Date(), {}), "Object"],
  [() => new Proxy(new Uint8Array(1), {}), "Object"],
  [() => revoked({}), "Object"],
  [() => revoked([]), "Object"],
  [() => revoked(() => {}), "Object Function"],
  [() => Object.setPrototypeOf([], null), "Array Object"],
  [() => Object.setPrototypeOf(new Date(), Array.prototype), "Object Date"],
  [() => Object.create(Array.prototype), "Object"],
  [() => Object.create(Date.prototype), "Object"],
  [() => Object.create(Uint8Array.prototype), "Object"],
  [() => ({ [Symbol.toStringTag]: "Uint8Array" }), "Object"],
  [() => Object.defineProperty(new Int8Array(1), Symbol.toStringTag, { value: "Uint8Array" }), "Object Int8Array"],
  [() => vm.runInNewContext("[]"), "Array Object"],
  [() => vm.runInNewContext("new Date()"), "Object Date"],
  [() => vm.runInNewContext("() => {}"), "Object Function"],
  [() => vm.runInNewContext("new Float64Array(1)"), "Object Float64Array"],
  [() => vm.runInNewContext("({})"), "Object"],
  [() => Buffer.from("a"), "Object Uint8Array"],
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array].map(
    (Type) => /** @type {[() => unknown, string]} */ ([() => new Type(2), `Object ${Type.name}`]),
  ),
];

const family = "String Array Object Function BigInt Symbol Date Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array".split(" ");

test("each value is what it is by nature, and each way of asking agrees", () => {
  for (const [make, names] of natures) assert.equal(exports.cast_names(make()), names, String(make));
});

test("a cast keeps the handle and the value, and a failed one gives both back", () => {
  for (const [make, names] of natures)
    for (const type of family) {
      const value = make();
      const result = exports.cast_to(value, type);
      assert.ok(Object.is(result[0], value), `${make} to ${type}`);
      if (names.split(" ").includes(type)) assert.equal(result.length, 1);
      else assert.equal(result[1], `expected ${type}, found ${value === null ? "null" : typeof value}`);
      assert.equal(host.handles.live, 0);
    }
});

test("up and down again costs nothing", () => {
  const array = [1];
  assert.equal(exports.cast_up(array), array);
  assert.throws(() => exports.cast_up({}), { name: "Error", message: "expected Array, found object" });
});

test("Symbol.hasInstance and prototypes don't sway a cast", () => {
  class Liar {
    static [Symbol.hasInstance]() {
      throw new Error("not asked");
    }
  }
  assert.equal(exports.cast_names(new Liar()), "Object");
  assert.equal(exports.cast_names(Liar), "Object Function");
});

/** What an unchecked cast leads to. @type {[use: string, value: unknown, message: RegExp][]} */
const lies = [
  ["String", 5, /^string_write_utf8: wrong-kind 5, not a string: /],
  ["String", null, /^string_write_utf8: wrong-kind null, not a string: /],
  ["String", new String("a"), /^string_write_utf8: wrong-kind object, not a string: /],
  ["String16", {}, /^string_write_utf16: wrong-kind object, not a string: /],
  ["Array", {}, /^array_length: wrong-kind object, not an array: /],
  ["Array", revoked([]), /^array_length: wrong-kind object, not an array: /],
  ["push", "text", /^array_push: wrong-kind "text", not an array: /],
  ["BigInt", 5, /^bigint_to_i64: wrong-kind 5, not a BigInt: /],
  ["BigInt u64", "5", /^bigint_to_u64: wrong-kind "5", not a BigInt: /],
  ["Date", {}, /^date_time: wrong-kind object, not a Date: /],
  ["length", [1], /^bytes_length: wrong-kind object, not a typed array: /],
  ["length", new DataView(new ArrayBuffer(1)), /^bytes_length: wrong-kind object, not a typed array: /],
  ["copy_to", new ArrayBuffer(1), /^bytes_write: wrong-kind object, not a typed array: /],
  ["copy_from", Symbol("s"), /^bytes_set: wrong-kind Symbol\(s\), not a typed array: /],
];

test("an unchecked cast that was a lie ends the instance, by the operation's name", async () => {
  for (const [use, value, message] of lies) {
    const { exports, host } = await startGuest();
    const error = thrownBy(() => exports.cast_lie(value, use));
    assert.equal(error.name, "PanicError");
    assert.equal(error.cause.name, "WireError");
    assert.equal(error.cause.code, "wrong-kind");
    assert.match(error.cause.message, message);
    assert.equal(host.dead, error);
  }
});

test("what is called without being a function is a TypeError of JavaScript, and ends nothing", () => {
  for (const [value, shown] of /** @type {const} */ ([[{}, "object"], [5, "5"], [null, "null"], ["f", '"f"']])) {
    assert.throws(() => exports.cast_lie(value, "Function"), { name: "TypeError", message: `${shown} is not a function` });
    assert.throws(() => exports.cast_lie(value, "construct"), { name: "TypeError" });
  }
  assert.equal(host.dead, null);
});

leavesNothing(guest, (i) => {
  const [make] = natures[i % natures.length];
  exports.cast_names(make());
  exports.cast_to(make(), family[i % family.length]);
}, 2000);
