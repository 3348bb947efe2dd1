// @ts-check
// What a guest's module carries for its contract: text in one custom section, and nothing in its code or data. The section can be
// taken out: then the exports are functions of numbers.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { instantiate } from "../host-js/host.js";
import { readModule } from "../host-js/module.js";
import { guests, wasmPath } from "../scripts/guests.js";

const built = guests.map(({ name }) => name).filter((name) => existsSync(wasmPath(name)));

/** @param {string} name */
const read = (name) => new Uint8Array(readFileSync(wasmPath(name)));

/** @param {Uint8Array} bytes @param {string} section */
const sections = (bytes, section) => readModule(bytes).sections.filter(({ name }) => name === section).map(({ bytes }) => Buffer.from(bytes).toString("latin1"));

/** The lines of a module's contract. @param {Uint8Array} bytes */
const lines = (bytes) => readModule(bytes).customs.filter(({ name }) => name === "handwire").flatMap(({ bytes }) => Buffer.from(bytes).toString("utf8").split("\n")).filter((line) => line !== "");

/** A module without its sections of a name. @param {Uint8Array} bytes @param {string} wanted */
function without(bytes, wanted) {
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const start = at;
    const id = bytes[at++];
    const number = () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        value |= (bytes[at] & 0x7f) << shift;
        if (bytes[at++] < 0x80) return value;
      }
    };
    const length = number();
    const end = at + length;
    const nameLength = id === 0 ? number() : 0;
    const name = Buffer.from(bytes.subarray(at, at + nameLength)).toString();
    if (id !== 0 || name !== wanted) parts.push(bytes.subarray(start, end));
    at = end;
  }
  return new Uint8Array(Buffer.concat(parts));
}

test("no declaration is left in code or data, and no function describes one, in any guest here", () => {
  let declared = 0;
  for (const name of built) {
    const bytes = read(name);
    const [code = "", data = ""] = [sections(bytes, "code")[0], sections(bytes, "data")[0]];
    for (const line of lines(bytes)) {
      // Of a line without types nothing could be told from other text.
      if (!/[(:{]/.test(line)) continue;
      declared++;
      assert.ok(!code.includes(line) && !data.includes(line), `${name}: ${line}`);
    }
    for (const { name: exported } of readModule(bytes).exports) assert.doesNotMatch(exported, /^_.*descri/i, name);
  }
  assert.ok(declared > 500, `${declared} lines were looked for`);
});

test("without the section a module is the same in all else, and its exports are functions of numbers", async () => {
  const whole = read("hello");
  const bare = without(whole, "handwire");
  assert.equal(whole.length - bare.length > lines(whole).join("\n").length, true);
  assert.deepEqual(sections(bare, "code"), sections(whole, "code"));
  assert.deepEqual(sections(bare, "data"), sections(whole, "data"));
  assert.equal((await instantiate(whole)).exports.greet("Ada"), "Hello, Ada!");
  const { exports, raw, host } = await instantiate(bare);
  assert.equal(exports.greet.length, raw.greet.length, "pointer and length");
  assert.equal(host.lower(["Ada"], (ptr, len) => exports.greet(ptr, len)), 0, "a status; the text is in the return slot");
});

test("a module that declares imports needs the section: their declarations got lost, which is said", async () => {
  const error = await instantiate(without(read("test-imports"), "handwire")).then(() => assert.fail("it was instantiated"), (error) => error);
  assert.equal(error.code, "bad-contract");
  assert.match(error.message, /no line for the import/);
});

test("the text of panics is optional: a guest without it imports nothing for it, and holds no place of a source", () => {
  const names = (/** @type {string} */ guest) => readModule(read(guest)).imports.map(({ name }) => name);
  assert.ok(names("test-guest").includes("error_panic"));
  for (const guest of ["hello", "hello-wee"]) {
    assert.deepEqual(names(guest).filter((name) => name.startsWith("error_")), [], guest);
    assert.doesNotMatch(sections(read(guest), "data").join(), /\.rs\b/, guest);
  }
  assert.match(sections(read("test-guest"), "data").join(), /\.rs\b/);
});
