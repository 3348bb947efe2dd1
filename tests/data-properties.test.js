// @ts-check
// Data by property: any value that the host has, given to the guest and back, and what the guest
// makes of JSON; each ten thousand times.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { data } from "../host-js/data.js";
import { instantiate } from "../host-js/host.js";
import { root, wasmPath } from "../scripts/guests.js";

const numRuns = 10_000;
const none = () => undefined;
const { exports, host } = await instantiate(readFileSync(wasmPath("test-data")), { imports: { app: { exchange: none, find: none, send: none, all: none } }, with: [data] });

const text = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.constantFrom("same", "other", "__proto__", "constructor", "length", "\ud83d", "é".repeat(20)), fc.string({ minLength: 20, maxLength: 300 }));
const number = fc.oneof(fc.double(), fc.integer(), fc.integer({ min: -200, max: 200 }), fc.constantFrom(-0, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21));
const bytes = fc.uint8Array({ maxLength: 40 });
const { value } = fc.letrec((/** @type {(name: string) => any} */ tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, undefined, true, false),
    number,
    text,
    fc.bigInt({ min: -(2n ** 127n), max: 2n ** 128n - 1n }),
    fc.date({ noInvalidDate: false }),
    bytes,
    fc.float64Array({ maxLength: 4 }),
    fc.int16Array({ maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 40 }),
    fc.dictionary(text, tie("value"), { maxKeys: 70 }),
    fc.record({ id: number, name: text, tags: fc.array(text, { maxLength: 4 }), child: tie("value") }, { requiredKeys: ["id"] }),
    fc.uniqueArray(fc.tuple(fc.integer(), tie("value")), { selector: ([key]) => key }).map((entries) => new Map(entries)),
    fc.array(tie("value"), { maxLength: 4 }).map((list) => new Set(list)),
  ),
}));

/** @param {string} text @returns {string} */
const wellFormed = (text) => /** @type {any} */ (text).toWellFormed();

/** What comes back of a value: as the guest's types have it. @param {any} given @returns {any} */
function normal(given) {
  if (typeof given === "string") return wellFormed(given);
  if (given === undefined) return null;
  if (typeof given === "bigint") return given >= -(2n ** 53n) + 1n && given < 2n ** 53n ? Number(given) : given;
  if (typeof given !== "object" || given === null || given instanceof Uint8Array) return given;
  if (given instanceof Date) return Number.isNaN(given.getTime()) ? null : given.toISOString();
  if (ArrayBuffer.isView(given) || Array.isArray(given) || given instanceof Set) return Array.from(/** @type {any} */ (given), normal);
  if (given instanceof Map) return given.size === 0 ? {} : new Map([...given].map(([key, inner]) => [key, normal(inner)]));
  // Two keys may be one when their surrogates are replaced.
  return Object.entries(given).reduce((object, [key, inner]) => Object.defineProperty(object, wellFormed(key), { value: normal(inner), enumerable: true, configurable: true, writable: true }), {});
}

test("any value comes back equal", () => {
  fc.assert(fc.property(value, (value) => assert.deepStrictEqual(exports.echo(value), normal(value))), { numRuns });
  assert.equal(host.handles.live, 0);
});

test("any JSON is to the guest what serde_json makes of its text, and back", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // An integer that a number doesn't hold exactly is a float to the guest, and digits that are another integer in JSON.
      const text = JSON.stringify(value, (_, inner) => (Number.isInteger(inner) && !Number.isSafeInteger(inner) ? 0.5 : inner));
      value = JSON.parse(text);
      assert.ok(exports.is_json(value, text));
      assert.deepStrictEqual(exports.from_json(text), JSON.parse(text));
    }),
    { numRuns },
  );
});

test("a struct of every shape, from values at random: what it is, or an error that says where", () => {
  const sample = exports.sample();
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(sample)), value, (key, value) => {
      let back;
      try {
        back = exports.shapes_value({ ...sample, [key]: value });
      } catch (error) {
        return assert.ok(error instanceof Error && (error.message.startsWith(key) || /^missing field/.test(error.message) || /^invalid|^a key/.test(error.message)), String(error));
      }
      // What was taken once is taken again, as the same.
      assert.deepStrictEqual(exports.shapes_value(back), back);
    }),
    { numRuns },
  );
});

test("the vectors of the contract, read by the guest", () => {
  const { vectors } = JSON.parse(readFileSync(`${root}tests/conformance/data.json`, "utf8"));
  for (const { name, bytes, damaged } of vectors) {
    const buffer = Uint8Array.from(bytes.split(" ").filter(Boolean), (/** @type {string} */ digits) => parseInt(digits, 16));
    if (damaged) assert.throws(() => exports.decode(buffer), { message: /damaged buffer|levels deep/ }, name);
    else assert.ok(exports.decode(buffer).length > 0, name);
  }
});
