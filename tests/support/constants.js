// @ts-check
// Constants of the raw crate, read off its source.

import { readFileSync } from "node:fs";
import { root } from "../../scripts/guests.js";
import { rustCode } from "./source.js";

/** @typedef {Map<string, number>} Constants */

/**
 * The numbers of one `mod` or `impl` block: `pub const NAME: T = 7;` or `= Handle(7);`.
 * @param {string} file in crates/abi/src
 * @param {string} block as `mod kind` or `impl Handle`; empty for the file itself
 * @returns {Constants}
 * @throws {Error} when there is no such block
 */
export function rustConstants(file, block) {
  const code = rustCode(readFileSync(`${root}crates/abi/src/${file}`, "utf8"));
  const indent = block === "" ? "" : "    ";
  const start = block === "" ? 0 : code.search(new RegExp(`^(?:pub )?${block} \\{`, "m"));
  if (start < 0) throw new Error(`crates/abi/src/${file} has no ${block}`);
  const end = block === "" ? code.length : code.indexOf("\n}", start);
  const lines = code.slice(start, end).matchAll(new RegExp(`^${indent}pub const (\\w+): \\w+ = (?:\\w+\\()?(0x[\\da-fA-F_]+|[\\d_]+)\\)?;`, "gm"));
  return new Map([...lines].map(([, name, value]) => [name, Number(value.replaceAll("_", ""))]));
}
