// @ts-check
// Any value in any form: what the writers, compiled and not, say of it and write.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { formWriter } from "../host-js/form-text.js";
import { Words } from "../host-js/words.js";
import { bytesOf, fits, formOf, normal, read, wellFormed } from "./support/forms.js";

const key = fc.oneof(fc.constantFrom("a", "b", "c", "id", "name", "1", "0", "é", "a b", "\"", "\\", "${x}", "`", "\u2028", "*/", "length", "prototype"), fc.string().filter((key) => !(key in Object.prototype) && key === wellFormed(key)));
const { shape } = fc.letrec((/** @type {(name: string) => any} */ tie) => ({
  shape: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    fc.constantFrom("unknown", "boolean", "number", "text", "text"),
    fc.tuple(fc.constant("option"), tie("shape")),
    fc.tuple(fc.constant("list"), tie("shape")),
    fc.tuple(fc.constant("map"), tie("shape")),
    fc.array(tie("shape"), { maxLength: 3 }).map((parts) => ["tuple", ...parts]),
    fc.dictionary(key, tie("shape"), { maxKeys: 6, noNullPrototype: true }),
  ),
}));
const container = fc.oneof(
  fc.dictionary(key, shape, { minKeys: 1, maxKeys: 8, noNullPrototype: true }),
  fc.tuple(fc.constantFrom("list", "map"), shape),
  fc.array(shape, { minLength: 1, maxLength: 3 }).map((parts) => ["tuple", ...parts]),
  fc.tuple(fc.constant("option"), fc.dictionary(key, shape, { maxKeys: 4, noNullPrototype: true })),
);

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("\ud83d", "\ude00", "😀", "", "é".repeat(50), "x".repeat(5000)));
const odd = fc.oneof(fc.constantFrom(null, undefined, 1n, NaN, "text", true, 5), fc.constant([]), fc.constant({}), fc.constant(new Map()), fc.constant(new Date(0)), fc.constant(new (class { a = 1; })()), fc.constant([1, "a"]));

/** Values that are of a form, or nearly. @param {any} shape @param {number} wrong one in so many is not @returns {fc.Arbitrary<any>} */
function valueOf(shape, wrong) {
  const right = rightOf(shape, wrong);
  return wrong === 0 ? right : fc.oneof({ weight: wrong, arbitrary: right }, { weight: 1, arbitrary: odd });
}

/** @param {any} shape @param {number} wrong @returns {fc.Arbitrary<any>} */
function rightOf(shape, wrong) {
  if (shape === "unknown") return fc.constantFrom(undefined, undefined, null, 1);
  if (shape === "boolean") return fc.boolean();
  if (shape === "number") return fc.oneof(fc.double(), fc.integer());
  if (shape === "text") return text;
  if (!Array.isArray(shape)) {
    const fields = Object.entries(shape).map(([key, part]) => fc.tuple(fc.constant(key), valueOf(part, wrong), fc.integer({ min: 0, max: 9 })));
    // Some are not there, some are undefined; in any order, mostly that of the form.
    return fc.tuple(fc.tuple(...fields), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 30 }), fc.boolean()).map(([fields, order, more, bare]) => {
      const entries = fields.flatMap(([key, value, there]) => (there === 0 ? [] : [[key, there === 1 ? undefined : value]]));
      if (order === 0) entries.reverse();
      if (order === 1) entries.sort(([a], [b]) => (a < b ? -1 : 1));
      if (more < 3) entries.splice(more, 0, [`more ${more}`, more === 0 ? [] : more]);
      const object = bare && more < 15 ? Object.create(null) : {};
      for (const [key, value] of entries) object[key] = value;
      return object;
    });
  }
  const [kind, ...parts] = shape;
  if (kind === "option") return fc.oneof(fc.constantFrom(null, undefined), valueOf(parts[0], wrong));
  if (kind === "list") return fc.array(valueOf(parts[0], wrong), { maxLength: 40 });
  if (kind === "map") return fc.dictionary(fc.oneof(key, text), valueOf(parts[0], wrong), { maxKeys: 8 });
  return fc.tuple(...parts.map((/** @type {any} */ part) => valueOf(part, wrong))).map((items) => (wrong > 0 && items.length === 2 ? items.slice(0, 3) : items));
}

/** What was written, as a buffer has it. @param {Words} words */
function written(words) {
  const count = Array.from(words.words.subarray(0, words.count));
  words.flush();
  return { words: count, units: words.units, texts: words.u8.slice(0, words.at) };
}

test("what the writers say is of a form is read back the same, and both write the same bytes", () => {
  const plain = new Words();
  const quick = new Words();
  let fitting = 0;
  let others = 0;
  const property = fc.property(
    container.chain((shape) => fc.tuple(fc.constant(shape), fc.array(fc.oneof({ weight: 3, arbitrary: valueOf(shape, 0) }, { weight: 2, arbitrary: valueOf(shape, 40) }, { weight: 1, arbitrary: odd }), { minLength: 1, maxLength: 6 }))),
    ([shape, values]) => {
      const form = formOf(bytesOf(shape));
      assert.ok(form);
      const compiled = formWriter(form, (names, text) => /** @type {any} */ (new Function(...names, text)));
      for (const value of values) {
        const want = fits(shape, value);
        assert.equal(plain.write(form, value, null), want, "by tree");
        assert.equal(quick.write(form, value, compiled), want, "compiled");
        if (!want) {
          others++;
          continue;
        }
        fitting++;
        const found = written(plain);
        assert.deepEqual(written(quick), found);
        const back = read(shape, found);
        if (back) assert.deepEqual(back.value, normal(shape, value));
      }
    },
  );
  fc.assert(property, { numRuns: 3000 });
  assert.ok(fitting > 1000 && others > 1000, `${fitting} of a form, ${others} not`);
});
