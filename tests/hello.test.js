// @ts-check
// examples/hello, with either allocator, opened as its page does it: by core.js and no group.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { instantiate } from "../host-js/core.js";
import { wasmPath } from "../scripts/guests.js";

const ARENA = 16 * 1024;
const KEPT = 64 * 1024;

for (const name of ["hello", "hello-wee"]) {
  const open = () => instantiate(readFileSync(wasmPath(name)));

  test(`${name}: a text comes in, a text goes out`, async () => {
    const { exports } = await open();
    for (const text of ["Ada", "Grüße 🦀", "a\0b", "\0", "\ufeff", "\ufeffx\ufeff", "日本", "%s {} \\", "e\u0301", "\ufffe\uffff", "\u00a0"]) {
      assert.equal(exports.greet(text), `Hello, ${text}!`);
    }
    assert.equal(exports.greet("\ud83d"), "Hello, \ufffd!", "a lone surrogate has no UTF-8");
  });

  test(`${name}: an error has its text, and the guest lives on`, async () => {
    const { exports } = await open();
    for (const text of ["", " ", "   "]) {
      assert.throws(() => exports.greet(text), (/** @type {any} */ error) => error instanceof Error && error.message === "a greeting needs a name");
    }
    assert.equal(exports.greet("Ada"), "Hello, Ada!");
  });

  test(`${name}: what is no text is refused before the guest runs`, async () => {
    const { exports } = await open();
    for (const value of [undefined, null, 7, {}, ["Ada"], Symbol("Ada")]) assert.throws(() => exports.greet(value), TypeError);
    assert.throws(() => exports.greet(), TypeError);
    assert.throws(() => exports.greet("Ada", "Bob"), TypeError);
    assert.equal(exports.greet.length, 1);
  });

  test(`${name}: both sides of every threshold, in ASCII and not`, async () => {
    const { exports } = await open();
    const around = (/** @type {number} */ length) => [-8, -1, 0, 1, 8].map((step) => length + step);
    for (const length of [ARENA / 3, ARENA, KEPT - "Hello, !".length, KEPT, 1 << 20].flatMap((length) => around(Math.floor(length)))) {
      for (const text of ["a".repeat(length), `${"a".repeat(length - 3)}é!`, "é".repeat(length / 2)]) assert.equal(exports.greet(text), `Hello, ${text}!`);
    }
  });
}

test("hello: memory stays flat", async () => {
  const { exports, raw } = await instantiate(readFileSync(wasmPath("hello")));
  const round = () => {
    for (let length = 1; length < 200_000; length *= 3) exports.greet("a".repeat(length));
    assert.throws(() => exports.greet(""));
  };
  for (let i = 0; i < 10; i++) round();
  const before = raw.memory.buffer.byteLength;
  for (let i = 0; i < 200; i++) round();
  assert.equal(raw.memory.buffer.byteLength, before);
});

test("hello: what a page finds out about greet", async () => {
  const { exports } = await instantiate(readFileSync(wasmPath("hello")));
  assert.deepEqual(Object.keys(exports), ["greet"]);
  assert.equal(exports.greet.name, "greet");
});
