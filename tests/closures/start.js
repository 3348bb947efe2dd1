// @ts-check
// The guest of the tests of closures, with what it needs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { compile } from "../../host-js/compile.js";
import { instantiate } from "../../host-js/host.js";
import { wasmPath } from "../../scripts/guests.js";

export const module = new WebAssembly.Module(readFileSync(wasmPath("test-closures")));

/** @typedef {Record<string, Record<string, (...args: any[]) => any>>} Supplied */

/** What the guest imports; each fails unless a test gives one. @param {Supplied} [given] */
export function supplied({ app = {}, lent = {} } = {}) {
  const unused = (/** @type {string[]} */ ...names) => Object.fromEntries(names.map((name) => [name, () => assert.fail(`${name} is called`)]));
  return {
    app: { ...unused("take", "take_text", "give", "take_handlers"), ...app },
    lent: { ...unused("each", "plain", "texts", "recursive", "with_number", "two", "aliased"), ...lent },
  };
}

/** An instance. @param {Supplied} [given] @param {import("../../host-js/core.js").Options} [options] */
export const start = (given, options) => instantiate(module, { imports: supplied(given), with: [compile], ...options });

/** Closures and tokens of an instance that nobody has any more. @param {Awaited<ReturnType<typeof start>>} instance */
export function nothingLeft({ exports, host }) {
  exports.drop_all();
  assert.deepEqual({ values: exports.live_values(), tokens: exports.tokens(), given: host.closures.live, handles: host.handles.list() }, { values: 0, tokens: 0, given: 0, handles: [] });
}
