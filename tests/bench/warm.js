// @ts-check
// What each instance has done before it is timed: two dozen exports of other types than the
// row's, in turns, with values of several kinds, so that nothing in host or glue has seen
// one type, one shape or one caller only.

/** @typedef {import("./columns/column.js").Opened} Opened */

const ROUNDS = 400;

/** @type {[name: string, ...args: any[][]][]} the export, and the argument lists that it is called with in turn */
const calls = [
  ["warm_none", []],
  ["warm_bool", [true], [false]],
  ["warm_u8", [1], [200]],
  ["warm_i16", [-5], [300]],
  ["warm_u32", [1], [4_000_000_000]],
  ["warm_f64", [0.5], [3]],
  ["warm_floats", [0.5, 1.5], [1, 2]],
  ["warm_mixed", [1, 0.5, true], [2, 3, false]],
  ["warm_four", [1, 2, 0.5, true], [2, 3, 4, false]],
  ["warm_char", ["x"], ["é"]],
  ["warm_i64", [1n], [-(2n ** 62n)]],
  ["warm_u64", [1n, 2], [2n ** 63n, 3]],
  ["warm_text", ["short"], ["größer"], ["x".repeat(100)]],
  ["warm_texts", ["short", "é"], ["x".repeat(50), "tail"]],
  ["warm_text_number", ["ab", 3], ["é", 20]],
  ["warm_bytes", [new Uint8Array(5)], [new Uint8Array(300)]],
  ["warm_ref", [{}], [1], ["text"], [null], [[1]]],
  ["warm_ref_text", [{ a: 1, b: 2 }, "b"], [{ c: "text" }, "c"], [[], "length"], [new Date(0), "missing"]],
  ["warm_js", [{}], ["text"], [2.5], [undefined]],
  ["warm_result", [2], [3]],
  ["warm_result_text", ["text"], [""]],
  ["warm_result_js", [{ child: {} }], [{ child: 1, x: 2 }]],
];

/**
 * Calls them all.
 * @param {Opened} opened
 * @throws {Error} when a column lacks one
 */
export function warm({ calls: x }) {
  for (const [name] of calls) if (!x[name]) throw new Error(`no ${name}`);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, ...lists] of calls) {
      try {
        x[name](...lists[round % lists.length]);
      } catch (error) {
        // Some are called so that they fail.
        if (!/^warm_result/.test(name)) throw error;
      }
    }
  }
}
