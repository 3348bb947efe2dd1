// @ts-check
// What a column is: one way to do the operations of all rows.

/** @typedef {typeof import("./user.js")} User the embedder's functions, in this column's copy */
/** @typedef {Record<string, (...args: any[]) => any>} Calls what the rows call, by name */

/**
 * @typedef {object} Modules what `build.js` has made for a column
 * @property {WebAssembly.Module} guest
 * @property {WebAssembly.Module} [hello] the smallest guest, for the rows that start one
 */

/**
 * @typedef {object} Opened a fresh instance
 * @property {Calls} calls
 * @property {User} user
 */

/** @typedef {(modules: Modules) => Promise<Opened>} Open what each column's file exports as `open` */

/**
 * @typedef {object} Column
 * @property {string} id its file in this folder
 * @property {string} title
 * @property {string} guest the Cargo package of its guest
 * @property {string} [hello] the Cargo package of its smallest guest
 * @property {boolean} [bindgen] its modules go through the wasm-bindgen CLI
 * @property {RegExp} [only] the rows that it is for; it is not warmed up with what others do before
 * @property {boolean} [byName] its user writes `exports.f()`, and not an imported `f()`
 */

/** The columns, in the order of the table. The ratios are to `BASE`. @type {Column[]} */
export const columns = [
  { id: "handwire", title: "handwire", guest: "bench-handwire", hello: "bench-hello-handwire", byName: true },
  { id: "compiled", title: "compiled", guest: "bench-handwire", hello: "bench-hello-handwire", byName: true },
  { id: "raw", title: "raw", guest: "bench-raw" },
  { id: "bindgen", title: "wasm-bindgen", guest: "bench-bindgen", hello: "bench-hello-bindgen", bindgen: true },
  { id: "sledgehammer", title: "sledgehammer", guest: "bench-sledgehammer", bindgen: true, only: /^o\./ },
  { id: "limit", title: "limit", guest: "bench-limit", hello: "bench-hello-limit" },
];

export const BASE = "bindgen", LIMIT = "limit";
