// @ts-check
// Every type of WIRE.md, section 10, with values that cross and values that are refused: the rows of
// the table test, which puts each into every position.

import assert from "node:assert/strict";

/**
 * @typedef {object} Row
 * @property {string} name of the functions of this type in the guests: `name`, `name_list` and so on
 * @property {string} type in the contract
 * @property {[any, any?][]} taken what crosses, and as what it arrives if not as itself
 * @property {[any, typeof TypeError | typeof RangeError, string][]} refused with the error, and what it says behind the place
 * @property {boolean} [same] whether the very value comes back, not one like it
 * @property {any} [list] the typed array that a list of it is
 */

/** @typedef {typeof TypeError | typeof RangeError} Refusal */

/** How a message shows a value. @param {any} value */
const shown = (value) => (Object(value) === value ? typeof value : typeof value === "string" ? `"${value}"` : String(value));
/** @param {string} want @param {any[]} values @returns {[any, Refusal, string][]} */
const wrong = (want, values) => values.map((value) => [value, TypeError, ` must be ${want}, got ${shown(value)}`]);
/** @param {bigint | number} low @param {bigint | number} high @param {any[]} values @returns {[any, Refusal, string][]} */
const beyond = (low, high, values) => values.map((value) => [value, RangeError, ` must be an integer from ${low} to ${high}, got ${value}`]);

const noNumber = [undefined, null, true, "", "1", 1n, {}, [], [1], Symbol("s"), new Number(1), () => 1];
const noBigInt = [undefined, null, true, "1", 0, 1, -1, 2 ** 64, NaN, {}, [1n], Object(1n), Symbol("s")];

/** @param {string} name @param {number} low @param {number} high @param {any} [list] @returns {Row} */
const integer = (name, low, high, list) => ({
  name,
  type: name,
  taken: [[low], [high], [0], [1], [-0, 0], [high - 1], [low + 1], [Math.trunc(high / 2)]],
  refused: [...wrong("a number", noNumber), ...beyond(low, high, [low - 1, high + 1, 0.5, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 63)])],
  list,
});

/** @param {string} name @param {bigint} low @param {bigint} high @param {any} list @returns {Row} */
const wide = (name, low, high, list) => ({
  name,
  type: name,
  taken: [[low], [high], [0n], [1n], [2n ** 53n + 1n], [2n ** 63n - 1n], [high - 1n], [low + 1n]],
  refused: [...wrong("a BigInt", noBigInt), ...beyond(low, high, [low - 1n, high + 1n, 2n ** 64n, 2n ** 200n, -(2n ** 64n)])],
  list,
});

const floats = [[0], [-0], [1.5], [-1], [NaN], [Infinity], [-Infinity], [2 ** 31], [2 ** 32]];
const texts = ["", "a", "Grüße", "日本語", "🎉", "a\0b", "\0", "\ufeff", "\ufeffx\ufeff", "\ufffe\uffff", "e\u0301", "é", "__proto__", "%s {} \\ \" ' `", "x".repeat(5000)];

const marks = Symbol("marks");
const [point, tree] = [{ x: 0.5, y: -0 }, { value: 1, children: [{ value: 2, children: [] }, { value: 3, children: [{ value: 4, children: [] }] }] }];

/** @param {string} name @param {string} nature @param {any[]} values @param {any[]} others @returns {Row} */
const known = (name, nature, values, others) => ({ name, type: `js.${nature}`, taken: values.map((value) => [value]), refused: wrong(`of type ${nature}`, others), same: true });
const typed = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array];
const typedNames = ["int8s", "uint8s", "clamped", "int16s", "uint16s", "int32s", "uint32s", "float32s", "float64s", "bigint64s", "biguint64s"];

/** A record that isn't made of plain properties only. */
class Place {
  get x() {
    return 3;
  }
  y = 4;
  unknown = "left out";
}

/** @type {Row[]} */
export const rows = [
  { name: "bool", type: "bool", taken: [[true], [false]], refused: wrong("true or false", [undefined, null, 0, 1, -1, NaN, "", "true", "false", 1n, {}, [], new Boolean(false)]) },
  integer("i8", -128, 127, Int8Array),
  integer("u8", 0, 255, Uint8Array),
  integer("i16", -32768, 32767, Int16Array),
  integer("u16", 0, 65535, Uint16Array),
  integer("i32", -(2 ** 31), 2 ** 31 - 1, Int32Array),
  integer("u32", 0, 2 ** 32 - 1, Uint32Array),
  integer("usize", 0, 2 ** 32 - 1),
  wide("i64", -(2n ** 63n), 2n ** 63n - 1n, BigInt64Array),
  wide("u64", 0n, 2n ** 64n - 1n, BigUint64Array),
  {
    name: "f32", type: "f32", list: Float32Array, refused: wrong("a number", noNumber),
    taken: /** @type {[any, any?][]} */ ([...floats, [0.1, Math.fround(0.1)], [2 ** -149], [2 ** -150, 0], [-(2 ** -150), -0], [3.4028234663852886e38], [3.5e38, Infinity], [2 ** 24 + 1, 2 ** 24]]),
  },
  { name: "f64", type: "f64", list: Float64Array, refused: wrong("a number", noNumber), taken: /** @type {[any][]} */ ([...floats, [0.1], [5e-324], [-5e-324], [Number.MAX_VALUE], [2 ** 53 + 2]]) },
  {
    name: "char", type: "char", taken: [["a"], ["é"], ["€"], ["🎉"], ["\0"], ["\ufeff"], ["\ud7ff"], ["\ue000"], ["\uffff"], ["\u{10ffff}"]],
    refused: wrong("one character", [undefined, null, "", "ab", "\ud83d", "\ude00", "\ude00\ud83d", "🎉a", "e\u0301", 97, 97n, ["a"], new String("a")]),
  },
  {
    name: "str", type: "str", refused: wrong("a string", [undefined, null, 1, 1n, true, {}, ["a"], Symbol("s"), new String("a")]),
    taken: /** @type {[any, any?][]} */ ([...texts.map((text) => [text]), ["\ud83d", "\ufffd"], ["a\udc00b", "a\ufffdb"], ["\udc00\ud83d", "\ufffd\ufffd"]]),
  },
  {
    name: "bytes", type: "bytes", taken: [[Uint8Array.of()], [Uint8Array.of(0, 255, 128)], [new Uint8Array(5000).fill(7)], [Uint8Array.of(1, 2, 3, 4).subarray(1, 3)], [Buffer.from("ab"), Uint8Array.of(97, 98)]],
    refused: wrong("a Uint8Array", [undefined, null, "ab", 1, [1, 2], {}, Int8Array.of(1), new Uint8ClampedArray(1), new ArrayBuffer(2), new DataView(new ArrayBuffer(1))]),
  },
  {
    name: "numbers", type: "[f64]", taken: [[Float64Array.of()], [Float64Array.of(-0, NaN, 0.1)], [[1, 2.5], Float64Array.of(1, 2.5)], [[], Float64Array.of()], [Float64Array.of(1, 2, 3, 4).subarray(1, 3)]],
    refused: [...wrong("a Float64Array or an array of numbers", [undefined, null, 1, "1", {}, Float32Array.of(1), Uint8Array.of(1), new Set([1])]), [[1, "2"], TypeError, '[1] must be a number, got "2"'], [[, 1], TypeError, "[0] must be a number, got undefined"]],
  },
  {
    name: "texts", type: "[str]", taken: [[[]], [["a", "", "日本語"]], [texts]],
    refused: [...wrong("an array", [undefined, null, "ab", 1, {}, new Set(["a"]), { length: 0 }]), [["a", 1], TypeError, "[1] must be a string, got 1"], [["a", , "c"], TypeError, "[1] must be a string, got undefined"]],
  },
  {
    name: "sparse", type: "[i64?]", taken: [[[]], [[1n, undefined, -(2n ** 63n)]], [[null, 0n], [undefined, 0n]], [[, 1n], [undefined, 1n]]],
    refused: [...wrong("an array", [BigInt64Array.of(1n)]), [[1n, 2], TypeError, "[1] must be a BigInt, got 2"], [[2n ** 63n], RangeError, `[0] must be an integer from ${-(2n ** 63n)} to ${2n ** 63n - 1n}, got ${2n ** 63n}`]],
  },
  {
    name: "point", type: "Point", taken: [[point], [{ x: NaN, y: Infinity, more: 1 }, { x: NaN, y: Infinity }], [new Place(), { x: 3, y: 4 }], [Object.assign(() => 1, { x: 1, y: 2 }), { x: 1, y: 2 }]],
    refused: [...wrong("an object", [undefined, null, 1, "x", true, Symbol("s")]), [{ x: 1 }, TypeError, ".y must be a number, got undefined"], [{ x: "1", y: 1 }, TypeError, '.x must be a number, got "1"'], [[1, 2], TypeError, ".x must be a number, got undefined"]],
  },
  { name: "mode", type: "Mode", taken: [["Fast"], ["Exact"], ["Odd1"]], refused: wrong('one of "Fast", "Exact", "Odd1"', [undefined, null, "", "fast", "Fast ", "toString", 0, 1, {}, ["Fast"], new String("Fast")]) },
  { name: "tree", type: "Tree", taken: [[tree], [{ value: -1, children: [] }]], refused: [[{ value: 1, children: [{ value: 2.5, children: [] }] }, RangeError, `.children[0].value must be an integer from ${-(2 ** 31)} to ${2 ** 31 - 1}, got 2.5`], [{ value: 1 }, TypeError, ".children must be an array, got undefined"]] },
  { name: "any", type: "js", same: true, taken: [[undefined], [null], [true], [false], [0], [-0], [NaN], ["text"], ["\ud83d"], [1n], [marks], [{}], [[]], [() => 1], [new Error("e")], [globalThis]], refused: [] },
  known("object", "Object", [{}, [], () => 1, Object.create(null), new Date(0), new Proxy({}, {})], [undefined, null, 1, "a", true, 1n, marks]),
  known("function", "Function", [() => 1, Array, async () => 1, new Proxy(() => 1, {})], [undefined, null, {}, "a", { call() {} }]),
  known("string", "String", ["", "a", "\ud83d", "日本語"], [undefined, null, 1, new String("a"), {}]),
  known("bigint", "BigInt", [0n, 2n ** 200n, -1n], [undefined, 1, "1", Object(1n)]),
  known("symbol", "Symbol", [marks, Symbol.iterator, Symbol.for("s")], [undefined, "s", Object(marks)]),
  known("array", "Array", [[], [1, , 3], new Proxy([1], {})], [undefined, null, {}, Uint8Array.of(1), { length: 1 }, "a"]),
  known("date", "Date", [new Date(0), new Date(NaN), Object.setPrototypeOf(new Date(1), null)], [undefined, null, 0, {}, "1970", Object.create(Date.prototype)]),
  ...typed.map((Typed, i) => known(typedNames[i], Typed.name, [new Typed(0), new Typed(3)], [undefined, null, [1], {}, new ArrayBuffer(1), new DataView(new ArrayBuffer(8)), new typed[(i + 1) % typed.length](1), Object.create(Typed.prototype)])),
  { ...known("node", "Object", [{}, []], [undefined, null, 1, "a"]), type: "Node" },
  { ...known("label", "String", ["", "a"], [undefined, 1, {}]), type: "Label" },
];

/**
 * @typedef {object} Position where a type stands, in a function that gives back what it is given
 * @property {string} what it is called in a test's name
 * @property {string} suffix of the function's name
 * @property {string} place of the value, behind the name of the function: of the argument and of a result
 * @property {string} within the same in a result
 * @property {(value: any, row: Row) => any} put the argument that has the value in it; `bytes` takes no plain array
 * @property {(value: any, row: Row) => any} want what arrives
 * @property {(result: any) => any} get the value in what arrives
 * @property {(value: any, row: Row) => any} refused the argument that has a value in it that is none
 * @property {(value: any) => boolean} [takes] whether it takes what the type alone refuses
 */

/** What is nothing to an option. @param {any} value */
const absent = (value) => value === undefined || value === null;

/** @type {Position[]} */
export const positions = [
  { what: "parameter and result", suffix: "", place: "value", within: "", put: (value) => value, want: (value) => value, get: (result) => result, refused: (value) => value },
  { what: "parameter, and in result<T>", suffix: "_try", place: "value", within: "", put: (value) => value, want: (value) => value, get: (result) => result, refused: (value) => value },
  { what: "in T?", suffix: "_option", place: "value", within: "", put: (value) => value, want: (value) => (absent(value) ? undefined : value), get: (result) => result, refused: (value) => value, takes: absent },
  { what: "in [T]", suffix: "_list", place: "values[1]", within: "[1]", put: (value, { list }) => (list === Uint8Array ? list.of(value, value) : [value, value]), want: (value, { list }) => (list ? list.of(value, value) : [value, value]), get: (result) => result[1], refused: (value, { taken }) => [taken[0][0], value] },
  { what: "in [T?]?", suffix: "_both", place: "values[2]", within: "[2]", put: (value) => [value, undefined, value], want: (value) => (absent(value) ? [undefined, undefined, undefined] : [value, undefined, value]), get: (result) => result[2], refused: (value, { taken }) => [taken[0][0], undefined, value], takes: absent },
  { what: "a record's field", suffix: "_field", place: "record.value", within: ".value", put: (value) => ({ value }), want: (value) => ({ value }), get: (record) => record.value, refused: (value) => ({ value }) },
];

/** Holds what arrived against what was sent. @param {Row} row @param {Position} position @param {any} got @param {any} value @param {string} where */
export function arrived(row, position, got, value, where) {
  const want = position.want(value, row);
  assert.deepEqual(got, want, where);
  if (row.same) assert.ok(Object.is(position.get(got), position.get(want)), `${where}: the very value`);
}
