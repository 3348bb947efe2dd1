// @ts-check
// Source text without what a reader of rules must not see: comments, and bodies of macros.

import { readFileSync, readdirSync } from "node:fs";
import { root } from "../../scripts/guests.js";

/** @typedef {Map<string, string>} Files text by path from the root of the repository */

/** What is built, installed or written by tools: no source. */
const NOT_OURS = /^(?:\.git|(?:.*\/)?(?:target|node_modules|dist)|host-js\/types)$|\.glue\.js$/;
const LANGUAGES = /\.(?:rs|js|mjs|ts|sh|html|toml|json)$/;

/**
 * The files of this repository: read off the disk, not asked of git, so that a downloaded archive is tested too.
 * @param {string} [folder] from the root, with a slash at its end
 * @returns {Files}
 */
export function repositoryFiles(folder = "") {
  /** @type {Files} */
  const files = new Map();
  for (const entry of readdirSync(root + folder, { withFileTypes: true })) {
    const path = folder + entry.name;
    if (NOT_OURS.test(path)) continue;
    if (entry.isDirectory()) for (const [inner, text] of repositoryFiles(`${path}/`)) files.set(inner, text);
    else if (entry.isFile() && LANGUAGES.test(path)) files.set(path, readFileSync(root + path, "utf8"));
  }
  return files;
}

const JS_PARTS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[^]*?\*\//g;
const RUST_PARTS = /"(?:\\[^]|[^"\\])*"|'(?:\\.|[^'\\\n])'|\/\/[^\n]*|\/\*[^]*?\*\//g;

/** The same text with nothing but its line breaks. @param {string} text */
const blank = (text) => text.replace(/[^\n]/g, " ");

/**
 * JavaScript without its comments; strings stay, and so do the numbers of lines.
 * @param {string} text
 */
export const jsCode = (text) => text.replace(JS_PARTS, (part) => (/^\/[/*]/.test(part) ? blank(part) : part));

/**
 * Rust without its comments and what stands in strings.
 * @param {string} text
 */
export const rustCode = (text) => text.replace(RUST_PARTS, blank);

/**
 * Rust without the bodies of its macros, which stand for code elsewhere.
 * @param {string} text as {@link rustCode} gives it
 */
export function withoutMacros(text) {
  const start = /macro_rules!\s*\w+\s*\{/g;
  let rest = text;
  while (start.exec(rest)) {
    let depth = 1;
    let at = start.lastIndex;
    while (depth > 0 && at < rest.length) {
      if (rest[at] === "{") depth++;
      if (rest[at] === "}") depth--;
      at++;
    }
    const body = rest.slice(start.lastIndex, at - 1);
    rest = rest.slice(0, start.lastIndex) + blank(body) + rest.slice(at - 1);
  }
  return rest;
}

/**
 * What a JavaScript file imports when it runs; types in comments don't count.
 * @param {string} text
 * @returns {string[]} specifiers as written
 */
export function importsOf(text) {
  // Strings are put aside, so that what stands in one is not taken for code.
  /** @type {string[]} */
  const strings = [];
  const code = jsCode(text).replace(JS_PARTS, (part) => `"${strings.push(part.slice(1, -1)) - 1}"`);
  const clause = /(?:import\s*(?:[\w$\s{},*]+?\bfrom\s*)?|import\s*\(\s*|export\s*(?:\{[\w$\s,]*\}|\*(?:\s*as\s+[\w$]+)?)\s*from\s*)"(\d+)"/;
  return [...code.matchAll(new RegExp(`(?<![\\w$.])${clause.source}`, "g"))].map((match) => strings[Number(match[1])]);
}
