// @ts-check
// The tour in a terminal: `node examples/tour/run.js [FILE]`, WIRE.md if none is named. With
// TRACE=1 every crossing is printed to stderr, as it happens.
//
// Any regular file will do, of any size and content: it is read piece by piece. Bytes that are
// not UTF-8 are counted, and said to be.

import { open, readFile } from "node:fs/promises";
import { relative } from "node:path";
import { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { createInflate } from "node:zlib";
import { instantiate } from "../../host-js/host.js";
import { line, trace } from "../../host-js/trace.js";
import { Bar } from "./bar.js";
import { text } from "./report.js";
import { PIECE, defaults, tour } from "./tour.js";

/** What is wrong with a path, in words. @type {Record<string, string>} */
const PROBLEMS = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "you may not read it",
  EPERM: "you may not read it",
  EISDIR: "it is a directory, not a file",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
};

/** @param {import("node:fs/promises").FileHandle} handle @returns {AsyncGenerator<Uint8Array>} */
async function* pieces(handle) {
  for (;;) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(PIECE));
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** @param {string} path @returns {Promise<void>} */
async function run(path) {
  const handle = await open(path);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR", path });
    if (!stat.isFile()) throw Object.assign(new Error("it is not a regular file"), { code: "", path });

    const tracing = process.env.TRACE === "1";
    const wasm = await readFile(new URL("tour.wasm", import.meta.url));
    const instance = await instantiate(wasm, tracing ? { with: [trace], trace: (crossing) => console.error(line(crossing)) } : {});
    const bar = new Bar(process.stderr, path);
    const progress = (/** @type {number} */ done, /** @type {number} */ size) => {
      if (!tracing) bar.show(done, size);
    };
    const inflater = () => /** @type {any} */ (Duplex.toWeb(createInflate()));
    const file = { size: stat.size, pieces: pieces(handle), inflater };
    const report = await tour(instance, file, { ...defaults, progress }).finally(() => bar.clear());
    console.log(text(path, report, defaults.shortest));
    if (!report.same || report.live > 0) process.exitCode = 1;
  } finally {
    await handle.close();
  }
}

/** One line for what is wrong with a file, and all there is to know about anything else. @param {any} error @param {string} path */
function complain(error, path) {
  if (error?.path === undefined && error?.syscall === undefined) return console.error(error);
  const { code, message } = error;
  if (code === "ENOENT" && `${error.path}`.endsWith("tour.wasm")) return console.error("tour: the guest is not built: `make run` builds it and runs this");
  console.error(`tour: ${path}: ${PROBLEMS[code] ?? message}`);
}

// Whoever reads may stop reading, as `head` does.
process.stdout.on("error", (error) => {
  if (/** @type {any} */ (error).code !== "EPIPE") throw error;
  process.exit(0);
});

const paths = process.argv.slice(2);
const path = paths[0] || relative(process.cwd(), fileURLToPath(new URL("../../WIRE.md", import.meta.url)));
if (paths.length > 1) {
  console.error("usage: node examples/tour/run.js [FILE]");
  process.exitCode = 1;
} else {
  await run(path).catch((error) => {
    complain(error, path);
    process.exitCode = 1;
  });
}
