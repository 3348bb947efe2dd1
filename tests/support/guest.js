// @ts-check
// The test guest, and what every test of it ends with.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { instantiate } from "../../host-js/host.js";
import { wasmPath } from "../../scripts/guests.js";

/** @typedef {Awaited<ReturnType<typeof instantiate>>} Instance */

/** @type {Map<string, WebAssembly.Module>} */
const modules = new Map();

/**
 * A fresh instance.
 * @param {import("../../host-js/core.js").Options} [options]
 * @param {"test-guest" | "test-guest-wee" | "test-guest-std"} [name]
 */
export function startGuest(options, name = "test-guest") {
  const module = modules.get(name) ?? new WebAssembly.Module(readFileSync(wasmPath(name)));
  modules.set(name, module);
  return instantiate(module, options);
}

/**
 * The last test of a file: the handles that live are those of the start, and ten thousand
 * rounds more leave them and the guest's memory as they are.
 * @param {Instance} guest of which nothing is kept
 * @param {(i: number) => void} round a sample of what the file does
 * @param {number} [rounds]
 */
export function leavesNothing({ exports, host }, round, rounds = 10_000) {
  test(`nothing is left: ${rounds} rounds more take no handle and no memory`, () => {
    assert.equal(host.dead, null);
    assert.deepEqual(host.handles.list(), []);
    for (let i = 0; i < 100; i++) round(i);
    const pages = exports.alloc_pages();
    for (let i = 0; i < rounds; i++) round(i);
    assert.equal(exports.alloc_pages(), pages);
    assert.equal(host.handles.live, 0);
  });
}

/** What a function throws, whatever it is. @param {() => unknown} act @returns {any} */
export function thrownBy(act) {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  assert.fail("nothing was thrown");
}
