// @ts-check
// Batches that a guest should not pass: whatever the words are, the host goes on, and what it
// reads is theirs and nothing else.

import assert from "node:assert/strict";
import test from "node:test";
import { ALL, KEEP, operands, operations } from "../host-js/batch.js";
import { PanicError, WireError } from "../host-js/host.js";
import { breach, load } from "./hostile/breach.js";
import { everyOperation } from "./support/wat.js";
import { wireText } from "./support/wire.js";

const module = new WebAssembly.Module(everyOperation());
const WORDS = 4096, TEXT = 512, RESULTS = 32_768;

/** Writes a batch and gives the wires to run it. @param {any} instance @param {number[]} words @param {{ text?: string, count?: number, flags?: number, len?: number }} [rest] */
function batch({ host }, words, { text = "", count = 1, flags = 0, len = words.length * 4 } = {}) {
  host.bytes(WORDS, words.length * 4).set(new Uint8Array(Uint32Array.from(words).buffer));
  const bytes = new TextEncoder().encode(text);
  host.bytes(TEXT, bytes.length).set(bytes);
  return [WORDS, len, TEXT, bytes.length, RESULTS, count, flags];
}

const { get, set, call, construct } = operations;
const { undefined: UNDEFINED, number, text, handle, result, i64, bytes } = operands;

test("the example of the contract does what stands beside it", () => {
  const [, example] = /```text\n(13 77 [^]*?)```/.exec(wireText) ?? assert.fail("WIRE.md has no example of a batch");
  const lines = example.trimEnd().split("\n").map((line) => Uint8Array.from(/^(?:text +)?((?:[0-9a-f]{2} +)+)/.exec(line)?.[1].trim().split(/ +/) ?? [], (digits) => parseInt(digits, 16)));
  const text = new TextDecoder().decode(lines.pop());
  /** @type {any[]} */
  const children = [];
  const document = { createElement: (/** @type {string} */ tag) => ({ tag }) };
  const body = { appendChild: (/** @type {any} */ node) => children.push(node) };
  const instance = load(module);
  const handles = [document, body, "createElement"].map((value) => instance.host.handle(value));
  const words = Array.from(new Uint32Array(Uint8Array.from(lines.flatMap((line) => [...line])).buffer), (word) => handles[word - 4_194_313] ?? word);
  assert.equal(instance.exports.batch_run(...batch(instance, words, { text, count: 3 })), -1);
  assert.deepEqual(children, [{ tag: "tr", id: "r7" }]);
  assert.equal(instance.host.value(new DataView(instance.host.bytes(RESULTS, 16).slice().buffer).getUint32(8, true)), children[0]);
});

/** @type {Record<string, [words: number[], rest?: Parameters<typeof batch>[2]]>} */
const BAD = {
  "no word": [[]],
  "no word for the second": [[get | (handle << 8), 6], { count: 2 }],
  "operation 0": [[0]],
  "operation 6": [[6]],
  "operation 15": [[15, 0, 0, 0]],
  "a bit that means nothing": [[get | 32 | (handle << 8), 6]],
  "a kind where there is no operand": [[construct | (handle << 8) | (number << 12), 6]],
  "an operand that is cut short": [[get | (handle << 8)]],
  "a number that is cut short": [[get | (number << 8), 1]],
  "a BigInt that is cut short": [[get | (i64 << 8), 1]],
  "bytes that are cut short": [[get | (bytes << 8), 5, 0]],
  "bytes of 4 GiB": [[get | (bytes << 8), 0xffffffff, 0]],
  "operand 12": [[get | (12 << 8), 6]],
  "operand 15": [[get | (handle << 8) | (15 << 12), 6, 0]],
  "no kinds of arguments": [[call | (handle << 8) | (1 << 16), 6]],
  "65,535 arguments that aren't there": [[call | (handle << 8) | (0xffff << 16), 6, 0, 0, 0]],
  "the ninth argument's kinds": [[call | (handle << 8) | (9 << 16), 6, 0]],
  "an argument of kind 13": [[call | (handle << 8) | (1 << 16), 6, 13, 0]],
  "its own result": [[get | (result << 8), 0]],
  "a later result": [[get | (result << 8), 1, get | (handle << 8), 6], { count: 2 }],
  "a result far away": [[get | (result << 8), 0xffffffff]],
  "more text than there is": [[get | (handle << 8) | (text << 12), 6, 3], { text: "ab" }],
  "text of 4 GiB": [[get | (handle << 8) | (text << 12), 6, 0xffffffff], { text: "ab" }],
  "text that was used": [[set | (handle << 8) | (text << 12) | (text << 16), 6, 2, 1], { text: "ab" }],
  "words too many": [[get | (handle << 8), 6, 0]],
  "no operations for the words": [[get | (handle << 8), 6], { count: 0 }],
  "5 bytes": [[get | (handle << 8), 6], { len: 5 }],
  "more operations than words": [[get], { count: 1000 }],
};

for (const [what, [words, rest]] of Object.entries(BAD))
  test(`bad-batch: ${what}`, () => {
    const instance = load(module, { extras: {} });
    breach(instance, "batch_run", batch(instance, words, rest), "bad-batch");
  });

test("handles among the words are looked at as anywhere", () => {
  for (const [number, code] of /** @type {const} */ ([[0, "reserved-handle"], [7, "reserved-handle"], [4000, "forged-handle"], [0xffffffff, "forged-handle"]])) {
    const instance = load(module);
    breach(instance, "batch_run", batch(instance, [get | (handle << 8), number]), code);
  }
  const instance = load(module);
  const stale = instance.host.handle({});
  instance.host.release(stale);
  breach(instance, "batch_run", batch(instance, [get | (handle << 8), stale]), "stale-handle");
});

test("a handle that an earlier operation has released is stale when its turn comes", () => {
  const instance = load(module, { extras: { release: () => instance.host.release(other) } });
  const other = instance.host.handle({});
  const words = [call | (handle << 8) | (text << 12), 6, 7, get | (handle << 8), other];
  breach(instance, "batch_run", batch(instance, words, { text: "release", count: 2 }), "stale-handle");
});

test("words that change while they run don't: what runs is the copy", () => {
  const { host, exports } = load(module, { extras: { spoil: () => host.bytes(TEXT, 30_000).fill(0xff), value: 1.5 } });
  const words = [call | (handle << 8) | (text << 12), 6, 5, get | KEEP | (handle << 8) | (text << 12), 6, 5];
  assert.equal(exports.batch_run(...batch({ host }, words, { text: "spoilvalue", count: 2 })), -1);
  const view = new DataView(host.bytes(RESULTS, 32).slice().buffer);
  assert.deepEqual([view.getUint32(0, true), view.getUint32(16, true), view.getFloat64(24, true)], [0, 4, 1.5]);
});

test("every slot is written, whatever was in it", () => {
  const { host, exports } = load(module, { extras: { x: 1.5 } });
  host.bytes(RESULTS, 64).fill(0xee);
  const words = [get | (handle << 8), 6, get | (UNDEFINED << 8), get | (handle << 8), 6];
  assert.equal(exports.batch_run(...batch({ host }, words, { count: 3 })), 1);
  const thrown = new DataView(host.bytes(RESULTS, 64).slice().buffer);
  assert.deepEqual(Array.from({ length: 4 }, (_, i) => thrown.getUint32(i * 4, true)), [0, 0, 0, 0]);
  assert.deepEqual([thrown.getUint32(16, true), thrown.getUint32(20, true)], [10, 1]);
  assert.ok(host.value(thrown.getUint32(24, true)) instanceof TypeError);
  assert.deepEqual(Array.from({ length: 4 }, (_, i) => thrown.getUint32(32 + i * 4, true)), [0, 0, 0, 0]);
  assert.equal(thrown.getUint32(48, true), 0xeeeeeeee, "and none behind them");
});

test("results at the words and at the text are written when those have been read", () => {
  const { host, exports } = load(module, { extras: { x: 1.5 } });
  const wires = batch({ host }, [get | KEEP | (handle << 8) | (text << 12), 6, 1], { text: "x" });
  wires[4] = TEXT;
  assert.equal(exports.batch_run(...wires), -1);
  assert.equal(new DataView(host.bytes(TEXT, 16).slice().buffer).getFloat64(8, true), 1.5);
});

test("text that isn't UTF-8 becomes U+FFFD, and its units count as they then are", () => {
  const seen = /** @type {any} */ ({});
  const { host, exports } = load(module, { extras: seen });
  const wires = batch({ host }, [set | (handle << 8) | (text << 12) | (text << 16), 6, 1, 3], { text: "kxxx" });
  host.bytes(TEXT, 4).set([0x6b, 0xff, 0x61, 0xe9]);
  assert.equal(exports.batch_run(...wires), -1);
  assert.deepEqual(seen, { k: "\ufffda\ufffd" });
  const debug = load(module, { debug: true });
  const again = batch(debug, [get | (handle << 8), 6], { text: "kxxx" });
  debug.host.bytes(TEXT, 4).set([0x6b, 0xff, 0x61, 0xe9]);
  breach(debug, "batch_run", again, "bad-utf8");
});

test("any words at all: an answer, or a WireError that ends the instance and nothing else", () => {
  let seed = 12345;
  const random = (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  /** @type {Record<string, number>} */
  const ends = {};
  const neighbour = load(module);
  for (let round = 0; round < 3000; round++) {
    const instance = load(module, { global: undefined, extras: { a: 1, f: (/** @type {any} */ ...args) => args, "": {} } });
    const { host, exports } = instance;
    const made = host.handle({ a: {} });
    const count = 1 + random(6);
    /** @type {number[]} */
    const words = [];
    for (let i = 0; i < count * 4; i++) {
      const kind = () => [text, handle, handle, result, UNDEFINED, random(16)][random(6)];
      if (i % 3 === 0) words.push((1 + random(5)) | (random(2) * KEEP) | (kind() << 8) | (kind() << 12) | (random(3) << 16));
      else words.push([6, made, random(4), random(2 ** 32)][random(4)]);
    }
    try {
      const first = exports.batch_run(...batch(instance, words, { text: "afaf\u00e9", count, flags: random(2) * ALL }));
      assert.ok(first >= -1 && first < count);
      ends.answer = (ends.answer ?? 0) + 1;
    } catch (error) {
      assert.ok(error instanceof PanicError && error.cause instanceof WireError, String(error));
      ends[error.cause.code] = (ends[error.cause.code] ?? 0) + 1;
    }
  }
  assert.equal(neighbour.exports.value_kind(1), 1);
  assert.ok(ends["bad-batch"] > 100 && ends["forged-handle"] > 100, JSON.stringify(ends));
});
