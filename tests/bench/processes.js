// @ts-check
// Starts as whole processes: Node starts, reads script and module of hello, greets once and ends. What a
// process takes in which neither is loaded is told beside it. The scripts are those of `sizes.js`: what a page downloads.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { wasmPath } from "../../scripts/guests.js";
import { median } from "./measure.js";
import { bundled, folder } from "./sizes.js";

/**
 * @typedef {object} Start
 * @property {number} ms median milliseconds of a process
 * @property {number} ratio median of the rounds' ratios to wasm-bindgen
 */

const core = fileURLToPath(new URL("../../host-js/core.js", import.meta.url));
const ROUNDS = 41;
const GREETING = "Hello, World!";

/**
 * Programs that greet, by what they do it by. `sizes.js` has built what they load. (wasm-bindgen's `init` asks for `Response`, for which
 * Node loads a client of HTTP, in 25 ms: no part of what is measured.)
 * @type {Record<string, string>}
 */
const programs = {
  handwire: `import { readFileSync } from "node:fs"; import { instantiate } from ${JSON.stringify(core)};
    const { exports } = await instantiate(readFileSync(${JSON.stringify(wasmPath("hello"))})); console.log(exports.greet("World"));`,
  "wasm-bindgen": `import { readFileSync } from "node:fs"; import { initSync, greet } from ${JSON.stringify(`${folder}hello.js`)};
    initSync({ module: readFileSync(${JSON.stringify(`${folder}hello_bg.wasm`)}) }); console.log(greet("World"));`,
  nothing: `console.log(${JSON.stringify(GREETING)});`,
};

/** Runs a program once; gives the milliseconds. @param {string} path */
function run(path) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [path], { encoding: "utf8" });
  const ms = performance.now() - start;
  if (status !== 0 || stdout.trim() !== GREETING) throw new Error(`${path} gave ${JSON.stringify(stdout)}: ${stderr.trim()}`);
  return ms;
}

/** Measures all, in turns. @returns {Promise<Record<string, Start>>} */
export async function processes() {
  mkdirSync(folder, { recursive: true });
  const all = await Promise.all(
    Object.entries(programs).map(async ([by, program]) => {
      const path = `${folder}${by}.mjs`;
      writeFileSync(path, await bundled(program));
      return { by, path, times: /** @type {number[]} */ ([]) };
    }),
  );
  // The first of each is for the caches of the disk.
  for (const { path } of all) run(path);
  for (let i = 0; i < ROUNDS; i++) for (let k = 0; k < all.length; k++) all[(i + k) % all.length].times.push(run(all[(i + k) % all.length].path));
  const base = /** @type {typeof all[number]} */ (all.find(({ by }) => by === "wasm-bindgen"));
  const rounded = (/** @type {number} */ value) => Number(value.toPrecision(4));
  return Object.fromEntries(all.map(({ by, times }) => [by, { ms: rounded(median(times)), ratio: rounded(median(times.map((ms, i) => ms / base.times[i]))) }]));
}

/** @param {Record<string, Start>} starts */
export function startTable(starts) {
  const lines = [["a whole process that greets", "ms", "/"], ...Object.entries(starts).map(([by, { ms, ratio }]) => [by, ms.toFixed(1), ratio.toFixed(2)])];
  return lines.map(([by, ...cells]) => [by.padEnd(28), ...cells.map((cell) => cell.padStart(7))].join("")).join("\n");
}
