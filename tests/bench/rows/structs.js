// @ts-check
// Rows j without `Json`: the same structs as plain objects, by data and by serde-wasm-bindgen.

import { hold, MANY, people } from "./json.js";
import { loop } from "./row.js";

/** The text of a package-lock.json of a large application. */
function lock() {
  const packages = Object.fromEntries(
    Array.from({ length: PACKAGES }, (_, i) => [
      `node_modules/${i % 3 ? "" : "@scope/"}package-${i}`,
      {
        version: `${i % 40}.${i % 7}.0`,
        resolved: `https://example.org/package-${i}/-/package-${i}.tgz`,
        integrity: `sha512-${"AbCd".repeat(20)}${i}`,
        ...(i % 2 && { dev: true }),
        license: i % 5 ? "MIT" : "Apache-2.0",
        ...(i % 3 && { dependencies: { [`package-${i + 1}`]: `^${i % 40}.0.0`, "left-pad": "^1.0.0" } }),
        engines: { node: ">=18" },
      },
    ]),
  );
  return JSON.stringify({ name: "app", lockfileVersion: 3, requires: true, packages });
}

const PACKAGES = 3000;
const without = ["raw"];

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
  {
    row: "j.lock",
    family: "structs",
    what: `package-lock.json of ${PACKAGES}: JSON.parse, JS→Rust (per package)`,
    per: PACKAGES,
    without: [...without, "limit"],
    input: lock,
    body: loop("acc += x.lock_in(JSON.parse(input));"),
  },
];
