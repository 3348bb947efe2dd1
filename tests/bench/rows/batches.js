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
  ...[["8B", 8, ""], ["16u", 16, "äéßøλθжйあ漢字ん"]].map(([size, units, letters]) => ({
    row: `o.call.${size}`,
    family: "batches",
    what: `1000 times function(&str), ${units} ${letters ? "chars non-" : "B "}ascii (each)`,
    input: (/** @type {import("./row.js").Opened} */ { calls, user }) => (calls.hold_text(textOf(Number(units), `${letters}`, 5)), user.takeText),
    body: "user.seen.sum = 0; const done = x.call_texts(input, n); return [done, user.seen.sum];",
    per: 1000,
    without: ["raw", "limit"],
  })),
];
