// @ts-check
// A static server for the example pages: `serve.js`, or imported by the browser tests.
//
// Any server that knows `application/wasm` does; this one needs nothing installed, listens on the loopback only, and
// gives out no hidden file and nothing outside of its folder. PORT and HOST choose another address. With `?rate=20000` a file comes at
// so many bytes a second, for pages that show how something arrives.

import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { root as repository } from "./guests.js";

const types = new Map([
  [".css", "text/css; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json"],
  [".md", "text/plain; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".png", "image/png"],
  [".rs", "text/plain; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain; charset=utf-8"],
  [".wasm", "application/wasm"],
]);

/**
 * The file that a request means.
 *
 * @param {string} root the folder that is served, as a real path
 * @param {string} url the request's target
 * @returns {Promise<{ file: string, size: number } | { redirect: string } | undefined>} undefined when there is none
 */
export async function resolve(root, url) {
  let path;
  try {
    path = decodeURIComponent(url.replace(/[?#].*/s, ""));
  } catch {
    return undefined;
  }
  const parts = path.split(/[/\\]/);
  if (path.includes("\0") || parts.some((part) => part.startsWith("."))) return undefined;
  try {
    // A link may lead out of the folder, so what counts is where it ends.
    const file = await realpath(join(root, ...parts));
    if (file !== root && !file.startsWith(root + sep)) return undefined;
    const found = await stat(file);
    if (found.isFile()) return path.endsWith("/") ? undefined : { file, size: found.size };
    if (!found.isDirectory()) return undefined;
    if (!path.endsWith("/")) return { redirect: `/${parts.filter(Boolean).map(encodeURIComponent).join("/")}/` };
    const index = join(file, "index.html");
    return { file: index, size: (await stat(index)).size };
  } catch {
    return undefined;
  }
}

/** How many pieces a second a file comes in, if it is to come slowly. */
const TICKS = 20;

/** Each piece after a while. @param {AsyncIterable<Uint8Array>} pieces */
async function* slowly(pieces) {
  for await (const piece of pieces) {
    yield piece;
    await sleep(1000 / TICKS);
  }
}

/**
 * @param {string} root
 * @param {Record<string, string>} more headers
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function answer(root, more, request, response) {
  const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff", ...more };
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { ...headers, allow: "GET, HEAD" }).end();
    return;
  }
  // Browsers ask for it on their own; a 404 would be an error in the page's console.
  if (request.url === "/favicon.ico") {
    response.writeHead(204, headers).end();
    return;
  }
  const found = await resolve(root, request.url ?? "/");
  if (!found) {
    response.writeHead(404, { ...headers, "content-type": "text/plain; charset=utf-8" }).end("not found\n");
  } else if ("redirect" in found) {
    response.writeHead(301, { ...headers, location: found.redirect }).end();
  } else {
    const type = types.get(extname(found.file).toLowerCase()) ?? "application/octet-stream";
    response.writeHead(200, { ...headers, "content-type": type, "content-length": found.size });
    const rate = Number(/[?&]rate=(\d{1,9})(?:&|$)/.exec(request.url ?? "")?.[1] ?? 0);
    if (request.method === "HEAD") response.end();
    else if (rate > 0) await pipeline(createReadStream(found.file, { highWaterMark: Math.ceil(rate / TICKS) }), slowly, response);
    else createReadStream(found.file).on("error", () => response.destroy()).pipe(response);
  }
}

/**
 * Serves a folder until it is closed.
 *
 * @param {{ root?: string, host?: string, port?: number, headers?: Record<string, string> }} [options] this repository on 127.0.0.1, on any
 *   free port; `headers` go with every answer
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} the address, with a slash at its end
 * @throws {Error} with the system's `code`, when the address can't be had
 */
export async function serve({ root = repository, host = "127.0.0.1", port = 0, headers = {} } = {}) {
  const folder = await realpath(root);
  const server = createServer((request, response) => {
    answer(folder, headers, request, response).catch(() => response.destroy());
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => done(undefined));
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  const close = () =>
    new Promise((/** @type {(value: void) => void} */ done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://${name}:${address.port}/`, close };
}

/** The command: serves until it is interrupted. */
async function main() {
  const { HOST: host, PORT: given = "8080" } = process.env;
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT=${given} is no port: take 0 to 65535`);
  const { url } = await serve({ host, port }).catch((error) => {
    if (error.code === "EADDRINUSE") throw new Error(`port ${port} is in use: take another, as in \`make serve PORT=8081\``);
    if (error.code === "EACCES") throw new Error(`port ${port} is not allowed: take one above 1023`);
    throw error;
  });
  console.log(`${url}examples/index.html (Ctrl-C ends)`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(`serve.js: ${error.message}`);
    process.exitCode = 1;
  });
}
