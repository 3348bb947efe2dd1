// @ts-check
// The contract section: what a module says of its plain exports and imports. Text in a custom
// section `handwire`, one declaration a line; the grammar is in WIRE.md, section 10. Here are
// the exports; `composite.js` and `declared.js` read the other lines.

import { WireError } from "./errors.js";
import { utf8 } from "./string.js";

/**
 * @typedef {{ line: string, params: Param[], result: string, fallible: boolean }} Declaration
 * an export with its result, "()" for none, `fallible` when it was `result<…>`
 * @typedef {{ name: string, type: string }} Param
 */

const LINE = /^(?:export (\w+)\((.*?)\)(?: -> ([^&\s]+))?(?: ".*")?|(?:import|record|enum|type) .+)$/;

/**
 * The lines of all sections.
 * @param {WebAssembly.Module} module
 */
export const readLines = (module) =>
  WebAssembly.Module.customSections(module, "handwire").flatMap((section) => utf8.read(new Uint8Array(section), 0, section.byteLength).split("\n"));

/**
 * The declared exports of a module, by name.
 * @param {WebAssembly.Module} module
 */
export function readExports(module) {
  /** @type {Map<string, Declaration>} */
  const declarations = new Map();
  for (const line of readLines(module)) {
    if (!line) continue;
    const match = LINE.exec(line);
    if (!match) throw bad(line);
    const [, name, list, result = "()"] = match;
    if (!name) continue;
    const before = declarations.get(name)?.line;
    if (before && before !== line) throw bad(`${before} | ${line}`);
    const fallible = result.startsWith("result<");
    declarations.set(name, { line, params: readFields(list), result: fallible ? result.slice(7, -1) : result, fallible });
  }
  return declarations;
}

/** @param {string} list `name: type` and so on, or names alone @returns {Param[]} */
export const readFields = (list) =>
  list ? list.split(", ").map((field) => {
    const [name, type] = field.split(": ");
    return { name, type };
  }) : [];

/** @param {string} message */
export const bad = (message) => new WireError("bad-contract", "contract", message);
