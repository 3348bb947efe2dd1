// @ts-check
// The host as an embedder meets it: sources, options, the long way, raw numbers, and what it
// makes of a page whose globals are not as they were.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import test from "node:test";
import { Host as Core, instantiate as core } from "../host-js/core.js";
import { Host, WireError, instantiate } from "../host-js/host.js";
import { handle } from "../host-js/imports/handle.js";
import { object } from "../host-js/imports/object.js";
import { scalar } from "../host-js/imports/scalar.js";
import { trace } from "../host-js/trace.js";
import { root, target } from "../scripts/guests.js";
import { load, thrownBy } from "./hostile/breach.js";
import { data, info, wat } from "./support/wat.js";

const ADD = wat('(func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))');
const ECHO = wat(`${info()} (func (export "echo") (param i32 i32) (i32.store (i32.const 64) (i32.const 7)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))`, { contract: "export echo(text: str) -> str" });

// Sources.

/** @param {string} [type] @param {BodyInit} [body] @param {ResponseInit} [init] */
const response = (type, body = ADD, init) => new Response(body, { headers: type ? { "content-type": type } : {}, ...init });
/** @type {Record<string, () => any>} */
const SOURCES = {
  "bytes": () => ADD,
  "an ArrayBuffer": () => ADD.buffer,
  "a Buffer": () => Buffer.from(ADD),
  "a view into a larger buffer": () => new Uint8Array([1, 2, ...ADD, 3]).subarray(2, 2 + ADD.length),
  "a Module": () => new WebAssembly.Module(ADD),
  "a promise of bytes": async () => ADD,
  "a promise of a Module": () => WebAssembly.compile(ADD),
  "a Response with the right MIME type": () => response("application/wasm"),
  "a promise of a Response, as fetch gives": async () => response("application/wasm"),
  "a Response with a wrong MIME type": () => response("application/octet-stream"),
  "a Response with parameters behind its MIME type": () => response("application/wasm; charset=utf-8"),
  "a Response without a MIME type": () => response(),
};
for (const [what, source] of Object.entries(SOURCES))
  test(`source: ${what}, with all groups and with the core alone`, async () => {
    const made = await instantiate(source());
    assert.equal(made.exports.add(2, 3), 5);
    assert.equal(made.raw.add(2, 3), 5);
    assert.ok(made.host instanceof Host);
    const small = await core(source());
    assert.equal(small.raw.add(2, 3), 5);
    assert.ok(small.host instanceof Core && !(small.host instanceof Host));
  });

test("source: a 404 says so, with its status and what to look at", async () => {
  const missing = response("text/html", "<h1>Not found</h1>", { status: 404, statusText: "Not Found" });
  await assert.rejects(instantiate(missing), (error) => error instanceof TypeError && /404 Not Found: is this the path of the wasm file\?/.test(error.message));
});

test("source: what is no wasm is a CompileError; a promise that rejects, rejects", async () => {
  await assert.rejects(instantiate(new TextEncoder().encode("<html>")), WebAssembly.CompileError);
  await assert.rejects(instantiate(response("text/html", "<html>")), WebAssembly.CompileError);
  await assert.rejects(instantiate(Promise.reject(new Error("offline"))), /offline/);
  for (const nothing of [undefined, null, 5, "app.wasm"]) await assert.rejects(instantiate(/** @type {any} */ (nothing)), TypeError);
});

// Ways to instantiate.

test("the long way: new Host, WebAssembly.instantiate, attach", async () => {
  const module = await WebAssembly.compile(ECHO);
  const host = new Host(module, { extras: { a: 1 } });
  const attached = host.attach(await WebAssembly.instantiate(module, host.imports));
  assert.equal(attached.host, host);
  assert.equal(attached.exports, host.exports);
  assert.equal(host.exports.echo("long"), "long");
});

test("several instances of one module have memories and slabs of their own", async () => {
  const module = await WebAssembly.compile(ECHO);
  const all = await Promise.all(Array.from({ length: 5 }, () => instantiate(module)));
  all.forEach(({ exports, host }, i) => {
    host.handle({ i });
    assert.equal(exports.echo(`number ${i}`), `number ${i}`);
  });
  all.forEach(({ host }, i) => {
    assert.equal(host.handles.live, 1);
    assert.equal(host.text(1024, 8), `number ${i}`);
  });
});

test("a guest without any hw_ export: operations, numbers, and the memory by hand", () => {
  const { exports, host, raw } = load(wat(`(func (export "sum") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
    (func (export "make") (result i32) (call $string_from_utf8 (i32.const 512) (i32.const 2))) ${data(512, "hi")}`));
  assert.equal(exports.sum(0.5, 0.25), 0.75);
  assert.equal(host.value(exports.make()), "hi");
  assert.deepEqual(Object.keys(raw).sort(), ["make", "memory", "sum"]);
});

test("a guest without a memory", () => {
  const { exports, host } = load(wat('(import "env" "g" (global $memory i32)) (func (export "g") (result i32) (global.get $memory)) (func (export "make") (result i32) (call $object_new)) (memory 0)'), { imports: { env: { g: new WebAssembly.Global({ value: "i32" }, 5) } } });
  assert.equal(exports.g(), 5);
  assert.deepEqual(host.value(exports.make()), {});
  assert.equal(host.memory, undefined);
});

test("env imports of raw numbers of every type, i64 as a BigInt, by any module name, this and count of arguments untouched", () => {
  /** @type {any[]} */
  const seen = [];
  const fields = `(import "env" "f" (func $f (param i32 i64 f32 f64) (result i64))) (import "math" "pow" (func $pow (param f64 f64) (result f64))) (import "" "nothing" (func $nothing))
    (func (export "run") (result i64) (call $nothing) (call $f (i32.const -1) (i64.const -1) (f32.const 0.1) (f64.const -0)))
    (func (export "pow") (param f64 f64) (result f64) (call $pow (local.get 0) (local.get 1)))`;
  const { exports } = load(wat(fields), { imports: { env: { f: (/** @type {any[]} */ ...args) => (seen.push(...args), 2n ** 63n) }, math: Math, "": { nothing() {} } } });
  assert.equal(exports.run(), -(2n ** 63n));
  assert.deepEqual(seen, [-1, -1n, Math.fround(0.1), -0]);
  assert.equal(exports.pow(2, 10), 1024);
});

test("an env import that returns undefined or a number where i64 is declared ends the instance with a TypeError", () => {
  for (const result of [undefined, 5, "5x", null]) {
    const { exports, host } = load(wat('(import "env" "f" (func $f (result i64))) (func (export "run") (drop (call $f)))'), { imports: { env: { f: () => result } } });
    const { cause } = thrownBy(() => exports.run());
    assert.ok(cause instanceof TypeError || cause instanceof SyntaxError, String(cause));
    assert.ok(host.dead);
  }
});

test("tables, globals and tags of the embedder pass through as they are", async () => {
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 1 });
  const counter = new WebAssembly.Global({ value: "i32", mutable: true }, 5);
  const { exports } = await instantiate(wat(`(import "env" "t" (table 1 funcref)) (import "env" "g" (global $g (mut i32)))
    (func $f (result i32) (global.get $g)) (elem (i32.const 0) $f) (func (export "set") (param i32) (global.set $g (local.get 0)))`), { imports: { env: { t: table, g: counter } } });
  exports.set(9);
  assert.equal(counter.value, 9);
  assert.equal(/** @type {any} */ (table.get(0))(), 9);
});

// Options.

test("options.global: globalThis if left out, undefined if undefined, else what it is", () => {
  const guest = wat('(func (export "kind") (result i32) (call $value_kind (i32.const 5))) (func (export "clone") (result i32) (call $handle_clone (i32.const 5)))');
  for (const [options, value, kind] of /** @type {const} */ ([[{}, globalThis, 9], [{ global: undefined }, undefined, 1], [{ global: { mine: 1 } }, { mine: 1 }, 9], [{ global: null }, null, 2]])) {
    const { exports, host } = load(guest, options);
    assert.deepEqual(host.value(5), value);
    assert.equal(exports.kind(), kind);
    assert.deepEqual(host.value(exports.clone()), value);
    assert.equal(host.handles.live, 0);
  }
});

test("options.extras: an object of the embedder's, or one of its own; added to at any time", () => {
  const guest = wat(`(func (export "get") (result i32) (call $object_get_named (i32.const 6) (i32.const 512) (i32.const 3) (i32.const 64))) ${data(512, "tax")}`);
  const extras = { tax: "low" };
  const given = load(guest, { extras });
  assert.equal(given.host.extras, extras);
  assert.equal(given.host.value(given.exports.get()), "low");
  for (const options of [{}, { extras: undefined }, undefined]) {
    const { exports, host } = load(guest, options);
    assert.equal(exports.get(), 1);
    host.extras.tax = "none";
    assert.equal(host.value(exports.get()), "none");
  }
});

test("options are not changed, and unknown ones don't matter", async () => {
  const options = Object.freeze({ imports: Object.freeze({ env: Object.freeze({ f() {} }) }), with: Object.freeze([]), extras: Object.freeze({}), surprise: 1 });
  const { exports } = await instantiate(wat('(import "env" "f" (func $f)) (func (export "run") (call $f))'), /** @type {any} */ (options));
  exports.run();
});

test("core.js: operations and types of groups that were not passed are named; with them it works", async () => {
  const guest = wat(`${info()} (func (export "make") (result i32) (call $object_new)) (func (export "not") (param i32) (result i32) (i32.eqz (local.get 0)))`, { contract: "export make() -> js\nexport not(v: bool) -> bool" });
  await assert.rejects(core(guest), (error) => error instanceof WireError && error.code === "missing-import" && /handwire\.object_new/.test(error.message));
  await assert.rejects(core(guest, { with: [object] }), (error) => error instanceof WireError && error.code === "bad-contract" && /type js/.test(error.message));
  await assert.rejects(core(guest, { with: [object, handle] }), /not: type bool/);
  const { exports } = await core(guest, { with: [object, handle, scalar] });
  assert.deepEqual(exports.make(), {});
  assert.equal(exports.not(true), false);
});

test("core.js: text needs no group", async () => {
  const { exports } = await core(ECHO);
  assert.equal(exports.echo("héllo"), "héllo");
});

test("options.trace without the group trace: a named error, not silence", async () => {
  await assert.rejects(instantiate(ADD, { trace: () => {} }), (error) => error instanceof WireError && error.code === "missing-import" && /options\.trace/.test(error.message));
  assert.equal((await instantiate(ADD, { with: [trace] })).exports.add(1, 1), 2);
});

// Power users.

test("host.lower: text, bytes, numbers, BigInts and any value, taken back when the call ends, however it ends", () => {
  const { raw, host } = load(wat(`${info()} (func (export "all") (param i32 i32 i32 i32 f64 i64 i32) (result i32) (call $value_kind (local.get 6)))`));
  /** @type {any[]} */
  let got = [];
  const kind = host.lower(["héllo", Uint8Array.of(1, 2), -0.5, 7n, { any: 1 }], (...wires) => {
    got = wires;
    assert.equal(host.text(wires[0], wires[1]), "héllo");
    assert.deepEqual([...host.bytes(wires[2], wires[3])], [1, 2]);
    assert.equal(host.handles.live, 1);
    return raw.all(...wires);
  });
  assert.equal(kind, 9);
  assert.deepEqual([got.length, got[1], got[3], got[4], got[5]], [7, 6, 2, -0.5, 7n]);
  assert.equal(host.handles.live, 0);
  assert.throws(() => host.lower(["x", {}], () => { throw new Error("mine"); }), /mine/);
  assert.equal(host.handles.live, 0);
  assert.deepEqual(host.lower(["x"], (ptr) => ptr), 1024, "the arena is empty again");
  assert.deepEqual(host.lower([true, null, undefined], (...wires) => wires), [4, 2, 1], "fixed values are their fixed handles");
});

test("host.lower: what doesn't fit is refused, and what was lowered before goes back", () => {
  const { host } = load(wat(info()));
  assert.throws(() => host.lower([{}, "x".repeat(2000)], () => assert.fail("called")), (error) => error instanceof WireError && error.code === "no-allocator" && /^host\.lower: /.test(error.message));
  assert.equal(host.handles.live, 0);
});

// A page whose globals are not as they were.

/** Runs a program in a Node of its own, after something has been done to its globals. @param {string} before */
function child(before) {
  const path = `${target}/host-echo.wasm`;
  writeFileSync(path, wat(`${info()} (func (export "echo") (param i32 i32) (i32.store (i32.const 64) (i32.const 7)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))
    (func (export "call") (param i32) (result i32) (call $function_call (local.get 0) (i32.const 1) (i32.const 128) (i32.const 1) (i32.const 64)))
    (func (export "fail") (i32.store (i32.const 64) (i32.const 7)) unreachable) ${data(128, [2])}`, { contract: "export echo(text: str) -> str\nexport call(f: &js) -> js" }));
  const program = `
    import { readFileSync } from "node:fs";
    const bytes = readFileSync(${JSON.stringify(path)});
    ${before};
    const { instantiate } = await import(${JSON.stringify(`file://${root}host-js/host.js`)});
    const { exports, host } = await instantiate(bytes, { imports: { env: {} } });
    const out = [exports.echo("short"), exports.echo("x".repeat(50)), exports.call((v) => String(v))];
    try { host.value(4000); } catch (error) { out.push(error.code); }
    try { exports.fail(); } catch (error) { out.push(error.name); }
    const again = await host.restart();
    out.push(again.exports.echo("again"), String(host.handles.live));
    process.stdout.write(JSON.stringify(out));`;
  assert.deepEqual(JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" })), ["short", "x".repeat(50), "null", "forged-handle", "PanicError", "again", "0"]);
}

const INTRINSICS = `[Object, Function, Array, Error, TypeError, RangeError, String, Number, Boolean, BigInt, Symbol, Map, Set, WeakMap, Promise, Date, RegExp, Proxy, ArrayBuffer, SharedArrayBuffer, DataView,
  Uint8Array, Object.getPrototypeOf(Uint8Array), Int32Array, Uint16Array, WebAssembly.Module, WebAssembly.Instance, WebAssembly.Memory]`;

test("frozen intrinsics", () => child(`for (const one of ${INTRINSICS}) Object.freeze(one), Object.freeze(one.prototype);
  for (const one of [Reflect, JSON, Math, WebAssembly, Object.getPrototypeOf([][Symbol.iterator]())]) Object.freeze(one)`));

test("a polluted Object.prototype: enumerable values, functions and getters under names of others", () => child(`Object.assign(Object.prototype, { extra: 1, method() { return this; }, toJSON: undefined, a: { b: 1 } });
  Object.defineProperty(Object.prototype, "getter", { get() { throw new Error("touched"); }, enumerable: false })`));

test("a polluted Array.prototype and String.prototype", () => child("Array.prototype.extra = 5; Array.prototype.toJSON = undefined; Array.prototype[7] = 7; String.prototype.extra = 5"));
