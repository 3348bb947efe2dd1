// @ts-check
// Rows a, b, l: numbers, each way.

import { loop } from "./row.js";

/** @type {import("./row.js").Row[]} */
export const numbers = [
  { row: "a", family: "numbers", what: "JS→Rust (i32,i32)→i32", body: loop("acc = x.add(acc, i & 1023);") },
  { row: "b", family: "numbers", what: "Rust→JS import (i32,i32)→i32", body: "return x.call_add(n);" },
  {
    row: "l.i64",
    family: "numbers",
    what: "JS→Rust (i64,i64)→i64",
    input: () => [1n, -2n, 3n, 40_000_000_000n],
    body: loop("acc = x.add_i64(acc, input[i & 3]);", "0n"),
  },
  {
    row: "l.u64",
    family: "numbers",
    what: "JS→Rust (u64,u64)→u64",
    input: () => [1n, 2n ** 63n, 3n, 40_000_000_000n],
    body: loop("acc = x.add_u64(acc, input[i & 3]);", "0n"),
  },
  { row: "l.imp", family: "numbers", what: "Rust→JS import (i64,i64)→i64", body: "return x.call_add_i64(n);" },
];
