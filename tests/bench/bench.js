// @ts-check
// The benchmark: `bench.js [row ...]`, all rows without a name (`c.*` names some). Prints the
// table, and after a full run writes bench.json and bench.svg. QUICK=1 for a first look,
// RUNS=3 for the median of three runs. `run.js` builds first and chooses the Node.

import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { chart } from "./chart.js";
import { columns } from "./columns/column.js";
import { measure, median, QUICK, THOROUGH } from "./measure.js";
import { table } from "./report.js";
import { choose, rows as allRows } from "./rows/all.js";

const here = fileURLToPath(new URL("./", import.meta.url));
/** @param {string} name */
const compile = async (name) => new WebAssembly.Module(await readFile(`${here}dist/${name}.wasm`));

/** What is measured, by row and column. @typedef {Record<string, Record<string, import("./measure.js").Result>>} Results */

/**
 * @typedef {object} Report
 * @property {string} date
 * @property {Record<string, string>} versions of node, rustc, wasm-bindgen
 * @property {string} machine
 * @property {number} runs
 * @property {Results} rows
 */

/** @typedef {Record<string, Report>} Reports by the Node's major version, as `node-20` */

/** @param {Results[]} runs @returns {Results} medians */
function join(runs) {
  /** @param {string} row @param {string} id @param {"ns" | "ratio"} field */
  const middle = (row, id, field) => Number(median(runs.map((run) => run[row][id][field])).toPrecision(4));
  return Object.fromEntries(
    Object.keys(runs[0]).map((row) => [row, Object.fromEntries(Object.keys(runs[0][row]).map((id) => [id, { ns: middle(row, id, "ns"), ratio: middle(row, id, "ratio") }]))]),
  );
}

/** @param {import("./rows/row.js").Row[]} rows @returns {Promise<Results>} */
async function run(rows) {
  const scripts = new Map();
  const modules = new Map();
  for (const { id, hello } of columns) {
    scripts.set(id, await readFile(`${here}dist/${id}.js`, "utf8"));
    modules.set(id, { guest: await compile(id), hello: hello && (await compile(`hello-${id}`)) });
  }
  /** @type {Results} */
  const results = {};
  for (const row of rows) {
    results[row.row] = await measure(row, columns, scripts, modules, process.env.QUICK ? QUICK : THOROUGH);
    if (process.stderr.isTTY) process.stderr.write(`\r${Object.keys(results).length}/${rows.length} ${row.row.padEnd(12)}`);
  }
  if (process.stderr.isTTY) process.stderr.write("\r".padEnd(24) + "\r");
  return results;
}

/** What is known of this run, `versions.json` from the build. @param {number} runs @param {Results} rows @returns {Promise<Report>} */
async function report(runs, rows) {
  const versions = { node: process.version, ...JSON.parse(await readFile(`${here}dist/versions.json`, "utf8")) };
  const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, ${process.platform} ${process.arch}`;
  return { date: new Date().toISOString().slice(0, 10), versions, machine, runs, rows };
}

try {
  const rows = choose(process.argv.slice(2));
  const times = Number(process.env.RUNS ?? 1);
  const runs = [];
  for (let i = 0; i < times; i++) runs.push(await run(rows));
  const made = await report(times, join(runs));
  console.log(table(made, rows));
  if (rows.length === allRows.length && !process.env.QUICK) {
    /** @type {Reports} */
    const before = JSON.parse(await readFile(`${here}bench.json`, "utf8").catch(() => "{}"));
    const reports = { ...before, [`node-${process.versions.node.split(".")[0]}`]: made };
    await writeFile(`${here}bench.json`, `${JSON.stringify(reports, null, 1)}\n`);
    await writeFile(`${here}bench.svg`, chart(reports));
  }
} catch (error) {
  console.error(`bench.js: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
