// @ts-check
// Rows m: a new instance of the smallest guest. An order of magnitude only.

import { loop } from "./row.js";

/** @type {import("./row.js").Row[]} */
export const start = [
  { row: "m.inst", family: "start", what: "hello: new instance from a compiled module", most: 20, without: ["raw"], body: loop("acc += x.start().length;") },
  { row: "m.greet", family: "start", what: "hello: new instance + first greet()", most: 20, without: ["raw"], body: loop('acc += x.start()("World").length;') },
];
