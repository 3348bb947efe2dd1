// @ts-check
// All steps in a terminal: `node examples/jsffi/run.js [NAME]`. Each call stands beside what it gave.

import { readFile } from "node:fs/promises";
import { open, show, steps } from "./jsffi.js";
import { outcome } from "./text.js";

/** @param {string} name */
async function run(name) {
  const wasm = await readFile(new URL("jsffi.wasm", import.meta.url));
  const jsffi = await open(wasm, () => name);
  for (const { title, file, text, calls } of steps(jsffi)) {
    console.log(`\n${title} (src/${file})\n${text}\n`);
    for (const shown of calls.map(show)) console.log(`  ${shown.code}\n    ${outcome(shown)}`);
  }
  const { live } = jsffi.host.handles;
  console.log(`\nlive handles: ${live}`);
  if (live > 0 || jsffi.host.dead) process.exitCode = 1;
}

// Whoever reads may stop reading, as `head` does.
process.stdout.on("error", (error) => {
  if (/** @type {any} */ (error).code !== "EPIPE") throw error;
  process.exit(0);
});

const [name = "Ada", ...more] = process.argv.slice(2);
if (more.length > 0) {
  console.error("usage: node examples/jsffi/run.js [NAME]");
  process.exitCode = 1;
} else {
  await run(name).catch((error) => {
    console.error(error.code === "ENOENT" ? "jsffi: the guest is not built: `make guests` builds it" : error);
    process.exitCode = 1;
  });
}
