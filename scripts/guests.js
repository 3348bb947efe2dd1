// @ts-check
// Every guest of this repository: how it is built, and where its module is found.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL("../", import.meta.url));

/** Where cargo builds; its own variable is respected. */
export const target = process.env.CARGO_TARGET_DIR ? resolve(process.env.CARGO_TARGET_DIR) : `${root}target`;

/**
 * @typedef {RustGuest | CGuest} Guest
 *
 * @typedef {object} RustGuest
 * @property {string} name what tests, sizes and pages call it
 * @property {string} package its Cargo package
 * @property {"release" | "small"} profile
 * @property {string[]} [features] in place of the package's default features
 * @property {string} [page] the folder of the page that loads it, which gets a copy named after the guest
 * @property {boolean} [frozen] whether the page also gets its glue, for guests with inline code: `name.glue.js`
 *
 * @typedef {object} CGuest left out where no clang is that makes wasm
 * @property {string} name
 * @property {string} source its one file of C
 * @property {string} [page]
 */

/** @type {Guest[]} */
export const guests = [
  { name: "bare", package: "handwire-example-bare", profile: "small", page: "examples/bare" },
  { name: "hello", package: "handwire-example-hello", profile: "small", page: "examples/hello" },
  { name: "hello-wee", package: "handwire-example-hello", profile: "small", features: ["wee_alloc", "panic-trap"] },
  { name: "hello-c", source: "examples/ports/c/hello.c", page: "examples/ports/c" },
  { name: "counter", package: "handwire-example-counter", profile: "release", page: "examples/counter" },
  { name: "tour", package: "handwire-example-tour", profile: "release", page: "examples/tour" },
  { name: "jsffi", package: "handwire-example-jsffi", profile: "release", page: "examples/jsffi", frozen: true },
  { name: "callbacks", package: "handwire-example-callbacks", profile: "release", page: "examples/callbacks" },
  { name: "fetch", package: "handwire-example-fetch", profile: "release", page: "examples/fetch", frozen: true },
  { name: "pool", package: "handwire-example-pool", profile: "release", page: "examples/pool" },
  { name: "runtime", package: "handwire-example-runtime", profile: "release", page: "examples/runtime", frozen: true },
  { name: "table", package: "handwire-example-table", profile: "release", page: "examples/table" },
  { name: "todo", package: "handwire-example-todo", profile: "release", page: "examples/todo" },
  { name: "test-guest", package: "handwire-test-guest", profile: "release" },
  { name: "test-guest-wee", package: "handwire-test-guest", profile: "release", features: ["wee_alloc"] },
  { name: "test-guest-std", package: "handwire-test-guest-std", profile: "release" },
  { name: "test-closures", package: "handwire-test-closures", profile: "release" },
  { name: "test-interfaces", package: "handwire-test-interfaces", profile: "release" },
  { name: "test-typed", package: "handwire-test-typed", profile: "release" },
  { name: "test-batch", package: "handwire-test-batch", profile: "release" },
  { name: "test-async", package: "handwire-test-async", profile: "release" },
  { name: "test-views", package: "handwire-test-views", profile: "release" },
  { name: "test-imports", package: "handwire-test-imports", profile: "release" },
  { name: "test-classes", package: "handwire-test-classes", profile: "release" },
  { name: "test-data", package: "handwire-test-data", profile: "release" },
  { name: "test-misfits", package: "handwire-test-misfits", profile: "release" },
  { name: "test-pool", package: "handwire-test-pool", profile: "release" },
  { name: "test-web", package: "handwire-test-web", profile: "release" },
];

/**
 * The path of a guest's module, as `make guests` leaves it.
 *
 * @param {string} name one of {@link guests}
 * @returns {string}
 * @throws {Error} when there is no such guest
 */
export function wasmPath(name) {
  if (!guests.some((guest) => guest.name === name)) throw new Error(`no guest is called ${name}`);
  return `${target}/guests/${name}.wasm`;
}
