// @ts-check
// Names of properties are kept by the host when they were read: what is at an address now is
// what counts, whatever was there before, wherever it lies, and whether it is text at all.

import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./hostile/breach.js";
import { everyOperation } from "./support/wat.js";

const module = new WebAssembly.Module(everyOperation());
const OUT = 1024;

/** A reader of properties by the bytes of their names, which are put at an address first. @param {import("../host-js/core.js").Options} [options] */
function reader(options) {
  const { host, raw } = load(module, options);
  return (/** @type {object} */ object, /** @type {Uint8Array | string} */ name, at = 512) => {
    const bytes = typeof name === "string" ? new TextEncoder().encode(name) : name;
    host.bytes(at, bytes.length).set(bytes);
    const handle = host.handle(object);
    const got = raw.object_get_named(handle, at, bytes.length, OUT);
    host.release(handle);
    return got === 7 ? new Float64Array(host.bytes(OUT, 8).slice().buffer)[0] : host.value(got);
  };
}

test("other bytes at the same address, with the same first and last byte and length, are another name", () => {
  const get = reader();
  const object = { axe: 1, aye: 2, aze: 3, "": 4, e: 5 };
  for (let round = 0; round < 3; round++) for (const [name, value] of Object.entries(object)) assert.equal(get(object, name), value);
});

test("a name in another place is the same name", () => {
  const get = reader();
  for (let at = 512; at < 600; at++) assert.equal(get({ child: at }, "child", at), at);
});

test("thousands of names, with and without others in between, of every length around the longest that is kept", () => {
  const get = reader();
  const names = Array.from({ length: 3000 }, (_, i) => "n".repeat(i % 40) + i);
  for (const name of [...names, ...names.toReversed()]) assert.equal(get({ [name]: name.length }, name), name.length);
});

test("what is not ASCII is never taken for what is: characters, lone bytes, U+FFFD", () => {
  const get = reader();
  const object = { "\u00e9": 1, "\ufffd": 2, "\u00c3\u00a9": 3, e: 4, "\ufffd\ufffd": 5 };
  for (let round = 0; round < 3; round++) {
    assert.equal(get(object, "\u00e9"), 1);
    assert.equal(get(object, new Uint8Array([0xe9])), 2);
    assert.equal(get(object, new Uint8Array([0xfd])), 2);
    assert.equal(get(object, "\u00c3\u00a9"), 3);
    assert.equal(get(object, "e"), 4);
    assert.equal(get(object, new Uint8Array([0xff, 0xfe])), 5);
  }
});

test("debug mode: what is not UTF-8 is refused, before and after names that are", () => {
  const get = reader({ debug: true });
  assert.equal(get({ ab: 1 }, "ab"), 1);
  assert.equal(get({ ab: 2 }, "ab"), 2);
  assert.throws(() => get({}, new Uint8Array([0x61, 0xff])), { code: "bad-utf8" });
});
