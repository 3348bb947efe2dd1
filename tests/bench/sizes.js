// @ts-check
// What a page downloads: the same program by handwire and by wasm-bindgen, built for size and
// after `wasm-opt -Oz` without names, with the script that it needs, minified. "gz" is gzip at level 9.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { wasmPath } from "../../scripts/guests.js";
import { hostImports } from "../../scripts/size.js";
import { bindgenCli } from "./bindgen.js";

const here = fileURLToPath(new URL("./", import.meta.url));
const root = `${here}../../`;
const triple = "wasm32-unknown-unknown";
/** Where what is built here lies. */
export const folder = `${here}dist/sizes/`;

/**
 * @typedef {object} Size
 * @property {string} name
 * @property {string} by
 * @property {[raw: number, gzipped: number]} wasm
 * @property {[raw: number, gzipped: number]} host
 */

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const { status, stderr } = spawnSync(program, args, { cwd: here, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args[0]}: ${stderr.trim()}`);
}

/** @param {Uint8Array} bytes @returns {[number, number]} */
const measured = (bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length];

/** @param {string} wasm its path @returns {Uint8Array} */
function optimized(wasm) {
  const output = `${folder}optimized.wasm`;
  run(process.execPath, [`${root}node_modules/binaryen/bin/wasm-opt`, "-Oz", "-all", "--strip-debug", "--strip-producers", "--strip-target-features", wasm, "-o", output]);
  return readFileSync(output);
}

/** A package, built for size. @param {string} name @returns {string} its path */
function built(name) {
  run("cargo", ["build", "--quiet", "--profile", "small", "--target", triple, "-p", name]);
  return `${here}target/${triple}/small/${name.replaceAll("-", "_")}.wasm`;
}

/** @param {string} program @returns {Promise<Uint8Array>} with all that it imports, minified */
export async function bundled(program) {
  const stdin = { contents: program, resolveDir: root };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, write: false, format: "esm", external: ["node:*"], target: "es2022", legalComments: "none", logLevel: "error" });
  return outputFiles[0].contents;
}

/** @param {string} name @param {string} wasm @param {string} [host] the program that takes what it needs from the host @returns {Promise<Size>} */
const handwire = async (name, wasm, host) => ({ name, by: "handwire", wasm: measured(optimized(wasm)), host: host ? measured(await bundled(host)) : [0, 0] });

/** @param {string} name @param {string} wasm @returns {Promise<Size>} */
async function bindgen(name, wasm) {
  run(bindgenCli(), ["--target", "web", "--no-typescript", "--out-dir", folder, "--out-name", name, wasm]);
  const glue = readFileSync(`${folder}${name}.js`, "utf8");
  return { name, by: "wasm-bindgen", wasm: measured(optimized(`${folder}${name}_bg.wasm`)), host: measured(await bundled(glue)) };
}

/** Builds and measures all. The examples are measured as `make guests` has built them. @returns {Promise<Size[]>} */
export async function sizes() {
  mkdirSync(folder, { recursive: true });
  const missing = ["hello", "hello-wee", "tour"].filter((name) => !existsSync(wasmPath(name)));
  if (missing.length > 0) throw new Error(`${missing.join(", ")} not built: run \`make guests\``);
  const hello = hostImports("examples/hello/page.js");
  return [
    await handwire("add", built("bench-add")),
    await bindgen("add", built("bench-add-bindgen")),
    await handwire("hello", wasmPath("hello"), hello),
    await handwire("hello, wee_alloc", wasmPath("hello-wee"), hello),
    await bindgen("hello", built("bench-hello-bindgen")),
    await handwire("tour", wasmPath("tour"), 'export * from "./examples/tour/host.js";'),
  ];
}

/** @param {Size[]} all */
export function sizeTable(all) {
  const rows = all.map(({ name, by, wasm, host }) => [name, by, wasm[0], wasm[1], host[0], host[1], wasm[1] + host[1]].map(String));
  const lines = [["bytes", "", "wasm", "gz", "host", "gz", "both gz"], ...rows];
  return lines.map((cells) => cells.map((cell, i) => (i < 2 ? cell.padEnd(18) : cell.padStart(8))).join("").trimEnd()).join("\n");
}
