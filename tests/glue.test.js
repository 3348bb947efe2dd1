// @ts-check
// Glue: the functions of their own text, compiled when a module is instantiated or frozen in a
// file. They do what the plain closures do, value by value and word by word.

import assert from "node:assert/strict";
import test from "node:test";
import { compile } from "../host-js/compile.js";
import { PanicError, PoisonedError } from "../host-js/host.js";
import { SHORT_WRITE } from "../host-js/utf8.js";
import { load } from "./hostile/breach.js";
import { ARENA, ARENA_LEN, info, wat } from "./support/wat.js";
import { frozenGroup } from "./support/ways.js";

/** @typedef {import("./hostile/breach.js").Instance} Instance */

/** An instance in each way. @param {Uint8Array<ArrayBuffer>} bytes @param {import("../host-js/core.js").Options} [options] @returns {[way: string, instance: Instance][]} */
function everyWay(bytes, options = {}) {
  const module = new WebAssembly.Module(bytes);
  const groups = { plain: [], compiled: [compile], frozen: [frozenGroup(module)] };
  return Object.entries(groups).map(([way, added]) => [way, load(module, { ...options, with: added })]);
}

/** What a call does, for comparison. @param {() => unknown} act */
function outcome(act) {
  try {
    return { value: act() };
  } catch (error) {
    const { constructor, name, message, code, cause } = /** @type {any} */ (error);
    return { constructor, name, message, code, cause: cause?.message };
  }
}

/** Calls in every way must come to the same. @param {[way: string, instance: Instance][]} instances @param {string} name @param {any[]} args */
function same(instances, name, args) {
  const [plain, ...others] = instances.map(([way, { exports, host }]) => ({ way, outcome: outcome(() => exports[name](...args)), top: host.guest.memory.top, live: host.handles.live }));
  for (const { way, ...got } of others) assert.deepEqual({ ...got, way: "plain" }, plain, `${name} ${way}`);
  return plain.outcome;
}

const SCALARS = { bool: "i32", i8: "i32", u8: "i32", i16: "i32", u16: "i32", i32: "i32", u32: "i32", usize: "i32", i64: "i64", u64: "i64", f32: "f32", f64: "f64", char: "i32" };
const VALUES = [
  0, -0, 1, -1, 0.5, 127, 128, -128, -129, 255, 256, 32767, 32768, -32769, 65535, 65536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 1e300, NaN, Infinity, -Infinity,
  0n, 1n, -1n, 2n ** 63n - 1n, 2n ** 63n, -(2n ** 63n), -(2n ** 63n) - 1n, 2n ** 64n - 1n, 2n ** 64n, true, false, "", "a", "é", "\u{1f980}", "\ud800", "ab", null, undefined, Symbol.iterator, {}, [], [1], () => 1, new Number(1), Object(1n), new String("a"),
  { valueOf() { throw new Error("asked"); }, toString() { throw new Error("asked"); } },
];

test("scalars: what is taken, what comes back, what is refused with which words", () => {
  const types = Object.entries(SCALARS);
  const instances = everyWay(wat(`${info()} ${types.map(([type, wire]) => `(func (export "${type}") (param ${wire}) (result ${wire}) (local.get 0)) (func (export "second_${type}") (param i32 ${wire}) (result ${wire}) (local.get 1))`).join("\n")}`, {
    contract: types.map(([type]) => `export ${type}(v: ${type}) -> ${type}\nexport second_${type}(first: u8, v: ${type}) -> ${type}`).join("\n"),
  }));
  for (const [type] of types) {
    const taken = VALUES.filter((value) => "value" in same(instances, type, [value]));
    assert.ok(taken.length >= 2 && taken.length < VALUES.length, `${type} takes ${taken.length}`);
    for (const value of VALUES) {
      same(instances, `second_${type}`, [1, value]);
      same(instances, `second_${type}`, [-1, value]);
    }
    for (const args of [[], [1, 2, 3]]) assert.match(String(same(instances, `second_${type}`, args).message), /takes 2 arguments/);
  }
});

test("wires of results with more bits than their type", () => {
  const types = ["bool", "i8", "u8", "i16", "u16", "i32", "u32", "usize"];
  for (const wire of [0, 2, -1, 0x80, 0x100, 0x17f, 0x8000, 0x18000, -0x80000000]) {
    const instances = everyWay(wat(types.map((type) => `(func (export "${type}") (result i32) (i32.const ${wire}))`).join(""), { contract: types.map((type) => `export ${type}() -> ${type}`).join("\n") }));
    for (const type of types) assert.ok("value" in same(instances, type, []));
  }
});

/** Takes texts, and says where they lie. */
const TEXTS = wat(
  `(import "app" "back" (func $back))
  ${info()}
  (func $echo (param i32 i32) (i32.store (i32.const 64) (i32.const 7)) (i32.store (i32.const 68) (i32.const 0)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))
  (func (export "echo") (param i32 i32) (call $echo (local.get 0) (local.get 1)))
  (func (export "around") (param i32 i32) (call $back) (call $echo (local.get 0) (local.get 1)))
  (func (export "second") (param i32 i32 i32 i32) (call $echo (local.get 2) (local.get 3)))
  (func (export "third") (param i32 i32 i32 i32 i32 i32 i32) (call $echo (local.get 5) (local.get 6)))
  (func (export "at") (param i32 i32 i32) (result i32) (select (local.get 0) (local.get 1) (local.get 2)))
  (func (export "try") (param i32 i32 i32) (result i32) (call $echo (local.get 0) (local.get 1)) (local.get 2))
  (func (export "grow") (param i32 i32) (drop (memory.grow (i32.const 1))) (call $echo (local.get 0) (local.get 1)))
  (func (export "trap") (param i32 i32) unreachable)`,
  {
    contract: `export echo(t: str) -> str
export around(t: str) -> str
export second(a: str, b: str) -> str
export third(a: str, n: i32, b: str, c: str) -> str
export at(t: str, which: bool) -> u32
export try(t: str, fail: u8) -> result<str>
export grow(t: str) -> str
export trap(t: str)`,
  },
);
const back = () => undefined;
/** Texts around the threshold of the short way, ASCII and not. */
const texts = [0, 1, 7, 8, 9, SHORT_WRITE - 1, SHORT_WRITE, SHORT_WRITE + 1, 200].flatMap((length) => {
  const text = "abcdefghij".repeat(20).slice(0, length);
  return length === 0 ? [text] : [text, `é${text.slice(1)}`, `${text.slice(1)}é`, `${text.slice(1)}\ud800`, `${text.slice(1)}\u007f`, `${text.slice(1)}\u0080`, `\0${text.slice(1)}`];
});

test("texts: short, long, ASCII and not, alone and beside others, where they lie and that nothing stays", () => {
  const instances = everyWay(TEXTS, { imports: { app: { back } } });
  for (const text of texts) {
    const lone = text.replace("\ud800", "\ufffd");
    assert.deepEqual(same(instances, "echo", [text]), { value: lone });
    for (const other of texts) assert.deepEqual(same(instances, "second", [other, text]), { value: lone });
    assert.deepEqual(same(instances, "third", [text, 5, text, "end"]), { value: "end" });
    assert.deepEqual(same(instances, "at", [text, true]), { value: ARENA });
    assert.deepEqual(same(instances, "grow", [text]), { value: lone });
    assert.deepEqual(same(instances, "try", [text, 0]), { value: lone });
    assert.equal(same(instances, "try", [text, 1]).message, lone);
  }
  for (const value of VALUES) {
    same(instances, "echo", [value]);
    same(instances, "second", ["short", value]);
    same(instances, "try", ["short", value]);
  }
  assert.equal(same(instances, "echo", ["x".repeat(ARENA_LEN + 1)]).code, "no-allocator");
  assert.equal(same(instances, "second", ["short", "x".repeat(ARENA_LEN + 1)]).code, "no-allocator");
  for (const [, { host }] of instances) assert.equal(host.guest.memory.top, ARENA);
});

let nest = () => {};
test("a short text stays where it is while calls go back and forth, until the arena is full", () => {
  const [plain, ...others] = everyWay(TEXTS, { imports: { app: { back: () => nest() } } }).map(([way, { exports, host }]) => {
    /** @type {unknown[]} */
    const ends = [];
    nest = () => {
      const text = `text ${ends.length} of many`;
      const index = ends.push(text) - 1;
      const end = outcome(() => exports.around(text));
      ends[index] = end.value === text ? "the same" : end;
    };
    nest();
    assert.equal(host.guest.memory.top, ARENA);
    return { way, ends };
  });
  assert.ok(plain.ends.length > 40);
  assert.equal(/** @type {any} */ (plain.ends.at(-1)).code, "no-allocator");
  assert.ok(plain.ends.slice(0, -1).every((end) => end === "the same"));
  for (const { way, ends } of others) assert.deepEqual(ends, plain.ends, way);
});

test("names: function.name and length, and names that an object has anyway", () => {
  const names = ["constructor", "__proto__", "toString", "arguments", "guest"];
  const bytes = wat(names.map((name) => `(func (export "${name}") (param i32 i32) (result i32) (local.get 1))`).join(""), { contract: names.map((name) => `export ${name}(a: i32, b: i32) -> i32`).join("\n") });
  for (const [way, { exports }] of everyWay(bytes))
    for (const name of names) {
      const { [name]: made } = exports;
      assert.deepEqual([made.name, made.length, made(1, 2)], [name, 2, 2], way);
    }
});

test("a trap, a refusal, and calls after death", () => {
  const instances = everyWay(TEXTS, { imports: { app: { back } } });
  same(instances, "trap", [1]);
  assert.equal(same(instances, "trap", ["short"]).constructor, PanicError);
  for (const args of [["short"], ["x".repeat(99)], [1], []]) assert.equal(same(instances, "echo", args).constructor, args.length === 0 ? TypeError : PoisonedError);
});

test("handles: lent for the call, given away, refused, out of handles", () => {
  const bytes = wat(`(import "app" "look" (func $look (param i32))) ${info()}
    (func (export "lend") (param i32 i32 i32) (result i32) (call $look (local.get 2)) (local.get 1))
    (func (export "keep") (param i32 i32) (result i32) (call $handle_release (local.get 1)) (local.get 0))
    (func (export "free") (param i32) (call $handle_release (local.get 0)))
    (func (export "date") (param i32 i32 i32) (result i32) (local.get 2))`, {
    contract: "export lend(t: str, v: &js) -> u32\nexport keep(n: u8, v: js) -> u8\nexport free(v: &js)\nexport date(v: &js.Date, t: str) -> u32",
  });
  /** @type {number[]} */
  const seen = [];
  const instances = everyWay(bytes, { imports: { app: { look: (/** @type {number} */ handle) => seen.push(handle) } } });
  for (const value of [{}, "text", 1, undefined, null, true, globalThis]) {
    assert.deepEqual(same(instances, "lend", ["short", value]), { value: 5 });
    assert.equal(new Set(seen.slice(-3)).size, 1);
    for (const args of [[256, value], ["1", value], [1]]) same(instances, "keep", args);
    same(instances, "date", [value, "short"]);
  }
  assert.deepEqual(same(instances, "keep", [1, {}]), { value: 1 });
  assert.deepEqual(same(instances, "date", [new Date(0), "short"]), { value: 5 });
  const spent = new Proxy(new Date(0), { getPrototypeOf: () => Date.prototype });
  same(instances, "date", [spent, "short"]);
  for (const [, { host }] of instances) {
    const { slab } = /** @type {any} */ (host.guest.handles);
    slab.add = () => {
      throw new RangeError("no handle left");
    };
  }
  assert.equal(same(instances, "lend", ["short", {}]).message, "no handle left");
  assert.equal(same(instances, "keep", [1, {}]).message, "no handle left");
});

test("a handle that was only lent, and was released by the guest: a breach", () => {
  const bytes = wat(`(func (export "free") (param i32 i32) (call $handle_release (local.get 0)))`, { contract: "export free(v: &js, n: u8)" });
  const instances = everyWay(bytes);
  assert.match(same(instances, "free", [{}, 1]).message, /^free: panic free: stale-handle/);
});
