// @ts-check
// One script for each column: its file and all that it imports, as the body of a function.
// Run anew for each row, it shares nothing with the column's other rows: no function, no
// feedback of the engine, no state.

import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("./", import.meta.url));

/**
 * `bench:user` is the embedder's file; `bench:NAME` glue that wasm-bindgen has made.
 * @type {import("esbuild").Plugin}
 */
const modules = {
  name: "bench",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bench:/ }, ({ path }) => {
      const name = path.slice("bench:".length);
      return { path: name === "user" ? `${here}columns/user.js` : `${here}dist/glue/${name}.mjs` };
    });
    onLoad({ filter: /\/dist\/glue\/.*\.mjs$/ }, async ({ path }) => ({ contents: startable(await readFile(path, "utf8"), path) }));
  },
};

/**
 * The glue keeps one instance for good; the rows that start one want another each time. This is all that is changed
 * in it.
 * @param {string} glue @param {string} path
 */
function startable(glue, path) {
  if (!/hello/.test(path)) return glue;
  const guard = /if \(wasm !== undefined\) return wasm;/g;
  if (!guard.test(glue)) throw new Error(`${path} guards its instance in another way than this bundler knows`);
  return glue.replaceAll(guard, "");
}

/**
 * @param {string} id of a column
 * @returns {Promise<string>} the body of a function that returns what the column's file exports
 */
export async function bundle(id) {
  const { outputFiles } = await build({
    entryPoints: [`${here}columns/${id}.js`],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "column",
    target: "esnext",
    // The glue is not ours to mend: it names a module twice, and the address of its module, which is not used.
    logLevel: "error",
    plugins: [modules],
  });
  return `${outputFiles[0].text}\nreturn column;`;
}
