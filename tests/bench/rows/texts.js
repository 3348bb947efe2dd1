// @ts-check
// Rows c, d, e: text as argument, as result, to a function of the embedder.

import { loop } from "./row.js";

/** Latin beyond ASCII, Greek, Cyrillic, Japanese: two and three bytes each. */
const LETTERS = "äéßøλθжйあ漢字ん";
/** @type {[size: string, what: string, units: number, letters: string][]} */
const SIZES = [
  ["8B", "8 B ascii", 8, ""],
  ["64B", "64 B ascii", 64, ""],
  ["1K", "1 KiB ascii", 1024, ""],
  ["64K", "64 KiB ascii", 65_536, ""],
  ["1M", "1 MiB ascii", 1_048_576, ""],
  ["16u", "16 chars non-ascii", 16, LETTERS],
  ["1Ku", "1024 chars non-ascii", 1024, LETTERS],
];

/** A flat string, as one that was read or typed; one that was pieced together would be flattened by the first column. @param {number} units @param {string} letters @param {number} seed */
export function textOf(units, letters, seed) {
  const bytes = new Uint16Array(units).map((_, i) => (letters ? letters.charCodeAt((i + seed) % letters.length) : 97 + ((i * 7 + seed) % 26)));
  return letters ? new TextDecoder("utf-16le").decode(bytes) : new TextDecoder("latin1").decode(Uint8Array.from(bytes));
}

/** Four of a size, so that no engine takes the argument for a constant. @param {number} units @param {string} letters */
const texts = (units, letters) => [0, 1, 2, 3].map((seed) => textOf(units, letters, seed));

/** @type {import("./row.js").Row[]} */
export const textsIn = SIZES.map(([size, what, units, letters]) => ({
  row: `c.${size}`,
  family: "text in",
  what: `JS→Rust &str, ${what}`,
  input: () => texts(units, letters),
  check: ({ calls }, input) => input.map((/** @type {string} */ text) => calls.text_digest(text) >>> 0),
  body: loop("acc = (acc + x.text_in(input[i & 3])) | 0;"),
}));

/** @type {import("./row.js").Row[]} */
export const textsOut = SIZES.map(([size, what, units, letters]) => ({
  row: `d.${size}`,
  family: "text out",
  what: `export returns String, ${what}`,
  input: ({ calls }) => calls.hold_text(textOf(units, letters, 5)),
  check: ({ calls }) => calls.text_out() === textOf(units, letters, 5),
  // The last unit, because an engine may put off the work on a text until somebody looks.
  body: loop("const text = x.text_out(); acc = (acc + text.charCodeAt(text.length - 1)) | 0;"),
}));

/** @param {string} call */
const send = (call) => `user.seen.sum = 0; x.${call}(n); return user.seen.sum;`;

/** @type {import("./row.js").Row[]} */
export const textsSent = SIZES.map(([size, what, units, letters]) => ({
  row: `e.${size}`,
  family: "text to import",
  what: `Rust→JS import(&str), ${what}`,
  input: ({ calls }) => calls.hold_text(textOf(units, letters, 5)),
  body: send("send_text"),
}));
textsSent.push({
  row: "e.const",
  family: "text to import",
  what: "Rust→JS import(&'static str), 7 B constant",
  body: send("send_constant"),
});
