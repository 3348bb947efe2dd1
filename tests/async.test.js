// @ts-check
// Async functions both ways: what crosses, in each of the three ways in which a facade is made.

import assert from "node:assert/strict";
import test from "node:test";
import { settled, start, tick } from "./async/start.js";

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
