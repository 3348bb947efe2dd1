// @ts-check
// The clang that builds guests in C, if there is one: `clang.js` prints its path, or fails and says what is missing.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";

/** What to do where there is none. */
export const advice = "no clang with wasm32 and wasm-ld found: install them (`apt-get install clang-19 lld-19`) or set CLANG to its path";

/** As the header comment of handwire.h says, and with every warning an error. */
const FLAGS = ["--target=wasm32", "-std=c11", "-Oz", "-ffreestanding", "-mbulk-memory", "-nostdlib", "-Wl,--no-entry,--stack-first"];
const WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-pedantic", "-Werror"];

/** What a program prints; empty when it fails or isn't there. @param {string} program @param {string[]} args */
const output = (program, ...args) => spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).stdout?.trim() ?? "";

/** Whether a clang makes wasm, and has a linker for it. @param {string} clang */
function makesWasm(clang) {
  return /^\s*wasm32\b/m.test(output(clang, "--print-targets")) && isAbsolute(output(clang, "--target=wasm32", "-print-prog-name=wasm-ld"));
}

/** All of one folder that are called clang, with a version or without, the newest first. @param {string} folder */
function clangsIn(folder) {
  try {
    const version = (/** @type {string} */ name) => Number(name.slice("clang-".length) || Infinity);
    const names = readdirSync(folder).filter((name) => /^clang(?:-\d+)?$/.test(name));
    return names.sort((a, b) => version(b) - version(a)).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** @type {string | null | undefined} null when there is none */
let found;

/**
 * The compiler's path: CLANG, or the first on PATH that makes wasm.
 * @returns {string | undefined} undefined when there is none
 */
export function findClang() {
  const { CLANG: given, PATH: path = "" } = process.env;
  found ??= (given ? [given] : path.split(delimiter).flatMap(clangsIn)).find(makesWasm) ?? null;
  return found ?? undefined;
}

/**
 * Compiles and links a guest. What clang has to say goes to the terminal.
 * @param {string} clang
 * @param {string[]} sources paths of C files
 * @param {string} module where to put it
 * @param {string[]} [more] arguments
 * @returns {boolean} whether clang was content
 */
export function compile(clang, sources, module, more = []) {
  mkdirSync(dirname(module), { recursive: true });
  return spawnSync(clang, [...FLAGS, ...WARNINGS, ...more, ...sources, "-o", module], { stdio: "inherit" }).status === 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const clang = findClang();
  if (clang) console.log(clang);
  else {
    console.error(`handwire: ${advice}`);
    process.exitCode = 1;
  }
}
