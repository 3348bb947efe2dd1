// @ts-check
// The budgets of bytes, by the same code as `make size`; and that what the optimiser makes of
// a guest still is that guest.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { wasmPath } from "../scripts/guests.js";
import { optimized, overBudget, sizes } from "../scripts/size.js";
import { readModule } from "../host-js/module.js";

test("nothing is over its budget", async () => {
  assert.deepEqual(overBudget(await sizes()), []);
});

test("what is over its budget is named, with both numbers", () => {
  const size = { name: "bare", raw: 251, gzipped: 200 };
  assert.deepEqual(overBudget([{ ...size, budget: { of: "raw", bytes: 250 } }]), ["bare: 251 bytes raw, 1 over its budget of 250"]);
  assert.deepEqual(overBudget([{ ...size, budget: { of: "gzipped", bytes: 200 } }, size]), []);
});

test("wasm-opt keeps a guest's contract section, exports and imports", () => {
  const before = readModule(readFileSync(wasmPath("hello")));
  const after = readModule(readFileSync(optimized("hello")));
  const contract = (/** @type {typeof before} */ { customs }) => customs.filter(({ name }) => name === "handwire").map(({ bytes }) => Buffer.from(bytes).toString());
  const named = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name).sort();
  assert.ok(contract(before).length > 0, "hello has a contract section");
  assert.deepEqual(contract(after), contract(before));
  assert.deepEqual(named(after.exports), named(before.exports));
  assert.ok(named(after.imports).every((name) => named(before.imports).includes(name)));
});
