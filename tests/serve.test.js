// @ts-check
// The static server: types, folders, and what it must not give out.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import test, { after, before } from "node:test";
import { root, target } from "../scripts/guests.js";
import { serve } from "../scripts/serve.js";

const folder = `${target}/serve test`;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/site/a b`, { recursive: true });
  mkdirSync(`${folder}/site/.hidden`);
  for (const name of ["page.html", "code.js", "guest.wasm", "data.json", "notes.MD", "other.bin", ".env", ".hidden/file.txt", "a b/index.html"])
    writeFileSync(`${folder}/site/${name}`, name);
  writeFileSync(`${folder}/secret.txt`, "secret");
  symlinkSync("../secret.txt", `${folder}/site/link.txt`);
  server = await serve({ root: `${folder}/site` });
});
after(() => server.close());

/**
 * A request with its path as it is: `fetch` would tidy up the dots.
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<{ status: number, headers: import("node:http").IncomingHttpHeaders, text: string }>}
 */
function get(path, method = "GET") {
  const { hostname, port } = new URL(server.url);
  return new Promise((done, failed) => {
    request({ hostname, port, path, method, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, text }));
    })
      .on("error", failed)
      .end();
  });
}

test("each file has the type that a page needs", async () => {
  const types = {
    "/page.html": "text/html; charset=utf-8",
    "/code.js": "text/javascript; charset=utf-8",
    "/guest.wasm": "application/wasm",
    "/data.json": "application/json",
    "/notes.MD?query#part": "text/plain; charset=utf-8",
    "/other.bin": "application/octet-stream",
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers, text } = await get(path);
    assert.deepEqual([status, headers["content-type"], text], [200, type, path.slice(1).replace(/\?.*/, "")], path);
  }
});

test("a folder is its index.html, under a path that ends in a slash", async () => {
  assert.equal((await get("/a%20b/")).text, "a b/index.html");
  const { status, headers } = await get("/a%20b");
  assert.deepEqual([status, headers.location], [301, "/a%20b/"]);
  assert.equal((await get("/")).status, 404);
});

test("nothing outside of the folder, nothing hidden, nothing malformed", async () => {
  const paths = ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/a%20b/../../secret.txt", "/..\\secret.txt", "/link.txt", "/.env", "/.hidden/file.txt", "/%", "/page.html%00", "//../secret.txt", "/none.html", "/page.html/"];
  for (const path of paths) {
    const { status, text } = await get(path);
    assert.deepEqual([status, text], [404, "not found\n"], path);
  }
});

test("HEAD has no body, other methods are refused, a favicon is nothing", async () => {
  const head = await get("/code.js", "HEAD");
  assert.deepEqual([head.status, head.text, head.headers["content-length"]], [200, "", "7"]);
  assert.equal((await get("/code.js", "POST")).status, 405);
  assert.equal((await get("/favicon.ico")).status, 204);
});

test("a rate: the same file, piece by piece; whoever hangs up ends it", async () => {
  const start = performance.now();
  const { text, headers } = await get("/page.html?rate=60");
  assert.deepEqual([text, headers["content-length"]], ["page.html", "9"]);
  assert.ok(performance.now() - start > 100);
  for (const odd of ["rate=0", "rate=x", "rate=-1", "rate=9999999999"]) assert.equal((await get(`/page.html?${odd}`)).text, "page.html");
  const response = await fetch(`${server.url}page.html?a=1&rate=1`);
  await response.body?.cancel();
});

test("a port in use, or one that is none, is one clear line", () => {
  const { port } = new URL(server.url);
  const run = (/** @type {string} */ PORT) => spawnSync(process.execPath, ["scripts/serve.js"], { cwd: root, env: { ...process.env, PORT }, encoding: "utf8" });
  const taken = run(port);
  assert.deepEqual([taken.status, taken.stderr], [1, `serve.js: port ${port} is in use: take another, as in \`make serve PORT=8081\`\n`]);
  const none = run("http");
  assert.deepEqual([none.status, none.stderr], [1, "serve.js: PORT=http is no port: take 0 to 65535\n"]);
});
