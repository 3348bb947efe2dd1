// @ts-check
// Rows h: closures of the guest.

import { loop } from "./row.js";

const without = ["raw", "limit"];

/** @type {import("./row.js").Row[]} */
export const closures = [
  {
    row: "h.call",
    family: "closures",
    what: "JS calls a Rust closure, i32→i32",
    without,
    input: ({ calls }) => calls.closure_given(1),
    body: loop("acc = input(acc);"),
  },
  { row: "h.new", family: "closures", what: "closure made and freed", without, body: "return x.closure_new(n);" },
  { row: "h.newcall", family: "closures", what: "closure made, called once by JS, and freed", without, body: "return x.closure_called(n);" },
  { row: "h.scoped", family: "closures", what: "closure lent for a call, called once", without, body: "return x.closure_lent(n);" },
];
