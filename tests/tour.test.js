// @ts-check
// examples/tour: the terminal program as a child process, and the job itself in pieces of any
// length. Counts are held against a plain count of the same bytes in JavaScript.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex } from "node:stream";
import test, { after } from "node:test";
import { createInflate, deflateSync, inflateSync } from "node:zlib";
import { Bar, draw } from "../examples/tour/bar.js";
import { Comparison } from "../examples/tour/comparison.js";
import { text as reportText } from "../examples/tour/report.js";
import { PIECE, defaults, tour } from "../examples/tour/tour.js";
import { instantiate } from "../host-js/host.js";
import { root, wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("tour")));
const contract = readFileSync(`${root}WIRE.md`);
const folder = mkdtempSync(join(tmpdir(), "handwire-tour-"));
after(() => rmSync(folder, { recursive: true }));

/** Bytes of every kind, the same in each run. @param {number} length */
function noise(length) {
  let seed = 1;
  return Uint8Array.from({ length }, () => (seed = (Math.imul(seed, 1664525) + 1013904223) | 0) >>> 24);
}

/** @returns {any} */
const inflater = () => Duplex.toWeb(createInflate());

/** @param {Uint8Array} bytes @param {number} length of a piece */
async function* pieces(bytes, length) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** The whole tour of some bytes. @param {Uint8Array} bytes @param {Partial<import("../examples/tour/tour.js").Options>} [options] */
async function run(bytes, options = {}, length = PIECE, instance = instantiate(module)) {
  const file = { size: bytes.length, pieces: pieces(bytes, length), inflater };
  return tour(await instance, file, { ...defaults, ...options });
}

/** What the guest has to find, found in another way. @param {Uint8Array} bytes */
function count(bytes) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const words = text.match(/[\p{Alphabetic}\p{N}_]+(?:['’][\p{Alphabetic}\p{N}_]+)*/gu) ?? [];
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const word of words) {
    if ([...word].length < defaults.shortest || Buffer.byteLength(word) > 64) continue;
    times.set(word.toLowerCase(), (times.get(word.toLowerCase()) ?? 0) + 1);
  }
  const common = [...times].sort(([a, ofA], [b, ofB]) => ofB - ofA || Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const lines = text.split("\n").length - (text === "" || text.endsWith("\n") ? 1 : 0);
  return { bytes: bytes.length, lines, words: words.length, characters: [...text].length, common: common.slice(0, defaults.top) };
}

/** @param {Awaited<ReturnType<typeof run>>} report @param {Uint8Array} original */
function right({ bytes, lines, words, characters, common, same, live }, original) {
  assert.deepEqual({ bytes, lines, words, characters, common }, count(original));
  assert.ok(same, "what was deflated inflates to the same bytes");
  assert.equal(live, 0);
}

/** `node examples/tour/run.js ...args` @param {string[]} args @param {Record<string, string>} [env] */
function program(args, env = {}, script = `${root}examples/tour/run.js`) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: root, env: { ...process.env, TRACE: "", ...env }, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** @param {string} name @param {Uint8Array | string} content */
function fileOf(name, content) {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** The program's report has the counts of the file, and the end that it should. @param {ReturnType<typeof program>} result @param {Uint8Array} bytes */
function reports({ status, stdout, stderr }, bytes) {
  const { lines, words, characters, common } = count(bytes);
  const many = (/** @type {number} */ n, /** @type {string} */ noun) => `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
  assert.equal(stderr, "");
  assert.ok(stdout.includes(`${many(lines, "line")}, ${many(words, "word")}, ${many(characters, "character")}\n`), stdout);
  assert.match(stdout, /inflated by the host +the same bytes\n/);
  for (const [word, times] of common) assert.match(stdout, new RegExp(`^ +${times}  ${word}$`, "m"));
  assert.match(stdout, /\nlive handles: 0\n$/);
  assert.equal(status, 0);
}

test("run.js: WIRE.md is what it takes if nothing is named", () => {
  reports(program(["WIRE.md"]), contract);
  const { stdout } = program([]);
  assert.match(stdout, /^WIRE\.md\n/);
  assert.match(stdout, /level 11: deflate knows 0 to 10\n +at /, "an error of the guest, with its stack");
  assert.match(stdout, /the host has no time for this\n +at busy /, "an exception of JavaScript, with its stack");
  assert.match(stdout, /progress +1 call of a host function\n/);
});

test("run.js: an empty file, one line, bytes that are no text", () => {
  reports(program([fileOf("empty", "")]), new Uint8Array());
  reports(program([fileOf("line", "Grüße, 🦀\n")]), Buffer.from("Grüße, 🦀\n"));
  const bytes = noise(PIECE + 1000);
  const result = program([fileOf("noise", bytes)]);
  reports(result, bytes);
  assert.match(result.stdout, /not UTF-8 +[\d,]+ sequences of bytes, each counted as one character\n/);
});

test("run.js: what can't be read is one clear line", () => {
  symlinkSync("circle", join(folder, "circle"));
  /** @type {[string[], RegExp][]} */
  const wrong = [
    [["no/such/file"], /^tour: no\/such\/file: there is no such file\n$/],
    [["WIRE.md/x"], /^tour: WIRE\.md\/x: there is no such file\n$/],
    [["examples"], /^tour: examples: it is a directory, not a file\n$/],
    [["/dev/null"], /^tour: \/dev\/null: it is not a regular file\n$/],
    [[join(folder, "circle")], /^tour: .*circle: its links lead in a circle\n$/],
    [["x".repeat(5000)], /^tour: x+: its name is too long\n$/],
    [["WIRE.md", "WIRE.md"], /^usage: .*run\.js \[FILE\]\n$/],
  ];
  for (const [args, message] of wrong) {
    const { status, stdout, stderr } = program(args);
    assert.match(stderr, message);
    assert.deepEqual([status, stdout], [1, ""]);
  }
});

test("run.js: a file that may not be read", () => {
  const path = fileOf("secret", "text\n");
  chmodSync(path, 0);
  const { status, stderr } = program([path]);
  // Root may read anything.
  if (process.getuid?.() === 0) assert.equal(status, 0);
  else assert.deepEqual([status, stderr], [1, `tour: ${path}: you may not read it\n`]);
});

test("run.js: without the guest it says what to do", () => {
  const copy = join(folder, "copy");
  cpSync(`${root}host-js`, `${copy}/host-js`, { recursive: true });
  mkdirSync(`${copy}/examples`);
  cpSync(`${root}examples/tour`, `${copy}/examples/tour`, { recursive: true, filter: (path) => !path.endsWith(".wasm") });
  cpSync(`${root}package.json`, `${copy}/package.json`);
  const { status, stderr } = program(["WIRE.md"], {}, `${copy}/examples/tour/run.js`);
  assert.equal(stderr, "tour: the guest is not built: `make run` builds it and runs this\n");
  assert.equal(status, 1);
});

test("run.js: TRACE=1 prints every crossing, in short lines", () => {
  const path = fileOf("traced", `${"word ".repeat(100_000)}\n`);
  const { status, stdout, stderr } = program([path], { TRACE: "1" });
  assert.equal(status, 0);
  assert.match(stdout, /\nlive handles: 0\n$/);
  const lines = stderr.trimEnd().split("\n");
  for (const line of [/^→ open\(object\)$/, /^ {2}← object_get_named\(object, "level"\)$/, /^→ feed\(/, /^ {2}← function_call\(function, undefined, 262144, 500001\)$/, /^→ finish\(object\)$/, /^! /, /^→ rescue\(function, object\)$/]) {
    assert.ok(lines.some((shown) => line.test(shown)), `${line} in\n${stderr}`);
  }
  const calls = lines.filter((line) => /^ *[→←] /.test(line)).length;
  assert.equal(lines.length, 2 * calls, "each call has its end");
  assert.ok(lines.every((line) => line.length < 200), "long texts are cut");
});

test("the same counts, whatever the pieces", async () => {
  const texts = ["", "\n", "\n\n", "a", "a\n", "a\nb", "don't 'quote' rock''n roll’s _x_ O'", "ΟΔΟΣ οδος İi ǅ ß straße", "a\u00a0b\u2028c\r\nd", "\ufeffbom 🦀🦀 x²½Ⅷ 日本語 العربية", "word".repeat(16), `${"word".repeat(16)}s`, "é".repeat(33)];
  const broken = [[0xff], [0xe2, 0x82], [0xe2, 0x82, 0x41, 0xf0, 0x9f, 0xa6], [0xed, 0xa0, 0x80], [0xc0, 0xaf, 0xf4, 0x90, 0x80, 0x80], [0xf0, 0x9f, 0xa6, 0x80, 0xf0]];
  const instance = await instantiate(module, { debug: true });
  for (const bytes of [...texts.map((text) => Buffer.from(text)), ...broken.map((bytes) => Uint8Array.from(bytes)), noise(5000), contract]) {
    for (const length of bytes === contract ? [1000, PIECE] : [1, 2, 3, 7, PIECE]) right(await run(bytes, {}, length, Promise.resolve(instance)), bytes);
  }
  const { broken: none } = await run(Buffer.from("\ufffd"));
  const { broken: three } = await run(Uint8Array.from([0xff, 0x41, 0xe2, 0x82, 0x41, 0xf0]));
  assert.deepEqual([none, three], [0, 3]);
});

test("every level inflates to the same bytes, by Node's zlib as a whole too", async () => {
  for (let level = 0; level <= 10; level++) {
    for (const bytes of [contract, noise(100_000), new Uint8Array(300_000)]) {
      assert.ok((await run(bytes, { level })).same);
      const { exports } = await instantiate(module);
      exports.open({ level });
      const out = Buffer.concat([exports.feed(bytes), exports.feed(new Uint8Array()), exports.finish({})]);
      assert.ok(inflateSync(out).equals(bytes), `level ${level}, ${bytes.length} bytes`);
    }
  }
});

test("a large file: memory stays as it is, progress goes up to the end", async () => {
  const bytes = Buffer.concat(Array(400).fill(contract));
  /** @type {[number, number][]} */
  const calls = [];
  const report = await run(bytes, { progress: (done, size) => calls.push([done, size]) });
  right(report, bytes);
  assert.ok(report.memory < 4 * 2 ** 20, `${report.memory} bytes of guest memory`);
  assert.equal(report.calls, Math.ceil(bytes.length / PIECE));
  assert.deepEqual(calls, calls.map((_, i) => [Math.min((i + 1) * PIECE, bytes.length), bytes.length]));
});

test("more different words than are told apart: all counted, and it says so", async () => {
  const words = Array.from({ length: 1_000_010 }, (_, i) => `w${i.toString(36).padStart(5, "0")}`);
  const report = await run(Buffer.from([...words, ...words.slice(0, 10)].join(" ")), { level: 1 });
  assert.equal(report.words, words.length + 10);
  assert.ok(report.crowded && report.same);
  assert.deepEqual(report.common, words.slice(0, 10).map((word) => [word, 2]));
  assert.ok(reportText("words", report, 4).includes("among the first million"));
  assert.equal(report.live, 0);
});

test("options: what is left out has a default, what is wrong is refused by name or type", async () => {
  const { exports, host } = await instantiate(module);
  exports.open({});
  exports.feed(Buffer.from("one two two three three three"));
  const results = {};
  exports.finish(results);
  assert.deepEqual(results, { bytes: 29, lines: 1, words: 6, characters: 29, broken: 0, crowded: false, common: [["three", 3], ["two", 2], ["one", 1]] });
  const thrown = new Error("a getter's own");
  const getter = { get level() { throw thrown; } };
  assert.throws(() => exports.open({ level: 11 }), { message: "level 11: deflate knows 0 to 10" });
  for (const options of [{ level: "6" }, { level: -1 }, { level: 6.5 }, { top: -1 }, { size: "1" }, { progress: {} }, undefined, null]) assert.throws(() => exports.open(options), Error, JSON.stringify(options));
  assert.throws(() => exports.open(getter), (error) => error === thrown);
  assert.throws(() => exports.finish(Object.freeze({})), { message: "no file is open: call open first" });
  assert.equal(host.handles.live, 0);
});

test("a progress function that throws, or calls the guest, ends the file and nothing else", async () => {
  const instance = await instantiate(module);
  const { exports, host } = instance;
  const thrown = { not: "an Error" };
  await assert.rejects(run(contract, { progress: () => { throw thrown; } }, PIECE, Promise.resolve(instance)), (error) => error === thrown);
  assert.equal(host.handles.live, 0);
  assert.throws(() => exports.feed(contract), { message: "no file is open: call open first" });
  await assert.rejects(run(contract, { progress: () => exports.feed(contract) }, PIECE, Promise.resolve(instance)), { message: "no file is open: call open first" });
  assert.equal(host.handles.live, 0);
  right(await run(contract, {}, PIECE, Promise.resolve(instance)), contract);
});

test("what a host function throws is seen with message and stack, whatever it is", async () => {
  const { exports, host } = await instantiate(module);
  /** @type {[unknown, string | undefined][]} */
  const thrown = [[new TypeError("é"), "é"], [undefined, "undefined"], [0, "0"], ["text", "text"], [{ toString: () => "own" }, "own"]];
  for (const [value, message] of thrown) {
    /** @type {any} */
    const seen = {};
    exports.rescue(() => { throw value; }, seen);
    assert.equal(seen.message, message);
    assert.equal(seen.stack, value instanceof Error ? value.stack : undefined);
  }
  const seen = {};
  exports.rescue(() => 1, seen);
  assert.deepEqual(seen, {});
  assert.equal(host.handles.live, 0);
});

test("the comparison notices each difference", async () => {
  const original = noise(50_000);
  const compare = async (/** @type {Uint8Array} */ expected) => {
    const comparison = new Comparison(inflater());
    comparison.expect(expected.subarray(0, 100));
    comparison.expect(expected.subarray(100));
    await comparison.inflate(deflateSync(original));
    return comparison.end();
  };
  assert.equal(await compare(original), true);
  for (const at of [0, 99, 100, 49_999]) assert.equal(await compare(original.map((byte, i) => (i === at ? byte ^ 1 : byte))), false);
  assert.equal(await compare(original.subarray(0, 49_999)), false, "more came than was expected");
  assert.equal(await compare(Buffer.concat([original, original])), false, "less came");
  const broken = new Comparison(inflater());
  await assert.rejects(async () => {
    await broken.inflate(Uint8Array.from([1, 2, 3, 4]));
    await broken.end();
  });
});

test("the progress bar: drawn on a terminal, one line elsewhere, nothing for a moment's job", () => {
  assert.equal(draw(0, 100), `[${"-".repeat(30)}] 0 %, 0.0 MB`);
  assert.equal(draw(50e6, 100e6), `[${"#".repeat(15)}${"-".repeat(15)}] 50 %, 50.0 MB`);
  assert.equal(draw(200, 100), `[${"#".repeat(30)}] 100 %, 0.0 MB`);
  assert.equal(draw(3e6, 0), "3.0 MB");
  for (const [isTTY, expected] of /** @type {[boolean, string][]} */ ([[true, `\r${draw(1, 2)}\r${draw(2, 2)}\r\x1b[K`], [false, "reading name\n"]])) {
    let written = "";
    const bar = new Bar({ isTTY, write: (text) => (written += text) }, "name");
    bar.show(1, 2);
    assert.equal(written, "");
    for (const done of [1, 2]) {
      bar.next = 0;
      bar.show(done, 2);
      bar.show(done, 2);
    }
    bar.clear();
    assert.equal(written, expected);
  }
});
