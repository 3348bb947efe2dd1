// @ts-check
// The contract section: what a module says of its plain exports. Text in a custom section
// `handwire`, one declaration a line; the grammar is in WIRE.md, section 10.

import { WireError } from "./errors.js";
import { utf8 } from "./string.js";

/**
 * @typedef {{ line: string, name: string, params: { name: string, type: string }[], result: string, fallible: boolean }} Declaration
 * one export: `result` is "()" for none; `fallible` when it was `result<…>`
 */

const EXPORT = /^export (\w+)\((.*?)\)(?: -> ([^&\s]+))?(?: ".*")?$/;

/**
 * The declarations of a module, by name.
 * @param {WebAssembly.Module} module
 */
export function readContract(module) {
  /** @type {Map<string, Declaration>} */
  const declarations = new Map();
  for (const section of WebAssembly.Module.customSections(module, "handwire"))
    for (const line of utf8.read(new Uint8Array(section), 0, section.byteLength).split("\n")) {
      if (!line) continue;
      const declaration = parse(line);
      const before = declarations.get(declaration.name)?.line;
      if (before && before !== line) throw bad(`${before} | ${line}`);
      declarations.set(declaration.name, declaration);
    }
  return declarations;
}

/** @param {string} line @returns {Declaration} */
function parse(line) {
  const match = EXPORT.exec(line);
  if (!match) throw bad(line);
  const [, name, list, result = "()"] = match;
  const params = list
    ? list.split(", ").map((param) => {
        const [name, type] = param.split(": ");
        return { name, type };
      })
    : [];
  const fallible = result.startsWith("result<");
  return { line, name, params, result: fallible ? result.slice(7, -1) : result, fallible };
}

/** @param {string} message */
export const bad = (message) => new WireError("bad-contract", "contract", message);
