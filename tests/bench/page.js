// @ts-check
// The benchmark in a page: the same rows, columns and timing as in Node.

import { columns } from "./columns/column.js";
import { measure, QUICK, THOROUGH } from "./measure.js";
import { table } from "./report.js";
import { choose } from "./rows/all.js";

const query = new URLSearchParams(location.search);
const status = /** @type {HTMLElement} */ (document.querySelector("#status"));
const output = /** @type {HTMLElement} */ (document.querySelector("#table"));

/** @param {string} name of a file that the build has made */
async function fetched(name) {
  const response = await fetch(`dist/${name}`);
  if (!response.ok) throw new Error(`dist/${name}: ${response.status}: build it by \`make bench ROWS=a\``);
  return response;
}

/** @param {string} name */
const compile = async (name) => WebAssembly.compile(await (await fetched(`${name}.wasm`)).arrayBuffer());

async function run() {
  const rows = choose((query.get("rows") ?? "").split(" ").filter(Boolean));
  const scripts = new Map();
  const modules = new Map();
  for (const { id, hello } of columns) {
    scripts.set(id, await (await fetched(`${id}.script`)).text());
    modules.set(id, { guest: await compile(id), hello: hello && (await compile(`hello-${id}`)) });
  }
  /** @type {import("./bench.js").Results} */
  const results = {};
  for (const [i, row] of rows.entries()) {
    status.textContent = `${i + 1} of ${rows.length}: ${row.row}`;
    results[row.row] = await measure(row, columns, scripts, modules, query.has("quick") ? QUICK : THOROUGH);
  }
  const versions = { browser: navigator.userAgent, ...(await (await fetched("versions.json")).json()) };
  const machine = `${navigator.hardwareConcurrency} cores`;
  const date = new Date().toISOString().slice(0, 10);
  output.textContent = table({ date, versions, machine, runs: 1, rows: results }, rows);
}

run().then(
  () => (status.textContent = "done"),
  (error) => (status.textContent = `failed: ${error instanceof Error ? error.message : error}`),
);
