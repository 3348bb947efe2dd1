// @ts-check
// The guest of the async tests, started.

import { readFileSync } from "node:fs";
import { async_ } from "../../host-js/async.js";
import { compile } from "../../host-js/compile.js";
import { instantiate } from "../../host-js/host.js";
import { wasmPath } from "../../scripts/guests.js";

/** @typedef {Record<string, Record<string, (...args: any[]) => any>>} Imports */

export const module = new WebAssembly.Module(readFileSync(wasmPath("test-async")));

/** @returns {any} */
const unsupplied = () => {
  throw new Error("not supplied");
};

/**
 * A fresh instance.
 * @param {Imports} [imports]
 * @param {import("../../host-js/core.js").Options} [options]
 */
export function start({ app = {}, later = {}, streams = {} } = {}, options = {}) {
  return instantiate(module, { ...options, with: [async_, compile, ...(options.with ?? [])], imports: { app: supplied(app), later: supplied(later), streams: supplied(streams) } });
}

/** A module of imports that has a function for every name. @param {Record<string, any>} given */
const supplied = (given) =>
  new Proxy(given, { getOwnPropertyDescriptor: (target, name) => Object.getOwnPropertyDescriptor(target, name) ?? { value: unsupplied, configurable: true }, get: (target, name) => target[/** @type {string} */ (name)] ?? unsupplied });

/** Lets everything run that is ready to. */
export const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A promise to be settled from outside. */
export function settled() {
  /** @type {(value: any) => void} */
  let resolve = () => {};
  /** @type {(reason: any) => void} */
  let reject = () => {};
  const promise = new Promise((ok, no) => {
    resolve = ok;
    reject = no;
  });
  return { promise, resolve, reject };
}
