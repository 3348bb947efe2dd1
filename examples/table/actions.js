// @ts-check
// What the buttons do, in the words of js-framework-benchmark, and how it is timed.

/**
 * @typedef {object} Table what the guest's exports are, and what plain.js has
 * @property {(count: number) => void} create
 * @property {(count: number) => void} append
 * @property {() => void} update
 * @property {() => void} swap
 * @property {(index: number) => void} select
 * @property {(index: number) => void} remove
 * @property {() => void} clear
 * @property {() => number} rows
 *
 * @typedef {{ title: string, rows: number, act: (table: Table) => void }} Action `rows` is how many there must be before
 */

/** By the id of the button. @type {Record<string, Action>} */
export const actions = {
  create: { title: "create 1,000 rows", rows: 0, act: (table) => table.create(1000) },
  replace: { title: "replace all 1,000 rows", rows: 1000, act: (table) => table.create(1000) },
  update: { title: "update every 10th of 1,000 rows", rows: 1000, act: (table) => table.update() },
  select: { title: "select a row", rows: 1000, act: (table) => table.select(5) },
  swap: { title: "swap two rows", rows: 1000, act: (table) => table.swap() },
  remove: { title: "remove a row", rows: 1000, act: (table) => table.remove(5) },
  many: { title: "create 10,000 rows", rows: 0, act: (table) => table.create(10_000) },
  append: { title: "append 1,000 rows to 1,000", rows: 1000, act: (table) => table.append(1000) },
  clear: { title: "clear 1,000 rows", rows: 1000, act: (table) => table.clear() },
};

/**
 * Brings a table to where an action begins, and does it.
 * @param {Table} table @param {Action} action
 * @returns {number} the milliseconds of the script alone; what the browser then has to lay out is the same for both
 */
export function time(table, { rows, act }) {
  if (rows === 0) table.clear();
  else if (table.rows() !== rows) table.create(rows);
  const start = performance.now();
  act(table);
  return performance.now() - start;
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
