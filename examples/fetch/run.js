// @ts-check
// A download in a terminal: `node examples/fetch/run.js URL`. Ctrl-C cancels it, and is heard by the
// server as a connection that closes.

import { readFile } from "node:fs/promises";
import { open, progressText, resultText } from "./download.js";

/** @param {string} url */
async function run(url) {
  const { exports, host } = await open(await readFile(new URL("fetch.wasm", import.meta.url)));
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  let last = "";
  const progress = (/** @type {number} */ bytes, /** @type {number | undefined} */ total) => {
    const text = progressText(bytes, total);
    if (process.stderr.isTTY && text !== last) process.stderr.write(`\r\x1b[K${(last = text)}`);
  };
  try {
    const text = resultText(await exports.download(url, progress, { signal: controller.signal }));
    console.log(`${process.stderr.isTTY ? "\r\x1b[K" : ""}${text}`);
  } catch (error) {
    const { cause, message } = /** @type {Error} */ (error);
    console.error(`fetch: ${error === controller.signal.reason ? "cancelled" : (/** @type {any} */ (cause)?.message ?? message)}`);
    process.exitCode = 1;
  }
  process.off("SIGINT", interrupt);
  if (host.tasks > 0 || host.handles.live > 0) throw new Error(`left over: ${host.tasks} tasks, ${host.handles.live} handles`);
}

const [url, ...more] = process.argv.slice(2);
if (url === undefined || more.length > 0) {
  console.error("usage: node examples/fetch/run.js URL");
  process.exitCode = 1;
} else {
  await run(url).catch((error) => {
    console.error(error.code === "ENOENT" ? "fetch: the guest is not built: `make guests` builds it" : error);
    process.exitCode = 1;
  });
}
