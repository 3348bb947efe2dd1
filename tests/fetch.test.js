// @ts-check
// handwire-web's timers and requests in Node, against a server that answers, stalls, drops the
// connection and sends a lot. That a request was aborted is seen by the server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { async_ } from "../host-js/async.js";
import { compile } from "../host-js/compile.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-web")));
const start = () => instantiate(module, { with: [async_, compile] });
const { exports, host } = await start();
const MIB = 1 << 20;

/** Told when the connection of a request to a path closes before its answer was complete. @type {Map<string, () => void>} */
const closed = new Map();

/** @param {string} path @returns {Promise<void>} */
const closes = (path) => new Promise((resolve) => closed.set(path, resolve));

const server = createServer(async (request, response) => {
  const path = request.url ?? "";
  response.on("close", () => {
    if (!response.writableFinished) closed.get(path)?.();
  });
  if (path === "/text") response.end("Grüße 🦀");
  else if (path === "/bytes") response.end(Buffer.from([0, 255, 128]));
  else if (path === "/json") response.end('{ "n": 42 }');
  else if (path === "/empty") response.writeHead(204).end();
  else if (path === "/moved") response.writeHead(302, { location: "/text" }).end();
  else if (path.startsWith("/big")) {
    response.writeHead(200, { "content-length": 64 * MIB });
    const piece = Buffer.alloc(MIB, 7);
    for (let i = 0; i < 64 && !response.destroyed; i++) if (!response.write(piece)) await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
    response.end();
  } else if (path === "/echo") {
    const body = (await request.toArray()).map((chunk) => chunk.toString("latin1")).join("");
    response.writeHead(201, { "x-reply": "yes" }).end(`${request.method} ${request.headers["x-one"]} ${request.headers["content-type"]} ${body}`);
  } else if (path === "/drops") {
    response.writeHead(200, { "content-length": 100 }).write("only this");
    setTimeout(() => response.destroy(), 20);
  } else if (path.startsWith("/half")) response.writeHead(200).write("the first half");
  else if (path.startsWith("/stalls")) {
    // Nothing, ever.
  } else response.writeHead(404).end("no such page");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const url = (/** @type {string} */ path) => `http://127.0.0.1:${port}${path}`;
after(() => {
  server.close();
  server.closeAllConnections();
});

/** Nothing of a guest is left: no task, no handle. */
function clean() {
  assert.equal(host.dead, null);
  assert.equal(host.tasks, 0);
  assert.deepEqual(host.handles.list(), []);
}

/** What a promise is rejected with. @param {Promise<unknown>} promise @returns {Promise<any>} */
const rejection = (promise) =>
  promise.then(
    (value) => assert.fail(`it gave ${String(value)}`),
    (error) => error,
  );

test("sleep: as long as wanted, many at once, in the order of their times", async () => {
  const took = await exports.nap(30);
  assert.ok(took >= 28 && took < 1000, `${took}`);
  /** @type {number[]} */
  const order = [];
  await Promise.all([40, 10, 25, 0].map((ms) => exports.nap(ms).then(() => order.push(ms))));
  assert.deepEqual(order, [0, 10, 25, 40]);
  clean();
});

test("a thousand sleeps at once", async () => {
  await Promise.all(Array.from({ length: 1000 }, (_, i) => exports.nap(i % 10)));
  clean();
});

test("a sleep that is aborted takes its timer away", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const controller = new AbortController();
  const sleeps = [exports.nap(60_000, { signal: controller.signal }), exports.forever({ signal: controller.signal })];
  assert.equal(timers(), before + 2);
  assert.equal(host.tasks, 2);
  controller.abort("enough");
  for (const sleep of sleeps) assert.equal(await rejection(sleep), "enough");
  assert.equal(timers(), before);
  clean();
});

test("text, bytes and JSON of a response; a redirection; a status that says no", async () => {
  assert.equal(await exports.text_of(url("/text")), "Grüße 🦀");
  assert.deepEqual(await exports.bytes_of(url("/bytes")), Uint8Array.of(0, 255, 128));
  assert.equal(await exports.field_of(url("/json"), "n"), 42);
  assert.equal(await exports.text_of(url("/moved")), "Grüße 🦀");
  assert.equal((await rejection(exports.text_of(url("/none")))).message, `404 of ${url("/none")}`);
  assert.equal(await exports.head_of(url("/none")), 404);
  clean();
});

test("method, headers and bodies", async () => {
  assert.deepEqual(await exports.send("POST", url("/echo"), ["x-one", "1", "content-type", "text/x"], "body"), ['201 Some("yes") None None', "POST 1 text/x body"]);
  assert.deepEqual(await exports.send("PUT", url("/echo"), [], undefined, Uint8Array.of(97, 98)), ['201 Some("yes") None None', "PUT undefined undefined ab"]);
  assert.deepEqual(await exports.send("DELETE", url("/echo"), ["x-one", "a", "x-one", "b"]), ['201 Some("yes") None None', "DELETE a, b undefined "]);
  clean();
});

test("what can't be sent is an error of the platform's", async () => {
  assert.equal((await rejection(exports.send("A B", url("/echo"), []))).name, "TypeError");
  assert.equal((await rejection(exports.send("GET", url("/echo"), ["no header", "x"]))).name, "TypeError");
  assert.equal((await rejection(exports.text_of("no URL"))).name, "TypeError");
  assert.equal((await rejection(exports.text_of("http://127.0.0.1:1/"))).name, "TypeError");
  clean();
});

test("64 MiB arrive chunk by chunk, and whole", async () => {
  const [bytes, chunks] = await exports.count(url("/big"), Infinity);
  assert.equal(bytes, 64 * MIB);
  assert.ok(chunks > 64, `${chunks} chunks`);
  assert.equal((await exports.bytes_of(url("/big"))).length, 64 * MIB);
  clean();
  const [streamed] = await exports.count_stream(url("/big"), Infinity);
  assert.equal(streamed, 64 * MIB);
  assert.deepEqual(await exports.count_stream(url("/empty"), Infinity), Float64Array.of(0, 0));
  assert.equal((await rejection(exports.stream_of_rest(url("/big4")))).name, "TypeError");
  clean();
});

test("a connection that drops in the middle of the body is an error, chunk by chunk and whole", async () => {
  assert.equal((await rejection(exports.count(url("/drops"), Infinity))).name, "TypeError");
  assert.equal((await rejection(exports.count_stream(url("/drops"), Infinity))).name, "TypeError");
  assert.equal((await rejection(exports.text_of(url("/drops")))).name, "TypeError");
  clean();
});

test("an abort before the head: the server sees the connection close", async () => {
  const gone = closes("/stalls");
  const controller = new AbortController();
  const call = exports.text_of(url("/stalls"), { signal: controller.signal });
  setTimeout(() => controller.abort("enough"), 30);
  assert.equal(await rejection(call), "enough");
  await gone;
  clean();
});

test("an abort in the middle of the body: the server sees the connection close", async () => {
  for (const [path, call] of /** @type {const} */ ([["/half1", "text_of"], ["/half2", "bytes_of"], ["/half3", "count"], ["/half5", "count_stream"]])) {
    const gone = closes(path);
    const controller = new AbortController();
    const promise = exports[call](url(path), ...(call.startsWith("count") ? [Infinity] : []), { signal: controller.signal });
    setTimeout(() => controller.abort(call), 50);
    assert.equal(await rejection(promise), call);
    await gone;
  }
  clean();
});

test("a response that is dropped ends its request, though the call that dropped it goes on well", async () => {
  const [stalled, big] = [closes("/half4"), closes("/big2")];
  assert.equal(await exports.head_of(url("/half4")), 200);
  await stalled;
  const [bytes] = await exports.count(url("/big2"), MIB);
  assert.ok(bytes >= MIB && bytes < 64 * MIB);
  await big;
  const streamed = closes("/big3");
  await exports.count_stream(url("/big3"), MIB);
  await streamed;
  clean();
});

test("an instance that dies ends its requests", async () => {
  const { exports, host } = await start();
  const gone = closes("/stalls2");
  const call = rejection(exports.text_of(url("/stalls2")));
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.throws(() => exports.random_below(0n), { name: "PanicError" });
  assert.equal((await call).name, "PanicError");
  await gone;
  assert.notEqual(host.dead, null);
});

test("a hundred requests at once, aborted at seeded moments: each ends once, and nothing is left", async () => {
  let seed = 7;
  const random = (/** @type {number} */ below) => (seed = (seed * 48271) % 2147483647) % below;
  let done = 0;
  await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const controller = new AbortController();
      const call = exports.text_of(url(i % 2 ? "/text" : "/half"), { signal: controller.signal });
      setTimeout(() => controller.abort(i), random(40));
      await call.then(
        (/** @type {string} */ text) => assert.equal(text, "Grüße 🦀"),
        (/** @type {unknown} */ reason) => assert.equal(reason, i),
      );
      done++;
    }),
  );
  assert.equal(done, 100);
  clean();
});
