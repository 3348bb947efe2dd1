// @ts-check
// The benchmark: `bench.js [--check] [row ...]`, all rows without a name (`c.*` names some).
// Prints the table, and after a full run writes bench.json and bench.svg. With `--check` it
// writes nothing, and holds the ratios against baseline.json. QUICK=1 for a first look,
// RUNS=3 for the median of three runs, KEEP=1 to put some rows into bench.json. `run.js` builds first and chooses the Node.

import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { chart } from "./chart.js";
import { columns } from "./columns/column.js";
import { measure, median, QUICK, THOROUGH } from "./measure.js";
import { processes, startTable } from "./processes.js";
import { regressions, table } from "./report.js";
import { choose, rows as allRows } from "./rows/all.js";
import { sizes, sizeTable } from "./sizes.js";

const here = fileURLToPath(new URL("./", import.meta.url));
/** @param {string} name */
const compile = async (name) => new WebAssembly.Module(await readFile(`${here}dist/${name}.wasm`));

/** What is measured, by row and column. @typedef {Record<string, Record<string, import("./measure.js").Result>>} Results */

/**
 * @typedef {object} Report
 * @property {string} date
 * @property {Record<string, string>} versions of node (or the browser), rustc, wasm-bindgen
 * @property {string} machine
 * @property {number} runs
 * @property {Results} rows
 * @property {Record<string, import("./processes.js").Start>} [starts] whole processes, by what they greet by
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

/** @typedef {import("./rows/row.js").Row} Row */

const OLD = parseInt(process.versions.v8) < 12;
/** The key of this Node's reports. */
const NODE = `node-${process.versions.node.split(".")[0]}`;

/** @param {Row[]} rows @param {import("./measure.js").Settings} settings @returns {Promise<Results>} */
async function run(rows, settings) {
  const scripts = new Map();
  const modules = new Map();
  for (const { id, hello } of columns) {
    scripts.set(id, await readFile(`${here}dist/${id}.script`, "utf8"));
    modules.set(id, { guest: await compile(id), hello: hello && (await compile(`hello-${id}`)) });
  }
  /** @type {Results} */
  const results = {};
  for (const row of rows) {
    // V8 11 ends the process when code that it has to give up is in an inlined call of wasm that returns several values, as wasm-bindgen's
    // of a Result do: where that happens, no column's calls are inlined.
    setFlagsFromString(`--${row.inlined === false && OLD ? "no-" : ""}turbo-inline-js-wasm-calls`);
    results[row.row] = await measure(row, columns, scripts, modules, settings);
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

/** @param {string} name @returns {Promise<Reports>} none if there is no such file */
const read = async (name) => JSON.parse(await readFile(here + name, "utf8").catch(() => "{}"));

/** Writes them, and draws them. @param {Reports} reports */
async function save(reports) {
  await writeFile(`${here}bench.json`, `${JSON.stringify(reports, null, 1)}\n`);
  await writeFile(`${here}bench.svg`, chart(reports));
}

/**
 * What is slower than in the baseline, and still is when it is measured again: on a busy machine once is chance.
 * @param {Report} made @param {Row[]} rows
 * @returns {Promise<string[]>}
 */
async function check(made, rows) {
  const baseline = (await read("baseline.json"))[NODE];
  if (!baseline) throw new Error(`baseline.json has nothing of ${NODE}: copy a bench.json that has it`);
  let suspects = regressions(made, baseline, rows);
  for (let i = 0; i < 2 && suspects.length > 0; i++) {
    const again = await run(rows.filter(({ row }) => suspects.some((suspect) => suspect.row === row)), THOROUGH);
    suspects = regressions({ ...made, rows: again }, baseline, rows);
  }
  return suspects.map(({ text }) => text);
}

try {
  const args = process.argv.slice(2);
  const rows = choose(args.filter((arg) => arg !== "--check"));
  const settings = process.env.QUICK ? QUICK : THOROUGH;
  const times = Number(process.env.RUNS || 1);
  const runs = [];
  for (let i = 0; i < times; i++) runs.push(await run(rows, settings));
  const made = await report(times, join(runs));
  console.log(table(made, rows));
  if (args.includes("--check")) {
    const worse = await check(made, rows);
    for (const text of worse) console.error(`slower: ${text}`);
    if (worse.length > 0) process.exitCode = 1;
    else console.log(`nothing is more than 15 % slower than in the baseline`);
  } else if (process.env.KEEP && settings === THOROUGH) {
    const reports = await read("bench.json");
    const kept = reports[NODE];
    // What was measured in another way, or elsewhere, is no part of the same report.
    for (const of of /** @type {const} */ (["versions", "machine", "runs"]))
      if (JSON.stringify(kept?.[of]) !== JSON.stringify(made[of])) throw new Error(`KEEP: bench.json has ${JSON.stringify(kept?.[of])} as its ${of}, and this run ${JSON.stringify(made[of])}`);
    Object.assign(kept.rows, made.rows);
    await save(reports);
  } else if (rows.length === allRows.length && settings === THOROUGH) {
    // What is downloaded depends on no Node: it stands for itself.
    const measured = await sizes();
    console.log(`\n${sizeTable(measured)}`);
    made.starts = await processes();
    console.log(`\n${startTable(made.starts)}`);
    await writeFile(`${here}sizes.json`, `${JSON.stringify(measured, null, 1)}\n`);
    await save({ ...(await read("bench.json")), [NODE]: made });
  }
} catch (error) {
  console.error(`bench.js: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
