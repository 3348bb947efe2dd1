// @ts-check
// Builds guests: `build.js [name ...]`, all of them without a name. `--clippy` checks instead of building.
//
// Each Rust guest is one run of cargo: packages built together would get the sum of their features, and two allocators.
// Guests in C need a clang that makes wasm. Without one they are left out, but not in continuous integration.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { makeFrozen } from "../host-js/freeze.js";
import { advice, compile, findClang } from "./clang.js";
import { guests, root, target, wasmPath } from "./guests.js";

const triple = "wasm32-unknown-unknown";

/**
 * What cargo is told for one guest. A guest with features of its own has a target directory of its own: cargo gives
 * both variants the same file name.
 *
 * @param {import("./guests.js").RustGuest} guest
 * @returns {{ args: string[], output: string }}
 */
export function cargoArguments(guest) {
  const directory = guest.features ? `${target}/${guest.name}` : target;
  const features = guest.features ? ["--no-default-features", "--features", guest.features.join()] : [];
  const args = ["-p", guest.package, "--profile", guest.profile, "--target", triple, "--target-dir", directory];
  const file = `${guest.package.replaceAll("-", "_")}.wasm`;
  return { args: [...args, ...features], output: `${directory}/${triple}/${guest.profile}/${file}` };
}

/** @param {string[]} args @returns {boolean} whether cargo was content */
function cargo(args) {
  return spawnSync("cargo", args, { cwd: root, stdio: "inherit" }).status === 0;
}

/**
 * Copies only what changed, so that a page's module keeps its time.
 *
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  if (!existsSync(to) || !readFileSync(to).equals(readFileSync(from))) copyFileSync(from, to);
}

/**
 * Builds a guest.
 *
 * @param {import("./guests.js").Guest} guest
 * @returns {string | undefined} the path of its module; undefined when the compiler was not content, and has said why
 */
function make(guest) {
  if ("source" in guest) {
    const clang = findClang();
    const output = `${target}/c/${guest.name}.wasm`;
    return clang && compile(clang, [root + guest.source], output) ? output : undefined;
  }
  const { args, output } = cargoArguments(guest);
  return cargo(["build", ...args]) ? output : undefined;
}

/**
 * Builds a guest, and puts its module where tests and its page look for it.
 *
 * @param {import("./guests.js").Guest} guest
 * @returns {boolean} whether that worked
 */
function build(guest) {
  const output = make(guest);
  if (output === undefined) return false;
  mkdirSync(`${target}/guests`, { recursive: true });
  copy(output, wasmPath(guest.name));
  if (guest.page) copy(output, `${root}${guest.page}/${guest.name}.wasm`);
  if ("frozen" in guest) freeze(guest);
  return true;
}

/** Puts the glue of a guest beside its page's module, as `handwire freeze` writes it. @param {import("./guests.js").RustGuest} guest */
function freeze({ name, page }) {
  const file = `${root}${page}/${name}.glue.js`;
  const text = makeFrozen(`${name}.wasm`, new WebAssembly.Module(readFileSync(wasmPath(name))));
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

/** @param {import("./guests.js").Guest} guest @returns {boolean} whether clippy was content; the build of C is as strict */
function clippy(guest) {
  if ("source" in guest) return make(guest) !== undefined;
  return cargo(["clippy", ...cargoArguments(guest).args, "--", "-D", "warnings"]);
}

/**
 * Whether a guest can be built here. If not, one line says so; that is an error where the guest was asked for by name, and where
 * nothing may be left out.
 *
 * @param {import("./guests.js").Guest} guest
 */
function buildable(guest) {
  if (!("source" in guest) || findClang()) return true;
  console.error(`handwire: ${guest.name} is left out: ${advice}`);
  if (process.env.CI || names.length > 0) process.exit(1);
  return false;
}

const flags = process.argv.slice(2);
const names = flags.filter((flag) => flag !== "--clippy");
const unknown = names.filter((name) => !guests.some((guest) => guest.name === name));
if (unknown.length > 0) {
  console.error(`build.js: no guest is called ${unknown.join(" or ")}; there are ${guests.map((guest) => guest.name).join(", ")}`);
  process.exit(1);
}
const wanted = guests.filter((guest) => names.length === 0 || names.includes(guest.name)).filter(buildable);
if (!wanted.every(flags.includes("--clippy") ? clippy : build)) process.exit(1);
