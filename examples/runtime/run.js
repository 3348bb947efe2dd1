// @ts-check
// A script in the toy runtime: `node examples/runtime/run.js SCRIPT [BASE]`. Its realm is a context of
// `node:vm`, in which there is nothing but JavaScript and the four native functions; addresses that it
// fetches are relative to BASE. Ctrl-C ends it.

import { readFile } from "node:fs/promises";
import { createContext, runInContext } from "node:vm";
import { open, reportText } from "./runtime.js";

/** @param {string} path @param {string} base */
async function run(path, base) {
  const script = await readFile(path, "utf8");
  const wasm = await readFile(new URL("runtime.wasm", import.meta.url));
  const context = createContext();
  const evaluate = (/** @type {object} */ _, /** @type {string} */ script) => void runInContext(script, context, { filename: path });
  const { exports, host } = await open(wasm, { evaluate, print: console.log });
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  // A promise of the script that nobody looks at is the script's affair.
  process.on("unhandledRejection", (reason) => console.log(`Uncaught (in a promise) ${reason}`));
  try {
    const report = await exports.run(runInContext("globalThis", context), script, base, { signal: controller.signal });
    console.error(reportText(report));
    if (report.uncaught > 0) process.exitCode = 1;
  } catch (error) {
    if (error !== controller.signal.reason) throw error;
    console.error("interrupted");
    process.exitCode = 130;
  }
  process.off("SIGINT", interrupt);
  if (host.tasks > 0) throw new Error(`${host.tasks} tasks are left`);
}

const [path, base = "http://127.0.0.1:8080/examples/runtime/", ...more] = process.argv.slice(2);
if (path === undefined || more.length > 0) {
  console.error("usage: node examples/runtime/run.js SCRIPT [BASE]");
  process.exitCode = 1;
} else {
  await run(path, base).catch((error) => {
    const missing = error.code === "ENOENT" && String(error.path).endsWith("runtime.wasm");
    console.error(missing ? "runtime: the guest is not built: `make guests` builds it" : error.code === "ENOENT" ? `runtime: there is no ${path}` : error);
    process.exitCode = 1;
  });
}
