// @ts-check
// The contract section: what a module says of its plain exports and imports. Text in a custom section
// `handwire`, one declaration a line; the grammar is in WIRE.md, section 10.

import { WireError } from "./errors.js";
import { utf8 } from "./string.js";

/**
 * @typedef {{ line: string, params: Param[], result: string, fallible: boolean }} Declaration
 * an export with its result, "()" for none, `fallible` when it was `result<…>`; a record, an enum with its fields as
 * `params`; a type with what it is as `result`
 * @typedef {{ name: string, type: string }} Param
 */

const LINE = /^(?:import .*|((?:export|record|enum|type) \w+)(?:\((.*?)\)(?: -> ([^&\s]+))?(?: ".*")?| \{ (.+) \}| = (\S+)))$/;

/**
 * The declarations of a module, by their first two words; of imports, which `declared.js` reads on, by the whole line.
 * @param {WebAssembly.Module} module
 */
export function readContract(module) {
  /** @type {Map<string, Declaration>} */
  const declarations = new Map();
  for (const section of WebAssembly.Module.customSections(module, "handwire"))
    for (const line of utf8.read(new Uint8Array(section), 0, section.byteLength).split("\n")) {
      if (!line) continue;
      const match = LINE.exec(line);
      if (!match) throw bad(line);
      const [, key = line, list, result = "()", fields, alias] = match;
      const before = declarations.get(key)?.line;
      if (before && before !== line) throw bad(`${before} | ${line}`);
      const fallible = result.startsWith("result<");
      declarations.set(key, { line, params: readFields(list || fields), result: alias ?? (fallible ? result.slice(7, -1) : result), fallible });
    }
  return declarations;
}

/** @param {string | undefined} list `name: type` and so on, or names alone @returns {Param[]} */
export const readFields = (list) =>
  (list ? list.split(", ") : []).map((field) => {
    const [name, type] = field.split(": ");
    return { name, type };
  });

/** @param {string} message */
export const bad = (message) => new WireError("bad-contract", "contract", message);
