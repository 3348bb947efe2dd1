// @ts-check
// UTF-8 both ways, by every way that host-js has: they must agree with each other, and with what
// the platform's TextEncoder and TextDecoder say, for text and for bytes that are no text too.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { textLength, utf8 } from "../host-js/string.js";
import { SHORT_READ, SHORT_WRITE, byHand, node, web } from "../host-js/utf8.js";
import { root, target } from "../scripts/guests.js";
import { breach, load } from "./hostile/breach.js";
import { everyOperation, info, wat } from "./support/wat.js";

/** @typedef {import("../host-js/string.js").Way} Way */

assert.ok(node, "these tests run where there is a Buffer");
/** @type {Record<string, Way>} */
const ways = { byHand, web, node, "in use": utf8 };
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();
const OFFSET = 5;

/** Every way to read these bytes, in the middle of others, against the platform's. @param {Uint8Array} bytes */
function readsAlike(bytes) {
  const want = decoder.decode(bytes);
  const around = new Uint8Array(bytes.length + 12).fill(0xc3);
  around.set(bytes, OFFSET);
  for (const [name, way] of Object.entries(ways)) assert.equal(way.read(around, OFFSET, OFFSET + bytes.length), want, `${name} of ${bytes}`);
}

/** Every way to write this text, against the platform's; nothing but its bytes is touched. @param {string} text */
function writesAlike(text) {
  const want = encoder.encode(text);
  assert.equal(textLength(text), want.length);
  for (const [name, way] of Object.entries(ways)) {
    assert.deepEqual(new Uint8Array(way.encode(text)), want, `${name}.encode of ${JSON.stringify(text)}`);
    const around = new Uint8Array(text.length * 3 + 12).fill(0xaa);
    assert.equal(way.write(around, OFFSET, text), want.length, `${name}.write of ${JSON.stringify(text)}`);
    assert.deepEqual(around.subarray(OFFSET, OFFSET + want.length), want, `${name}.write of ${JSON.stringify(text)}`);
    assert.deepEqual([...around.subarray(0, OFFSET)], [0xaa, 0xaa, 0xaa, 0xaa, 0xaa]);
    assert.deepEqual([...around.subarray(OFFSET + text.length * 3)], Array(12 - OFFSET).fill(0xaa));
  }
}

const units = fc.array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0x80, max: 0x900 }), fc.integer({ min: 0xd7f0, max: 0xe010 }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 70 });
const text16 = units.map((list) => String.fromCharCode(...list));
const bytes = fc.array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.constantFrom(0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xbb, 0xbf, 0xf0, 0x90, 0xf4, 0x8f, 0x41)), { maxLength: 70 }).map((list) => Uint8Array.from(list));

test("any UTF-16, lone surrogates too, is written alike by every way", () => {
  fc.assert(fc.property(text16, writesAlike), { numRuns: 3000 });
});

test("any bytes are read alike by every way", () => {
  fc.assert(fc.property(bytes, readsAlike), { numRuns: 3000 });
});

test("long mixtures of characters of all lengths, and of what is none, are read alike by every way", () => {
  const piece = fc.constantFrom(...["a", "é", "ÿ", "\u07ff", "\u0800", "漢", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"].map((text) => [...encoder.encode(text)]), [0xc0, 0x80], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xc3], [0xe2, 0x82], [0xf0, 0x9f], [0x80], [0xff], [0xc1, 0xbf]);
  fc.assert(fc.property(fc.array(piece, { minLength: 20, maxLength: 300 }), (pieces) => readsAlike(Uint8Array.from(pieces.flat()))), { numRuns: 1000 });
});

test("any text without lone surrogates comes back as it was, by any pair of ways", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
    for (const write of Object.values(ways)) for (const read of Object.values(ways)) {
      const encoded = write.encode(text);
      assert.equal(read.read(encoded, 0, encoded.length), text);
    }
  }), { numRuns: 500 });
});

/** Lengths around every threshold and every size of a loop's step. */
const LENGTHS = [...new Set([0, 1, 7, 8, SHORT_READ, SHORT_WRITE, 64, 1024, 8192].flatMap((n) => [n - 1, n, n + 1]))].filter((n) => n >= 0);

test("lengths n-1, n, n+1 around every threshold, ASCII and not, with a wide character first, last and in between", () => {
  for (const length of LENGTHS)
    for (const wide of ["", "\u00e9", "\u20ac", "\ud83e\udd80", "\ud800", "\udc00", "\ufeff", "\0"]) {
      if (wide.length > length) continue;
      const rest = "x".repeat(length - wide.length);
      const half = rest.length >> 1;
      for (const text of [wide + rest, rest + wide, rest.slice(0, half) + wide + rest.slice(half)]) {
        writesAlike(text);
        readsAlike(encoder.encode(text));
      }
    }
});

test("lengths in bytes around every threshold, with what is no UTF-8 first, last and in between", () => {
  for (const length of LENGTHS)
    for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0xa6]]) {
      if (bad.length > length) continue;
      const rest = Array(length - bad.length).fill(0x78);
      const half = rest.length >> 1;
      for (const list of [[...bad, ...rest], [...rest, ...bad], [...rest.slice(0, half), ...bad, ...rest.slice(half)]]) readsAlike(Uint8Array.from(list));
    }
});

/** @type {Record<string, string>} */
const TEXTS = {
  "the empty text": "", "NUL first": "\0a", "NUL last": "a\0", "NUL only": "\0", "U+FEFF first": "\ufeffa", "U+FEFF only": "\ufeff", "U+FEFF in the middle": "a\ufeffb", "U+FEFF twice": "\ufeff\ufeff",
  "U+FFFE": "\ufffe", "U+FFFF": "\uffff", "four bytes": "\u{1f980}", "the highest code point": "\u{10ffff}", "the lowest of each length": "\0\u0080\u0800\u{10000}", "the highest of each length": "\u007f\u07ff\uffff\u{10ffff}",
  "around the surrogates": "\ud7ff\ue000", "NFC and NFD": "\u00e9e\u0301", "U+FFFD itself": "\ufffd",
};
/** What a guest gets where units are no text. @type {Record<string, [text: string, wellFormed: string]>} */
const LONE = {
  "a lone high surrogate": ["\ud800", "\ufffd"], "a lone low surrogate": ["\udfff", "\ufffd"], "a reversed pair": ["\udc00\ud800", "\ufffd\ufffd"], "high at the start": ["\ud83ex", "\ufffdx"], "high at the end": ["x\ud83e", "x\ufffd"],
  "low at the end": ["x\udd80", "x\ufffd"], "high before a pair": ["\ud83e\ud83e\udd80", "\ufffd\u{1f980}"], "low behind a pair": ["\ud83e\udd80\udd80", "\u{1f980}\ufffd"],
};
/** @type {Record<string, [bytes: number[], text: string]>} */
const BYTES = {
  "overlong, two bytes": [[0xc0, 0x80], "\ufffd\ufffd"], "overlong slash": [[0xc1, 0xbf], "\ufffd\ufffd"], "overlong, three bytes": [[0xe0, 0x80, 0x80], "\ufffd\ufffd\ufffd"], "overlong, four bytes": [[0xf0, 0x80, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"],
  "truncated, two bytes": [[0xc3], "\ufffd"], "truncated, three bytes": [[0xe2, 0x82], "\ufffd"], "truncated, four bytes": [[0xf0, 0x9f, 0xa6], "\ufffd"], "truncated, then text": [[0xf0, 0x9f, 0xa6, 0x41], "\ufffdA"], "truncated, then a lead": [[0xe2, 0x82, 0xc3, 0xa9], "\ufffd\u00e9"],
  "ED A0 80": [[0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd"], "a pair as two of three bytes": [[0xed, 0xa0, 0xbe, 0xed, 0xb6, 0x80], "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"], "beyond U+10FFFF": [[0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"],
  "F5 to FF": [[0xf5, 0xf8, 0xfc, 0xfe, 0xff], "\ufffd\ufffd\ufffd\ufffd\ufffd"], "a continuation alone": [[0x80, 0x41, 0xbf], "\ufffdA\ufffd"], "five bytes": [[0xf8, 0x88, 0x80, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd\ufffd"],
  "a byte order mark, cut off": [[0xef, 0xbb], "\ufffd"],
};

// The same through wasm: a guest that echoes, by the arena, by operations and by slots.

const ECHO = wat(`${info({ arenaLen: 32768 })} (func (export "echo") (param i32 i32) (i32.store (i32.const 64) (i32.const 7)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))
  (func (export "text") (param i32 i32) (result i32) (call $string_from_utf8 (local.get 0) (local.get 1)))
  (func (export "write") (param i32 i32 i32) (result i32) (call $string_write_utf8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "text16") (param i32 i32) (result i32) (call $string_from_utf16 (local.get 0) (local.get 1)))
  (func (export "write16") (param i32 i32 i32) (result i32) (call $string_write_utf16 (local.get 0) (local.get 1) (local.get 2)))`, { contract: "export echo(text: str) -> str" });
const AT = 34000;

/** A text by every road into the guest and back. @param {import("./hostile/breach.js").Instance} instance @param {string} text @param {string} want */
function crosses({ exports, host }, text, want) {
  assert.equal(exports.echo(text), want, "as an argument and a result");
  const handle = host.handle(text);
  const length = exports.write(handle, AT, 30000);
  assert.equal(length, encoder.encode(text).length);
  assert.equal(exports.write(handle, AT, length), length, "into a buffer of just the size");
  const read = exports.text(AT, length);
  assert.equal(host.value(read), want, "by string_write_utf8 and string_from_utf8");
  assert.equal(exports.write16(handle, AT, 15000), text.length);
  const same = exports.text16(AT, text.length);
  assert.equal(host.value(same), text, "by UTF-16, which keeps every unit");
  for (const one of [handle, read, same]) host.release(one);
  assert.equal(host.handles.live, 0);
}

for (const [what, text] of Object.entries(TEXTS))
  test(`${what} crosses unchanged, alone and in a long text`, () => {
    const instance = load(ECHO);
    for (const one of [text, text + "x".repeat(100), "x".repeat(100) + text]) {
      writesAlike(one);
      readsAlike(encoder.encode(one));
      crosses(instance, one, one);
    }
  });

for (const [what, [text, want]] of Object.entries(LONE))
  test(`${what}: U+FFFD for the guest, as it is in UTF-16`, () => {
    const instance = load(ECHO);
    for (const [before, after] of [["", ""], ["x".repeat(100), ""], ["", "x".repeat(100)], ["x".repeat(8191), "y"]]) {
      writesAlike(before + text + after);
      crosses(instance, before + text + after, before + want + after);
    }
  });

for (const [what, [list, want]] of Object.entries(BYTES)) {
  test(`${what} from a guest that lies: U+FFFD, the same at every length`, () => {
    const { exports, host } = load(ECHO);
    for (const pad of [0, 1, 13, 14, 15, 16, 17, 200]) {
      const all = Uint8Array.from([...Array(pad).fill(0x78), ...list]);
      readsAlike(all);
      host.bytes(AT, all.length).set(all);
      assert.equal(host.value(exports.text(AT, all.length)), "x".repeat(pad) + want);
    }
  });
  test(`${what} from a guest that lies, in debug mode: bad-utf8, with the place`, () => {
    for (const pad of [0, 20]) {
      const instance = load(new WebAssembly.Module(everyOperation()), { debug: true });
      instance.host.bytes(AT, pad + list.length).set([...Array(pad).fill(0x78), ...list]);
      breach(instance, "string_from_utf8", [AT, pad + list.length], "bad-utf8", new RegExp(`${pad + list.length} bytes at ${AT}`));
    }
  });
}

test("invalid UTF-8 everywhere text is read, in debug mode: bad-utf8, which names the operation", () => {
  const module = new WebAssembly.Module(everyOperation());
  const calls = /** @type {const} */ ([["string_from_utf8", [AT, 1]], ["error_new", [AT, 1]], ["error_panic", [AT, 1]], ["symbol_new", [AT, 1]], ["symbol_for", [AT, 1]], ["json_parse", [AT, 1]], ["bigint_parse", [AT, 1]],
    ["object_get_named", [6, AT, 1, 8]], ["object_set_named", [6, AT, 1, 8]], ["object_call_named", [6, AT, 1, 8, 0, 8]], ["array_from", [AT + 8, 1]]]);
  for (const [name, wires] of calls) {
    const instance = load(module, { debug: true });
    const view = new DataView(instance.raw.memory.buffer);
    view.setUint8(AT, 0xff);
    view.setUint32(AT + 8, 7, true);
    view.setUint32(AT + 16, AT, true);
    view.setUint32(AT + 20, 1, true);
    breach(instance, name, [...wires], "bad-utf8", new RegExp(`${AT}`));
  }
});

test("debug mode takes what is UTF-8, U+FFFD itself and noncharacters too", () => {
  const instance = load(ECHO, { debug: true });
  for (const text of Object.values(TEXTS)) assert.equal(instance.exports.echo(text), text);
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => instance.exports.echo(text) === text), { numRuns: 200 });
});

test("any text, through wasm", () => {
  const instance = load(ECHO);
  fc.assert(fc.property(text16, (text) => crosses(instance, text, decoder.decode(encoder.encode(text)))), { numRuns: 500 });
});

/** Runs a program in a Node of its own, without these globals from before the host is loaded. @param {string[]} missing */
function without(missing) {
  const path = `${target}/utf8-echo.wasm`;
  writeFileSync(path, ECHO);
  const program = `
    import { readFileSync } from "node:fs";
    const module = await WebAssembly.compile(readFileSync(${JSON.stringify(path)}));
    for (const name of ${JSON.stringify(missing)}) delete globalThis[name];
    const { instantiate } = await import(${JSON.stringify(`file://${root}host-js/host.js`)});
    const { exports, host } = await instantiate(module);
    const texts = ${JSON.stringify([...Object.values(TEXTS), ...Object.values(LONE).map(([text]) => text), "x".repeat(161), "y".repeat(1000), "\u00e9".repeat(1000), "x".repeat(9000), "\u20ac".repeat(5000)])};
    const echoed = texts.map((text) => exports.echo(text));
    const read = ${JSON.stringify(Object.values(BYTES).map(([list]) => list))}.map((list) => {
      host.bytes(${AT}, list.length).set(list);
      return host.text(${AT}, list.length);
    });
    console.log(JSON.stringify({ echoed, read, left: ${JSON.stringify(missing)}.filter((name) => name in globalThis) }));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }));
}

for (const missing of [["TextEncoder", "TextDecoder", "Buffer"], ["Buffer"]])
  test(`without ${missing.join(", ")} in scope: the same results`, () => {
    const { echoed, read, left } = without(missing);
    assert.deepEqual(left, []);
    assert.deepEqual(echoed, [...Object.values(TEXTS), ...Object.values(LONE).map(([, want]) => want), "x".repeat(161), "y".repeat(1000), "\u00e9".repeat(1000), "x".repeat(9000), "\u20ac".repeat(5000)]);
    assert.deepEqual(read, Object.values(BYTES).map(([, want]) => want));
  });
