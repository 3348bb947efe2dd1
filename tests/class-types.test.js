// @ts-check
// Every type as a parameter and a result of methods and static functions, in all positions, on
// all three facades: a table of values, and of what is refused.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { facades } from "./classes/facades.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-classes")));
const imports = { app: { take: () => 0, give() {}, give_or_throw() {}, maybe() {}, all() {} } };
const shared = { shared: true };

/** @type {[type: string, plain: string, values: any[], refused: any[], list?: any][]} */
const TYPES = [
  ["bool", "bool_", [true, false], [1, 0, undefined, "true"]],
  ["i8", "i8_", [0, -128, 127], [128, -129, 1.5, "1", 1n], Int8Array],
  ["u32", "u32_", [0, 2 ** 32 - 1], [-1, 2 ** 32, null], Uint32Array],
  ["i64", "i64_", [0n, -(2n ** 63n)], [1, 2n ** 63n], BigInt64Array],
  ["u64", "u64_", [2n ** 64n - 1n], [-1n, 1], BigUint64Array],
  ["f32", "f32_", [0.5, -Infinity], ["1", undefined], Float32Array],
  ["f64", "f64_", [0.1, -0, NaN], [1n, {}], Float64Array],
  ["char", "char_", ["é", "🎉"], ["", "ab", "\ud83d"]],
  ["text", "text", ["", "hé\0", "x".repeat(70_000)], [1, undefined, {}]],
  ["bytes", "bytes", [Uint8Array.of(), Uint8Array.of(1, 2)], ["1", 1]],
  ["any", "any", [shared, Symbol.iterator, -1.5], []],
  ["object", "object", [shared], [1, "x", undefined]],
  ["point", "point", [{ x: 1, y: -0 }], [1, {}, { x: "1", y: 1 }]],
  ["mode", "mode", ["Fast", "Exact"], ["fast", 0]],
];

for (const [way, options] of facades) {
  /** @type {{ exports: Record<string, any>, host: import("../host-js/host.js").Host }} */
  const { exports, host } = await instantiate(module, { ...options, imports, with: [async_, ...(options.with ?? [])] });
  const { Echo, Counter } = exports;
  const echo = new Echo();

  for (const [type, plain, values, bad, list] of TYPES)
    test(`${way}: ${type} through methods`, () => {
      for (const value of values) {
        assert.deepEqual(echo[plain](value), value);
        assert.deepEqual(Echo[`${type}_static`](value), value);
        assert.deepEqual(echo[`${type}_try`](value, false), value);
        assert.deepEqual(echo[`${type}_option`](value), value);
        assert.throws(() => echo[`${type}_try`](value, true), { message: `${type}_try` });
      }
      for (const nothing of [[], [undefined], [null]]) assert.equal(echo[`${type}_option`](...nothing), undefined);
      assert.deepEqual(echo[`${type}_list`](values), list ? list.from(values) : values);
      for (const value of bad)
        for (const [method, argument, self] of /** @type {[string, any, any][]} */ ([[plain, value, echo], [`${type}_static`, value, Echo], [`${type}_list`, [value], echo]])) {
          if (method === "bytes_list" || (method.endsWith("_list") && type === "any")) continue;
          const error = thrownBy(() => self[method](argument));
          assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
          assert.ok(error.message.startsWith(`Echo.${method}: value`), error.message);
        }
      assert.throws(() => echo[plain](values[0], 1), { name: "TypeError", message: `Echo.${plain} takes 1 arguments, got 2` });
      assert.equal(host.handles.live, 0);
    });

  test(`${way}: instances through methods, and what has no result`, () => {
    const value = (/** @type {any} */ counter) => counter.into_value();
    assert.equal(value(echo.counter(new Counter(1))), 1);
    assert.equal(value(Echo.counter_static(new Counter(2))), 2);
    assert.equal(value(echo.counter_try(new Counter(3), false)), 3);
    assert.throws(() => echo.counter_try(new Counter(3), true), { message: "counter_try" });
    assert.equal(value(echo.counter_option(new Counter(4))), 4);
    assert.equal(echo.counter_option(), undefined);
    assert.deepEqual(echo.counter_list([new Counter(5), new Counter(6)]).map(value), [5, 6]);
    assert.equal(echo.nothing(), undefined);
    assert.equal(echo.four(255, "hé", -0.5, true), "255 hé -0.5 true");
    assert.equal(echo.borrowed("hé", Uint8Array.of(1), [1, 2], {}), "hé 1 2 8");
    assert.equal(exports.counters_alive(), 0);
  });

  test(`${way}: nothing is left`, () => {
    echo.free();
    assert.deepEqual([exports.held(), host.handles.live, host.dead], [0, 0, null]);
  });
}
