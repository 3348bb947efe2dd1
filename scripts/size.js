// @ts-check
// What a page has to load: `make size`, and the test of the budgets. Wasm is measured as the
// compiler leaves it or after `wasm-opt -Oz`, which changes no behaviour; JavaScript after
// esbuild has bundled and minified it. "gz" is gzip at level 9.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { makeEsm } from "../host-js/esm.js";
import { contractOf } from "../host-js/inspect.js";
import { readModule } from "../host-js/module.js";
import { guests, root, target, wasmPath } from "./guests.js";

/**
 * @typedef {object} Size
 * @property {string} name
 * @property {number} raw in bytes
 * @property {number} gzipped in bytes
 * @property {{ of: "raw" | "gzipped", bytes: number }} [budget]
 */

/** What `wasm-opt` may assume of an engine: what rustc assumes already. */
const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/** @param {string} name @param {Uint8Array} bytes @param {Size["budget"]} [budget] @returns {Size} */
const measure = (name, bytes, budget) => ({ name, raw: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length, budget });

/**
 * A guest's module after `wasm-opt -Oz`.
 * @param {string} guest its name
 * @returns {string} the path of the smaller module
 * @throws {Error} when wasm-opt fails
 */
export function optimized(guest) {
  mkdirSync(`${target}/size`, { recursive: true });
  const output = `${target}/size/${guest}.wasm`;
  const flags = FEATURES.map((feature) => `--enable-${feature}`);
  const { status, stderr } = spawnSync(process.execPath, [`${root}node_modules/binaryen/bin/wasm-opt`, "-Oz", ...flags, wasmPath(guest), "-o", output], { encoding: "utf8" });
  if (status !== 0) throw new Error(`wasm-opt of ${guest}: ${stderr.trim()}`);
  return output;
}

/**
 * A program and all it imports, as one minified module.
 * @param {string} program
 * @returns {Promise<Uint8Array>}
 */
async function bundle(program) {
  const stdin = { contents: program, resolveDir: root, loader: /** @type {const} */ ("js") };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, write: false, format: "esm", target: "es2022", legalComments: "none", logLevel: "silent" });
  return outputFiles[0].contents;
}

/**
 * What a page takes from host-js, as a program of its own: the page's imports, exported again.
 * @param {string} page the path of the page or of its module, from the root of the repository
 * @returns {string}
 * @throws {Error} when it imports nothing from host-js
 */
export function hostImports(page) {
  const found = readFileSync(root + page, "utf8").matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*"([^"]*\/host-js\/[^"]*)"/g);
  const lines = [...found].map(([, names, path]) => {
    const file = fileURLToPath(new URL(path, pathToFileURL(root + page)));
    return `export {${names}} from ${JSON.stringify(file)};`;
  });
  if (lines.length === 0) throw new Error(`${page} imports nothing from host-js`);
  return lines.join("\n");
}

/** The module that `handwire esm --small` writes for a guest, with its frozen glue if its page has that. @param {string} name of the guest */
function smallEsm(name) {
  const module = readModule(readFileSync(wasmPath(name)));
  const contract = contractOf(module);
  if (!contract) throw new Error(`${name} has no contract`);
  const guest = guests.find((guest) => guest.name === name);
  const glue = guest && "frozen" in guest ? `./${guest.page}/${name}.glue.js` : undefined;
  return makeEsm(`${name}.wasm`, contract, module, { host: "./host-js/host.js", glue, small: true });
}

/** Guests of pages with hosts of their own, `host.js` beside them: the groups that they need. */
const PAGES = ["tour", "counter", "callbacks", "todo", "fetch", "table"];

/** What is downloaded together. @param {string} name @param {Size[]} parts @param {number} bytes its budget */
const together = (name, parts, bytes) => ({
  name,
  raw: parts.reduce((sum, { raw }) => sum + raw, 0),
  gzipped: parts.reduce((sum, { gzipped }) => sum + gzipped, 0),
  budget: { of: /** @type {const} */ ("gzipped"), bytes },
});

/**
 * Everything that is measured.
 * @returns {Promise<Size[]>}
 */
export async function sizes() {
  const missing = ["bare", "hello", "hello-wee", ...PAGES].filter((name) => !existsSync(wasmPath(name)));
  if (missing.length > 0) throw new Error(`${missing.join(", ")} not built: run \`make guests\``);
  const read = (/** @type {string} */ name) => readFileSync(wasmPath(name));
  const opt = (/** @type {string} */ name) => readFileSync(optimized(name));
  const dlmalloc = measure("hello, dlmalloc", read("hello"));
  const wee = measure("hello, wee_alloc", read("hello-wee"));
  const host = measure("host-js, what hello needs", await bundle(hostImports("examples/hello/page.js")), { of: "gzipped", bytes: 3 * 1024 });
  /** @type {Size[]} */
  const pages = [];
  for (const name of PAGES) {
    pages.push(measure(`host-js, what ${name} needs`, await bundle(`export * from "./examples/${name}/host.js";`)));
    pages.push(measure(`host-js, what ${name} needs, --small`, await bundle(smallEsm(name))));
  }
  return [
    measure("bare", read("bare"), { of: "raw", bytes: 250 }),
    measure("bare, wasm-opt -Oz", opt("bare")),
    dlmalloc,
    measure("hello, dlmalloc, wasm-opt -Oz", opt("hello"), { of: "raw", bytes: 6.5 * 1024 }),
    wee,
    measure("hello, wee_alloc, wasm-opt -Oz", opt("hello-wee"), { of: "raw", bytes: 2.5 * 1024 }),
    measure("tour", read("tour")),
    host,
    together("hello and its host, dlmalloc", [dlmalloc, host], 6.5 * 1024),
    together("hello and its host, wee_alloc", [wee, host], 4.5 * 1024),
    measure("host-js, no groups", await bundle('export * from "./host-js/base.js";')),
    ...pages,
    measure("host-js, all", await bundle('export * from "./host-js/host.js";')),
    measure("host-js, async, data, compile too", await bundle('export * from "./host-js/host.js"; export * from "./host-js/async.js"; export * from "./host-js/data.js"; export * from "./host-js/compile.js";')),
  ];
}

/**
 * What is over its budget, one line each.
 * @param {Size[]} sizes
 * @returns {string[]}
 */
export function overBudget(sizes) {
  return sizes.flatMap(({ name, budget, ...size }) =>
    budget && size[budget.of] > budget.bytes ? [`${name}: ${size[budget.of]} bytes ${budget.of}, ${size[budget.of] - budget.bytes} over its budget of ${budget.bytes}`] : [],
  );
}

/** @param {Size[]} sizes @returns {string} */
function table(sizes) {
  const line = (/** @type {string[]} */ [name, ...cells]) => [name.padEnd(40), ...cells.map((cell) => cell.padStart(8))].join(" ");
  const rows = sizes.map(({ name, raw, gzipped, budget }) => [name, `${raw}`, `${gzipped}`, budget ? `${budget.bytes}` : "", budget ? budget.of : ""]);
  return [["bytes", "raw", "gz", "budget", "of"], ...rows].map((row) => line(row).trimEnd()).join("\n");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const all = await sizes();
    console.log(table(all));
    for (const line of overBudget(all)) {
      console.error(`over budget: ${line}`);
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(`size.js: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
