// @ts-check
// The guest of the tests of interfaces, and an object that implements its Logger.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { instantiate } from "../../host-js/host.js";
import { wasmPath } from "../../scripts/guests.js";

export const module = new WebAssembly.Module(readFileSync(wasmPath("test-interfaces")));

/** An instance. @param {Record<string, any>} [given] functions by module, by name @param {import("../../host-js/core.js").Options} [options] */
export function start(given = {}, options = {}) {
  const nobody = () => assert.fail("nobody is called");
  return instantiate(module, { imports: { app: { ask: nobody, ask_own: nobody, ...given.app }, place: { find: nobody, put: nobody, ...given.place } }, ...options });
}

/** Keeps what it is told. @param {(question: string) => any} [answer] @returns {any} */
export const logger = (answer = (question) => `${question}!`) => ({
  /** @type {string[]} */
  lines: [],
  /** @type {string[]} */
  notes: [],
  /** @type {any[]} */
  receivers: [],
  disposed: 0,
  log(/** @type {string} */ text) {
    this.receivers.push(this);
    this.lines.push(text);
  },
  ask: answer,
  note(/** @type {string} */ text) {
    this.notes.push(text);
  },
  dispose() {
    this.disposed++;
  },
});

/** When all that waits for the guest to return has been called. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));
