// @ts-check
// WIRE.md as data: the tables of the contract, which the drift test holds against everything
// that claims to follow them. A table is found by its first column's title under its heading.

import { readFileSync } from "node:fs";
import { root } from "../../scripts/guests.js";

/**
 * @typedef {{ heading: string, columns: string[], rows: string[][] }} Table `heading` is the nearest above it, without its number
 * @typedef {{ group: string, name: string, params: string[], types: string[], signature: string }} Operation
 *   `signature` without parameter names: `(i32) -> i32`
 * @typedef {[name: string, value: number]} Constant
 */

/** The text of the contract. */
export const wireText = readFileSync(`${root}WIRE.md`, "utf8");

/** The cells of a table's line. @param {string} line */
const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** What stands in the first backticks of a cell, or the cell. @param {string} cell */
const code = (cell) => /`([^`]+)`/.exec(cell)?.[1] ?? cell;

/**
 * All tables of a Markdown text.
 * @param {string} text
 * @returns {Table[]}
 */
export function readTables(text) {
  /** @type {Table[]} */
  const tables = [];
  let heading = "";
  let fenced = false;
  const lines = text.split("\n");
  lines.forEach((line, i) => {
    if (line.startsWith("```")) fenced = !fenced;
    if (fenced) return;
    const title = /^#+ (?:[\d.]+ )?(.*)/.exec(line);
    if (title) heading = title[1];
    if (!line.startsWith("|")) return;
    if (/^\|[-:| ]+\|$/.test(lines[i + 1] ?? "")) tables.push({ heading, columns: cells(line), rows: [] });
    else if (!/^\|[-:| ]+\|$/.test(line)) tables.at(-1)?.rows.push(cells(line));
  });
  return tables;
}

/** The contract's tables with a first column of this title. @param {string} column @param {string} text */
function tablesOf(column, text) {
  const found = readTables(text).filter((table) => table.columns[0] === column);
  if (found.length === 0) throw new Error(`WIRE.md has no table whose first column is "${column}"`);
  return found;
}

/**
 * A signature with named parameters, taken apart.
 * @param {string} text as `(ptr: i32, len: i32) -> i32`
 */
export function readSignature(text) {
  const match = /^\(([^)]*)\)(?: -> (\w+))?$/.exec(text);
  if (!match) throw new Error(`WIRE.md: "${text}" is no signature`);
  const params = match[1] === "" ? [] : match[1].split(", ").map((param) => param.split(": "));
  const types = params.map(([, type]) => type);
  const signature = `(${types.join(", ")})${match[2] ? ` -> ${match[2]}` : ""}`;
  return { params: params.map(([name]) => name), types, signature };
}

/** Section 8. @returns {Operation[]} */
export function operations(text = wireText) {
  return tablesOf("operation", text).flatMap(({ heading, rows }) =>
    rows.map(([name, signature]) => ({ group: heading, name: code(name), ...readSignature(code(signature)) })),
  );
}

/** The runtime's exports, section 2. @returns {Omit<Operation, "group">[]} */
export function runtimeExports(text = wireText) {
  return tablesOf("export", text)[0].rows.map(([name, signature]) => ({ name: code(name), ...readSignature(code(signature)) }));
}

/** A table of a number and a name. @param {string} column @param {string} text @returns {Constant[]} */
const numbered = (column, text) =>
  tablesOf(column, text)[0].rows.map(([number, name]) => [code(name).replace(/,.*/, ""), parseInt(number)]);

/** The fixed handles, section 4. */
export const fixedHandles = (text = wireText) => numbered("handle", text);
/** The kinds of slots, section 5. */
export const slotKinds = (text = wireText) => numbered("kind", text);
/** What `value_kind` answers. */
export const batchOperations = (text = wireText) => numbered("batch operation", text);
/** @param {string} [text] */
export const operands = (text = wireText) => numbered("operand", text);
/** @param {string} [text] */
export const valueKinds = (text = wireText) => numbered("value kind", text);

/** What `value_class` answers; `OTHER` is 0, `TYPED_ARRAY` what is added to an element kind. @returns {Constant[]} */
export const classes = (text = wireText) =>
  numbered("class", text).map(([name, value]) => [value === 0 ? "OTHER" : value === 16 ? "TYPED_ARRAY" : name, value]);

/** The element kinds of typed arrays: a line of text, not a table. @returns {Constant[]} */
export function elementKinds(text = wireText) {
  const line = /^Element kinds: (.*)\.$/m.exec(text);
  if (!line) throw new Error("WIRE.md has no line of element kinds");
  return line[1].split(", ").map((item) => {
    const match = /^(\d+) `(\w+)`( clamped)?$/.exec(item);
    if (!match) throw new Error(`WIRE.md: "${item}" is no element kind`);
    return [match[2] + (match[3] ? "_clamped" : ""), Number(match[1])];
  });
}

/** The codes of errors, section 9.2. */
export const errorCodes = (text = wireText) => tablesOf("code", text).flatMap(({ rows }) => rows.map(([name]) => code(name)));

/** The fields of the info record, section 3. */
export const infoFields = (text = wireText) =>
  tablesOf("offset", text)[0].rows.map(([offset, type, field]) => ({ offset: Number(offset), type, name: code(field) }));

/** The types of the contract section, section 10. */
export const contractTypes = (text = wireText) =>
  tablesOf("type", text).flatMap(({ rows }) => rows.flatMap(([types]) => [...types.matchAll(/`([^`]+)`/g)].map(([, type]) => type)));

/** Numbers that stand in the text: the version, the magic, the bits of a handle. */
export function numbers(text = wireText) {
  const version = /^# The handwire contract, version (\d+)\.(\d+)$/m.exec(text);
  const magic = /`magic` \| `(0x[\dA-Fa-f]+)`/.exec(text);
  const shift = /`generation << (\d+) \| index`/.exec(text);
  if (!version || !magic || !shift) throw new Error("WIRE.md names no version, no magic or no layout of handles");
  return { major: Number(version[1]), minor: Number(version[2]), magic: Number(magic[1]), indexBits: Number(shift[1]) };
}

/** A name as Rust writes a constant: `ArrayBuffer` is `ARRAY_BUFFER`. @param {string} name */
export const constantName = (name) => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
