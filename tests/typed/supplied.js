// @ts-check
// The guest of declared imports, with a function for each of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { compile } from "../../host-js/compile.js";
import { instantiate } from "../../host-js/host.js";
import { wasmPath } from "../../scripts/guests.js";

/** @typedef {Record<string, Record<string, any>>} Given functions by module, by name */

/** Its bytes, and its module. */
export const bytes = readFileSync(wasmPath("test-imports"));
export const module = new WebAssembly.Module(bytes);

/** What is given, and for each other import a function made by `other`: unless told otherwise, one that must not be called. @param {Given} [given] @param {(name: string) => any} [other] */
export function supplied(given = {}, other = (name) => () => assert.fail(`${name} is called`)) {
  /** @type {Given} */
  const imports = {};
  for (const { name: key } of WebAssembly.Module.imports(module)) {
    const [, from, name] = /^(\w+)\.(\w+)\(/.exec(key) ?? [];
    if (from && from !== "js") (imports[from] ??= {})[name] = given[from]?.[name] ?? other(`${from}.${name}`);
  }
  return imports;
}

/** An instance. @param {Given} [given] @param {import("../../host-js/core.js").Options} [options] */
export const start = (given, options = {}) => instantiate(module, { imports: supplied(given), with: [compile], ...options });
