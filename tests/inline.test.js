// @ts-check
// Inline code of a guest: expressions and arrow functions, what they see of the host, and what is
// wrong with one.

import assert from "node:assert/strict";
import test from "node:test";
import { compile } from "../host-js/compile.js";
import { instantiate } from "../host-js/host.js";
import { load as attach } from "./hostile/breach.js";
import { thrownBy } from "./support/guest.js";
import { wat } from "./support/wat.js";
import { module, start, supplied } from "./typed/supplied.js";

test("inline code: expressions, arrow functions, comments, text that looks like arguments", async () => {
  const { exports } = await start();
  assert.deepEqual(exports.inline_numbers(), Float64Array.of(42, 5, 2, 4, 10, 6, 9, 2, 6));
  assert.deepEqual(exports.inline_texts(), ["$1'+b|a", "LOUD", '$1 is no argument here, nor "$host", nor ` = `; é é \\ \n 🎉']);
  assert.deepEqual(exports.inline_object(), { a: 1 });
  assert.deepEqual([1, 2, 3].map((n) => exports.inline_equals(n)), [false, true, true]);
  assert.equal(exports.inline_big(1n), 2n ** 64n - 2n);
  assert.deepEqual([exports.inline_maybe(), exports.inline_maybe(7)], [0, undefined]);
  assert.deepEqual(exports.inline_sorted(["b", "é", "a"]), ["a", "b", "é"]);
  exports.inline_nothing();
  assert.equal(/** @type {any} */ (globalThis).handwireTestWasHere, true);
  delete (/** @type {any} */ (globalThis).handwireTestWasHere);
});

test("inline code: $host is the host of this instance, its extras what the embedder adds at any time", async () => {
  const { exports, host } = await start({}, { extras: {} });
  assert.match(thrownBy(() => exports.inline_extras(4)).message, /undefined/);
  host.extras.lib = { double: (/** @type {number} */ n) => 2 * n };
  assert.equal(exports.inline_extras(4), 8);
  const other = await start({}, { extras: { lib: { double: () => 0 } } });
  assert.deepEqual([exports.inline_extras(4), other.exports.inline_extras(4)], [8, 0]);
  assert.equal(/** @type {any} */ (globalThis).lib, undefined);
  assert.equal(exports.inline_own("inline_extras")(3), 6, "an export of the guest, found through the host");
});

test("inline code: what it throws is the guest's error, arguments are never code", async () => {
  const { exports, host } = await start();
  assert.ok(thrownBy(() => exports.inline_throws()) instanceof TypeError);
  assert.ok(thrownBy(() => exports.inline_evaluate("(")) instanceof SyntaxError);
  assert.equal(exports.inline_evaluate("1 + 1"), 2);
  assert.equal(host.handles.live, 0);
});

test("inline code: a function that is async gives a promise as a value", async () => {
  const { exports } = await start();
  assert.equal(await exports.inline_promised(), 7);
});

test("inline code where nobody may compile it: missing-import, all of it", async () => {
  const error = await instantiate(module, { imports: supplied({}) }).catch((error) => error);
  assert.equal(error.code, "missing-import");
  assert.match(error.message, /js\.answer\(\) -> f64 = 6 \* 7/);
});

test("inline code that doesn't parse is named at the start, with its Rust signature", () => {
  for (const source of ["1 +", "(", "return 1", "a b", "$1 $2", "`", "}, () => {"]) {
    const key = `js.broken(n: i32) -> i32 = ${source}`;
    const bytes = wat(`(import "declared" ${JSON.stringify(key)} (func (param i32) (result i32)))`, { contract: `import js.broken(n: i32) -> i32 as ${JSON.stringify(key)}` });
    const error = thrownBy(() => attach(bytes, { with: [compile] }));
    assert.equal(error.code, "bad-contract", source);
    assert.ok(error.message.startsWith(`${key}: bad-contract `), error.message);
    assert.ok(error.cause instanceof SyntaxError);
  }
});
