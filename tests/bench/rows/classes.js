// @ts-check
// Rows p: classes of the guest.

import { loop } from "./row.js";

/** @type {import("./row.js").Row[]} */
export const classes = [
  {
    row: "p.call",
    family: "classes",
    what: "method (&mut self, i32)→i32",
    input: ({ calls }) => new (/** @type {any} */ (calls).Counter)(1),
    without: ["raw", "limit"],
    body: loop("acc = input.add(i & 1023) | 0;").replace("let acc = 0;", "let acc = 0; input.set(0);"),
  },
  {
    row: "p.get",
    family: "classes",
    what: "getter (&self)→i32",
    input: ({ calls }) => new (/** @type {any} */ (calls).Counter)(1),
    without: ["raw", "limit"],
    body: loop("acc += input.count;"),
  },
  {
    row: "p.text",
    family: "classes",
    what: "method (&self, &str)→u32, 8 B ascii",
    input: ({ calls }) => new (/** @type {any} */ (calls).Counter)(1),
    without: ["raw", "limit"],
    body: loop('acc += input.measure("abcdefgh");'),
  },
  {
    row: "p.pass",
    family: "classes",
    what: "JS→Rust fn(&Counter)→i32",
    input: ({ calls }) => new (/** @type {any} */ (calls).Counter)(1),
    without: ["raw", "limit"],
    body: loop("acc += x.counted(input);"),
  },
  {
    row: "p.new",
    family: "classes",
    what: "new + free()",
    input: ({ calls }) => /** @type {any} */ (calls).Counter,
    without: ["raw", "limit"],
    most: 20_000,
    body: loop("const made = new input(i); made.free(); acc += 1;"),
  },
];
