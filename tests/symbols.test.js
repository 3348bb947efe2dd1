// @ts-check
// Symbols, as values and as keys.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest } from "./support/guest.js";

const guest = await startGuest();
const { exports } = guest;

const names = ["", "plain", "é \u{1f600}", "\0", "\ufeff", "__proto__", "x".repeat(1000)];

test("a new symbol with a description, equal to no other", () => {
  for (const name of names) {
    const symbol = exports.symbol_new(name);
    assert.equal(typeof symbol, "symbol");
    assert.equal(symbol.description, name);
    assert.notEqual(symbol, exports.symbol_new(name));
    assert.notEqual(symbol, Symbol.for(name));
    assert.equal(exports.symbol_description(symbol), name);
  }
});

test("the registered symbol of a key, the same for everybody and in every realm", () => {
  for (const name of names) {
    assert.equal(exports.symbol_registered(name), Symbol.for(name));
    assert.equal(exports.symbol_registered(name), vm.runInNewContext("Symbol.for")(name));
  }
});

test("a symbol as key, hidden from keys", () => {
  const object = exports.symbol_hidden("hidden é");
  const [symbol, ...others] = Object.getOwnPropertySymbols(object);
  assert.deepEqual(others, []);
  assert.equal(symbol.description, "hidden é");
  assert.equal(object[symbol], 1);
  assert.deepEqual(exports.object_keys(object), []);
});

test("get, set, has, delete and call by a symbol", () => {
  const key = Symbol("key");
  const object = { [key]: 1 };
  assert.equal(exports.object_get(object, key), 1);
  assert.equal(exports.object_set(object, key, "two"), true);
  assert.equal(object[key], "two");
  assert.equal(exports.object_has(object, key), true);
  assert.equal(exports.object_delete(object, key), true);
  assert.equal(exports.object_has(object, key), false);
  assert.equal(exports.object_call({ [key]: (/** @type {number} */ a) => a + 1 }, key, [2]), 3);
});

test("a well-known symbol is a property of Symbol", () => {
  assert.equal(exports.symbol_iterate([7, 8]), 7);
  assert.equal(exports.symbol_iterate(new Map([["a", 1]]).keys()), "a");
  assert.equal(exports.symbol_iterate([]), undefined);
  assert.throws(() => exports.symbol_iterate({}), { name: "TypeError" });
});

test("a symbol without description has undefined, not the empty text", () => {
  assert.throws(() => exports.symbol_description(Symbol()), { name: "Error", message: "expected String" });
  assert.equal(exports.symbol_description(Symbol("")), "");
});

test("no symbol: the conversion says so", () => {
  for (const value of ["s", null, Object(Symbol("s"))]) assert.throws(() => exports.symbol_description(value), { name: "Error", message: "expected Symbol" });
});

leavesNothing(guest, () => {
  exports.symbol_description(exports.symbol_new("a symbol"));
  exports.symbol_registered("handwire.test");
  exports.symbol_hidden("hidden");
});
