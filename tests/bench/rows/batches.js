// @ts-check
// Rows o: operations that cross together.

import { textOf } from "./texts.js";

/** Eight objects, whose property `label` is set in turn. @param {import("./row.js").Opened} opened */
function objects({ calls }) {
  calls.hold_text(textOf(8, "", 5));
  return Array.from({ length: 8 }, (_, i) => ({ i, label: "" }));
}

/** @type {import("./row.js").Row[]} */
export const batches = [
  {
    row: "o.set",
    family: "batches",
    what: "1000 times object.label = &str, 8 B ascii (each)",
    input: objects,
    body: "const done = x.set_labels(input, n); return [done, input[7].label];",
    per: 1000,
    without: ["raw", "limit"],
  },
];
