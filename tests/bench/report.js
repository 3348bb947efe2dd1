// @ts-check
// The table of a run, its means, and what became slower since another.

import { BASE, columns, LIMIT } from "./columns/column.js";

/** @typedef {import("./bench.js").Report} Report */
/** @typedef {import("./rows/row.js").Row} Row */

/** @param {number} ns */
function duration(ns) {
  if (ns >= 1e6) return `${(ns / 1e6).toPrecision(3)} ms`;
  if (ns >= 1e3) return `${(ns / 1e3).toPrecision(3)} µs`;
  return ns.toPrecision(ns < 10 ? 2 : 3);
}

/** @param {number[]} ratios */
const geometric = (ratios) => Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);

/**
 * The geometric means of the ratios to wasm-bindgen.
 * @param {Report["rows"]} results
 * @param {Row[]} rows those that count
 * @returns {Record<string, number>} by column
 */
export function means(results, rows) {
  const measured = rows.filter(({ row }) => results[row]);
  return Object.fromEntries(
    columns.flatMap(({ id }) => {
      const ratios = measured.map(({ row }) => results[row][id]?.ratio).filter((ratio) => ratio !== undefined);
      return ratios.length ? [[id, geometric(ratios)]] : [];
    }),
  );
}

/** @param {Row[]} rows @returns {Map<string, Row[]>} by family, in order */
export function families(rows) {
  /** @type {Map<string, Row[]>} */
  const found = new Map();
  for (const row of rows) found.set(row.family, [...(found.get(row.family) ?? []), row]);
  return found;
}

/**
 * The table: nanoseconds, and ratios to wasm-bindgen; of `handwire` also to the limit.
 * @param {Report} report
 * @param {Row[]} rows
 */
export function table({ date, versions, machine, runs, rows: results }, rows) {
  const others = columns.filter(({ id }) => id !== BASE);
  const titles = ["row", "what", ...columns.map(({ title }) => `${title}`), ...others.map(({ title }) => `${title} /`), "/ limit"];
  const ratio = (/** @type {number | undefined} */ value) => (value === undefined ? "" : value.toFixed(2));
  const lines = rows.map(({ row, what }) => {
    const result = results[row];
    const times = columns.map(({ id }) => (result[id] ? duration(result[id].ns) : ""));
    return [row, what, ...times, ...others.map(({ id }) => ratio(result[id]?.ratio)), ratio(result[LIMIT] && result.handwire.ns / result[LIMIT].ns)];
  });
  const meanLine = (/** @type {string} */ name, /** @type {Row[]} */ of) => {
    const mean = means(results, of);
    const { handwire, [LIMIT]: limit } = mean;
    return ["", name, ...columns.map(() => ""), ...others.map(({ id }) => ratio(mean[id])), limit === undefined ? "" : ratio(handwire / limit)];
  };
  const all = [titles, ...lines, ...[...families(rows)].map(([family, of]) => meanLine(`mean: ${family}`, of)), meanLine("mean: all", rows)];
  const widths = titles.map((_, i) => Math.max(...all.map((cells) => cells[i].length)));
  const text = all.map((cells) => cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ").trimEnd());
  const of = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ");
  return `${text.join("\n")}\n\nns for one operation, medians; "/" is the ratio to wasm-bindgen, means are geometric\n${date}, ${of}; ${machine}; runs: ${runs}`;
}

/** How much worse a ratio may be before it counts. */
const TOLERANCE = 1.15;

/**
 * What became slower beside wasm-bindgen. Start-up is left aside: it is too rough for that.
 * @param {Report} now
 * @param {Report} baseline
 * @param {Row[]} rows
 * @returns {{ row: string, text: string }[]}
 */
export function regressions(now, baseline, rows) {
  return rows
    .filter(({ family }) => family !== "start")
    .flatMap(({ row, what }) =>
      ["handwire", "compiled", "raw"].flatMap((id) => {
        const [before, after] = [baseline.rows[row]?.[id]?.ratio, now.rows[row]?.[id]?.ratio];
        if (before === undefined || after === undefined || after <= before * TOLERANCE) return [];
        const by = Math.round((after / before - 1) * 100);
        const text = `${row} (${what}), ${id}: ${after.toFixed(2)} of wasm-bindgen's time, ${before.toFixed(2)} in the baseline: ${by} % worse`;
        return [{ row, text }];
      }),
    );
}
