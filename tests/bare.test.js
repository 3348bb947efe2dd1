// @ts-check
// examples/bare: a guest opened with nothing but WebAssembly.instantiate.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { shout } from "../examples/bare/bare.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";

const bytes = readFileSync(wasmPath("bare"));

/** @returns {Promise<import("../examples/bare/bare.js").Bare>} */
async function open() {
  const { instance } = await WebAssembly.instantiate(bytes);
  return /** @type {any} */ (instance.exports);
}

test("the module imports nothing and has no runtime", () => {
  const module = new WebAssembly.Module(bytes);
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  assert.deepEqual(functions.map(({ name }) => name).sort(), ["add", "upper"]);
});

test("numbers cross as they are, modulo 2^32", async () => {
  const { add } = await open();
  const sums = [[20, 22, 42], [-1, 1, 0], [0x7fffffff, 1, -0x80000000], [-0x80000000, -1, 0x7fffffff], [1.9, 1.9, 2], [NaN, 5, 5]];
  for (const [a, b, sum] of sums) assert.equal(add(a, b), sum, `${a} + ${b}`);
});

test("a text is upper-cased in place, letters of ASCII only", async () => {
  const guest = await open();
  const texts = [["handwire", "HANDWIRE"], ["", ""], ["@AZ[`az{", "@AZ[`AZ{"], ["grüße, 🦀 ça va", "GRüßE, 🦀 çA VA"], ["a\0b", "A\0B"], ["\ufeffa", "\ufeffA"]];
  for (const [text, upper] of texts) assert.equal(shout(guest, text), upper);
});

test("memory grows to a text of any length, and no further for shorter ones", async () => {
  const guest = await open();
  const room = () => guest.memory.buffer.byteLength - guest.__heap_base.value;
  for (const length of [65535, 65536, 65537, 1_000_000]) {
    assert.equal(shout(guest, "a".repeat(length)), "A".repeat(length));
    assert.ok(room() >= length && room() < length + 2 * 65536, `${room()} bytes of room for ${length}`);
  }
  const before = room();
  for (let i = 0; i < 1000; i++) shout(guest, "a".repeat(i));
  assert.equal(room(), before);
});

test("what lies around the text stays as it is", async () => {
  const { memory, upper, __heap_base } = await open();
  memory.grow(1);
  const place = new Uint8Array(memory.buffer, __heap_base.value, 8).fill(0x61);
  upper(__heap_base.value + 2, 3);
  assert.equal(String.fromCharCode(...place), "aaAAAaaa");
  upper(__heap_base.value + 2, 0);
  assert.equal(String.fromCharCode(...place), "aaAAAaaa");
});

test("a range outside of memory traps", async () => {
  const { memory, upper } = await open();
  assert.throws(() => upper(memory.buffer.byteLength - 1, 2), WebAssembly.RuntimeError);
});

test("host.js opens it as well: functions of numbers", async () => {
  const { exports, raw, host } = await instantiate(bytes);
  assert.equal(exports.add(20, 22), 42);
  raw.memory.grow(1);
  host.bytes(raw.__heap_base.value, 2).set([0x68, 0x69]);
  exports.upper(raw.__heap_base.value, 2);
  assert.equal(host.text(raw.__heap_base.value, 2), "HI");
  assert.throws(() => host.lower(["text"], exports.upper), { code: "no-allocator" });
  assert.throws(() => exports.upper(raw.memory.buffer.byteLength, 1), { name: "PanicError" });
  assert.throws(() => exports.add(1, 1), { name: "PoisonedError" });
  assert.equal(host.handles.live, 0);
});
