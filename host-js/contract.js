// @ts-check
// The contract section: what a module says of its plain exports. Text in a custom section
// `handwire`, one declaration a line; the grammar is in WIRE.md, section 10.

import { WireError } from "./errors.js";
import { utf8 } from "./string.js";

/**
 * @typedef {{ line: string, params: Param[], result: string, fallible: boolean }} Declaration
 * an export with its result, "()" for none, `fallible` when it was `result<…>`; a record, an enum with its fields as
 * `params`; a type with what it is as `result`
 * @typedef {{ name: string, type: string }} Param
 */

const LINE = /^((?:export|record|enum|type) \w+)(?:\((.*?)\)(?: -> ([^&\s]+))?(?: ".*")?| \{ (.+) \}| = (\S+))$/;

/**
 * The declarations of a module, by their first two words.
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
      const [, key, list, result = "()", fields, alias] = match;
      const before = declarations.get(key)?.line;
      if (before && before !== line) throw bad(`${before} | ${line}`);
      const params = (list || fields)?.split(", ").map((param) => {
        const [name, type] = param.split(": ");
        return { name, type };
      });
      const fallible = result.startsWith("result<");
      declarations.set(key, { line, params: params ?? [], result: alias ?? (fallible ? result.slice(7, -1) : result), fallible });
    }
  return declarations;
}

/** @param {string} message */
export const bad = (message) => new WireError("bad-contract", "contract", message);
