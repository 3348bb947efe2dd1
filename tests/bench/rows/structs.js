// @ts-check
// Rows j without `Json`: the same structs as plain objects, by data and by serde-wasm-bindgen.

import { hold, MANY, people } from "./json.js";
import { loop } from "./row.js";

const without = ["raw", "limit"];

/** @type {import("./row.js").Row[]} */
export const structs = [
  {
    row: "j.in",
    family: "structs",
    what: "struct JS→Rust",
    without,
    input: people,
    body: loop("acc += x.struct_in(input[i & 511]);"),
  },
  {
    row: "j.out",
    family: "structs",
    what: "struct Rust→JS",
    without,
    inlined: false,
    input: hold,
    check: ({ calls }) => calls.struct_out(),
    body: loop("acc += x.struct_out().address.zip;"),
  },
  {
    row: "j.ins",
    family: "structs",
    what: `${MANY} structs JS→Rust (per struct)`,
    per: MANY,
    without,
    input: people,
    body: loop("acc += x.structs_in(input);"),
  },
  {
    row: "j.outs",
    family: "structs",
    what: `${MANY} structs Rust→JS (per struct)`,
    per: MANY,
    without,
    inlined: false,
    input: hold,
    check: ({ calls }) => calls.structs_out(),
    body: loop("acc += x.structs_out()[i & 511].address.zip;"),
  },
];
