// @ts-check
// Requests of a guest to a real server, which stalls, drops the connection, or sends a lot; it
// sees an abort as a closed connection.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { start } from "./async/start.js";

const MIB = 1 << 20;
/** The connections that closed before their answer was whole, by path. @type {Map<string, () => void>} */
const closed = new Map();

const server = createServer((request, response) => {
  const url = request.url ?? "";
  response.on("close", () => response.writableFinished || closed.get(url)?.());
  if (url.startsWith("/stall")) return;
  if (url.startsWith("/half")) {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half of it");
    if (url === "/half/drop") setTimeout(() => response.destroy(), 5);
    return;
  }
  if (url === "/big") {
    response.writeHead(200, { "content-length": String(64 * MIB) });
    const piece = Buffer.alloc(MIB, "x");
    let left = 64;
    const more = () => {
      while (left-- > 0) if (!response.write(piece)) return response.once("drain", more);
      response.end();
    };
    return more();
  }
  response.writeHead(Number(url.slice(1)));
  response.end("done");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const base = `http://127.0.0.1:${port}`;
after(() => {
  server.closeAllConnections();
  server.close();
});

/** When a connection for this path has closed before its time. @param {string} path */
const whenClosed = (path) => new Promise((resolve) => closed.set(path, () => resolve(path)));

const { exports, host } = await start();
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);
const nothingLeft = () => assert.deepEqual([host.handles.live, host.tasks], [0, 0]);

test("a request that is answered", async () => {
  assert.equal(await exports.status(`${base}/200`), 200);
  assert.equal(await exports.status(`${base}/404`), 404);
  assert.equal(await exports.size(`${base}/200`), 4);
  nothingLeft();
});

test("64 MiB", async () => {
  assert.equal(await exports.size(`${base}/big`), 64 * MIB);
  nothingLeft();
});

for (const [what, call] of /** @type {const} */ ([["inline code with $signal", "size"], ["an arrow function with { signal }", "status"]]))
  test(`a server that stalls: the abort closes the connection (${what})`, async () => {
    const path = `/stall/${call}`;
    const seen = whenClosed(path);
    const abort = new AbortController();
    const promise = exports[call](`${base}${path}`, { signal: abort.signal });
    setTimeout(() => abort.abort("too slow"), 20);
    assert.equal(await thrownBy(promise), "too slow");
    nothingLeft();
    assert.equal(await seen, path);
  });

test("many requests that stall, aborted by one signal: each connection is closed", async () => {
  const paths = Array.from({ length: 20 }, (_, i) => `/stall/${i}`);
  const seen = paths.map(whenClosed);
  const abort = new AbortController();
  const calls = paths.map((path) => exports.size(`${base}${path}`, { signal: abort.signal }));
  setTimeout(() => abort.abort("enough"), 50);
  assert.deepEqual(await Promise.all(calls.map(thrownBy)), paths.map(() => "enough"));
  assert.deepEqual(await Promise.all(seen), paths);
  nothingLeft();
});

test("a body that never ends: the call is aborted while it waits for that", async () => {
  for (const call of ["size", "size_whole"]) {
    const path = `/half/stall/${call}`;
    const seen = whenClosed(path);
    const abort = new AbortController();
    const promise = exports[call](`${base}${path}`, { signal: abort.signal });
    setTimeout(() => abort.abort("no more"), 30);
    assert.equal(await thrownBy(promise), "no more");
    nothingLeft();
    // With one signal for both, the body's connection is closed, too.
    if (call === "size_whole") assert.equal(await seen, path);
  }
});

test("a connection that is dropped in the middle of a body is an error, with its text", async () => {
  const error = await thrownBy(exports.size(`${base}/half/drop`));
  assert.ok(error instanceof TypeError);
  assert.match(error.message, /terminated/);
  nothingLeft();
});

test("nobody listens: an error", async () => {
  assert.match((await thrownBy(exports.status("http://127.0.0.1:1/"))).message, /fetch failed/);
  nothingLeft();
});
