// @ts-check
// Exports of every type of the contract, and what the host makes of declarations.

import assert from "node:assert/strict";
import test from "node:test";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, raw, host } = guest;

test("an export of one of each type", () => {
  const object = {};
  const text = exports.all_types(true, -128, 65535, -(2n ** 63n), 0.1, "\u{1f600}", "é\0", Uint8Array.of(1, 255), "owned", object);
  assert.match(text, /^true -128 65535 -9223372036854775808 0\.1 \u{1f600} é\0 \[1, 255\] "owned" object#\d+$/u);
  assert.equal(host.handles.live, 0);
});

test("bits above the declared type are cut off", () => {
  const results = ["bool", "i8", "u8", "i16", "u16"].map((type) => exports[`dirty_${type}`]());
  assert.deepEqual(results, [true, -128, 128, -32768, 32768]);
});

test("names and numbers of parameters are the contract's", () => {
  assert.equal(exports.all_types.length, 10);
  assert.equal(exports.all_types.name, "all_types");
  assert.equal(exports.nothing.length, 0);
  assert.equal(exports.nothing(), undefined);
});

test("fewer or more arguments are a TypeError", () => {
  for (const args of [[], [1, 2]]) assert.throws(() => exports.echo_i32(...args), { name: "TypeError", message: `echo_i32 takes 1 arguments, got ${args.length}` });
  assert.throws(() => exports.nothing(undefined), { name: "TypeError", message: "nothing takes 0 arguments, got 1" });
  assert.throws(() => exports.all_types(true), { name: "TypeError", message: "all_types takes 10 arguments, got 1" });
});

test("each argument is checked before the guest runs, and nothing is left of the others", () => {
  const good = /** @type {any[]} */ ([true, 0, 0, 0n, 0, "a", "text", new Uint8Array(1), {}, {}]);
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  for (const [i, name] of names.entries()) {
    const bad = good.with ? good.with(i, null) : good.map((value, at) => (at === i ? null : value));
    const error = thrownBy(() => exports.all_types(...bad));
    assert.equal(error.name, "TypeError");
    assert.ok(error.message.startsWith(`all_types: ${name} must be `), error.message);
    assert.equal(host.handles.live, 0);
  }
  assert.equal(typeof exports.all_types(...good), "string");
});

test("an export without a declaration is a function of numbers", () => {
  assert.equal(exports.undeclared(2, 0.5), 2.5);
  assert.equal(exports.undeclared.name, "undeclared");
  assert.equal(exports.undeclared(2.9, 0.5), 2.5);
});

test("the runtime's own exports are no part of the facade, but of raw", () => {
  for (const name of ["hw_info", "hw_alloc", "hw_free", "memory"]) {
    assert.equal(name in exports, false, name);
    assert.ok(name in raw, name);
  }
  assert.equal(raw.echo_i32(7), 7);
});

test("names that an object has anyway are no exports", () => {
  for (const name of ["toString", "constructor", "__proto__", "hasOwnProperty"]) assert.equal(exports[name], undefined);
});

test("a text stays where it is while calls go back and forth", () => {
  const inner = (/** @type {string} */ text) => exports.reenter((/** @type {string} */ again) => again.toUpperCase(), `${text}-inner`);
  assert.equal(exports.reenter(inner, "outer"), "outer outer-inner OUTER-INNER");
  let depth = 0;
  const deeper = (/** @type {string} */ text) => (++depth < 50 ? exports.reenter(deeper, `${text}é`) : "end");
  const text = exports.reenter(deeper, "x".repeat(500));
  assert.ok(text.startsWith("x".repeat(500) + " "));
  assert.ok(text.endsWith("end"));
  assert.equal(text.length, Array.from({ length: 50 }, (_, i) => 500 + i + 1).reduce((a, b) => a + b, 3));
});

test("arguments beyond the arena, and calls within", () => {
  const long = "é".repeat(20_000);
  assert.ok(exports.reenter((/** @type {string} */ text) => exports.reenter((/** @type {string} */ again) => again, text), long) === `${long} ${long} ${long}`);
});

test("an inner call that throws leaves the arguments of the outer", () => {
  const text = exports.reenter(() => { exports.error_throw("from inside"); }, "outer é");
  assert.equal(text, "outer é failed: from inside");
});

test("the arena is empty after each call, also after one that failed", () => {
  const half = "x".repeat(9000);
  for (let i = 0; i < 100; i++) {
    thrownBy(() => exports.error_throw_string(half));
    thrownBy(() => exports.string_pair(half, null));
    exports.string_echo(half);
  }
  assert.equal(host.guest.memory.top, new DataView(raw.memory.buffer).getUint32(raw.hw_info() + 12, true));
});

test("a destructor that calls the guest doesn't touch the result", () => {
  assert.equal(exports.last_act(() => exports.string_echo("something else entirely")), "the outer result");
});

test("an inner result doesn't overwrite the outer one", () => {
  assert.equal(exports.reenter(() => exports.string_repeat("z", 100_000).slice(0, 1), "outer"), "outer z");
});

test("two instances side by side never meet", async () => {
  const [a, b] = [await startGuest({ extras: { name: "a" } }), await startGuest({ extras: { name: "b" } })];
  const index = a.exports.keep({ of: "a" });
  assert.deepEqual([a.host.handles.live, b.host.handles.live], [1, 0]);
  assert.equal(a.exports.value_extras().name, "a");
  assert.equal(b.exports.value_extras().name, "b");
  assert.equal(a.exports.reenter((/** @type {string} */ text) => b.exports.reenter((/** @type {string} */ inner) => a.exports.string_echo(inner), `${text}>b`), "a"), "a a>b a>b");
  a.exports.kept_drop(index);
});

test("every raw operation is imported", () => {
  const imports = WebAssembly.Module.imports(/** @type {any} */ (host).module).filter(({ module }) => module === "handwire");
  let count = 0;
  while (exports.all_operations(count) !== 0) count++;
  assert.equal(imports.length, count);
  assert.equal(new Set(Array.from({ length: count }, (_, i) => exports.all_operations(i))).size, count);
});

leavesNothing(guest, () => {
  exports.all_types(true, 1, 2, 3n, 4, "f", "g", new Uint8Array(5), {}, {});
  exports.reenter(() => exports.string_echo("inner"), "outer");
  exports.last_act(() => exports.string_echo("inner"));
  thrownBy(() => exports.all_types(true, 1, 2, 3n, 4, "ff", "g", new Uint8Array(5), {}, {}));
});
