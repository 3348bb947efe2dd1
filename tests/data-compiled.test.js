// @ts-check
// Objects of data that are read by compiled functions, which guess of what kind each value is by
// the ones before: they read what any reader reads, whatever comes. And what is kept of objects
// for an engine that would forget how they are built.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { compile } from "../host-js/compile.js";
import { data } from "../host-js/data.js";
import { Reader } from "../host-js/decode.js";
import { instantiate, WireError } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-data")));
const open = () => instantiate(module, { imports: { app: { exchange: () => 0, find: () => 0, send() {}, all: () => 0 } }, with: [data, compile] });

const kinds = [
  null, true, false, 0, 127, -1, 255, -32768, 70000, 0.5, NaN, "", "short", "é", "x".repeat(31), "x".repeat(32), "é".repeat(40), "x".repeat(300), [], [1], [1, "two"], [1, 2, [3]],
  ["a", "b", "c", "d"], Array.from({ length: 40 }, (_, i) => i), {}, { a: 1 }, { a: { b: null } }, 2n ** 70n, new Uint8Array([1, 2]), new Map([[1, "one"]]),
];
/** Beyond so many objects of a shape there is a function for them. */
const OFTEN = 40;
const filler = Array.from({ length: 100 }, (_, i) => `filler ${i}`);

test("a value of any kind where there was one of any other, with texts in the value and behind the tables", async () => {
  for (const [a, first] of kinds.entries()) {
    const { exports } = await open();
    const before = [Array(OFTEN).fill({ [`k${a}`]: first, last: 1 }), filler, Array(OFTEN).fill({ [`k${a}`]: first, last: 1 })];
    assert.deepStrictEqual(exports.echo(before), before);
    for (const next of kinds) {
      const one = { [`k${a}`]: next, last: "end" };
      assert.deepStrictEqual(exports.echo(one), one);
      const after = [filler, Array(3).fill(one), [{ [`k${a}`]: next, last: next }]];
      assert.deepStrictEqual(exports.echo(after), after);
    }
  }
});

test("objects in each other, of one shape and of several, as deep as values go", async () => {
  const { exports } = await open();
  const nest = (/** @type {number} */ depth) => Array.from({ length: depth }).reduce((/** @type {any} */ inner, _, i) => ({ [i % 3 ? "in" : "out"]: inner, i }), "x");
  for (let round = 0; round < OFTEN; round++) for (const depth of [1, 5, 50, 128]) assert.deepStrictEqual(exports.echo(nest(depth)), nest(depth));
  const list = Array.from({ length: 100 }, (_, i) => nest(i));
  assert.deepStrictEqual(exports.echo(list), list);
});

test("a compiled function is made once for a shape, though its objects stand in each other", () => {
  const reader = new Reader();
  let made = 0;
  reader.objects.maker = (keys, tags) => (made++, /** @type {any} */ (compile).maker(keys, tags));
  // { in: { in: … 127 } }, of one shape.
  const depth = 100;
  const bytes = Uint8Array.of(8 + depth * 4 + 1, 1, 0, 0, 0, 0, 0, 0, ...Array(depth).fill([0xd1, 0, 0, 0]).flat(), 0x7f, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 2, 0x69, 0x6e);
  new DataView(bytes.buffer).setUint32(0, 8 + depth * 4 + 1, true);
  for (let round = 0; round < 20; round++) {
    let value = read(reader, bytes);
    for (let i = 0; i < depth; i++) value = value.in;
    assert.equal(value, 0x7f);
  }
  assert.equal(made, 1);
});

/** Reads a buffer that fills a memory. @param {Reader} reader @param {Uint8Array} u8 @returns {any} */
const read = (reader, u8) => reader.read(/** @type {any} */ ({ memory: { at: () => 0, u8, view: new DataView(u8.buffer, u8.byteOffset, u8.byteLength) } }), 0, u8.length, "test");

/** The same, or the code of an error. @param {Reader} reader @param {Uint8Array} u8 */
function outcome(reader, u8) {
  try {
    return [read(reader, u8)];
  } catch (error) {
    assert.ok(error instanceof WireError, String(error));
    return error.code;
  }
}

test("a damaged buffer: refused where any reader refuses it, and read as by any where it isn't", async () => {
  const { raw, exports } = await open();
  const rows = Array.from({ length: 40 }, (_, i) => ({ id: i, half: i + 0.5, name: `name ${i}`, on: i % 2 === 0, tags: ["a", `tag ${i}`, "é"], none: i % 3 ? null : i * 1000, deep: { text: `deep ${i}`, far: -i } }));
  // What the guest writes of them, at the end of its memory: the buffer of a result lies where the slot says, so it is read as it comes by.
  /** @type {Uint8Array | undefined} */
  let bytes;
  const take = Reader.prototype.read;
  Reader.prototype.read = function (guest, ptr, len, op) {
    bytes = new Uint8Array(raw.memory.buffer).slice(ptr, ptr + len);
    return take.call(this, guest, ptr, len, op);
  };
  assert.deepStrictEqual(exports.echo(rows), rows);
  Reader.prototype.read = take;
  const whole = /** @type {Uint8Array} */ (bytes);
  const plain = new Reader();
  const compiled = new Reader();
  compiled.objects.maker = compile.maker;
  assert.deepStrictEqual(read(compiled, whole), rows);
  assert.deepStrictEqual(read(compiled, whole), rows);
  const refused = { plain: 0, read: 0 };
  const last = new DataView(whole.buffer).getUint32(0, true);
  // The last object is where the end is near; each byte of it takes many values.
  for (let at = last - 90; at < last; at++)
    for (const byte of [0, 1, 0x7f, 0x80, 0x9f, 0xa0, 0xa3, 0xbf, 0xc0, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xcb, 0xcc, 0xcf, 0xd1, 0xd4, 0xd5, 0xd6, 0xe0, 0xff]) {
      const damaged = whole.slice();
      damaged[at] = byte;
      const want = outcome(plain, damaged);
      refused[typeof want === "string" ? "plain" : "read"]++;
      assert.deepStrictEqual(outcome(compiled, damaged), want, `${byte} at ${at}`);
    }
  // Tables that start earlier: objects go on beyond the end of the value.
  for (let by = 1; by < 60; by++) {
    const cut = Uint8Array.of(...whole.subarray(0, last - by), ...whole.subarray(last));
    new DataView(cut.buffer).setUint32(0, last - by, true);
    assert.equal(outcome(plain, cut), "bad-data");
    assert.equal(outcome(compiled, cut), "bad-data");
    // The same at the end of memory.
    assert.equal(outcome(compiled, cut.slice(0, last - by + 8)), "bad-data");
  }
  assert.ok(refused.plain > 100 && refused.read > 100, JSON.stringify(refused));
});

test("without compiled functions: a sample of each shape is kept, as the engine makes them, and nothing of what was read", async () => {
  setFlagsFromString("--allow-natives-syntax");
  const alike = new Function("a", "b", "return %HaveSameMap(a, b)");
  const { exports, host } = await instantiate(module, { imports: { app: { exchange: () => 0, find: () => 0, send() {}, all: () => 0 } }, with: [data] });
  const row = (/** @type {number} */ id) => ({ id, half: id / 2, name: `name ${id}`, on: true, none: null, list: [{}, 1], big: 2n ** 70n, deep: { text: "deep", id: -id }, more: id % 2 ? "text" : id });
  /** @type {any} */
  let rows;
  for (const count of [1, 10, 100, 1000]) {
    rows = exports.echo(Array.from({ length: count }, (_, i) => row(i)));
    assert.deepStrictEqual(rows, Array.from({ length: count }, (_, i) => row(i)));
  }
  const shapes = host.guest.handles?.data?.reader.objects.kept.filter((shape) => shape !== undefined) ?? [];
  const samples = shapes.map(({ sample }) => /** @type {any} */ (sample)).filter((sample) => sample !== null);
  const [outer, inner] = [rows[0], rows[0].deep].map((object) => samples.find((sample) => alike(sample, object)));
  assert.ok(outer && inner, "samples of both shapes");
  assert.deepStrictEqual(Object.keys(outer).toSorted(), Object.keys(row(0)).toSorted());
  assert.deepStrictEqual({ ...outer, id: 0, half: 0, more: "" }, { id: 0, half: 0, name: "", on: true, none: null, list: null, big: null, deep: null, more: "" });
  assert.deepStrictEqual({ ...inner, id: 0 }, { text: "", id: 0 });
});
