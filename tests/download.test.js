// @ts-check
// examples/fetch: a download with its progress and its sum, an error, a cancel that the server
// sees, and the terminal program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { crc32 } from "node:zlib";
import { open, progressText, resultText } from "../examples/fetch/download.js";
import { root, wasmPath } from "../scripts/guests.js";

const { exports, host } = await open(new WebAssembly.Module(readFileSync(wasmPath("fetch"))));
const body = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 3);

/** Told when the connection of an answer closes before it was complete. @type {() => void} */
let closed = () => {};
const server = createServer(async (request, response) => {
  response.on("close", () => response.writableFinished || closed());
  if (request.url === "/whole") response.writeHead(200, { "content-length": body.length }).end(body);
  else if (request.url === "/chunked") response.writeHead(200).end(body);
  else if (request.url === "/endless") {
    response.writeHead(200, { "content-length": 1e9 });
    while (!response.destroyed) {
      response.write(body.subarray(0, 1000));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } else if (request.url === "/drops") {
    response.writeHead(200, { "content-length": 1e9 }).write(body);
    setTimeout(() => response.destroy(), 20);
  } else response.writeHead(404).end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const url = (/** @type {string} */ path) => `http://127.0.0.1:${port}/${path}`;
after(() => server.close().closeAllConnections());

/** Nothing of a download is left. */
const clean = () => assert.deepEqual([host.tasks, host.handles.live, host.dead], [0, 0, null]);

/** The terminal program. @param {string[]} args @param {(child: import("node:child_process").ChildProcess) => void} [act] */
function run(args, act) {
  const child = spawn(process.execPath, [`${root}examples/fetch/run.js`, ...args]);
  const told = { out: "", err: "" };
  child.stdout.on("data", (text) => (told.out += text));
  child.stderr.on("data", (text) => (told.err += text));
  act?.(child);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...told })));
}

test("progress is told chunk by chunk, up to the whole; the sum is right", async () => {
  /** @type {[bytes: number, total: number | undefined][]} */
  const told = [];
  const download = await exports.download(url("whole"), (/** @type {number} */ bytes, /** @type {number | undefined} */ total) => told.push([bytes, total]));
  assert.deepEqual([download.bytes, download.chunks, download.crc32], [body.length, told.length, crc32(body)]);
  assert.deepEqual(told.at(-1), [body.length, body.length]);
  assert.ok(told.every(([bytes], i) => i === 0 || bytes > told[i - 1][0]));
  clean();
});

test("a server that doesn't say how much there will be", async () => {
  /** @type {unknown[]} */
  const totals = [];
  const { crc32: sum } = await exports.download(url("chunked"), (/** @type {number} */ _, /** @type {unknown} */ total) => totals.push(total));
  assert.equal(sum, crc32(body));
  assert.ok(totals.every((total) => total === undefined));
  clean();
});

test("errors: a status, a connection that drops, progress that throws", async () => {
  await assert.rejects(exports.download(url("none"), () => {}), { message: `${url("none")}: status 404` });
  await assert.rejects(exports.download(url("drops"), () => {}), { name: "TypeError" });
  const thrown = new RangeError("no more");
  const gone = new Promise((/** @type {(value: void) => void} */ resolve) => (closed = resolve));
  await assert.rejects(exports.download(url("endless"), () => {
    throw thrown;
  }), thrown);
  await gone;
  clean();
});

test("cancel: the promise rejects with the reason at once, the server sees the connection close, progress is told no more", async () => {
  const gone = new Promise((/** @type {(value: void) => void} */ resolve) => (closed = resolve));
  const controller = new AbortController();
  let told = 0;
  const progress = () => void (++told === 3 && setTimeout(() => controller.abort("enough")));
  await assert.rejects(exports.download(url("endless"), progress, { signal: controller.signal }), (reason) => reason === "enough");
  const before = told;
  await gone;
  assert.equal(told, before);
  clean();
});

test("the function that keeps progress: downloads side by side, of which one is cancelled, and goes on after free()", async () => {
  /** @type {number[]} */
  const told = [];
  const load = exports.downloader((/** @type {number} */ bytes) => told.push(bytes));
  const controller = new AbortController();
  const gone = new Promise((/** @type {(value: void) => void} */ resolve) => (closed = resolve));
  const [whole, endless] = [load(url("whole")), load(url("endless"), { signal: controller.signal })];
  load.free();
  await assert.rejects(load(url("whole")), { code: "dropped" });
  assert.equal((await whole).crc32, crc32(body));
  controller.abort("enough");
  await assert.rejects(endless, (reason) => reason === "enough");
  await gone;
  assert.ok(told.includes(body.length));
  clean();
});

test("what stands on the screen", () => {
  assert.deepEqual([progressText(500, undefined), progressText(20_400, 1e6)], ["500 bytes so far", "20 KB of 1000 KB"]);
  assert.equal(resultText({ bytes: 12, chunks: 1, crc32: 0xab, ms: 3.7 }), "12 bytes in 1 chunks, 4 ms; CRC-32 000000ab");
});

test("the terminal program: a download, and what is wrong", async () => {
  const { code, out, err } = await run([url("whole")]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, new RegExp(`^300 KB in \\d+ chunks, \\d+ ms; CRC-32 ${crc32(body).toString(16).padStart(8, "0")}\n$`));
  assert.deepEqual(await run([url("none")]), { code: 1, out: "", err: `fetch: ${url("none")}: status 404\n` });
  assert.match((await run(["http://127.0.0.1:1/"])).err, /^fetch: .*bad port\n$|^fetch: .*ECONNREFUSED.*\n$/);
  assert.deepEqual(await run([]), { code: 1, out: "", err: "usage: node examples/fetch/run.js URL\n" });
});

test("the terminal program: Ctrl-C cancels, and the server sees it", async () => {
  const gone = new Promise((/** @type {(value: void) => void} */ resolve) => (closed = resolve));
  const ran = run([url("endless")], (child) => server.once("request", () => setTimeout(() => child.kill("SIGINT"), 100)));
  assert.deepEqual(await ran, { code: 1, out: "", err: "fetch: cancelled\n" });
  await gone;
});
