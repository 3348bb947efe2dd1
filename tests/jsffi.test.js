// @ts-check
// examples/jsffi: what each call of each step gives, and the terminal program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { open, show, steps } from "../examples/jsffi/jsffi.js";
import { outcome, text } from "../examples/jsffi/text.js";
import { root, wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("jsffi")));
const start = (name = "Ada") => open(module, () => name);

/** What each call gives, in order; a pattern where the engine has a say. @type {Record<string, (string | RegExp)[]>} */
const EXPECTED = {
  Values: ["3.5", "false", '"z"', '"Hello, Ada!"', '"Hello, whoever you are!"', /^throws RangeError: half: number must be an integer/, /^throws RangeError: is_even: number must be an integer from 0 to 4294967295, got -2$/, 'throws TypeError: next: letter must be one character, got "yz"'],
  "64-bit integers, without loss": ["2432902008176640000n", "undefined", "18446744073709551615n", "throws TypeError: factorial: n must be a BigInt, got 20", /^throws RangeError: .*18446744073709551616$/],
  "Records and enums": ["{ x: 1, y: 1 }", '"North"', "throws TypeError: step: from.y must be a number, got undefined", /^throws TypeError: right_of: corner must be one of .*, got "north"$/],
  "Values that stay the host's": ['"object: 1,2"', '"symbol: no text"', "true", "Date 2024-02-29T00:00:00.000Z", /^throws TypeError: tomorrow: day must be of type Date/, "42", "1", '"here"'],
  "Text, bytes and lists, both ways": ['"🦀 ,eßürG"', '["apple", "pear", "Äpfel"]', "Float64Array [2, 5]", "Float64Array [2, 5]", "Uint8Array [255, 240, 0]", '[["a", 2], ["b", 1]]', "Uint16Array [97, 55357]", "[true, Uint8Array [0, 7, 8, 0]]"],
  "Functions of the page, inline JavaScript": ['"This is Ada."', '"1: somebody was introduced"', "5", '"STRASSE"', "30", '["1st", "2nd", "3rd", "11th", "112th"]', "[1, 2]"],
  "Third-party code, not in the global scope": ['"/posts/hello-world"', "false", '["slugs"]'],
  "Exceptions are values": ["undefined", /^\{ message: "Unexpected token .*is_error: true, stack: "SyntaxError: Unexpected/, '{ message: "0", is_error: false, stack: undefined }', "throws RangeError: the page's own", /^throws SyntaxError: /, "12", /^throws \w*Error: invalid digit found in string$/, "throws Error: not today"],
  "Exports are functions": ["10", "10", "24", "3", "true", "42", "81", "Float64Array [1, 2, 3]", '["multiply", 2]', /^throws TypeError: fold: with must be of type Function/],
};

test("every step gives what it should, twice in a row, and no handle is left", async () => {
  const jsffi = await start();
  for (let times = 0; times < 2; times++) {
    const all = steps(jsffi);
    assert.deepEqual(all.map(({ title }) => title), Object.keys(EXPECTED));
    for (const { title, calls } of all) {
      const outcomes = calls.map((call) => outcome(show(call)));
      assert.equal(outcomes.length, EXPECTED[title].length);
      EXPECTED[title].forEach((expected, i) => (typeof expected === "string" ? assert.equal(outcomes[i], expected) : assert.match(outcomes[i], expected)));
    }
    assert.equal(jsffi.host.handles.live, 0);
    assert.equal(jsffi.host.dead, null);
  }
});

test("a call is shown by its own text", () => {
  const named = { call: () => 1 + 1 };
  assert.deepEqual(show(named.call), { code: "1 + 1", value: 2 });
  assert.deepEqual(show(() => thrownBy(() => null)).code, "thrownBy(() => null)");
});

test("every file that a step names is there, and the guest has no other", async () => {
  const files = new Set(steps(await start()).map(({ file }) => file));
  const lib = readFileSync(`${root}examples/jsffi/src/lib.rs`, "utf8");
  assert.deepEqual(new Set([...lib.matchAll(/^mod (\w+);$/gm)].map(([, name]) => `${name}.rs`)), files);
  for (const file of files) assert.match(readFileSync(`${root}examples/jsffi/src/${file}`, "utf8"), /handwire::export! \{/);
});

test("what is thrown goes through the guest as the very same value, whatever it is", async () => {
  const { exports, host } = await start();
  for (const thrown of [new RangeError("mine"), undefined, null, 0, "", Symbol("s"), Object.freeze({})]) assert.ok(Object.is(thrownBy(() => exports.relay(() => { throw thrown; })), thrown));
  const { stack } = exports.attempt(() => { throw new Error("here"); });
  assert.match(stack, /^Error: here\n.*jsffi\.test\.js/s);
  assert.equal(host.handles.live, 0);
});

test("an embedder that doesn't answer is an error of the guest's caller; two instances never meet", async () => {
  const silent = await open(module, () => { throw new Error("nobody is here"); });
  const [ada, bob] = [await start("Ada"), await start("Bob")];
  assert.equal(thrownBy(() => silent.exports.introduce()).message, "nobody is here");
  assert.deepEqual([ada.exports.introduce(), bob.exports.introduce()], ["This is Ada.", "This is Bob."]);
  assert.deepEqual([silent.log, ada.log, bob.log], [[], ["1: somebody was introduced"], ["1: somebody was introduced"]]);
  bob.host.extras.slugs = { slug: () => "bobs" };
  assert.deepEqual([ada.exports.address("A b"), bob.exports.address("A b")], ["/posts/a-b", "/posts/bobs"]);
  assert.equal(bob.exports.export_named("add"), bob.exports.add);
});

test("ten thousand rounds of all steps' guest calls leave memory and handles as they are", async () => {
  const { exports, host, raw } = await start();
  const error = new Error("no matter");
  const round = (/** @type {number} */ i) => {
    exports.introduce();
    exports.counted(["a", "b", `${i % 10}`]);
    exports.fold([1, 2, 3], 0, exports.add);
    exports.attempt(() => { throw error; });
    exports.pick('{"a":1}', "a");
    thrownBy(() => exports.relay(() => { throw error; }));
  };
  for (let i = 0; i < 100; i++) round(i);
  const before = raw.memory.buffer.byteLength;
  for (let i = 0; i < 10_000; i++) round(i);
  assert.equal(raw.memory.buffer.byteLength, before);
  assert.equal(host.handles.live, 0);
});

test("values as text", () => {
  for (const [value, expected] of /** @type {[unknown, string][]} */ ([
    ["a\"b", '"a\\"b"'], ["x".repeat(500), `"${"x".repeat(159)}…`], [1n, "1n"], [-0, "-0"], [NaN, "NaN"], [null, "null"], [Symbol("s"), "Symbol(s)"], [function named() {}, "function named"],
    [new TypeError("t"), "TypeError: t"], [new Date(0), "Date 1970-01-01T00:00:00.000Z"], [[1, [2n]], "[1, [2n]]"], [BigInt64Array.of(1n), "BigInt64Array [1n]"], [{ a: { b: "c" } }, '{ a: { b: "c" } }'],
  ])) assert.equal(text(value), expected);
});

/** @param {...string} args */
const program = (...args) => spawnSync(process.execPath, [`${root}examples/jsffi/run.js`, ...args], { cwd: root, encoding: "utf8" });

test("run.js: all steps, with a name of one's own", () => {
  const { status, stdout, stderr } = program("Grüße 🦀");
  assert.deepEqual([status, stderr], [0, ""]);
  for (const title of Object.keys(EXPECTED)) assert.ok(stdout.includes(`\n${title} (src/`), title);
  assert.match(stdout, / {2}exports\.introduce\(\)\n {4}"This is Grüße 🦀\."\n/);
  assert.match(stdout, /\nlive handles: 0\n$/);
});

test("run.js: too many arguments are one line and exit code 1", () => {
  const { status, stdout, stderr } = program("a", "b");
  assert.deepEqual([status, stdout, stderr], [1, "", "usage: node examples/jsffi/run.js [NAME]\n"]);
});
