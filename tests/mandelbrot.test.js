// @ts-check
// examples/pool: the picture that workers make is the one that an instance here makes, whole
// and in order; an abort ends it; and the terminal program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { closer, figure, render, whole } from "../examples/pool/mandelbrot.js";
import { instantiate } from "../host-js/host.js";
import { pool } from "../host-js/worker.js";
import { root, wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("pool")));

/** A picture by a pool. @param {import("../host-js/worker.js").Pool} workers @param {import("../examples/pool/mandelbrot.js").View} view */
async function picture(workers, view) {
  const pixels = new Uint8Array(view.width * view.height * 4);
  const took = await render(workers, view, (band) => pixels.set(band.pixels, band.first * view.width * 4));
  return { pixels, took };
}

test("one worker and three make the picture that an instance here makes", async () => {
  const { exports } = await instantiate(module);
  for (const size of [1, 3]) {
    const workers = await pool(module, { size });
    // A height that is no whole number of bands.
    for (const view of [{ ...whole(80, 50), limit: 100 }, { ...closer(whole(80, 50), 20, 10), limit: 100 }, { ...whole(1, 1), limit: 1 }]) {
      const { pixels, took } = await picture(workers, view);
      assert.deepEqual(pixels, exports.band(view, 0, view.height));
      assert.ok(took > 0);
    }
    await workers.close();
  }
});

test("the middle is black, and what is far away isn't", async () => {
  const { exports } = await instantiate(module);
  const view = { ...whole(64, 40), limit: 500 };
  const pixel = (/** @type {number} */ x, /** @type {number} */ y) => [...exports.band(view, y, 1).subarray(x * 4, x * 4 + 4)];
  assert.deepEqual(pixel(40, 20), [0, 0, 0, 255]);
  assert.notDeepEqual(pixel(0, 0), [0, 0, 0, 255]);
  assert.deepEqual(exports.band(view, 40, 0), new Uint8Array(0));
});

test("a view that goes closer keeps the pixel in the middle", () => {
  const view = whole(640, 400);
  const { center_x, center_y, step } = closer(view, 320, 200);
  assert.deepEqual([center_x, center_y, step], [view.center_x, view.center_y, view.step / 4]);
  assert.equal(closer(view, 0, 0).center_x, view.center_x - 1.6);
});

test("rows that are not in the picture are an error, which ends the rendering", async () => {
  const workers = await pool(module, { size: 2 });
  await assert.rejects(workers.exports.band(whole(4, 4), 3, 2), { name: "Error", message: "these rows are not in the picture" });
  await workers.close();
});

test("an abort ends a rendering that would take minutes, and the pool renders on", async () => {
  const workers = await pool(module, { size: 2 });
  const view = { ...whole(64, 40), limit: 4_000_000_000 };
  await assert.rejects(render(workers, view, () => {}, AbortSignal.timeout(50)), { name: "TimeoutError" });
  const { pixels } = await picture(workers, { ...whole(64, 40), limit: 50 });
  assert.equal(pixels.filter((byte) => byte > 0).length > 64 * 40, true);
  await workers.close();
});

test("the figure", () => {
  assert.equal(figure(4, 800.4, 200.2), "1 worker: 800 ms; 4 workers: 200 ms, 4.0 times as fast");
});

test("the terminal program: a picture, and the times", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}examples/pool/run.js`, "80"], { encoding: "utf8" });
  assert.deepEqual([status, stderr], [0, ""]);
  const lines = stdout.split("\n");
  assert.ok(lines.slice(0, 24).every((line) => line.length === 72));
  assert.match(lines[12], /@{10}/);
  assert.match(stdout, /\n80 x 50 pixels\n 1 worker  +\d+ ms\n 2 workers +\d+ ms, \d+\.\d times as fast\n/);
});

test("the terminal program: wrong arguments", () => {
  for (const args of [["no"], ["10"], ["80", "2"]]) {
    const { status, stderr } = spawnSync(process.execPath, [`${root}examples/pool/run.js`, ...args], { encoding: "utf8" });
    assert.deepEqual([status, stderr], [1, "usage: node examples/pool/run.js [WIDTH], from 72 to 10000 pixels\n"]);
  }
});
