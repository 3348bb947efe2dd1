// @ts-check
// Imports that a guest declares, beyond the values that cross (table.test.js): exceptions as
// panics and as errors, calls within calls, death meanwhile, sizes, and what is wrong with what the
// embedder supplies.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { compile } from "../host-js/compile.js";
import { PanicError, PoisonedError, instantiate } from "../host-js/host.js";
import { root } from "../scripts/guests.js";
import { load as attach } from "./hostile/breach.js";
import { thrownBy } from "./support/guest.js";
import { info, wat } from "./support/wat.js";
import { module, start, supplied } from "./typed/supplied.js";

/** The guest's status word. @param {Awaited<ReturnType<typeof start>>} instance */
function statusWord({ raw }) {
  const view = new DataView(raw.memory.buffer);
  return view.getUint32(view.getUint32(raw.hw_info() + 24, true), true);
}

const source = readFileSync(`${root}tests/typed/imports/src/errors.rs`, "utf8").split("\n");
/** Where a piece of code stands, as a panic says it. @param {string} code */
function place(code) {
  const line = source.findIndex((text) => text.includes(code));
  return `tests/typed/imports/src/errors.rs:${line + 1}:${source[line].indexOf(code) + 1}`;
}

/** Things to throw, with what a guest reads of them. @type {[any, string, boolean][]} */
const THROWN = [
  [new TypeError("é 🎉"), "é 🎉", true],
  [undefined, "undefined", false],
  [null, "null", false],
  [false, "false", false],
  [0, "0", false],
  [NaN, "NaN", false],
  [0n, "0", false],
  ["", "", false],
  ["text", "text", false],
  [Symbol("s"), "Symbol(s)", false],
  [{ toString: () => "own" }, "own", false],
  [Object.freeze(new Error("frozen")), "frozen", true],
  [new DOMException("aborted", "AbortError"), "aborted", true],
];
const KINDS = ["nothing", "number", "big", "text", "maybe", "list", "object"];

test("an import without Result that throws is a panic at the caller's line, with the exception's text", async () => {
  for (const kind of KINDS)
    for (const [thrown, text] of THROWN) {
      const { exports, host } = await start({ fails: { [kind]() { throw thrown; } } });
      const error = thrownBy(() => exports[`fail_${kind}`]());
      assert.ok(error instanceof PanicError);
      assert.match(error.message, new RegExp(`^fail_${kind}: panic .*${place(`fails::${kind}()`)}: `));
      assert.ok(error.message.endsWith(`: ${text}`), error.message);
      assert.equal(host.dead, error);
      assert.ok(thrownBy(() => exports.die()) instanceof PoisonedError);
    }
});

test("an import with Result that throws is an Err with the very value, falsy or not; the status word is 0 afterwards", async () => {
  /** @type {any} */
  let thrown;
  const tries = Object.fromEntries(KINDS.map((kind) => [kind, () => { throw thrown; }]));
  const instance = await start({ tries });
  for (const kind of KINDS)
    for (const [value, text, error] of THROWN) {
      thrown = value;
      const seen = instance.exports[`try_${kind}`]();
      assert.ok(Object.is(seen.value, value), `${kind}: ${String(value)}`);
      assert.deepEqual([seen.message, seen.error], [text, value instanceof DOMException ? seen.error : error]);
      assert.equal(seen.stack, value instanceof Error ? value.stack : undefined);
      assert.equal(statusWord(instance), 0);
    }
  assert.equal(instance.host.handles.live, 0);
});

test("after an error the next call of the same import gives its value", async () => {
  let fail = true;
  const instance = await start({ tries: { big() { if (fail) throw 1; return 2n; } } });
  for (fail of [true, false, true, true, false]) {
    assert.deepEqual(instance.exports.try_big(), fail ? { message: "1", stack: undefined, error: false, value: 1 } : { message: "", stack: undefined, error: false, value: undefined });
    assert.equal(statusWord(instance), 0);
  }
});

test("i64 where the import throws, returns undefined, a Number, or too much: an error, and the placeholder is a BigInt", async () => {
  for (const [give, message] of /** @type {[() => any, string][]} */ ([
    [() => { throw new Error("no"); }, "no"],
    [() => undefined, "tries.big: result must be a BigInt, got undefined"],
    [() => {}, "tries.big: result must be a BigInt, got undefined"],
    [() => 1, "tries.big: result must be a BigInt, got 1"],
    [() => 2n ** 63n, `tries.big: result must be an integer from ${-(2n ** 63n)} to ${2n ** 63n - 1n}, got ${2n ** 63n}`],
    [() => -(2n ** 63n) - 1n, `tries.big: result must be an integer from ${-(2n ** 63n)} to ${2n ** 63n - 1n}, got ${-(2n ** 63n) - 1n}`],
    [() => Promise.resolve(1n), "tries.big: result must be a BigInt, got object"],
  ])) {
    const { exports, host } = await start({ tries: { big: give } });
    assert.equal(exports.try_big().message, message);
    assert.equal(host.dead, null);
  }
});

test("what an import returns where nothing is declared is dropped", async () => {
  for (const value of [undefined, 1, "x", {}, () => 1]) {
    const { exports, host } = await start({ plain: { nothing: () => value } });
    assert.equal(exports.nothing(), undefined);
    assert.equal(host.handles.live, 0);
  }
});

test("Option<u64>: none, 0, MAX; Option<i32>: every would-be sentinel", async () => {
  const { exports } = await start({ plain: { maybe_u64: (/** @type {any} */ v) => v, maybe_i32: (/** @type {any} */ v) => v } });
  for (const value of [undefined, 0n, 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 2n, 2n ** 64n - 1n]) assert.equal(exports.maybe_u64(value), value);
  for (const value of [undefined, 0, 1, -1, -2, 0x7fffffff, -0x80000000, 0x7ffffffe, -0x7fffffff, 0xffffff, 0x1000000]) assert.equal(exports.maybe_i32(value), value);
});

test("several arguments of several forms arrive in their order", async () => {
  /** @type {any[]} */
  let seen = [];
  const { exports } = await start({ plain: { several: (/** @type {any[]} */ ...args) => { seen = args; return args.length; } } });
  const args = [-7, "name 🎉", 2n ** 64n - 1n, Float32Array.of(0.5, -0), "é", true, 12];
  assert.equal(exports.several(...args), 7);
  assert.deepEqual(seen, args);
  assert.equal(exports.several(...args.slice(0, 6)), 7);
  assert.deepEqual(seen, [...args.slice(0, 6), undefined]);
});

test("nested: an import called by an export called by an import, a hundred deep; texts of all depths stay apart", async () => {
  /** @type {Awaited<ReturnType<typeof start>>} */
  const instance = await start({ tries: { down: (/** @type {number} */ depth, /** @type {string} */ text) => (depth === 0 ? `bottom of ${text}` : instance.exports.nest(depth - 1, `${depth}`.repeat(300))) } });
  const { exports, host } = instance;
  assert.equal(exports.nest(3, "é"), `bottom of ${"1".repeat(300)}.${"1".repeat(300)}.${"2".repeat(300)}.${"3".repeat(300)}.é`);
  assert.equal(exports.nest(100, "x").split(".").length, 102);
  assert.equal(host.handles.live, 0);
  assert.equal(statusWord(instance), 0);
});

test("nested: an exception of the innermost import goes through all guests as the same value, and each lives on", async () => {
  const thrown = new Error("from the bottom");
  /** @type {number[]} */
  const words = [];
  /** @type {Awaited<ReturnType<typeof start>>} */
  const instance = await start({ tries: { down(/** @type {number} */ depth) {
    words.push(statusWord(instance));
    if (depth === 0) throw thrown;
    return instance.exports.nest(depth - 1, "x");
  } } });
  assert.equal(thrownBy(() => instance.exports.nest(20, "x")), thrown);
  assert.deepEqual(words, new Array(21).fill(0));
  assert.equal(statusWord(instance), 0);
  assert.equal(instance.host.dead, null);
  assert.equal(instance.host.handles.live, 0);
});

test("nested: an import that catches an error of the guest and goes on", async () => {
  /** @type {Awaited<ReturnType<typeof start>>} */
  const instance = await start({ tries: { down(/** @type {number} */ depth) {
    if (depth === 0) throw new Error("caught");
    return thrownBy(() => instance.exports.nest(depth - 1, "x")).message;
  } } });
  assert.equal(instance.exports.nest(1, "up"), "caught.up");
});

test("death meanwhile: an import that kills its own instance never returns into it, whatever it does then", async () => {
  for (const after of [() => "a text", () => 5, () => undefined, () => { throw new Error("another"); }]) {
    /** @type {Awaited<ReturnType<typeof start>>} */
    const instance = await start({ tries: { down() {
      assert.match(thrownBy(() => instance.exports.die()).message, /told to die$/);
      return after();
    }, nothing() {
      return this.down();
    } } });
    const outer = thrownBy(() => instance.exports.nest(1, "x"));
    assert.ok(outer instanceof PanicError);
    assert.match(outer.message, /told to die$/);
    assert.equal(outer, instance.host.dead);
    assert.ok(thrownBy(() => instance.exports.nest(1, "x")) instanceof PoisonedError);
  }
});

test("death meanwhile: while a result is read, by a getter, an iterator or a proxy of the embedder", async () => {
  /** @type {[string, (die: () => void) => any, any][]} */
  const deadly = [
    ["point", (die) => ({ x: 1, get y() { die(); return 2; } }), { x: 0, y: 0 }],
    ["texts", (die) => new Proxy(["a"], { get: (list, key) => (die(), Reflect.get(list, key)) }), []],
    ["point_option", (die) => ({ get x() { die(); return 1; }, y: 2 }), { x: 0, y: 0 }],
    ["shape_field", (die) => ({ get value() { die(); throw new Error("no matter"); } }), null],
    ["numbers", (die) => new Proxy([1, 2], { get: (list, key) => (die(), Reflect.get(list, key)) }), []],
  ];
  const shape = { name: "", center: { x: 0, y: 0 }, corners: [], label: undefined, mode: "Fast", bits: Uint8Array.of(), tag: null };
  for (const [name, make, argument] of deadly) {
    /** @type {Awaited<ReturnType<typeof start>>} */
    const instance = await start({ app: { [name]: () => make(() => void thrownBy(() => instance.exports.die())) } });
    const error = thrownBy(() => instance.exports[name](argument ?? { value: shape }));
    assert.ok(error instanceof PanicError, `${name}: ${error}`);
    assert.match(error.message, /told to die$/, name);
    assert.equal(error, instance.host.dead);
  }
});

test("death meanwhile: another instance of the module dies in an import, and this one goes on", async () => {
  const other = await start();
  const { exports, host } = await start({ tries: { down: () => thrownBy(() => other.exports.die()).message } });
  assert.match(exports.nest(0, "on"), /^die: panic .*told to die\.on$/);
  assert.equal(host.dead, null);
  assert.notEqual(other.host.dead, null);
});

test("restart within an import: the old instance never runs on, the new one is whole", async () => {
  /** @type {Awaited<ReturnType<typeof start>>} */
  const instance = await start({ tries: { down(/** @type {number} */ depth) {
    if (depth === 0) return "fresh";
    renewed = instance.host.restart();
    return "stale";
  } } });
  /** @type {Promise<any> | undefined} */
  let renewed;
  assert.ok(thrownBy(() => instance.exports.nest(1, "x")) instanceof PanicError);
  const { exports } = await /** @type {Promise<any>} */ (renewed);
  assert.equal(exports.nest(0, "x"), "fresh.x");
});

const ARENA = 16 * 1024;
const SIZES = [0, 1, 7, 8, 9, ...[ARENA / 3, ARENA / 2, ARENA, ARENA + 16, 64 * 1024, 200_000].flatMap((size) => [-17, -16, -9, -8, -1, 0, 1, 8, 16].map((step) => Math.floor(size) + step))];

test("texts of every size around the arena's end and 64 KiB: arguments and results of imports and exports", async () => {
  const { exports, host } = await start({ app: { str: (/** @type {string} */ text) => [...text].reverse().join(""), str_option: (/** @type {any} */ text) => text, str_list: (/** @type {any} */ texts) => texts, str_field: (/** @type {any} */ record) => record } });
  for (const size of SIZES)
    for (const text of ["x".repeat(size), `${"a".repeat(Math.max(size - 3, 0))}é`, "日".repeat(size / 3)]) {
      assert.equal(exports.str(text), [...text].reverse().join(""));
      assert.equal(exports.str_option(text), text);
      assert.deepEqual(exports.str_list([text, "", text]), [text, "", text]);
      assert.deepEqual(exports.str_field({ value: text }), { value: text });
    }
  assert.equal(host.dead, null);
});

test("bytes, numbers and lists of every size around the arena's end and 64 KiB", async () => {
  const same = (/** @type {any} */ value) => value;
  const { exports } = await start({ app: { bytes: same, numbers: same, f64_option: same, texts: same, bool_list: same, bytes_field: same, tree: same } });
  for (const size of SIZES) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => i * 7);
    assert.deepEqual(exports.bytes(bytes), bytes);
    assert.deepEqual(exports.bytes_field({ value: bytes }), { value: bytes });
    const numbers = Float64Array.from({ length: size / 8 }, (_, i) => i / 3);
    assert.deepEqual(exports.numbers(numbers), numbers);
    const flags = Array.from({ length: size / 16 }, (_, i) => i % 3 === 0);
    assert.deepEqual(exports.bool_list(flags), flags);
    const texts = flags.map((flag, i) => (flag ? "" : `${i}`));
    assert.deepEqual(exports.texts(texts), texts);
    const tree = { value: 0, children: texts.slice(0, 2000).map((_, value) => ({ value, children: [] })) };
    assert.deepEqual(exports.tree(tree), tree);
  }
});

test("no leak: ten thousand rounds of results that fit, and that are handed over, leave memory and handles as they are", async () => {
  const same = (/** @type {any} */ value) => value;
  const { exports, raw, host } = await start({ app: { str: same, str_list: same, numbers: same, shape_list: same, any_list: same, bytes_option: same }, tries: { text: () => 5, list: () => ["x".repeat(20_000), 5], object: () => null } });
  const long = "é".repeat(20_000);
  const shape = { name: "x".repeat(6000), center: { x: 1, y: 2 }, corners: [{ x: 3, y: 4 }], label: "y".repeat(6000), mode: "Exact", bits: new Uint8Array(6000), tag: {} };
  const rounds = [
    () => exports.str("short"),
    () => exports.str(long),
    () => exports.str_list(["a", long, "b"]),
    () => exports.numbers(new Float64Array(3000)),
    () => exports.shape_list([shape, shape]),
    () => exports.any_list([{}, 1, "x", null]),
    () => exports.bytes_option(new Uint8Array(17_000)),
    () => exports.try_text(),
    () => exports.try_list(),
    () => exports.try_object(),
  ];
  const round = (/** @type {number} */ i) => rounds[i % rounds.length]();
  for (let i = 0; i < 200; i++) round(i);
  const before = raw.memory.buffer.byteLength;
  for (let i = 0; i < 10_000; i++) round(i);
  assert.equal(raw.memory.buffer.byteLength, before);
  assert.equal(host.handles.live, 0);
});

test("numbers of a list that the host was given and returns lie where they must: misaligned views too", async () => {
  const { exports } = await start({ app: { f64_list: (/** @type {any} */ list) => list, i16_list: () => new Int16Array(Uint8Array.of(9, 1, 0, 2, 0, 9).slice(1, 5).buffer) } });
  const view = new Float64Array(new ArrayBuffer(40), 8, 3).fill(1.5);
  assert.deepEqual(exports.f64_list(view), Float64Array.of(1.5, 1.5, 1.5));
  assert.deepEqual(exports.i16_list([]), Int16Array.of(1, 2));
});

test("the embedder's object changes or has no own function: what was there at the start counts", async () => {
  const given = supplied({ plain: { nothing: () => undefined } });
  const { exports } = await instantiate(module, { imports: given, with: [compile] });
  given.plain.nothing = () => assert.fail("put there later");
  exports.nothing();
  const heir = { ...supplied({}), plain: Object.create(supplied({}).plain) };
  const error = await instantiate(module, { imports: heir, with: [compile] }).catch((error) => error);
  assert.equal(error.code, "missing-import");
  assert.match(error.message, /declared\.plain\.nothing\(\)/);
});

test("all missing imports in one error, declared ones by their Rust signature", async () => {
  const error = await instantiate(module, { with: [compile] }).catch((error) => error);
  assert.equal(error.code, "missing-import");
  for (const key of ["plain.several(small: i8, name: &str, big: u64, values: &[f32], mark: char, flag: bool, rest: Option<i32>) -> u32", "tries.big() -> Result<i64, JsError>", "app.str(value: String) -> String"]) assert.ok(error.message.includes(key), key);
  assert.ok(!error.message.includes("js.answer"), "inline code is not missing");
});

test("a guest without a status word: an exception of a declared import ends it, with itself as the cause", () => {
  const bytes = wat(`(import "declared" "app.f()" (func $f)) (func (export "go") (call $f)) ${info()}`, { contract: 'import app.f() as "app.f()"' });
  const thrown = new Error("nowhere to put it");
  const { exports, host } = attach(bytes, { imports: { app: { f() { throw thrown; } } } });
  const error = thrownBy(() => exports.go());
  assert.ok(error instanceof PanicError);
  assert.equal(error.cause, thrown);
  assert.equal(host.dead, error);
});
