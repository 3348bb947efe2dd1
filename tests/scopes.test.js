// @ts-check
// Scopes: what is held in one ends with it, in one crossing, whatever way it ends.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { instantiate } from "../host-js/host.js";
import { trace } from "../host-js/trace.js";
import { wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-batch")));

async function traced() {
  /** @type {string[]} */
  const calls = [];
  /** @type {number[]} */
  const released = [];
  const instance = await instantiate(module, {
    with: [trace],
    trace({ step, side, name, values }) {
      if (step !== "call" || side !== "import") return;
      calls.push(name);
      if (name === "handle_release_all") released.push(values.length);
    },
  });
  return { ...instance, calls: () => calls.splice(0), released: () => released.splice(0) };
}

/** A linked list. @param {number} length @returns {any} */
const list = (length) => (length === 0 ? null : { name: { text: `node ${length}` }, next: list(length - 1) });
/** How many handles the names of the program take. @param {import("../host-js/host.js").Host} host */
const names = (host) => host.handles.list().filter(({ value }) => typeof value === "string").length;

test("everything that is held ends in one crossing", async () => {
  const { exports, host, calls, released } = await traced();
  const names = Array.from({ length: 100 }, (_, i) => `node ${100 - i}`);
  assert.deepEqual(exports.scope_names(list(100)), names);
  // The first node, and of each its name and the next, the last of which is null.
  assert.deepEqual(released(), [1 + 100 + 99]);
  const { live } = host.handles;
  assert.equal(live, 3, "name, text and next");
  calls();
  exports.scope_names(list(100));
  const made = calls();
  assert.equal(made.filter((name) => name === "handle_release_all").length, 1);
  assert.equal(made.filter((name) => name === "object_get").length, 300);
  assert.equal(made.filter((name) => name === "handle_release").length, 100, "the texts, which are no values of the scope");
  assert.equal(host.handles.live, live);
});

test("one value leaves, all others end", async () => {
  const { exports, host, released } = await traced();
  const nodes = list(50);
  let last = nodes;
  while (last.next) last = last.next;
  assert.equal(exports.scope_last(nodes), last);
  assert.deepEqual(released(), [49]);
  assert.equal(host.handles.live, names(host));
  assert.equal(exports.scope_last(last), last);
  assert.deepEqual(released(), [], "nothing is left to release");
});

test("an empty scope and one of fixed handles cross nothing", async () => {
  const { exports, host, calls } = await traced();
  assert.equal(exports.scope_ends(0, 0), 0);
  assert.equal(exports.scope_fixed(), globalThis);
  assert.deepEqual(calls(), []);
  assert.equal(host.handles.live, 0);
});

test("an error releases, too: of the guest's own, and of the host", async () => {
  const { exports, host, released } = await traced();
  assert.equal(exports.scope_ends(1000, 0), 1000);
  assert.throws(() => exports.scope_ends(1000, 1), { message: "told to fail" });
  assert.throws(() => exports.scope_ends(1000, 2), TypeError);
  assert.deepEqual(released(), [1000, 1000, 1000]);
  assert.equal(host.handles.live, 0);
});

test("a panic ends the instance, and restart() what it held", async () => {
  const { exports, host } = await traced();
  assert.match(thrownBy(() => exports.scope_ends(10, 3)).message, /told to panic with 10 objects/);
  const held = host.handles.list();
  assert.equal(held.length, 10);
  const again = await host.restart();
  assert.equal(host.handles.live, 0);
  for (const { handle } of held) assert.equal(thrownBy(() => host.value(handle)).code, "stale-handle");
  assert.equal(again.exports.scope_ends(10, 0), 10);
});

test("scopes nest: what leaves the inner one is the outer one's", async () => {
  const { exports, host, released } = await traced();
  const value = /** @type {any} */ ({ child: {} });
  assert.equal(exports.scope_outward(value), true);
  assert.equal(value.child.touched, value.child);
  assert.deepEqual(released(), [1, 2, 1], "the two inner ones before the outer one");
  assert.equal(host.handles.live, names(host));
});

test("a call that comes back in has its own scope, and its values don't fall into its caller's", async () => {
  const { exports, host, released } = await traced();
  let depth = 0;
  const inner = { next: { deepest: true } };
  /** @returns {any} */
  const function_ = () => (++depth < 20 ? { next: exports.scope_nested(function_) } : inner);
  assert.equal(exports.scope_nested(function_), inner.next);
  assert.equal(released().length, 20);
  assert.equal(host.handles.live, names(host));
});

test("a call that comes back in and fails releases its own, not its caller's", async () => {
  const { exports, host } = await traced();
  let depth = 0;
  /** @type {any} */
  const outer = { get next() { throw "no next"; } };
  const function_ = () => {
    if (++depth < 5) assert.throws(() => exports.scope_nested(function_), (thrown) => thrown === "no next");
    return outer;
  };
  assert.equal(thrownBy(() => exports.scope_nested(function_)), "no next");
  assert.equal(host.handles.live, names(host));
});

test("what is in a scope is argument, key and receiver like any value", async () => {
  const { exports, host } = await traced();
  const result = exports.scope_arguments(/** @this {any} */ function (/** @type {any} */ ...args) {
    return [this, ...args];
  });
  assert.deepEqual(result, [[[1, 2], 2, 2], [[1, 2], 2, 2], [1, 2]]);
  assert.equal(result[0], result[1]);
  assert.equal(host.handles.live, 0);
});

test("ten thousand scopes leave no handle", async () => {
  const { exports, host } = await instantiate(module);
  const nodes = list(3);
  exports.scope_names(nodes);
  const { live } = host.handles;
  for (let i = 0; i < 10_000; i++) exports.scope_names(nodes);
  assert.equal(host.handles.live, live);
});
