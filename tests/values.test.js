// @ts-check
// Any value through the guest's hands: kinds, equality, truth, coercions, clones.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const extras = {};
const guest = await startGuest({ extras });
const { exports, host } = guest;

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const revokedFunction = () => {
  const { proxy, revoke } = Proxy.revocable(() => {}, {});
  revoke();
  return proxy;
};

/** Values of every kind, by a name. @type {[name: string, value: unknown, kind: string][]} */
const values = [
  ["undefined", undefined, "undefined"],
  ["null", null, "null"],
  ["false", false, "boolean"],
  ["true", true, "boolean"],
  ["0", 0, "number"],
  ["-0", -0, "number"],
  ["NaN", NaN, "number"],
  ["infinity", -Infinity, "number"],
  ["a BigInt", 2n ** 70n, "bigint"],
  ["the empty string", "", "string"],
  ["a string", "é", "string"],
  ["a lone surrogate", "\ud83d", "string"],
  ["a symbol", Symbol("s"), "symbol"],
  ["a function", () => {}, "function"],
  ["a class", class {}, "function"],
  ["an object", {}, "object"],
  ["an object without prototype", Object.create(null), "object"],
  ["an array", [], "object"],
  ["a frozen object", Object.freeze({ a: 1 }), "object"],
  ["a boxed number", new Number(1), "object"],
  ["a proxy", new Proxy({}, {}), "object"],
  ["a revoked proxy", revoked(), "object"],
  ["a revoked proxy of a function", revokedFunction(), "function"],
  ["the global object", globalThis, "object"],
  ["the extras", extras, "object"],
];

test("typeof, with null apart", () => {
  for (const [name, value, kind] of values) assert.equal(exports.value_kind(value), kind, name);
});

test("each value comes back as the very same, by each way", () => {
  for (const [name, value] of values)
    for (const way of ["value_echo", "value_echo_borrowed", "value_echo_slot"]) assert.ok(Object.is(exports[way](value), value), `${way} of ${name}`);
});

test("questions about a value", () => {
  /** @type {[unknown, string][]} */
  const answers = [
    [undefined, "undefined"], [null, "null"], [false, "bool"], [true, "bool true truthy"], [0, "number"], [-0, "number"], [NaN, "number"],
    [1, "number truthy"], [0n, ""], [1n, "truthy"], ["", "string"], ["0", "string truthy"], [Symbol(), "truthy"], [() => {}, "truthy"],
    [{}, "truthy"], [new Error(), "error truthy"], [revoked(), "truthy"], [globalThis, "truthy"], [extras, "truthy"],
    [vm.runInNewContext("new TypeError()"), "error truthy"], [new DOMException("", "AbortError"), "error truthy"],
    [{ __proto__: Error.prototype }, "isError" in Error ? "truthy" : "error truthy"],
  ];
  for (const [value, answer] of answers) assert.equal(exports.value_flags(value), answer, String(answers.findIndex((row) => row[0] === value)));
});

test("== is ===, same_value is Object.is", () => {
  for (const [a, left] of values)
    for (const [b, right] of values) {
      assert.equal(exports.value_equal(left, right), left === right, `${a} === ${b}`);
      assert.equal(exports.value_same(left, right), Object.is(left, right), `Object.is(${a}, ${b})`);
    }
  assert.equal(exports.value_equal(2n ** 70n, 2n ** 70n), true);
  assert.equal(exports.value_equal("1", 1), false);
  assert.equal(exports.value_equal(null, undefined), false);
});

test("fixed values are always the fixed handles", () => {
  const constants = exports.value_constants();
  assert.deepEqual(constants, [undefined, null, false, true, undefined]);
  assert.equal(exports.value_global(), globalThis);
  assert.equal(exports.value_extras(), extras);
  for (const [handle, value] of [undefined, null, false, true, globalThis, extras].entries()) {
    const index = exports.keep(value);
    assert.equal(exports.kept_handle(index), handle + 1);
    exports.kept_drop(index);
  }
});

test("a page may pass another global object, or none, or the same as extras", async () => {
  const global = { name: "mine" };
  const mine = await startGuest({ global });
  assert.equal(mine.exports.value_global(), global);
  const none = await startGuest({ global: undefined });
  assert.equal(none.exports.value_global(), undefined);
  assert.equal(none.exports.value_kind(none.exports.value_global()), "undefined");
  const both = {};
  const same = await startGuest({ global: both, extras: both });
  assert.equal(same.exports.value_equal(same.exports.value_global(), same.exports.value_extras()), true);
  const nothing = await startGuest({ global: null });
  assert.equal(nothing.exports.value_flags(nothing.exports.value_global()), "null");
});

test("Option<JsValue>: null, undefined and nothing are None, and None is undefined", () => {
  assert.equal(exports.value_some(undefined), undefined);
  assert.equal(exports.value_some(null), undefined);
  for (const value of [false, 0, "", NaN, 0n]) assert.ok(Object.is(exports.value_some(value), value));
});

test("null, undefined, absent and hole", () => {
  const holes = [, undefined, null];
  assert.deepEqual([0, 1, 2, 3].map((i) => exports.object_get_index(holes, i)), [undefined, undefined, null, undefined]);
  assert.deepEqual([0, 1, 2, 3].map((i) => exports.object_has(holes, i)), [false, true, true, false]);
  assert.equal(exports.object_get_named({}, "absent"), undefined);
});

test("String(v), as JavaScript has it", () => {
  for (const value of [undefined, null, true, -0, NaN, 1e21, 2n ** 70n, "é", Symbol("s"), [1, [2, 3]], {}, new Date(NaN), () => 1])
    assert.equal(exports.value_to_js_string(value), String(value));
});

test("Number(v), as JavaScript has it", () => {
  for (const value of [undefined, null, true, "", " 12 ", "0x10", "1_0", "é", [], [7], [1, 2], {}, new Date(5), -0, NaN, 2n ** 70n])
    assert.ok(Object.is(exports.value_to_number(value), Number(value)));
});

test("coercions that throw give what was thrown", () => {
  const thrown = { no: "error" };
  const both = { toString() { throw thrown; }, valueOf() { throw thrown; } };
  assert.equal(thrownBy(() => exports.value_to_js_string(both)), thrown);
  assert.equal(thrownBy(() => exports.value_to_number(both)), thrown);
  for (const bad of [Object.create(null), { toString: () => ({}), valueOf: () => ({}) }, { [Symbol.toPrimitive]: 1 }, revoked()]) {
    assert.throws(() => exports.value_to_js_string(bad), TypeError);
    assert.throws(() => exports.value_to_number(bad), TypeError);
  }
  assert.throws(() => exports.value_to_number(Symbol("s")), { name: "TypeError", message: "Cannot convert a Symbol value to a number" });
});

test("a coercion that calls the guest again", () => {
  const value = { toString: () => exports.string_echo("inner"), valueOf: () => exports.echo_f64(2.5) };
  assert.equal(exports.value_to_js_string(value), "inner");
  assert.equal(exports.value_to_number(value), 2.5);
});

test("Debug runs no code of the value", () => {
  const touched = new Proxy({}, { get() { throw new Error("touched"); } });
  assert.match(exports.value_debug(touched), /^object#\d+$/);
  assert.match(exports.value_debug(revokedFunction()), /^function#\d+$/);
  assert.match(exports.value_debug(Symbol("s")), /^symbol#\d+$/);
  assert.match(exports.value_debug(5n), /^bigint#\d+$/);
  for (const [value, text] of /** @type {const} */ ([[undefined, "undefined"], [null, "null"], [true, "true"], [1.5, "1.5"], [NaN, "NaN"], ['q"\n', '"q\\"\\n"'], [globalThis, "global"], [extras, "extras"]]))
    assert.equal(exports.value_debug(value), text);
});

test("clones have an owner each, and the value lives as long as one of them", () => {
  const value = {};
  const first = exports.keep(value);
  assert.equal(host.handles.live, 1);
  const clone = exports.keep(exports.kept_clone(first));
  assert.equal(host.handles.live, 2);
  assert.notEqual(exports.kept_handle(first), exports.kept_handle(clone));
  exports.kept_drop(first);
  assert.equal(host.handles.live, 1);
  assert.equal(exports.kept_clone(clone), value);
  assert.equal(host.handles.live, 1);
  exports.leak_clones(value, 100);
  assert.equal(host.handles.live, 1);
  exports.kept_drop(clone);
  assert.equal(host.handles.live, 0);
});

test("fixed values take no handle, however often they are cloned", () => {
  const { high } = host.handles;
  exports.leak_fixed(1000);
  exports.leak_clones(null, 100);
  assert.deepEqual([host.handles.live, host.handles.high], [0, high]);
});

test("what lives is told by kind", () => {
  const kept = ["text", 1, 2n, {}, () => {}, Symbol()].map((value) => exports.keep(value));
  assert.deepEqual(host.handles.kinds, { string: 1, number: 1, bigint: 1, object: 1, function: 1, symbol: 1 });
  kept.forEach((index) => exports.kept_drop(index));
  assert.deepEqual(host.handles.kinds, {});
});

leavesNothing(guest, (i) => {
  const [, value] = values[i % values.length];
  exports.value_echo(value);
  exports.value_echo_slot(value);
  exports.value_debug(value);
  exports.value_flags(value);
});
