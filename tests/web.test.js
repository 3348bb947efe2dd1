// @ts-check
// handwire-web in Node: what Node has of the platform. The rest is tests/browser/web.test.js.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { compile } from "../host-js/compile.js";
import { instantiate } from "../host-js/host.js";
import { root, wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-web")));
const start = () => instantiate(module, { with: [async_, compile] });
const { exports, host } = await start();

test("lines of the console, by level, and a value as the console shows it", () => {
  const script = `
    import { readFileSync } from "node:fs";
    import { async_ } from "${root}host-js/async.js";
    import { compile } from "${root}host-js/compile.js";
    import { instantiate } from "${root}host-js/host.js";
    const { exports } = await instantiate(readFileSync(${JSON.stringify(wasmPath("test-web"))}), { with: [async_, compile] });
    exports.lines("Grüße %d", { a: [1n] });
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, "Grüße %d\ninfo %s\ndebug\ngroup\n  value { a: [ 1n ] }\n  1, 2\n");
  assert.match(stderr, /^Grüße %d has 10 bytes\n.*\n$/);
});

test("clocks: one that never goes back, and the time of day", () => {
  const [forward, back, now, unix, elapsed] = exports.clocks(performance.now(), Date.now());
  assert.ok(forward > 0 && forward < 1000, `${forward}`);
  assert.equal(back, 0);
  assert.ok(now >= 0 && now < 1000, `${now}`);
  assert.ok(unix >= 0 && unix < 1000, `${unix}`);
  assert.ok(elapsed > 0);
});

test("random bytes: as many as wanted, beyond what the platform gives at a time, and no two alike", () => {
  assert.equal(exports.random_bytes(0).length, 0);
  const [first, second] = [exports.random_bytes(200_001), exports.random_bytes(200_001)];
  assert.notDeepEqual(first, second);
  for (const bytes of [first, second]) {
    for (let at = 0; at < bytes.length; at += 50_000) assert.equal(new Set(bytes.subarray(at, at + 50_000)).size === 256 || bytes.length - at < 50_000, true);
  }
});

test("random numbers: 64 bits, from 0 to 1, below a bound without favour", () => {
  assert.equal(new Set(Array.from({ length: 100 }, () => exports.random_bits())).size, 100);
  const units = Array.from({ length: 1000 }, () => exports.random_unit());
  assert.ok(units.every((unit) => unit >= 0 && unit < 1));
  assert.ok(Math.abs(units.reduce((a, b) => a + b) / 1000 - 0.5) < 0.1);
  const counts = [0, 0, 0];
  for (let i = 0; i < 3000; i++) counts[Number(exports.random_below(3n))]++;
  assert.ok(counts.every((count) => count > 850), String(counts));
  assert.equal(exports.random_below(1n), 0n);
  assert.ok(exports.random_below(2n ** 63n + 1n) <= 2n ** 63n);
  assert.match(exports.uuid(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test("what isn't here: an error where there is a Result, a panic in the platform's words where there is none", async () => {
  assert.equal(exports.is_page(), false);
  if (!("localStorage" in globalThis)) {
    assert.equal(thrownBy(() => exports.visit(false)).message, "there is no localStorage here");
    assert.equal(thrownBy(() => exports.visit(true)).message, "there is no sessionStorage here");
  }
  assert.throws(() => exports.list(["a"]), { name: "ReferenceError", message: "document is not defined" });
  const { exports: dying, host } = await start();
  assert.throws(() => dying.body_tag(), /^PanicError: body_tag: panic at tests\/web\/src\/page\.rs:\d+:\d+: .*document is not defined/);
  assert.notEqual(host.dead, null);
});

test("below 0 there is no number", async () => {
  const { exports: dying } = await start();
  assert.throws(() => dying.random_below(0n), /random::below: there is no number below 0/);
});

test("nothing is left", () => {
  assert.deepEqual(host.handles.list(), []);
  assert.equal(host.dead, null);
});

test("a guest that uses none of it has none of it", () => {
  const keys = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasmPath("test-pool")))).map(({ name }) => name);
  assert.equal(keys.some((name) => name.includes("document")), false);
});
