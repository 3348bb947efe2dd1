// @ts-check
// The picture in a terminal, and how long it took with 1, 2, 4 … workers, up to as many as there
// are processors: `node examples/pool/run.js [WIDTH]`.

import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { pool } from "../../host-js/worker.js";
import { render, whole } from "./mandelbrot.js";

const SHADES = " .:-=+*#%@";
/** Columns and lines of the picture as text. */
const COLUMNS = 72;
const LINES = 24;

/** A picture as text: a character for the pixel in the middle of its place. @param {Uint8ClampedArray} pixels @param {number} width @param {number} height */
function text(pixels, width, height) {
  const lines = Array.from({ length: LINES }, (_, line) =>
    Array.from({ length: COLUMNS }, (_, column) => {
      const at = (Math.floor(((line + 0.5) / LINES) * height) * width + Math.floor(((column + 0.5) / COLUMNS) * width)) * 4;
      const light = pixels[at] + pixels[at + 1] + pixels[at + 2];
      return light === 0 ? "@" : SHADES[Math.min(8, Math.floor((light * 9) / 400))];
    }).join(""),
  );
  return lines.join("\n");
}

/** @param {number} width in pixels */
async function run(width) {
  const height = Math.round(width * 0.625);
  const module = new WebAssembly.Module(await readFile(new URL("pool.wasm", import.meta.url)));
  const most = Math.max(2, availableParallelism());
  const view = whole(width, height);
  let one = 0;
  for (let size = 1; size <= most; size *= 2) {
    const pixels = new Uint8ClampedArray(width * height * 4);
    const workers = await pool(module, { size });
    const took = await render(workers, view, (band) => pixels.set(band.pixels, band.first * width * 4));
    await workers.close();
    if (size === 1) console.log(`${text(pixels, width, height)}\n\n${width} x ${height} pixels`);
    one ||= took;
    console.log(`${String(size).padStart(2)} worker${size > 1 ? "s" : " "} ${took.toFixed(0).padStart(6)} ms${size > 1 ? `, ${(one / took).toFixed(1)} times as fast` : ""}`);
  }
}

const [given = "640", ...more] = process.argv.slice(2);
const width = Number(given);
if (more.length > 0 || !Number.isInteger(width) || width < COLUMNS || width > 10_000) {
  console.error(`usage: node examples/pool/run.js [WIDTH], from ${COLUMNS} to 10000 pixels`);
  process.exitCode = 1;
} else {
  await run(width).catch((error) => {
    console.error(error.code === "ENOENT" ? "pool: the guest is not built: `make guests` builds it" : error);
    process.exitCode = 1;
  });
}
