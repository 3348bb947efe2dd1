// @ts-check
// Exports that lie: allocators that have nothing, trap or give addresses of nobody's memory, and
// results that are not what the contract section says.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError, WireError } from "../host-js/host.js";
import { breach, dead, load, refused, thrownBy } from "./hostile/breach.js";
import { ARENA_LEN, RETURN, data, info, slot, wat } from "./support/wat.js";

const TAKES = 'export take(text: str) -> u32\nexport two(a: str, b: bytes) -> u32';
const TAKE = `(func (export "take") (param i32 i32) (result i32) (global.set $calls (i32.add (global.get $calls) (i32.const 1))) (local.get 1))
  (func (export "two") (param i32 i32 i32 i32) (result i32) (global.set $calls (i32.add (global.get $calls) (i32.const 1))) (i32.add (local.get 1) (local.get 3)))
  (global $calls (export "calls") (mut i32) (i32.const 0)) (global $freed (export "freed") (mut i32) (i32.const 0))`;
const FREE = '(func (export "hw_free") (param i32 i32 i32) (global.set $freed (i32.add (global.get $freed) (local.get 1))))';
/** A guest with an allocator. @param {string} alloc the body of `hw_alloc` @param {string} [more] */
const allocating = (alloc, more = "") => load(wat(`${TAKE} ${FREE} (func (export "hw_alloc") (param i32 i32) (result i32) ${alloc}) ${more}`, { contract: TAKES }));
const long = "x".repeat(ARENA_LEN + 1);

test("no hw_alloc and a text too long for the arena: no-allocator, the guest isn't called and lives", () => {
  const instance = load(wat(`${TAKE} ${info()}`, { contract: TAKES }));
  const { exports, raw } = instance;
  for (const text of [long, "é".repeat(ARENA_LEN), "x".repeat(ARENA_LEN - 7) + "€€€"]) refused(instance, () => exports.take(text), "no-allocator", /^take: no-allocator \d+: .*hw_alloc/);
  refused(instance, () => exports.two("x".repeat(1000), new Uint8Array(100)), "no-allocator", /^two: /);
  assert.equal(raw.calls.value, 0);
  // The arena is as empty as before: what fits to the last byte still goes in.
  assert.equal(exports.take("x".repeat(ARENA_LEN)), ARENA_LEN);
  assert.equal(exports.take("é".repeat(ARENA_LEN / 2)), ARENA_LEN);
  assert.equal(exports.two("x".repeat(ARENA_LEN / 2), new Uint8Array(ARENA_LEN / 2)), ARENA_LEN);
});

test("no arena and no allocator: only empty text goes in", () => {
  const instance = load(wat(TAKE, { contract: TAKES }));
  assert.equal(instance.exports.take(""), 0);
  assert.equal(instance.exports.two("", new Uint8Array(0)), 0);
  refused(instance, () => instance.exports.take("x"), "no-allocator", /^take: /);
});

test("hw_alloc returning 0: out-of-memory, for sizes within and beyond memory; the instance lives", () => {
  const instance = allocating("(i32.const 0)");
  for (const text of ["x", "x".repeat(100000), "é".repeat(1000000)]) refused(instance, () => instance.exports.take(text), "out-of-memory", /^take: out-of-memory \d+: /);
  assert.equal(instance.raw.calls.value, 0);
  assert.equal(instance.exports.take(""), 0);
});

test("hw_alloc returning 0 for the second argument: the first one's block goes back", () => {
  const instance = allocating("(if (result i32) (i32.eq (local.get 0) (i32.const 5)) (then (i32.const 4096)) (else (i32.const 0)))");
  refused(instance, () => instance.exports.two("first", new Uint8Array(7)), "out-of-memory", /^two: out-of-memory 7/);
  assert.equal(instance.raw.freed.value, 5);
  assert.equal(instance.raw.calls.value, 0);
});

test("hw_alloc trapping: the instance dies before the export runs", () => {
  const instance = allocating("unreachable");
  const error = thrownBy(() => instance.exports.take("x"));
  assert.ok(error instanceof PanicError && error.cause instanceof WebAssembly.RuntimeError);
  assert.equal(instance.raw.calls.value, 0);
  dead(instance.host, error, () => instance.exports.take(""));
});

for (const [what, address] of /** @type {const} */ ([["at the end", 65536], ["just before the end", 65533], ["far outside", 0x10000000], ["beyond 2 GiB", -0x80000000], ["at the end of the address space", -4]]))
  test(`hw_alloc returning an address ${what}: out-of-bounds, nothing is written`, () => {
    const instance = allocating(`(i32.const ${address})`);
    breach(instance, "take", ["four"], "out-of-bounds", new RegExp(` ${address >>> 0}\\.\\.`), "hw_alloc");
    assert.equal(instance.raw.calls.value, 0);
    assert.ok(new Uint8Array(instance.raw.memory.buffer).every((byte) => byte === 0));
  });

test("hw_alloc growing memory, between two arguments too: both arrive whole", () => {
  const instance = load(wat(`(global $freed (mut i32) (i32.const 0)) ${FREE}
    (func (export "hw_alloc") (param i32 i32) (result i32) (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
    (func (export "sum") (param i32 i32 i32 i32) (result i32)
      (i32.add (i32.add (i32.load8_u (local.get 0)) (i32.load8_u (i32.add (local.get 0) (i32.sub (local.get 1) (i32.const 1)))))
               (i32.add (i32.load8_u (local.get 2)) (i32.load8_u (i32.add (local.get 2) (i32.sub (local.get 3) (i32.const 1)))))))`, { contract: "export sum(a: str, b: bytes) -> u32" }));
  assert.equal(instance.exports.sum("AB", Uint8Array.of(1, 2, 3)), 65 + 66 + 1 + 3);
  assert.equal(instance.raw.memory.buffer.byteLength, 3 * 65536);
});

test("hw_free that is missing, or traps: the instance dies, after the guest's function ran", () => {
  for (const free of ["", '(func (export "hw_free") (param i32 i32 i32) unreachable)']) {
    const instance = load(wat(`${TAKE} ${free} (func (export "hw_alloc") (param i32 i32) (result i32) (i32.const 4096))`, { contract: TAKES }));
    const error = thrownBy(() => instance.exports.take("x"));
    assert.ok(error instanceof PanicError, String(error));
    assert.equal(instance.raw.calls.value, 1);
    dead(instance.host, error, () => instance.exports.take(""));
  }
});

test("what fits into the arena never asks the allocator", () => {
  const instance = load(wat(`${TAKE} ${FREE} ${info()} (func (export "hw_alloc") (param i32 i32) (result i32) unreachable)`, { contract: TAKES }));
  assert.equal(instance.exports.take("x".repeat(ARENA_LEN / 3)), Math.floor(ARENA_LEN / 3));
  assert.equal(instance.exports.two("", new Uint8Array(0)), 0);
});

// Results.

const RESULTS = `export text() -> str\nexport binary() -> bytes\nexport value() -> js\nexport failing() -> result<str>\nexport nothing() -> result<()>\nexport letter() -> char\nexport big() -> result<u64>`;
const NAMES = ["text", "binary"];
/** A guest whose exports all return this slot, this wire for a direct result, and this status. @param {Uint8Array} content @param {{ wire?: number, status?: number, more?: string }} [options] */
const returning = (content, { wire = 0, status = 0, more = "" } = {}) => load(wat(`${info()} ${data(RETURN, content)} ${more}
  ${NAMES.map((name) => `(func (export "${name}"))`).join(" ")}
  ${["value", "letter"].map((name) => `(func (export "${name}") (result i32) (i32.const ${wire}))`).join(" ")}
  ${["failing", "nothing", "big"].map((name) => `(func (export "${name}") (result i32) (i32.const ${status}))`).join(" ")}`, { contract: RESULTS }));
/** @type {Record<string, number>} */
const KINDS = { text: 7, binary: 9, failing: 7 };

for (const name of ["text", "binary", "failing"]) {
  test(`a lying result of ${name}: a pointer past the end, a length too long, one that wraps: out-of-bounds`, () => {
    for (const [ptr, len] of [[65536, 1], [65530, 7], [0x80000000, 1], [16, 0xffffffff], [0xffffffff, 1]])
      breach(returning(slot(KINDS[name], ptr, len)), name, [], "out-of-bounds", new RegExp(` ${ptr}\\.\\.${ptr + len}\\b`));
  });
  test(`an empty result of ${name} may point anywhere`, () => {
    for (const ptr of [0, 1, 65536, 65537, 0xffffffff]) assert.equal(returning(slot(KINDS[name], ptr, 0)).exports[name]().length, 0);
  });
  test(`a return slot of another kind than ${name} has: wrong-kind; of no kind at all: unknown-kind`, () => {
    for (const kind of [0, 1, 2, 3, 4, 5, 8, 10, 11]) breach(returning(slot(kind)), name, [], "wrong-kind", new RegExp(`kind ${kind}\\b`));
    for (const kind of [17, 77, 0x700, 0xffffffff]) breach(returning(slot(kind)), name, [], "unknown-kind", new RegExp(`kind ${kind}\\b`));
  });
  test(`a result of ${name} that is handed over, with no hw_free: the instance dies`, () => {
    const instance = returning(slot(KINDS[name], 512, 2, 1));
    const error = thrownBy(() => instance.exports[name]());
    assert.ok(error instanceof PanicError);
    dead(instance.host, error, () => instance.exports[name]());
  });
  test(`a result of ${name} that is handed over is copied, then freed with its length and align 1`, () => {
    const more = `(global $a (export "a") (mut i32) (i32.const 0)) (global $b (export "b") (mut i32) (i32.const 0)) (global $c (export "c") (mut i32) (i32.const 0)) ${data(512, "hi")}
      (func (export "hw_free") (param i32 i32 i32) (global.set $a (local.get 0)) (global.set $b (local.get 1)) (global.set $c (local.get 2)) (i32.store16 (i32.const 512) (i32.const 0)))`;
    const { exports, raw } = returning(slot(KINDS[name], 512, 2, 1), { more });
    const result = exports[name]();
    assert.deepEqual(typeof result === "string" ? result : new TextDecoder().decode(result), "hi");
    assert.deepEqual([raw.a.value, raw.b.value, raw.c.value], [512, 2, 1]);
  });
}

test("a result without a return slot: a guest that has no record", () => {
  const instance = load(wat(`(func (export "text")) ${data(0, slot(7))}`, { contract: "export text() -> str" }));
  breach(instance, "text", [], "wrong-kind", /slot of kind 0/);
});

test("a status with an error slot that is neither text nor handle: named", () => {
  for (const name of ["failing", "nothing", "big"]) {
    for (const kind of [0, 3, 4, 9]) breach(returning(slot(kind), { status: 1 }), name, [], "wrong-kind", new RegExp(`kind ${kind}\\b`));
    breach(returning(slot(200), { status: 1 }), name, [], "unknown-kind", /200/);
    breach(returning(slot(10, 4000), { status: 1 }), name, [], "forged-handle", /4000/);
    breach(returning(slot(10, 0), { status: 1 }), name, [], "reserved-handle", / 0/);
    breach(returning(slot(7, 65536, 4), { status: 1 }), name, [], "out-of-bounds", /65536/);
  }
});

test("an error that the guest returns ends nothing: a text as an Error, a handle as that very value", () => {
  const text = returning(slot(7, 512, 4), { status: 1, more: data(512, "oops") });
  const error = thrownBy(() => text.exports.failing());
  assert.ok(error instanceof Error && !(error instanceof WireError));
  assert.equal(error.message, "oops");
  assert.equal(text.host.dead, null);
  for (const [fixed, value] of [[1, undefined], [2, null], [3, false], [4, true]]) assert.equal(thrownBy(() => returning(slot(10, Number(fixed)), { status: 1 }).exports.nothing()), value);
});

test("a thrown handle is owned by the host: taken, and gone", () => {
  const guest = wat(`${info()} (func (export "fail") (param i32) (result i32) (i32.store (i32.const ${RETURN}) (i32.const 10)) (i32.store (i32.const ${RETURN + 8}) (local.get 0)) (i32.const 1))`, { contract: "export fail(v: js) -> result<str>" });
  const { exports, host } = load(guest);
  for (const thrown of [new TypeError("mine"), "text", 0, "", NaN, undefined, Symbol("s"), Object.freeze({})]) assert.ok(Object.is(thrownBy(() => exports.fail(thrown)), thrown));
  assert.equal(host.handles.live, 0);
});

test("a handle result that is none: forged, stale, NONE and NUMBER are named with the export", () => {
  for (const [wire, code] of /** @type {const} */ ([[4000, "forged-handle"], [-1, "forged-handle"], [0, "reserved-handle"], [7, "reserved-handle"]])) breach(returning(slot(0), { wire }), "value", [], code, new RegExp(` ${wire}\\b`));
  const instance = returning(slot(0), { wire: 8 });
  instance.host.release(instance.host.handle({}));
  breach(instance, "value", [], "stale-handle", / 8\b/);
});

test("a char result that is none: surrogates, beyond U+10FFFF, negative", () => {
  for (const wire of [0xd800, 0xdfff, 0x110000, -1]) breach(returning(slot(0), { wire }), "letter", [], "wrong-kind", /as a char/);
  assert.equal(returning(slot(0), { wire: 0x10ffff }).exports.letter(), "\u{10ffff}");
});

test("statuses other than 0 and 1: anything but 0 is an error", () => {
  for (const status of [2, -1, 256]) assert.equal(thrownBy(() => returning(slot(7, 512, 4), { status, more: data(512, "oops") }).exports.failing()).message, "oops");
});

test("invalid UTF-8 wherever text is read: U+FFFD as the Encoding Standard says, a named error in debug mode", () => {
  const bad = Uint8Array.of(0x61, 0xff, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, 0xc3);
  const want = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bad);
  const result = slot(7, 512, bad.length);
  assert.equal(returning(result, { more: data(512, bad) }).exports.text(), want);
  assert.equal(thrownBy(() => returning(result, { status: 1, more: data(512, bad) }).exports.nothing()).message, want);
});

test("data that a guest refuses is a TypeError, of an async export too, in a guest that has nothing else to refuse", async () => {
  const refuse = '(param i32 i32) (result i32) (call $error_misuse (i32.const 6) (i32.const 2000) (i32.const 4)) (i32.const 0)';
  const { exports, host } = load(
    wat(`${info()} ${data(2000, "a[0]")} (func (export "now") ${refuse}) (func (export "later") ${refuse})`, {
      contract: "export now(d: data) -> i32\nexport later(d: data) -> async f64",
    }),
  );
  const value = [() => {}];
  for (let i = 0; i < 3; i++) {
    const [now, later] = [thrownBy(() => exports.now(value)), await exports.later(value).catch((/** @type {unknown} */ error) => error)];
    assert.deepEqual([now, later].map(String), ["TypeError: now: a[0]", "TypeError: later: a[0]"]);
  }
  assert.deepEqual([host.dead, host.handles.live], [null, 0]);
});
