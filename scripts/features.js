// @ts-check
// Builds crates/handwire and crates/web with every sensible combination of their Cargo features,
// for this machine with its tests and for wasm32; and sees that two allocators at once are
// refused with a message that says so. `make features`.

import { spawnSync } from "node:child_process";
import { root } from "./guests.js";

const WASM = ["--target", "wasm32-unknown-unknown"];
const allocators = [[], ["dlmalloc"], ["wee_alloc"]];
// Together they mean the one that says most.
const handlers = [[], ["panic-handler"], ["panic-trap"], ["panic-trap", "panic-handler"], ["std"], ["std", "panic-handler"]];
const combinations = [...allocators.flatMap((allocator) => handlers.map((handler) => [...allocator, ...handler])), ["serde"], ["json"]];

/** @param {string[]} args @param {string[]} features @param {string} [crate] */
function cargo(args, features, crate = "handwire") {
  const all = [...args, "--quiet", "-p", crate, "--no-default-features", "--features", features.join()];
  const { status, stdout, stderr } = spawnSync("cargo", all, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  return { ok: status === 0, text: stdout + stderr };
}

/** @type {[what: string, run: () => { ok: boolean, text: string }][]} */
const checks = combinations.flatMap((features) => {
  const name = features.join(" + ") || "no features";
  return [
    [`${name}: tests, native`, () => cargo(["test"], features)],
    [`${name}: build, wasm32`, () => cargo(["build", ...WASM], features)],
  ];
});
for (const features of [[], ["async"], ["functions"], ["async", "functions"]]) {
  const name = `web with ${features.join(" + ") || "no features"}`;
  checks.push([`${name}: tests, native`, () => cargo(["test"], features, "handwire-web")]);
  checks.push([`${name}: build, wasm32`, () => cargo(["build", ...WASM], features, "handwire-web")]);
}
checks.push(["dlmalloc + wee_alloc: refused on wasm32, by name", () => {
  const { ok, text } = cargo(["build", ...WASM], ["dlmalloc", "wee_alloc"]);
  const refusal = text.split("\n").find((line) => line.startsWith("error") && line.includes("dlmalloc") && line.includes("wee_alloc"));
  return { ok: !ok && refusal !== undefined, text: ok ? "it was built" : text };
}]);

for (const [what, run] of checks) {
  const { ok, text } = run();
  console.log(`${ok ? "ok" : "FAILED"}  ${what}`);
  if (ok) continue;
  console.error(text.trimEnd());
  process.exitCode = 1;
}
