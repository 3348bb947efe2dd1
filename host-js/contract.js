// @ts-check
// The contract section: what a module says of its plain exports and imports. Text in a custom
// section `handwire`, one declaration a line; the grammar is in WIRE.md, section 10. Here are
// the exports and the types; `class.js` and `declared.js` read the other lines.

import { WireError } from "./errors.js";
import { utf8 } from "./string.js";

/**
 * @typedef {{ line: string, params: Param[], result: string, fallible: string | undefined, error: string | undefined }} Declaration
 * an export with its result, "()" for none, `fallible` when it was `result<…>`, and the type of its error, if that has one
 * @typedef {{ name: string, type: string }} Param
 */

const LINE = /^export (\w+)\((.*?)\)(?: -> (?:result<([^&"]+?)(?:, (\w+))?>|([^&"]+?)))?(?: ".*")?$/;

/**
 * Reads something of a module once: a module never changes, and may have many instances.
 * @template T
 * @param {(module: WebAssembly.Module, more?: any) => T} read
 * @param {WeakMap<WebAssembly.Module, T>} [known]
 * @returns {(module: WebAssembly.Module, more?: any) => T}
 */
export const once = (read, known = new WeakMap()) => (module, more) => known.get(module) ?? (known.set(module, (more = read(module, more))), more);

/** The lines of all sections. @param {WebAssembly.Module} module */
export const readLines = (module) =>
  WebAssembly.Module.customSections(module, "handwire").flatMap((section) => utf8.read(new Uint8Array(section), 0, section.byteLength).split("\n"));

/** What a module imports. */
export const importsOf = /* @__PURE__ */ once((module) => WebAssembly.Module.imports(module));

/**
 * The declared exports of a module, by name.
 * @param {WebAssembly.Module} module
 */
export function readExports(module) {
  /** @type {Map<string, Declaration>} */
  const declarations = new Map();
  for (const line of readLines(module)) {
    // The other lines are for those who read them; none of them begins so.
    if (!/^ex/.test(line)) continue;
    const match = LINE.exec(line);
    if (!match) throw bad(line);
    const [, name, list, fallible, error, result = "()"] = match;
    const before = declarations.get(name)?.line ?? line;
    if (before !== line) throw bad(`${before} | ${line}`);
    declarations.set(name, { line, params: readFields(list), result: fallible ?? result, fallible, error });
  }
  return declarations;
}

/** The same, which is found out once. */
export const contractOf = /* @__PURE__ */ once(readExports);

/** @param {string} list `name: type` and so on, or names alone @returns {Param[]} */
export const readFields = (list) =>
  list ? list.split(", ").map((field) => {
    const [name, type] = field.split(": ");
    return { name, type };
  }) : [];

const TYPE = /^((?:record|enum|type) \w+|interface \w+(?= \{))(?: \{ (.+) \}| = (\S+))$/;

/** What the lines of records, enums, aliases and interfaces say, by their first two words. */
export const readTypes = /* @__PURE__ */ once((module) => {
  /** @type {Map<string, string>} */
  const lines = new Map();
  for (const line of new Set(readLines(module))) {
    if (line === "" || /^(?:(?:ex|im)port|doc|class|method|[gs]et) /.test(line)) continue;
    const [, key, fields, alias] = TYPE.exec(line) ?? [];
    const said = fields ?? alias;
    if (!key || lines.has(key)) throw bad(key ? `${key}: ${lines.get(key)} | ${said}` : line);
    lines.set(key, said);
  }
  return lines;
});

/** @param {string} message */
export const bad = (message) => new WireError("bad-contract", "contract", message);
