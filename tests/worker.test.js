// @ts-check
// The host in a worker: the same modules, unchanged.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { Worker } from "node:worker_threads";
import { instantiate } from "../host-js/host.js";
import { root, wasmPath } from "../scripts/guests.js";

const SCRIPT = `
  import { readFile } from "node:fs/promises";
  import { parentPort, workerData } from "node:worker_threads";
  const { instantiate } = await import(workerData.host);
  const { exports, host } = await instantiate(workerData.module ?? (await readFile(workerData.path)));
  let error;
  try {
    exports.greet("");
  } catch (thrown) {
    error = thrown.message;
  }
  parentPort.postMessage([exports.greet("worker"), error, host.handles.live]);
`;

/** What a worker answers. @param {object} data @returns {Promise<unknown>} */
const answer = (data) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`), { workerData: { host: `file://${root}host-js/host.js`, ...data } });
    worker.once("message", (message) => worker.terminate().then(() => resolve(message)));
    worker.once("error", reject);
  });

const ANSWER = ["Hello, worker!", "a greeting needs a name", 0];

test("a guest runs in a worker, from its bytes", async () => {
  assert.deepEqual(await answer({ path: wasmPath("hello") }), ANSWER);
});

test("a module that was compiled here runs in two workers at once, and here", async () => {
  const module = await WebAssembly.compile(await readFile(wasmPath("hello")));
  const { exports } = await instantiate(module);
  assert.deepEqual(await Promise.all([answer({ module }), answer({ module })]), [ANSWER, ANSWER]);
  assert.equal(exports.greet("page"), "Hello, page!");
});
