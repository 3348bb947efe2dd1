// @ts-check
// Rows i: async functions of the guest, which await a promise of the page.

import { loop } from "./row.js";

/** @type {import("./row.js").Row[]} */
export const async_ = [
  {
    row: "i.seq",
    family: "async",
    what: "async fn that awaits a resolved promise, one after another",
    input: () => Promise.resolve(2),
    without: ["raw"],
    waits: true,
    body: loop("acc += await x.awaited(input);"),
  },
  {
    row: "i.par",
    family: "async",
    what: "async fn that awaits a resolved promise, 1,000 at once",
    input: () => Promise.resolve(2),
    without: ["raw"],
    waits: true,
    per: 1000,
    body: loop(`const calls = [];
  for (let k = 0; k < 1000; k++) calls.push(x.awaited(input));
  for (const value of await Promise.all(calls)) acc += value;`),
  },
];
