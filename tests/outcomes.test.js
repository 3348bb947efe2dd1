// @ts-check
// What becomes of a guest's errors: by their type, in the order that `export!` documents. The
// same through plain closures and through compiled glue.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { compile } from "../host-js/compile.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";

const module = await WebAssembly.compile(await readFile(wasmPath("test-typed")));

for (const [way, groups] of /** @type {[string, import("../host-js/core.js").Group[]][]} */ ([["plain", []], ["compiled", [compile]]])) {
  const { exports, host } = await instantiate(module, { with: groups });

  test(`${way}: a record is thrown as an object`, () => {
    const value = { any: "value" };
    assert.equal(exports.ask(0, undefined, value), "asked");
    const thrown = thrownBy(() => exports.ask(7, "é", value));
    assert.deepEqual(thrown, { code: 7, why: "é", value });
    assert.equal(thrown.value, value);
    assert.deepEqual(thrownBy(() => exports.ask(0xffffffff, null, null)), { code: 0xffffffff, why: undefined, value: null });
  });

  test(`${way}: an enum is thrown as the name of its variant`, () => {
    assert.equal(exports.count(0), undefined);
    assert.equal(thrownBy(() => exports.count(1)), "TooMany");
    assert.equal(thrownBy(() => exports.count(-1)), "TooFew");
  });

  test(`${way}: a value of the host is thrown as that very value, falsy ones too`, () => {
    for (const value of [undefined, null, 0, "", false, Symbol("s"), { a: 1 }, new Error("e"), 5n]) assert.equal(thrownBy(() => exports.throw_value(value)), value);
  });

  test(`${way}: an error has its text, the name of its type, and what it comes from as cause`, () => {
    assert.equal(exports.caused("12"), 12);
    const error = thrownBy(() => exports.caused("x"));
    assert.ok(error instanceof Error);
    assert.deepEqual([error.name, error.message, Object.keys(error)], ["Outer", "the outer é", []]);
    assert.match(String(error.stack), /outcomes\.test\.js/);
    const inner = /** @type {Error} */ (error.cause);
    assert.deepEqual([inner.name, inner.message], ["Error", "the inner"]);
    const last = /** @type {Error} */ (inner.cause);
    assert.deepEqual([last.message, "cause" in last], ["invalid digit found in string", false]);
    const alone = thrownBy(() => exports.uncaused());
    assert.deepEqual([alone.name, alone.message, "cause" in alone], ["Outer", "the outer é", false]);
    assert.deepEqual([thrownBy(() => exports.parse("")).name, thrownBy(() => exports.parse("")).message], ["ParseIntError", "cannot parse integer from empty string"]);
  });

  test(`${way}: what has only a text is an Error with that`, () => {
    for (const [call, message] of /** @type {[() => unknown, string][]} */ ([[exports.told, "only told"], [() => exports.refuse(true), "refused: told so"]])) {
      const error = thrownBy(call);
      assert.deepEqual([error.constructor, error.name, error.message], [Error, "Error", message]);
    }
  });

  test(`${way}: host.call gives status and value, and throws what is no error of the guest`, () => {
    assert.deepEqual(host.call("caused", ["12"]), { status: 0, value: 12 });
    assert.deepEqual(host.call("count", [0]), { status: 0, value: undefined });
    assert.deepEqual(host.call("count", [1]), { status: 1, value: "TooMany" });
    for (const value of [undefined, 0, NaN, { a: 1 }]) assert.deepEqual(host.call("throw_value", [value]), { status: 1, value });
    const { status, value } = host.call("caused", ["x"]);
    assert.deepEqual([status, value.name, value.cause.message], [1, "Outer", "the inner"]);
    assert.throws(() => host.call("count", ["1"]), TypeError);
    assert.throws(() => host.call("count", [2 ** 31]), RangeError);
    assert.throws(() => host.call("caused"), { name: "TypeError", message: "caused takes 1 arguments, got 0" });
    for (const name of ["missing", "toString", "__proto__"]) assert.throws(() => host.call(name), { name: "TypeError", message: `${name}: the guest has no such export` });
    // An error that was thrown before is not taken for one of this call.
    assert.equal(thrownBy(() => exports.throw_value(7)), 7);
    assert.throws(() => host.call("count", [{ get valueOf() { throw 7; } }]), TypeError);
  });

  test(`${way}: nothing is left of errors`, () => {
    for (let i = 0; i < 10_000; i++) {
      thrownBy(() => exports.caused("x"));
      thrownBy(() => exports.ask(i + 1, "why", {}));
      thrownBy(() => exports.count(1));
    }
    assert.equal(host.handles.live, 0);
    assert.ok(host.handles.high < 10);
    assert.ok(/** @type {WebAssembly.Memory} */ (host.memory).buffer.byteLength < 4 << 20);
  });
}
