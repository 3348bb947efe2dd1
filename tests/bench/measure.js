// @ts-check
// The timing of one row: every column in a fresh instance, warm, then in turns.

import { BASE } from "./columns/column.js";
import { warm } from "./warm.js";

/**
 * @typedef {import("./columns/column.js").Column} Column
 * @typedef {import("./columns/column.js").Modules} Modules
 * @typedef {import("./rows/row.js").Row} Row
 */

/**
 * @typedef {object} Settings
 * @property {number} slice milliseconds of one measurement
 * @property {number} warmUp milliseconds for each column before the first
 * @property {number} total milliseconds for all measurements of a row
 * @property {number} fewest rounds
 */

/**
 * @typedef {object} Runner a column that is ready to be timed
 * @property {Column} column
 * @property {(n: number) => unknown} run
 * @property {number} n
 * @property {number[]} times nanoseconds for one operation, one a round
 */

/** @type {Settings} */
export const THOROUGH = { slice: 6, warmUp: 80, total: 1000, fewest: 9 };
/** @type {Settings} */
export const QUICK = { slice: 2, warmUp: 30, total: 150, fewest: 5 };

/** Turns that are run once in each column, and must give the same. */
const CHECKED_TURNS = 67;
let texts = 0;

/**
 * A function of its own text, so that no cache of the engine gives it another's.
 * @param {string[]} parameters @param {string} body
 */
const make = (parameters, body, Maker = Function) => new Maker(...parameters, `/* ${++texts} */ ${body}`);

const AsyncFunction = /** @type {FunctionConstructor} */ ((async () => {}).constructor);

/** @param {Row} row @param {Column} column @returns {(x: object, user: object, input: unknown, n: number) => unknown} */
function compile({ body, waits }, { byName }) {
  const names = [...new Set([...body.matchAll(/\bx\.(\w+)/g)].map(([, name]) => name))];
  const text = byName ? body : `const { ${names.join(", ")} } = x;\n${body.replaceAll(/\bx\.(\w+)/g, "$1")}`;
  return /** @type {any} */ (make(["x", "user", "input", "n"], text, waits ? AsyncFunction : Function));
}

/** @param {unknown} value */
const show = (value) => JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "undefined";

/**
 * Opens a column for a row.
 * @param {Row} row @param {Column} column @param {string} script its bundle @param {Modules} modules
 * @returns {Promise<{ runner: Runner, answer: string }>} with what must be equal in all columns
 */
async function open(row, column, script, modules) {
  /** @type {{ open: import("./columns/column.js").Open }} */
  const bundle = make([], script)();
  const opened = await bundle.open(modules);
  if (!column.only) warm(opened);
  const input = row.input?.(opened);
  const body = compile(row, column);
  const run = (/** @type {number} */ n) => body(opened.calls, opened.user, input, n);
  const answer = show([row.check?.(opened, input), await run(CHECKED_TURNS)]);
  return { runner: { column, run, n: 1, times: [] }, answer };
}

/** Milliseconds of `n` turns, until the promise is settled if they give one; never 0, whatever the clock. @param {Runner} runner @param {number} n */
async function time({ run }, n) {
  const start = performance.now();
  const result = run(n);
  if (result instanceof Promise) await result;
  return Math.max(performance.now() - start, 0.001);
}

/** Lets the engine put in place what it has compiled on other threads, and collect what is left over. */
async function pause() {
  await new Promise((done) => setTimeout(done, 0));
  globalThis.gc?.();
}

/** Warms a column up, and finds how many turns fill a slice. @param {Runner} runner @param {Row} row @param {Settings} settings */
async function calibrate(runner, { most = Infinity }, { slice, warmUp }) {
  let spent = 0;
  let n = 1;
  while (spent < warmUp) {
    const taken = await time(runner, n);
    spent += Math.max(taken, 0.01);
    const wanted = Math.round((n * slice) / taken);
    // Neither a pause of the machine nor a first slow turn may decide alone.
    runner.n = Math.max(1, Math.min(wanted, n * 10, most));
    n = runner.n;
    await pause();
  }
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @typedef {object} Result of one column in one row
 * @property {number} ns median nanoseconds for one operation
 * @property {number} ratio median of the rounds' ratios to wasm-bindgen
 */

/**
 * Times one row.
 * @param {Row} row
 * @param {Column[]} columns
 * @param {Map<string, string>} scripts by column
 * @param {Map<string, Modules>} modules by column
 * @param {Settings} settings
 * @returns {Promise<Record<string, Result>>} by column
 * @throws {Error} when the columns don't agree
 */
export async function measure(row, columns, scripts, modules, settings) {
  /** @type {Runner[]} */
  const runners = [];
  let first = "";
  for (const column of columns) {
    if (row.without?.includes(column.id) || column.only?.test(row.row) === false) continue;
    const made = await open(row, column, scripts.get(column.id) ?? "", /** @type {Modules} */ (modules.get(column.id)));
    if (runners.length === 0) first = made.answer;
    else if (made.answer !== first) throw new Error(`${row.row}: ${column.title} gives ${made.answer.slice(0, 200)}, ${runners[0].column.title} ${first.slice(0, 200)}`);
    runners.push(made.runner);
  }
  for (const runner of runners) await calibrate(runner, row, settings);
  let round = 0;
  for (const runner of runners) round += await time(runner, runner.n);
  const rounds = Math.max(settings.fewest, Math.round(settings.total / round));
  for (let i = 0; i < rounds; i++) {
    await pause();
    // Who comes first changes from round to round.
    for (let k = 0; k < runners.length; k++) {
      const runner = runners[(i + k) % runners.length];
      // What one leaves to collect, another is not to pay for.
      if (row.most) globalThis.gc?.();
      runner.times.push(((await time(runner, runner.n)) * 1e6) / runner.n / (row.per ?? 1));
    }
  }
  const base = runners.find(({ column }) => column.id === BASE);
  return Object.fromEntries(
    runners.map(({ column, times }) => {
      const ratio = base ? median(times.map((ns, i) => ns / base.times[i])) : NaN;
      return [column.id, { ns: median(times), ratio }];
    }),
  );
}
