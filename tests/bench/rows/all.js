// @ts-check
// All rows, in the order of the table.

import { async_ } from "./async.js";
import { batches } from "./batches.js";
import { bytes } from "./bytes.js";
import { classes } from "./classes.js";
import { closures } from "./closures.js";
import { errors } from "./errors.js";
import { handles } from "./handles.js";
import { json } from "./json.js";
import { numbers } from "./numbers.js";
import { start } from "./start.js";
import { structs } from "./structs.js";
import { textsIn, textsOut, textsSent } from "./texts.js";

/** @type {import("./row.js").Row[]} */
export const rows = [...numbers, ...textsIn, ...textsOut, ...textsSent, ...bytes, ...handles, ...closures, ...async_, ...batches, ...json, ...structs, ...classes, ...errors, ...start];

/**
 * The rows that patterns name, as in `c.* g.get`; all of them without a pattern.
 * @param {string[]} patterns
 * @throws {Error} when a pattern names no row
 */
export function choose(patterns) {
  if (patterns.length === 0) return rows;
  const tests = patterns.map((pattern) => new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`));
  const none = patterns.filter((_, i) => !rows.some(({ row }) => tests[i].test(row)));
  if (none.length > 0) throw new Error(`no row is called ${none.join(" or ")}`);
  return rows.filter(({ row }) => tests.some((test) => test.test(row)));
}
