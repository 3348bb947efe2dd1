// @ts-check
// What a row is: one operation, as source text that is compiled anew for each column, so
// that the engine keeps what it learns about a column apart from the others.

/** @typedef {import("../columns/column.js").Opened} Opened */

/**
 * @typedef {object} Row
 * @property {string} row its short name: a letter for the family, and a size or an operation
 * @property {string} family the rows of one mean in the table
 * @property {string} what
 * @property {string} body of a function of `x` (the column's calls), `user` (the embedder's functions), `input` and `n`: does the operation `n`
 *   times, and returns what must be equal in all columns
 * @property {boolean} [waits] whether the body is that of an async function: one that is made within, anew for each measurement, would lose its
 *   machine code at each collection between them
 * @property {(opened: Opened) => any} [input] made once for a column; default undefined
 * @property {(opened: Opened, input: any) => unknown} [check] what else must be equal, looked at once before the timing
 * @property {number} [per] how many operations one turn of the body is
 * @property {number} [most] turns in one measurement, where each leaves much to collect
 * @property {boolean} [inlined] false if old engines must not inline the calls
 * @property {string[]} [without] columns that don't have it
 */

/** A body that does the same in each turn, with `i` to tell them apart and `acc` for what comes of it. @param {string} turn @param {string} [start] */
export const loop = (turn, start = "0") => `let acc = ${start};
for (let i = 0; i < n; i++) {
  ${turn}
}
return acc;`;
