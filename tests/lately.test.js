// @ts-check
// Texts that a guest gave before: what is found is what stands there, whatever was there last.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { Lately } from "../host-js/lately.js";
import { TextCache } from "../host-js/text-cache.js";
import "../host-js/utf8.js";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A reader of bytes by the caches, as a guest's texts are read. */
function reader() {
  const short = new TextCache();
  const lately = new Lately();
  const u8 = new Uint8Array(256);
  const view = new DataView(u8.buffer);
  return (/** @type {Uint8Array} */ bytes, at = 3) => {
    u8.fill(0xc3);
    u8.set(bytes, at);
    return bytes.length > 16 ? lately.read(u8, view, at, bytes.length, "test") : short.read(u8, view, at, bytes.length);
  };
}

test("a text that differs in one byte, or in its length, is another one", () => {
  const read = reader();
  for (let size = 4; size <= 64; size++) {
    const bytes = new Uint8Array(size).map((_, i) => 97 + (i % 26));
    const text = decoder.decode(bytes);
    for (let i = 0; i < size; i++) {
      assert.equal(read(bytes), text);
      const other = bytes.slice();
      other[i] = 0x2d;
      assert.equal(read(other, 8), text.slice(0, i) + "-" + text.slice(i + 1));
      assert.equal(read(other), text.slice(0, i) + "-" + text.slice(i + 1));
    }
    assert.equal(read(bytes), text);
  }
});

test("bytes of any kind read as the platform reads them, the first time and later", () => {
  const read = reader();
  const few = fc.constantFrom(0x61, 0x7f, 0x80, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0xff);
  fc.assert(
    fc.property(fc.array(few, { minLength: 4, maxLength: 64 }), (numbers) => {
      const bytes = Uint8Array.from(numbers);
      const want = decoder.decode(bytes);
      assert.equal(read(bytes), want);
      assert.equal(read(bytes, 10), want);
    }),
    { numRuns: 3000 },
  );
});

test("texts that are all different, and then the same again", () => {
  const read = reader();
  const encoder = new TextEncoder();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 5000; i++) {
      const text = `text number ${i} of some thousands, é`;
      assert.equal(read(encoder.encode(text)), text);
      assert.equal(read(encoder.encode(`no. ${i}`)), `no. ${i}`);
    }
    for (let i = 0; i < 5000; i++) assert.equal(read(encoder.encode("always the same text, and always the same")), "always the same text, and always the same");
  }
});
