// @ts-check
// Async functions both ways: what crosses, in each of the three ways in which a facade is made.

import assert from "node:assert/strict";
import test from "node:test";
import { readLines } from "../host-js/contract.js";
import { module, settled, start, tick } from "./async/start.js";

test("an async export gives a promise: of what is ready at once, of nothing, of what a promise gives", async () => {
  const { exports, host } = await start();
  const promise = exports.ready(1);
  assert.ok(promise instanceof Promise);
  assert.equal(await promise, 2);
  assert.equal(await exports.nothing(), undefined);
  assert.equal(await exports.twice(Promise.resolve(21)), 42);
  assert.equal(await exports.twice(new Promise((resolve) => setTimeout(resolve, 1, 4))), 8);
  assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
});

test("an async import gives a future: of the embedder's function, of inline code", async () => {
  const asked = /** @type {string[]} */ ([]);
  const { exports, host } = await start({ app: { async ask(/** @type {string} */ question) { asked.push(question); await tick(); return `${question}!`; } } });
  assert.equal(await exports.ask("who"), "who!");
  assert.equal(await exports.inline(4), 8);
  assert.deepEqual(asked, ["who"]);
  assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
});

test("borrowed arguments outlive the suspension", async () => {
  const { exports, host } = await start();
  const [one, two] = [settled(), settled()];
  const first = exports.joined("first", "b", ["x", "y"], new Float64Array([1, 2]), 5, one.promise);
  const second = exports.joined("second, and longer", undefined, [], new Float64Array(0), null, two.promise);
  assert.equal(host.tasks, 2);
  two.resolve(undefined);
  one.resolve(undefined);
  assert.equal(await first, 'first Some("b") ["x", "y"] 3 5.0');
  assert.equal(await second, "second, and longer None [] -0 null");
  assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
});

test("parameters that the function changes: `mut` in exports, methods and async functions, and nowhere in the contract", async () => {
  const { exports, host } = await start();
  assert.deepEqual(exports.changed(1, "four", [0.5]), new Float64Array([0.5, 5]));
  assert.equal(await exports.changed_later(Promise.resolve(), "n", 41), "n42");
  const { Tally } = /** @type {Record<string, any>} */ (exports);
  const tally = new Tally(10);
  assert.equal(tally.raised(1, 3), 18);
  assert.equal(await tally.raise_later(Promise.resolve(), 4), 15);
  const lines = readLines(module).filter((line) => /changed|raise/.test(line)).sort();
  assert.deepEqual(lines, [
    "export changed(n: u32, text: str, list: [f64]) -> [f64] \"Parameters that the function changes.\"",
    "export changed_later(wait: js.Promise, text: str, n: u32) -> async result<str>",
    "method Tally.raise_later(self, wait: js.Promise, by: f64) -> async f64",
    "method Tally.raised(&self, by: f64, times: u32) -> f64",
  ]);
  assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
});
