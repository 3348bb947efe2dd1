// @ts-check
// Data: any serde type as plain values and back, in one crossing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { runInNewContext } from "node:vm";
import { compile } from "../host-js/compile.js";
import { data } from "../host-js/data.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { leavesNothing, thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-data")));
/** What the guest's imports give, set by each test. @type {Record<string, (...args: any[]) => any>} */
const app = { exchange: (value) => value, find: () => undefined, send() {}, all: () => undefined };
const guest = await instantiate(module, { imports: { app: { exchange: (/** @type {any} */ v) => app.exchange(v), find: (/** @type {any} */ v) => app.find(v), send: (/** @type {any} */ v) => app.send(v), all: (/** @type {any} */ v) => app.all(v) } }, with: [data] });
const { exports, host } = guest;

const sample = {
  yesNo: true, i8: -128, i16: -32768, i32: -2147483648, i64: -(2n ** 63n), i128: -(2n ** 127n), u8: 255, u16: 65535, u32: 4294967295, u64: 2n ** 64n - 1n, u128: 2n ** 128n - 1n,
  f32: 0.5, f64: -0, char: "😀", text: "a\0é\ufeff", none: undefined, some: 7, unit: null, unitStruct: null, newtype: 300, tupleStruct: [1, "two", 3.5],
  tuple: [-5, [false, "x"], [1, 2]], list: [9007199254740992n, undefined, -1], map: { ["__proto__"]: { Newtype: 1 }, a: "Unit" },
  numbers: new Map([[1, true], [4294967295, false]]), pairs: new Map([[[1, 2], "pair"]]), choices: ["Unit", { Newtype: 1 }, { Struct: { a: true, b: { Tuple: [-1, "é"] } } }],
  eithers: [5, "five", { number: 5, text: "five" }], more: { extra: "flat", one: 1, two: 2 },
};

test("every shape of serde, from Rust and back", () => {
  assert.deepEqual(exports.sample(), sample);
  assert.deepEqual(exports.shapes(sample), sample);
  assert.deepEqual(exports.shapes_value(sample), sample);
  assert.deepEqual(exports.shapes({ ...sample, skipped: "here" }), { ...sample, skipped: "here" });
  assert.equal(exports.sample_with_nulls().none, null);
  const tagged = [{ type: "circle", radius: 1.5 }, { type: "square", side: 2 }, { type: "named", name: "a", address: { street: "s", zip: 1 }, tags: [] }, { type: "nothing" }];
  assert.deepEqual(exports.tagged(tagged), tagged);
});

const values = [
  null, true, false, 0, -0, 1, 127, 128, -1, -128, -129, 255, 32767, 32768, -32768, -32769, 2147483647, 2147483648, -2147483648, -2147483649, 0.5, NaN, Infinity, -Infinity, 5e-324,
  2 ** 53 - 1, "", "a", "é", "😀", "\ufeffa\0", "x".repeat(31), "x".repeat(32), "é".repeat(15), "é".repeat(16), "é".repeat(70), "x".repeat(127), "x".repeat(128), "é".repeat(127), "é".repeat(128), "x".repeat(20000), "é".repeat(20000), [], [[]], [1, [2, [3]]], {},
  { a: 1 }, { a: { a: { a: {} } } }, [{ a: 1, b: 2 }, { a: 3, b: 4 }, { b: 1, a: 2 }, { a: 1 }], Array.from({ length: 31 }, (_, i) => i), Array.from({ length: 32 }, (_, i) => i),
  ["same", "same", "same", "other", "same", "é same", "é same", "x".repeat(255), "x".repeat(255), "x".repeat(256), "x".repeat(256)], Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key ${i}`, i])),
  new Map([[1, "one"], [2, "two"]]), new Map([[true, 1], [false, 0]]), { toString: 1, constructor: 2, hasOwnProperty: 3 }, JSON.parse('{"__proto__":{"a":1},"b":2}'), new Uint8Array([1, 2, 3]), new Uint8Array(0),
];

test("values of every kind, given back equal", () => {
  for (const value of values) {
    assert.deepStrictEqual(exports.echo(value), value);
    assert.deepStrictEqual(exports.echo_value(value), value);
    assert.deepStrictEqual(exports.by_import(value), value);
  }
  assert.deepStrictEqual(exports.echo(values), values);
});

test("short texts, the same and others, however often they were read before", () => {
  const alike = ["abab", "ababab", "abababab", "ababababab", "abababababab", "abababababababab", "aaaa", "aaaaaaaa", "aaaaaaaaaaaa", "éé", "éééé", "😀", "😀😀😀", "abc"];
  for (let round = 0; round < 3; round++) {
    for (const text of alike) assert.equal(exports.echo(text), text);
    const others = Array.from({ length: 3000 }, (_, i) => `${round}, ${i}`);
    assert.deepEqual(exports.echo(others), others);
  }
});

test("tables that were read before, and others in between", () => {
  const tagged = [{ type: "square", side: 2 }, { type: "circle", radius: 1 }];
  for (let round = 0; round < 5; round++) {
    const user = { name: `name ${round}`, address: { street: "s", zip: round }, tags: ["t"] };
    assert.deepEqual(exports.tagged(tagged), tagged);
    assert.deepEqual(exports.user(user), user);
    assert.deepEqual(exports.tagged(tagged.toReversed()), tagged.toReversed());
    assert.deepEqual(exports.tagged([tagged[round % 2]]), [tagged[round % 2]]);
    assert.deepEqual(exports.echo({ a: round }), { a: round });
    assert.deepEqual(exports.shapes(sample), sample);
  }
  const user = exports.user({ name: "n", address: { street: "s", zip: 1 }, tags: [] });
  assert.equal(Object.getPrototypeOf(user), Object.prototype);
  assert.equal(user.constructor, Object);
});

test("integers: BigInt beyond what a number holds exactly, or always", () => {
  for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 63n, 2n ** 64n - 1n, -(2n ** 63n), 2n ** 64n, 2n ** 100n, -(2n ** 100n), 2n ** 128n - 1n, -(2n ** 127n)]) assert.equal(exports.echo(value), value);
  for (const value of [0n, 1n, -1n, 2n ** 53n - 1n, -(2n ** 53n) + 1n]) assert.equal(exports.echo(value), Number(value));
  assert.deepEqual(exports.echo_bigints([1, 2n, -3, undefined, 2 ** 40]), [1n, 2n, -3n, null, 1099511627776n]);
  assert.throws(() => exports.echo_value(2n ** 128n), /a BigInt of more than 128 bits/);
  assert.throws(() => exports.shapes_value({ ...sample, u64: 2 ** 60 }), /^TypeError: u64: the number 1152921504606847000 is too large to be exact: a BigInt is$/);
  assert.throws(() => exports.shapes_value({ ...sample, u8: 256 }), /^TypeError: u8: invalid value: integer `256`, expected u8$/);
  assert.throws(() => exports.shapes_value({ ...sample, i32: 1.5 }), /^TypeError: i32: invalid type: floating point `1\.5`, expected i32$/);
});

test("lone surrogates become U+FFFD, in texts and in keys", () => {
  assert.deepEqual(exports.echo({ "\ud83d": ["\udc00a", "😀\ud83d", "\ud83dx"] }), { "\ufffd": ["\ufffda", "😀\ufffd", "\ufffdx"] });
});

/** So much that texts go behind the tables. */
const much = Array.from({ length: 200 }, (_, i) => `text ${i}`);

test("many texts: ASCII and not, at the same keys, long, empty, repeated, cut inside of a pair", () => {
  for (const text of ["plain", "é", "€", "😀", "", "x".repeat(31), "x".repeat(32), "x".repeat(255), "x".repeat(256), "é".repeat(31), "😀".repeat(16)]) {
    assert.deepEqual(exports.echo([much, text, much, [text, text]]), [much, text, much, [text, text]]);
    // Where all texts were ASCII before.
    const rows = much.map((name, i) => ({ name, other: i < 100 ? "plain" : text, last: `${i}` }));
    assert.deepEqual(exports.echo(rows), rows);
    assert.deepEqual(exports.echo(rows), rows);
  }
  const halves = ["\ud83d", "\ude00", "a\ud83d", "\ude00b", "😀", "\ude00\ud83d"];
  assert.deepEqual(exports.echo([much, halves]), [much, ["\ufffd", "\ufffd", "a\ufffd", "\ufffdb", "😀", "\ufffd\ufffd"]]);
  const long = Array.from({ length: 5000 }, (_, i) => ({ id: i, text: `${i} é`.repeat(i % 7), plain: `p${i % 50}` }));
  assert.deepEqual(exports.echo(long), long);
  assert.throws(() => exports.user({ name: much, address: 1 }), /name: invalid type/);
});

test("objects by compiled functions: the same, whatever their keys", async () => {
  const { exports } = await instantiate(module, { imports: { app: { exchange: () => 0, find: () => 0, send() {}, all: () => 0 } }, with: [data, compile] });
  const shapes = [
    { id: 1, name: "a", deep: { x: [1, { y: null }] } }, {}, { "a b": 1, "\"'\\`${x}": 2, "\u2028\n\0": 3, "é😀": 4, "*/": 5 }, { 2: "b", 1: "a", c: 3 }, JSON.parse('{"__proto__":{"a":1},"b":2}'),
    { toString: 1, constructor: 2 }, { keys: 1, reader: 2, depth: 3, return: 4, arguments: 5 }, Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`key ${i}`, i])),
  ];
  for (let i = 0; i < 100; i++) {
    const value = shapes.map((shape) => ({ i, shape }));
    assert.deepStrictEqual(exports.echo(value), value);
    for (const shape of shapes) assert.deepStrictEqual(Object.keys(exports.echo(shape)), Object.keys(shape));
    const other = { [`own ${i}`]: { i } };
    for (let k = 0; k < 40; k++) assert.deepStrictEqual(exports.echo(other), other);
  }
  const made = exports.echo(shapes[0]);
  assert.equal(Object.getPrototypeOf(made), Object.prototype);
  assert.deepEqual(Object.getOwnPropertyDescriptor(made, "id"), { value: 1, writable: true, enumerable: true, configurable: true });
});

test("a large value, and small ones after it", () => {
  const large = Array.from({ length: 40_000 }, (_, i) => ({ id: i, text: `text ${i}`, more: "x".repeat(40) }));
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(exports.echo(large), large);
    assert.deepEqual(exports.echo([{ id: 1, text: "text 1", more: "x".repeat(40) }, "x".repeat(40)]), [{ id: 1, text: "text 1", more: "x".repeat(40) }, "x".repeat(40)]);
  }
});

test("what is taken: dates, sets, maps, typed arrays, buffers, instances, boxed values, holes, objects of another realm", () => {
  class Point {
    x = 1;
    #hidden = 2;
    get sum() {
      return this.#hidden;
    }
  }
  const foreign = runInNewContext("({ map: new Map([['a', 1]]), date: new Date(0), list: [1], bytes: new Uint8Array([7]), set: new Set([1]) })");
  /** @type {[given: unknown, back: unknown][]} */
  const table = [
    [new Date(0), "1970-01-01T00:00:00.000Z"], [new Date(NaN), null], [new Set([1, "a"]), [1, "a"]], [new Map([["a", 1]]), { a: 1 }], [new Float64Array([1.5, -0]), [1.5, -0]],
    [new Int16Array([1, -2]), [1, -2]], [new BigUint64Array([2n ** 63n]), [2n ** 63n]], [new Uint8ClampedArray([1]), [1]], [new Uint8Array([0, 1, 2, 3]).subarray(1, 3), new Uint8Array([1, 2])],
    [new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2])], [new DataView(new ArrayBuffer(3), 1), new Uint8Array(2)], [new Point(), { x: 1 }], [Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }), { own: 2 }],
    [Object.assign(Object.create(null), { a: 1 }), { a: 1 }], [new Number(5), 5], [new String("s"), "s"], [new Boolean(false), false], [[1, , 3], [1, null, 3]], [undefined, null],
    [{ a: undefined }, { a: null }], [{ [Symbol("s")]: 1, b: 2 }, { b: 2 }], [new Error("e"), {}], [foreign, { map: { a: 1 }, date: "1970-01-01T00:00:00.000Z", list: [1], bytes: new Uint8Array([7]), set: [1] }],
    [{ [Symbol.toStringTag]: "Map", a: 1 }, { a: 1 }], [Object.assign(Object.create({ [Symbol.toStringTag]: "Map" }), { a: 1 }), { a: 1 }], [new Proxy({ a: [1] }, {}), { a: [1] }], [{ 2: "b", 1: "a" }, { 1: "a", 2: "b" }],
  ];
  for (const [given, back] of table) assert.deepEqual(exports.echo(given), back);
  const date = new Date(2026, 10, 20);
  assert.equal(exports.user({ name: date, address: { street: "s", zip: 1 } }).name, date.toISOString());
  assert.equal(exports.shapes({ ...sample, i64: new Date(5) }).i64, 5);
  assert.deepEqual(exports.counts({ 1: "a", "-2": undefined }), new Map([[-2, undefined], [1, "a"]]));
  assert.deepEqual(exports.counts(new Map([[3, "c"], [1, null]])), new Map([[1, undefined], [3, "c"]]));
});

test("a property that is undefined is none to a struct", () => {
  const address = { street: "s", zip: 1 };
  assert.deepEqual(exports.user({ name: "n", address, tags: undefined, other: undefined }), { name: "n", address, tags: [] });
});

/** @param {number} depth */
const nested = (depth) => {
  let value = /** @type {any} */ (1);
  for (let i = 0; i < depth; i++) value = [value];
  return value;
};

test("errors name the place: unknown shapes, found by the guest", () => {
  const ok = { name: "a", address: { street: "s", zip: 1 } };
  /** @type {[given: unknown, message: RegExp][]} */
  const table = [
    [{ users: [ok, ok, ok, { name: "b", address: { street: "s", zip: "x" } }] }, /^users\[3\]\.address\.zip: invalid type: string "x", expected u32$/],
    [{ users: [{ name: "b", address: { street: "s" } }] }, /^users\[0\]\.address: missing field `zip`$/],
    [{ users: new Map([["a", 1]]) }, /^users: invalid type: map, expected a sequence$/],
    [{ users: [{ ...ok, address: new Map(/** @type {any} */ ([[1, 2]])) }] }, /^users\[0\]\.address\[0\]: a key of this map is no text, and a struct is wanted$/],
    [{ users: [{ ...ok, tags: [() => 1] }] }, /^users\[0\]\.tags\[0\]: invalid type: a function, a symbol or another value that is no data, expected a string$/],
    [{ users: [{ ...ok, tags: [Symbol("s")] }] }, /^users\[0\]\.tags\[0\]: invalid type: a function/],
    [new Map([["list", [1]]]), /^list\[0\]: invalid type: integer `1`, expected struct User$/],
    [[1], /^invalid type: sequence, expected a map$/],
  ];
  for (const [given, message] of table) assert.throws(() => exports.users(given), { name: "TypeError", message });
  assert.throws(() => exports.shapes_value({ ...sample, choices: ["Unit", "Other"] }), { message: "choices[1]: unknown variant `Other`, expected one of `Unit`, `Newtype`, `Tuple`, `Struct`" });
  assert.throws(() => exports.shapes_value({ ...sample, choices: [{ Unit: null, Newtype: 1 }] }), { message: /^choices\[0\]: invalid value: map, expected an object with one property/ });
  assert.throws(() => exports.shapes_value({ ...sample, tuple: [1, [true, "x"], [1, 2], 4] }), { message: /^tuple: invalid length 4, expected 3 elements$/ });
  assert.equal(exports.users({ users: [{ ...ok, onclick() {}, [Symbol()]: 1, mark: Symbol() }] }), 1, "what nothing asks for is no error");
});

test("errors name the place: what the host can't read", () => {
  /** @type {any} */
  const circle = { a: [1, { b: {} }] };
  circle.a[1].b.back = circle.a;
  /** @type {any} */
  const self = [];
  self.push(self);
  const thrown = new RangeError("boom");
  const getter = { list: [0, { get x() { throw thrown; } }] };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  /** @type {[given: unknown, message: RegExp, cause?: unknown][]} */
  const table = [
    [circle, /^a\[1\]\.b\.back: it is inside of itself: data has no cycles$/],
    [{ deep: { self } }, /^deep\.self\[0\]: it is inside of itself/],
    [getter, /^list\[1\]\.x: reading it threw "boom"$/, thrown],
    [{ get a() { throw undefined; } }, /^a: reading it threw undefined$/],
    [{ map: new Map([["k", getter]]) }, /^map\.k\.list\[1\]\.x: reading it threw "boom"$/, thrown],
    [{ set: new Set([1, getter]) }, /^set\[1\]\.list\[1\]\.x: /, thrown],
    [{ a: nested(128) }, /^a(\[0\]){127}: more than 128 levels deep$/],
    [{ a: proxy }, /^a: reading it threw ".*revoked.*"$/],
    [new Proxy({}, { ownKeys() { throw thrown; } }), /reading it threw "boom"$/, thrown],
  ];
  for (const [given, message, cause] of table) {
    const error = thrownBy(() => exports.users(given));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, message);
    if (cause) assert.equal(error.cause, cause);
    assert.throws(() => exports.echo(given), (error) => error instanceof TypeError && /^echo: value[.[:]/.test(error.message));
  }
  assert.deepEqual(exports.echo(nested(128)), nested(128));
  assert.throws(() => exports.too_deep(129), { message: /more than 128 levels deep$/ });
  assert.deepEqual(exports.too_deep(128).flat(Infinity), [null]);
  assert.throws(() => exports.mixed_keys(), { message: "the first key of this map is a text, and a later one isn't" });
  assert.equal(host.dead, null);
});

test("values of the host by handle keep their identity, whatever they are", () => {
  const object = { inner: { deep: [1] } };
  const call = () => 5;
  const list = [object, call, 1.5, "text", null, undefined, true, 12345678901234567890n, [], new Map(), Symbol.iterator, new Date(0), new Uint8Array(2)];
  for (const name of ["mixed", "mixed_value"]) {
    const back = exports[name]({ before: [[{}], new Set()], name: "n", list, object, call });
    assert.equal(back.object, object);
    assert.equal(back.call, call);
    assert.equal(back.missing, undefined);
    assert.equal(back.list.length, list.length);
    list.forEach((value, i) => assert.ok(Object.is(back.list[i], value), `${name} ${i}`));
    assert.equal(exports[name]({ name: "n", list: [], object: null }).object, null);
  }
  assert.equal(host.handles.live, 0);
  assert.throws(() => exports.mixed_value({ name: 1, list: [call], object }), { message: /^name: invalid type/ });
  assert.throws(() => exports.mixed_value({ name: "n", list: [], object, call: {} }), { message: /^call: expected Function/ });
  assert.equal(host.handles.live, 0, "what was not used is released");
});

test("an argument of another shape is a TypeError, and the guest lives", () => {
  const user = { name: "n", address: { street: "s", zip: 1 } };
  assert.throws(() => exports.user({ ...user, address: { street: "s", zip: "x" } }), { name: "TypeError", message: 'user: value.address.zip: invalid type: string "x", expected u32' });
  assert.throws(() => exports.shapes({ ...sample, u8: 256 }), { name: "TypeError", message: /^shapes: value\.u8: / });
  const call = () => 1;
  for (const given of [{ name: "n", list: [call, {}], object: call, call: 1 }, { name: "n", list: 5, object: call }, { list: [call, call], object: {} }]) {
    assert.throws(() => exports.mixed(given), { name: "TypeError", message: /^mixed: value(\.\w+)?: / });
    assert.throws(() => exports.two({}, given, "text", given), { name: "TypeError", message: /^two: b(\.\w+)?: / });
    assert.throws(() => exports.two({}, { name: "n", list: [call], object: call }, "text", given), { name: "TypeError", message: /^two: b(\.\w+)?: / });
    assert.throws(() => exports.two({}, given, "text", { name: "n", list: [call], object: call }), { name: "TypeError", message: /^two: a(\.\w+)?: / });
    assert.throws(() => exports.options([1, { a: 2 }], { b: [1n << 200n] }), { name: "TypeError", message: "options: last.b[0]: a BigInt of more than 128 bits" });
    assert.equal(host.handles.live, 0);
  }
  assert.equal(exports.two(call, { name: "n", list: [call], object: call }, "text", { name: "m", list: [], object: {} }), "nmtext");
  assert.throws(() => exports.user(), { name: "TypeError", message: /^user takes 1 arguments, got 0/ });
  assert.equal(host.dead, null);
  assert.equal(host.handles.live, 0);
});

test("in options, lists and records; in imports", () => {
  assert.deepEqual(exports.options([1, { a: [2] }], "last"), [1, { a: [2] }, "last"]);
  assert.deepEqual(exports.options([]), [undefined]);
  const label = { label: "l", content: { a: [1, "x"] }, more: [[1], {}] };
  assert.deepEqual(exports.label(label), label);
  app.find = (name) => ({ name: `${name}!`, address: { street: "s", zip: 1 } });
  assert.equal(exports.find("Ada"), "Ada!");
  app.find = () => ({ name: "x" });
  assert.throws(() => exports.find("Ada"), { name: "TypeError", message: /^app\.find: result: missing field `address`$/ });
  app.find = () => ({ get name() { throw new Error("boom"); } });
  assert.throws(() => exports.find("Ada"), { message: /^app\.find: result\.name: reading it threw "boom"$/ });
  /** @type {any} */
  let sent;
  app.send = (value) => (sent = value);
  exports.send();
  assert.deepEqual(sent, sample);
  app.all = (list) => list.map(String);
  assert.deepEqual(exports.all([1, 2, 3]), ["1", "2", "3"]);
  app.all = () => null;
  assert.equal(exports.all([]), undefined);
  app.exchange = () => "é".repeat(50_000);
  assert.equal(exports.by_import(1).length, 50_000, "more than the arena holds");
  app.exchange = (value) => value;
});

test("a getter that calls the guest, frees nothing of an argument under way", () => {
  const inner = { get a() { return exports.echo({ deep: ["x".repeat(100), { get b() { return exports.echo([1, 2, 3]); } }] }); }, after: "tail" };
  assert.deepEqual(exports.options([inner, inner], inner), Array(3).fill({ a: { deep: ["x".repeat(100), { b: [1, 2, 3] }] }, after: "tail" }));
});

test("an object that others have written on keeps its own properties only", () => {
  const prototype = /** @type {any} */ (Object.prototype);
  prototype.polluted = 1;
  try {
    assert.deepEqual(exports.echo({ a: { b: 2 } }), { a: { b: 2 } });
  } finally {
    delete prototype.polluted;
  }
});

test("as serde_json has it, where JSON can say it", () => {
  for (const value of values) {
    const text = JSON.stringify(value, (_, inner) => (Object.is(inner, -0) ? 0 : inner));
    if (/Map|Uint8|Infinity/.test(text) || value instanceof Map || value instanceof Uint8Array || (typeof value === "number" && !Number.isFinite(value)) || Object.is(value, -0)) continue;
    assert.ok(exports.is_json(value, text), text.slice(0, 80));
    assert.deepEqual(exports.from_json(text), JSON.parse(text));
  }
});

test("json: the same by way of text, with what that loses", () => {
  const plain = { ...sample, i64: 5, u64: 6, i128: 7, u128: 8, f64: 1.5, list: [1, null], pairs: {}, numbers: { 1: true }, none: null };
  const { numbers, ...back } = exports.by_json(plain);
  assert.deepEqual(back, (({ numbers, ...rest }) => rest)(plain));
  assert.deepEqual(numbers, { 1: true });
  assert.throws(() => exports.by_json(sample), { name: "TypeError", message: /BigInt/ });
  assert.throws(() => exports.by_json({ ...plain, u8: 256 }), { message: /^invalid value: integer `256`, expected u8/ });
  assert.throws(() => exports.by_json(undefined), { message: "this value has no JSON" });
});

test("a function of the host that takes data", () => {
  /** @type {unknown[]} */
  const got = [];
  assert.deepEqual(exports.moved((/** @type {any} */ place, /** @type {number} */ zip) => (got.push(place), { ...place, zip }), 8000), { street: "Long Street", zip: 8000 });
  assert.deepEqual(got, [{ street: "Long Street", zip: 1 }]);
  assert.throws(() => exports.moved(() => ({ street: "x", zip: -1 }), 1), { name: "TypeError", message: /zip: invalid value: integer `-1`, expected u16/ });
});

test("a guest with data, and a host without the group: said by name", async () => {
  await assert.rejects(() => instantiate(module, { imports: { app } }), { code: "missing-import", message: /^app\.all.*: missing-import type data; the group data, import \{ data \} from "handwire\/data"/ });
});

leavesNothing(guest, (i) => {
  exports.echo_value({ value: values[i % 30], other: [i, `text ${i}`] });
  exports.mixed({ name: "n", list: [{}, () => 1], object: {} });
  thrownBy(() => exports.mixed_value({ name: 1, list: [() => 1], object: {} }));
  exports.shapes(sample);
});
