// @ts-check
// Text both ways, on every path: parameter, result, value, argument, UTF-16, characters.

import assert from "node:assert/strict";
import { constants } from "node:buffer";
import test from "node:test";
import { SHORT_READ, SHORT_WRITE } from "../host-js/utf8.js";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, host } = guest;

const identity = (/** @type {any} */ value) => value;

/** Every way of a text to the guest and back. @type {Record<string, (text: string) => unknown>} */
const ways = {
  "parameter and result": (text) => exports.string_echo(text),
  "parameter and result<str>": (text) => exports.string_echo_result(text),
  "parameter to a value": (text) => exports.string_value(text),
  "value to a result": (text) => exports.string_text(text),
  "parameter to an argument": (text) => exports.string_argument(identity, text),
  "value to a String to a value": (text) => exports.convert_value(text, "String"),
  "property to a String": (text) => exports.convert_property({ value: text }, "String"),
  "String to an argument": (text) => exports.convert_argument(text, "String", identity),
  "property set by text": (text) => {
    const object = /** @type {any} */ ({});
    exports.object_set_text(object, "a", text);
    return object.a;
  },
  "name of a property": (text) => {
    const object = Object.create(null);
    exports.object_set_number(object, text, 1);
    return Object.keys(object)[0];
  },
  "message of an error": (text) => exports.error_new(text).message,
};

/** Ways that keep every unit. @type {Record<string, (text: string) => unknown>} */
const losslessWays = {
  "handle": (text) => exports.value_echo(text),
  "JsString": (text) => exports.convert_value(text, "JsString"),
  "UTF-16 there": (text) => String.fromCharCode(...exports.string_to_utf16(text)),
  "UTF-16 back": (text) => exports.string_from_utf16(units(text)),
  "UTF-16 argument": (text) => exports.string_argument16(identity, units(text)),
};

const units = (/** @type {string} */ text) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
/** A text as the Encoding Standard writes it. @param {string} text */
const encode = (text) => new TextEncoder().encode(text);

/** Texts that are well formed. */
const texts = [
  "", "a", "é", "€", "\u{1f600}", "\u{10ffff}", "\0", "\0a", "a\0", "a\0b", "\0\0\0",
  "\ufeff", "\ufeffa", "a\ufeff", "a\ufeffb", "\ufeff\ufeff", "\ufffe", "\uffff", "\ufffd", "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff",
  "e\u0301", "\u00e9", "\u212b", "fi\ufb01", "__proto__", "constructor", "hasOwnProperty", "line\r\nline\u2028\u2029", "\u202eright to left", "👨‍👩‍👧‍👦",
];

test("texts of every kind, by every way", () => {
  for (const [name, way] of Object.entries({ ...ways, ...losslessWays })) for (const text of texts) assert.equal(way(text), text, `${name}: ${JSON.stringify(text)}`);
});

test("the guest sees exactly the UTF-8 of the Encoding Standard", () => {
  for (const text of texts) assert.deepEqual(exports.string_bytes(text), encode(text));
});

/** What else decides by the length: the guest's scratch of 256, what it keeps (64 KiB), the arena (16 KiB), chunks of UTF-16. */
const THRESHOLDS = [SHORT_READ, SHORT_WRITE, 64, 85, 128, 256, 8192, 16_384, 65_536];

test("lengths around every threshold, ASCII or not, by every way", () => {
  for (const [name, way] of Object.entries({ ...ways, ...losslessWays })) {
    if (name === "UTF-16 there") continue; // its own test: fromCharCode takes no such number of arguments
    for (const threshold of THRESHOLDS)
      for (const letter of ["a", "é", "€", "\u{1f600}"]) {
        const size = encode(letter).length;
        const counts = new Set([threshold, Math.floor(threshold / size), Math.floor(threshold / letter.length), Math.floor(threshold / 3)].flatMap((count) => [count - 1, count, count + 1]));
        for (const count of counts) {
          const text = letter.repeat(count);
          assert.ok(way(text) === text, `${name}: ${count} of ${letter}`);
          const mixed = "a".repeat(Math.max(count - size, 0)) + letter;
          assert.ok(way(mixed) === mixed, `${name}: ${letter} after ${mixed.length}`);
        }
      }
  }
});

test("each length from 0 to 300, with a character of each size at the end", () => {
  for (let length = 0; length <= 300; length++)
    for (const end of ["", "é", "€", "\u{1f600}", "\0", "\ufeff"]) {
      const text = "x".repeat(length) + end;
      assert.ok(exports.string_echo(text) === text && exports.string_text(text) === text && exports.string_value(text) === text, `${length} and ${JSON.stringify(end)}`);
    }
});

test("arguments lie in the arena side by side, and beyond it", () => {
  for (const [first, second] of [["", ""], ["a", ""], ["", "é"], ["abc", "defgh"], ["é".repeat(5000), "b"], ["a", "€".repeat(9000)], ["x".repeat(16_384), "y".repeat(16_384)], ["x".repeat(100_000), "é".repeat(50_000)], ["x".repeat(16_383), "y"], ["x".repeat(5461), "y".repeat(5461)]])
    assert.ok(exports.string_pair(first, second) === `${first}|${second}`, `${first.length} and ${second.length}`);
});

/** Texts with lone surrogates. */
const lone = [
  "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d", "\ud83da", "\ude00a", "a\ude00", "\ud83d\ud83d\ude00", "\ud83d\ude00\ude00", "\ud800\udbff\udc00\udfff",
  "\ud83d" + "x".repeat(300), "x".repeat(300) + "\ud83d", "x".repeat(15) + "\ud83d", "x".repeat(16) + "\ude00", "x".repeat(19) + "\ud83d", "x".repeat(20) + "\ud83d" + "y".repeat(20),
  "x".repeat(8191) + "\ud83d\ude00", "x".repeat(8191) + "\ud83d", "x".repeat(8192) + "\ude00", "\ud83d".repeat(1000), "x".repeat(20_000) + "\ud83d",
];

test("a text longer than the arena, of ASCII up to anywhere: what was written stays, the rest comes behind it", () => {
  const whole = 20_000;
  for (const odd of ["é", "€", "😀", "\ud83d", "\ude00", "é".repeat(50), "😀".repeat(whole)])
    for (const at of [0, 1, whole / 2, whole - 3, whole - 2, whole - 1, whole]) {
      const text = "a".repeat(at) + odd + "b".repeat(whole - at);
      assert.deepEqual(Uint8Array.from(exports.string_bytes(text)), encode(text), `${odd.slice(0, 2)} at ${at}`);
      const given = new TextDecoder("utf-8", { ignoreBOM: true }).decode(encode(text));
      assert.ok(exports.string_pair(text, text) === `${given}|${given}`, `two of ${odd.slice(0, 2)} at ${at}`);
    }
  const { byteLength } = guest.raw.memory.buffer;
  for (let i = 0; i < 2000; i++) exports.string_bytes("a".repeat(whole) + "é");
  assert.equal(guest.raw.memory.buffer.byteLength, byteLength, "the blocks go back");
});

test("a lone surrogate becomes U+FFFD in a String, by every way", () => {
  for (const [name, way] of Object.entries(ways))
    for (const text of lone) {
      const expected = new TextDecoder("utf-8", { ignoreBOM: true }).decode(encode(text));
      assert.ok(way(text) === expected, `${name}: ${JSON.stringify(text.slice(0, 30))}`);
    }
});

test("a lone surrogate stays in a handle and in UTF-16, by every way", () => {
  for (const [name, way] of Object.entries(losslessWays)) for (const text of lone) if (text.length < 10_000 || name !== "UTF-16 there") assert.ok(way(text) === text, `${name}: ${JSON.stringify(text.slice(0, 30))}`);
});

test("UTF-16: each length around the chunk and the scratch", () => {
  for (const length of [0, 1, 255, 256, 257, 8191, 8192, 8193, 16_384, 16_385, 100_000]) {
    const all = Uint16Array.from({ length }, (_, i) => (i * 7919) & 0xffff);
    let text = "";
    for (const unit of all) text += String.fromCharCode(unit);
    assert.ok(exports.string_from_utf16(all) === text, String(length));
    assert.ok(exports.string_argument16(identity, all) === text, String(length));
    assert.deepEqual(exports.string_to_utf16(text), all);
  }
});

test("lengths in bytes and in units", () => {
  for (const text of [...texts, ...lone]) assert.deepEqual(exports.string_lens(text), [encode(text).length, text.length]);
});

test("char: every size of character, as parameter, result, in the return slot and as a value", () => {
  for (const char of ["\0", "a", "é", "€", "\ud7ff", "\ue000", "\ufeff", "\ufffd", "\uffff", "\u{10000}", "\u{1f600}", "\u{10ffff}"])
    for (const way of [exports.string_char, exports.string_char_result, exports.string_char_value, (/** @type {string} */ char) => exports.convert_value(char, "char"), exports.string_as_char, (/** @type {string} */ char) => exports.convert_argument(char, "char", identity)])
      assert.equal(way(char), char);
});

test("char: the empty text, two, and a lone surrogate are refused", () => {
  for (const [value, shown] of /** @type {const} */ ([["", '""'], ["ab", '"ab"'], ["\ud83d", '"\ud83d"'], ["\ude00", '"\ude00"'], ["\u{1f600}a", '"\u{1f600}a"'], ["e\u0301", '"e\u0301"'], ["\ud83da", '"\ud83da"'], ["\ude00\ud83d", '"\ude00\ud83d"'], [97, "97"], [null, "null"]])) {
    assert.throws(() => exports.string_char(value), { name: "TypeError", message: `string_char: char must be one character, got ${shown}` });
    assert.throws(() => exports.convert_value(value, "char"), { name: "Error", message: "expected String of one character" });
    if (typeof value === "string") assert.equal(exports.string_as_char(value), undefined);
  }
});

test("what is no string is refused", () => {
  for (const [value, shown] of /** @type {const} */ ([[1, "1"], [null, "null"], [undefined, "undefined"], [1n, "1"], [Symbol("s"), "Symbol(s)"], [{}, "object"], [new String("a"), "object"], [["a"], "object"]])) {
    assert.throws(() => exports.string_echo(value), { name: "TypeError", message: `string_echo: text must be a string, got ${shown}` });
    for (const way of [exports.string_text, exports.string_lens, exports.string_to_utf16]) assert.throws(() => way(value), { name: "Error", message: "expected String" });
  }
});

test("Option<String>: the empty text is not None", () => {
  assert.deepEqual(["", "a", null, undefined].map((value) => exports.convert_value(value, "Option<String>")), ["", "a", undefined, undefined]);
  assert.deepEqual(["", null].map((value) => exports.convert_argument(value, "Option<String>", identity)), ["", undefined]);
});

test("a String may be dropped once the call has it", () => {
  const both = exports.string_owned((/** @type {any[]} */ ...args) => args, "é gone");
  assert.deepEqual(both, ["é gone", "é gone"]);
});

test("a static text returns without a copy, and Display pads", () => {
  assert.equal(exports.string_static(), "a static text: é");
  assert.equal(exports.string_display("é"), "[       é]");
});

/** Bytes that are no UTF-8, alone and where they may be cut. */
const broken = [
  [0x80], [0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xc2], [0xe0, 0x80, 0x80], [0xe0, 0xa0], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x9f, 0x98], [0xf0, 0x9f], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff], [0xfe, 0xff], [0xe2, 0x82, 0x41], [0xf0, 0x9f, 0x41], [0xc3, 0xc3, 0xa9],
];

test("bytes that are not UTF-8 from a guest that lies: U+FFFD as the Encoding Standard has it, whatever the length", () => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (const bytes of broken)
    for (const before of [0, 1, 10, 13, 14, 15, 16, 17, 40, 300])
      for (const after of [0, 1, 40]) {
        const all = Uint8Array.of(...Array(before).fill(0x61), ...bytes, ...Array(after).fill(0x62));
        const text = decoder.decode(all);
        assert.equal(exports.string_lie(all), text, `${before} before ${bytes}`);
        assert.deepEqual(exports.string_lie_argument(all), [text], `${before} before ${bytes}`);
      }
});

test("the same in debug mode: a named error", async () => {
  const debug = await startGuest({ debug: true });
  assert.equal(debug.exports.string_lie(encode("\ufeffé \u{1f600}\0\ufffd")), "\ufeffé \u{1f600}\0\ufffd");
  for (const bytes of broken) {
    const { exports, host } = await startGuest({ debug: true });
    const { name, cause } = thrownBy(() => exports.string_lie(Uint8Array.from(bytes)));
    assert.deepEqual([name, cause.code, host.dead?.name], ["PanicError", "bad-utf8", "PanicError"]);
    assert.match(cause.message, /^string_from_utf8: bad-utf8 \d+ bytes at \d+: text must be UTF-8/);
  }
});

test("a text of 64 MiB each way", async () => {
  const { exports, host } = await startGuest();
  const size = 64 * 1024 * 1024;
  const text = "0123456789abcdé".repeat(size / 16);
  assert.equal(encode(text).length, size);
  assert.ok(exports.string_echo(text) === text, "parameter and result");
  assert.ok(exports.string_text(text) === text, "value to a String");
  assert.ok(exports.string_value(text) === text, "parameter to a value");
  const pages = exports.alloc_pages();
  for (let i = 0; i < 3; i++) assert.ok(exports.string_echo(text) === text);
  assert.equal(exports.alloc_pages(), pages, "what was taken for one is enough for the next");
  assert.equal(host.handles.live, 0);
});

test("a text longer than the engine's strings: string-too-long, by each way", async () => {
  const longest = constants.MAX_STRING_LENGTH;
  for (const way of ["string_zeros", "string_zeros16"]) {
    const { exports, host } = await startGuest();
    const error = thrownBy(() => exports[way](longest + 1));
    assert.deepEqual([error.name, error.cause.name, error.cause.code], ["PanicError", "WireError", "string-too-long"]);
    assert.match(error.cause.message, new RegExp(`^${way === "string_zeros" ? way : "string_from_utf16"}: string-too-long ${longest + 1}: the text is longer than this engine's strings can be`));
    assert.equal(host.handles.live, 0);
  }
});

test("a result beyond what the guest keeps is handed over, and given back", () => {
  for (const times of [65_535, 65_536, 65_537, 1_000_000]) assert.ok(exports.string_repeat("a", times) === "a".repeat(times));
  const pages = exports.alloc_pages();
  for (let i = 0; i < 100; i++) exports.string_repeat("é", 500_000);
  assert.equal(exports.alloc_pages(), pages);
});

leavesNothing(guest, (i) => {
  const text = "é".repeat(i % 700);
  exports.string_echo(text);
  exports.string_text(text);
  exports.string_owned(identity, text);
  exports.string_from_utf16(exports.string_to_utf16(text));
  if (i % 100 === 0) exports.string_pair("x".repeat(20_000), "y".repeat(70_000));
  assert.equal(host.dead, null);
});
