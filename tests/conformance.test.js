// @ts-check
// The conformance vectors, run for the JavaScript host. What they mean is in
// tests/conformance/README.md; hosts in other languages run the same files.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { root } from "../scripts/guests.js";
import { runContract, runExport, runInfo } from "./conformance/modules.js";
import { runOperation } from "./conformance/operations.js";
import { runData, runForm, runSlab, runUtf8 } from "./conformance/parts.js";
import { operations } from "./support/wire.js";

const folder = `${root}tests/conformance/`;
/** @type {Record<string, (vector: any) => void>} */
const runners = { operations: runOperation, info: runInfo, contract: runContract, exports: runExport, utf8: runUtf8, slab: runSlab, data: runData, forms: runForm };

const files = readdirSync(folder).filter((name) => name.endsWith(".json")).map((name) => ({ name, ...JSON.parse(readFileSync(folder + name, "utf8")) }));

for (const { name, topic, vectors } of files)
  test(`${name}: ${vectors.length} vectors of ${topic}`, async (t) => {
    assert.ok(Object.hasOwn(runners, topic), `the topic ${topic} has a runner`);
    for (const vector of vectors) await t.test(vector.name, () => runners[topic](vector));
  });

test("every operation of the contract has ordinary vectors, and vectors of errors where it can fail", () => {
  /** @type {import("./conformance/operations.js").Call[]} */
  const calls = files.filter(({ topic }) => topic === "operations").flatMap(({ vectors }) => vectors.flatMap((/** @type {any} */ vector) => vector.calls));
  const infallible = ["value_from_number", "bigint_from_i64", "bigint_from_u64", "object_new", "error_take", "date_new", "task_wake", "stream_new", "external_new"];
  for (const { name } of operations()) {
    const own = calls.filter(({ call }) => call === name);
    // It answers an async export, of which there is none here: async.test.js.
    if (name !== "task_settle") assert.ok(own.some(({ breach }) => !breach), `${name} is called as it should be`);
    assert.equal(own.some(({ breach }) => breach !== undefined), !infallible.includes(name), `${name} is called as it should not be`);
  }
  assert.deepEqual([...new Set(calls.flatMap(({ call }) => call ?? []))].sort(), operations().map(({ name }) => name).sort());
});

test("no two vectors of a file have the same name", () => {
  for (const { name, vectors } of files) {
    const names = vectors.map((/** @type {any} */ vector) => vector.name);
    assert.deepEqual(names.filter((/** @type {string} */ one, /** @type {number} */ i) => names.indexOf(one) !== i), [], name);
  }
});
