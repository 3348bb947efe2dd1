// @ts-check
// All steps in a terminal: `node examples/callbacks/run.js`. Each call stands beside what it gave, what was heard of it later,
// and the handle map, where that has changed.

import { readFile } from "node:fs/promises";
import { held, open, outcome, show, steps } from "./callbacks.js";

async function run() {
  const callbacks = await open(await readFile(new URL("callbacks.wasm", import.meta.url)));
  let before = held(callbacks);
  console.log(`the guest holds  ${before}`);
  for (const { title, text, calls } of steps(callbacks)) {
    console.log(`\n${title}\n${text}\n`);
    for (const call of calls) {
      const shown = await show(callbacks, call);
      console.log(`  ${shown.code}`);
      if (outcome(shown)) console.log(`    ${outcome(shown)}`);
      for (const line of shown.log) console.log(`    later: ${line}`);
      if (shown.held !== before) console.log(`    the guest holds  ${(before = shown.held)}`);
    }
  }
  const { live } = callbacks.host.handles;
  console.log(`\nlive handles: ${live}`);
  if (live > 0 || callbacks.host.dead) process.exitCode = 1;
}

// Whoever reads may stop reading, as `head` does.
process.stdout.on("error", (error) => {
  if (/** @type {any} */ (error).code !== "EPIPE") throw error;
  process.exit(0);
});

if (process.argv.length > 2) {
  console.error("usage: node examples/callbacks/run.js");
  process.exitCode = 1;
} else {
  await run().catch((error) => {
    console.error(error.code === "ENOENT" ? "callbacks: the guest is not built: `make guests` builds it" : error);
    process.exitCode = 1;
  });
}
