// @ts-check
// Rows g: values of the host. Those without a loop of their own loop in the guest.

import { loop } from "./row.js";

/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./row.js").Opened} Opened */

/** @param {string} row @param {string} what @param {string} call @param {(opened: Opened) => any} input @returns {Row} */
const inGuest = (row, what, call, input) => ({
  row: `g.${row}`,
  family: "handles",
  what,
  input,
  body: `return x.${call}(input, n);`,
});

/** @param {Opened} opened */
const point = ({ user }) => new user.Point();

/** @type {Row[]} */
export const handles = [
  {
    row: "g.ref",
    family: "handles",
    what: "JS→Rust fn(&JsValue)",
    input: () => [{ v: 1 }, { v: 2 }, { v: 3 }, { v: 4 }],
    body: loop("acc += x.value_in(input[i & 3]);"),
  },
  {
    row: "g.ident",
    family: "handles",
    what: "JS→Rust fn(JsValue)→JsValue",
    input: () => [{ v: 1 }, { v: 2 }, { v: 3 }, { v: 4 }],
    body: loop("acc += x.value_same(input[i & 3]).v;"),
  },
  inGuest("clone", "JsValue clone + drop", "clone_value", point),
  inGuest("get", "get property, &str key → JsValue", "get", point),
  inGuest("getk", "get property, key held → JsValue", "get_key", point),
  // Where others have no names that are interned, they have what their users write instead: a &str.
  { ...inGuest("geti", "get property, interned name → JsValue", "get_interned", point), without: ["raw", "limit"] },
  inGuest("getx", "get property, typed binding → f64", "get_typed", point),
  inGuest("set", "set property, &str key, f64", "set", point),
  { ...inGuest("seti", "set property, interned name, f64", "set_interned", point), without: ["raw", "limit"] },
  inGuest("setx", "set property, typed binding, f64", "set_typed", point),
  inGuest("call", "call method, typed binding, f64→f64", "call_method", point),
  inGuest("dyn", "call function value, f64→f64", "call_function", ({ user }) => user.twice),
  // A fresh array each time, or it would grow from one measurement to the next.
  { row: "g.push", family: "handles", what: "array push f64", body: "return x.push([], n);" },
  inGuest("index", "array index get → f64", "index", () => [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]),
  inGuest("isstr", "is_string", "is_string", () => "text"),
  inGuest("isundef", "is_undefined", "is_undefined", () => undefined),
  inGuest("asf64", "JsValue → f64", "to_number", () => 1.5),
  { row: "g.fromf64", family: "handles", what: "f64 → JsValue, drop", body: "return x.from_number(n);" },
];
