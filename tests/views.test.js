// @ts-check
// Numbers that are lent for a call: an export's are written back into the caller's typed array,
// an import's are a view of guest memory, which refuses when the call is over.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { compile } from "../host-js/compile.js";
import { PanicError, WireError, instantiate } from "../host-js/host.js";
import { View } from "../host-js/view.js";
import { wasmPath } from "../scripts/guests.js";
import { breach, load } from "./hostile/breach.js";
import { handwire } from "./support/command.js";
import { thrownBy } from "./support/guest.js";
import { info, wat } from "./support/wat.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-views")));

/** @type {any[]} what the imports do, one a call */
let acts = [];
const act = (/** @type {any[]} */ ...args) => acts.shift()(...args);
const views = { fill: act, bytes: act, both: act, copied: (/** @type {Float64Array} */ numbers) => numbers[0] + numbers[1] };
const options = { imports: { views }, with: [compile] };
const { exports, host } = await instantiate(module, options);

const TYPES = /** @type {const} */ ([
  ["i8", Int8Array], ["u8", Uint8Array], ["i16", Int16Array], ["u16", Uint16Array], ["i32", Int32Array], ["u32", Uint32Array],
  ["f32", Float32Array], ["f64", Float64Array], ["i64", BigInt64Array], ["u64", BigUint64Array],
]);

test("export: what the guest writes is in the caller's array when the call is over, for every element type", () => {
  for (const [name, Typed] of TYPES) {
    const of = (/** @type {number[]} */ ...numbers) => /** @type {any} */ (Typed).from(numbers, /^[iu]64/.test(name) ? BigInt : Number);
    const array = of(1, 2, 3, 4);
    assert.equal(exports[`lent_${name}`](array), 4);
    assert.deepEqual(array, of(8, 4, 6, 2), name);
    for (const empty of [of(), of(5)]) assert.equal(exports[`lent_${name}`](empty), empty.length);
  }
});

test("export: a part of a buffer is just that part", () => {
  const buffer = new Float64Array(6).fill(1);
  assert.equal(exports.lent_f64(buffer.subarray(2, 4)), 2);
  assert.deepEqual(Array.from(buffer), [1, 1, 2, 2, 1, 1]);
  const bytes = new Uint8Array(9).fill(3);
  exports.lent_u8(new Uint8Array(bytes.buffer, 1, 3));
  assert.deepEqual(Array.from(bytes), [3, 6, 6, 6, 3, 3, 3, 3, 3]);
});

test("export: beyond the arena it is the same, and nothing stays behind", () => {
  const large = new Float64Array(100_000).fill(1.5);
  for (let i = 0; i < 50; i++) {
    large.fill(1.5);
    assert.equal(exports.lent_f64(large), 100_000);
    assert.ok(large.every((number) => number === 3));
  }
  const pages = host.memory?.buffer.byteLength;
  for (let i = 0; i < 50; i++) exports.lent_f64(large);
  assert.equal(host.memory?.buffer.byteLength, pages);
});

test("export: another kind of array, and an array of numbers, is refused before the guest runs", () => {
  for (const value of [[1, 2], new Float32Array(2), new Uint8ClampedArray(2), new DataView(new ArrayBuffer(8)), "text", null, undefined, { length: 2 }]) {
    assert.throws(() => exports.lent_f64(value), { name: "TypeError", message: /^lent_f64: numbers must be a Float64Array, got / });
  }
  assert.throws(() => exports.lent_u8(new Uint8ClampedArray(2)), { name: "TypeError" });
  assert.throws(() => exports.lent_f64(), { name: "TypeError" });
});

test("export: an array of another realm, one that lies about its length, one of shared memory", async () => {
  const vm = await import("node:vm");
  const foreign = vm.runInNewContext("new Float64Array([1, 2])");
  assert.equal(exports.lent_f64(foreign), 2);
  assert.deepEqual(Array.from(foreign), [4, 2]);
  const liar = Object.defineProperty(new Float64Array([1, 2]), "length", { value: 1e9 });
  assert.equal(exports.lent_f64(liar), 2);
  assert.deepEqual([liar[0], liar[1]], [4, 2]);
  const shared = new Float64Array(new SharedArrayBuffer(16));
  shared.set([1, 2]);
  assert.equal(exports.lent_f64(shared), 2);
  assert.deepEqual(Array.from(shared), [4, 2]);
});

test("export: it is written back at the end of the call, not before, and over what was written meanwhile", () => {
  const array = new Float64Array([1, 2]);
  const result = exports.lent_calls(array, () => {
    assert.deepEqual(Array.from(array), [1, 2]);
    array.fill(9);
    return 5;
  });
  assert.deepEqual([result, ...array], [5, 3, 4]);
});

test("export: an array that is detached or becomes shorter while the call runs", () => {
  const moved = new Float64Array([1, 2]);
  assert.equal(exports.lent_calls(moved, () => (structuredClone(moved, { transfer: [moved.buffer] }), 1)), 1);
  assert.equal(moved.length, 0);
  const buffer = new (/** @type {any} */ (ArrayBuffer))(32, { maxByteLength: 64 });
  if (!buffer.resizable) return;
  const shrinks = new Float64Array(buffer);
  assert.equal(exports.lent_calls(shrinks, () => (buffer.resize(16), 1)), 1);
  assert.deepEqual(Array.from(shrinks), [2, 2]);
});

test("export: memory that grows during the call, and calls within calls", () => {
  const array = new Float64Array([1, 2]);
  let depth = 0;
  const again = () => {
    host.memory?.grow(1);
    const inner = new Float64Array([10, 20]);
    if (++depth < 10) exports.lent_calls(inner, again);
    else exports.lent_f64(inner);
    return inner[0];
  };
  assert.equal(exports.lent_calls(array, again), 12);
  assert.deepEqual(Array.from(array), [3, 4]);
});

test("export: with an error it is written back, too; after death it isn't", async () => {
  const bytes = new Uint8Array(3);
  assert.throws(() => exports.lent_fails(bytes), { message: "told to fail" });
  assert.deepEqual(Array.from(bytes), [7, 7, 7]);
  const boom = new Error("boom");
  const numbers = new Float64Array(1);
  assert.equal(thrownBy(() => exports.lent_calls(numbers, () => { throw boom; })), boom);
  assert.equal(numbers[0], 1);
  const other = await instantiate(module, options);
  const kept = new Uint8Array(3);
  assert.ok(thrownBy(() => other.exports.lent_panics(kept)) instanceof PanicError);
  assert.deepEqual(Array.from(kept), [0, 0, 0]);
});

test("export: two arrays, and one twice: the first parameter has the last word", () => {
  const a = new Uint16Array(3);
  const b = new Float64Array(2);
  assert.equal(exports.lent_two(a, "four", b), 5);
  assert.deepEqual([...a, ...b], [4, 4, 4, 4, 4]);
  const buffer = new ArrayBuffer(16);
  assert.equal(exports.lent_two(new Uint16Array(buffer), "", new Float64Array(buffer)), 10);
});

test("import: a view reads and writes the guest's numbers where they are", () => {
  acts = [
    (/** @type {View<Float64Array>} */ view, /** @type {number} */ value) => {
      assert.ok(view instanceof View);
      assert.deepEqual([view.length, view.get(0), view.get(3), Array.from(view.copy())], [4, 0, 3, [0, 1, 2, 3]]);
      view.set(0, value);
      view.write([7, 8], 1);
      view.set(3, view.get(3) + 100);
    },
  ];
  assert.deepEqual(exports.view_fill(4, 5.5), new Float64Array([5.5, 7, 8, 103]));
});

test("import: a view is of its numbers and of nothing beside them", () => {
  acts = [
    (/** @type {View<Float64Array>} */ view) => {
      for (const index of [-1, 2, 1.5, NaN, Infinity, 2 ** 32]) {
        assert.throws(() => view.get(index), { name: "RangeError", message: /^views\.fill: / });
        assert.throws(() => view.set(index, 1), RangeError);
        assert.throws(() => view.write([1], index), RangeError);
      }
      assert.throws(() => view.write([1, 2, 3]), RangeError);
      assert.throws(() => view.write([1, 2], 1), RangeError);
      view.write([]);
      view.write([], 2);
      assert.throws(() => view.read(new Float64Array(3)), RangeError);
      assert.throws(() => view.read(new Float64Array(2), 1), RangeError);
      assert.throws(() => view.write(/** @type {any} */ ([1n])), TypeError);
    },
  ];
  assert.deepEqual(exports.view_fill(2, 0), new Float64Array([0, 1]));
  acts = [(/** @type {View<Float64Array>} */ view) => assert.deepEqual([view.length, view.copy(), [...view]], [0, new Float64Array(0), []])];
  assert.deepEqual(exports.view_fill(0, 0), new Float64Array(0));
});

test("import: when the call is over, the view refuses, and says why", () => {
  /** @type {View<any>[]} */
  const kept = [];
  acts = [(/** @type {any} */ view) => void kept.push(view), (/** @type {any} */ a, /** @type {string} */ text, /** @type {any} */ b) => void kept.push(a, b), (/** @type {any} */ view) => { kept.push(view); throw "thrown"; }];
  exports.view_fill(2, 0);
  assert.deepEqual(exports.view_both(), new Int32Array([1, 2, 3, 4, 5]));
  assert.equal(thrownBy(() => exports.view_bytes(3)), "thrown");
  assert.equal(kept.length, 4);
  for (const view of kept)
    for (const use of [() => view.get(0), () => view.set(0, 0), () => view.copy(), () => view.write([0]), () => view.read(new Float64Array(0)), () => view.fill(0), () => [...view]]) {
      const error = thrownBy(use);
      assert.ok(error instanceof WireError && error.code === "dropped", String(error));
      assert.match(error.message, /^views\.\w+: dropped a view of guest memory: /);
    }
  assert.equal(host.dead, null);
});

test("import: a view lives on while a call within its call ends another", () => {
  /** @type {View<Float64Array> | undefined} */
  let inner;
  acts = [
    (/** @type {View<Float64Array>} */ view) => {
      assert.deepEqual(exports.view_fill(3, 0), new Float64Array([0, 1, 2]));
      assert.throws(() => inner?.get(0), { code: "dropped" });
      view.set(0, 42);
    },
    (/** @type {View<Float64Array>} */ view) => void (inner = view),
  ];
  assert.deepEqual(exports.view_fill(1, 0), new Float64Array([42]));
});

test("import: memory that grows within the call takes a view along, also while it is written", () => {
  const growing = { valueOf: () => (host.memory?.grow(1), 9) };
  acts = [
    (/** @type {View<Float64Array>} */ view) => {
      assert.equal(view.get(1), 1);
      host.memory?.grow(1);
      assert.equal(view.get(1), 1);
      view.set(1, /** @type {any} */ (growing));
      view.write(/** @type {any} */ ([growing, 8]), 2);
      view.fill(/** @type {any} */ (growing), 0, 1);
      assert.deepEqual([...view], [9, 9, 9, 8]);
    },
  ];
  assert.deepEqual(exports.view_fill(4, 0), new Float64Array([9, 9, 9, 8]));
});

test("import: nothing that a view gives is guest memory: what is kept stays as it was, and what is written there doesn't reach the guest", () => {
  /** @type {any[]} */
  const kept = [];
  acts = [
    (/** @type {View<Float64Array>} */ view) => {
      const read = new Float64Array(2);
      view.read(read, 1);
      kept.push(view.copy(), view.copy(1, 3), read, [...view], view.get(0));
      for (const array of kept.slice(0, 4)) assert.notEqual(array.buffer, host.memory?.buffer);
      kept[0].fill(77);
      const own = [...Object.getOwnPropertyNames(View.prototype), ...Object.getOwnPropertyNames(view)];
      assert.deepEqual(own.sort(), ["constructor", "copy", "end", "fill", "get", "length", "read", "set", "write"], "there is no other way in");
    },
  ];
  assert.deepEqual(exports.view_fill(3, 0), new Float64Array([0, 1, 2]));
  assert.deepEqual(kept, [new Float64Array(3).fill(77), new Float64Array([1, 2]), new Float64Array([1, 2]), [0, 1, 2], 0]);
});

test("import: results beside a view, two views and a text, copies where nothing is lent, inline code", () => {
  acts = [(/** @type {View<Uint8Array>} */ view) => (view.write(new TextEncoder().encode("héllo")), 6)];
  assert.equal(new TextDecoder().decode(exports.view_bytes(20)), "héllo");
  acts = [(/** @type {View<Int32Array>} */ a, /** @type {string} */ text, /** @type {View<BigUint64Array>} */ b) => (a.set(0, text.length), b.set(1, 50n))];
  assert.deepEqual(exports.view_both(), new Int32Array([4, 2, 3, 4, 50]));
  acts = [() => -1];
  assert.throws(() => exports.view_bytes(3), RangeError);
  assert.equal(exports.view_copied(), 4);
  assert.deepEqual(exports.view_inline(), new Int16Array([5, 5, 5]));
});

test("hostile: a view past the end or misaligned is a breach before the function runs", () => {
  for (const [ptr, len, code] of /** @type {const} */ ([[65_536, 1, "out-of-bounds"], [65_528, 2, "out-of-bounds"], [16, -1, "out-of-bounds"], [-8, 1, "out-of-bounds"], [17, 1, "misaligned"]])) {
    const guest = wat(`(import "declared" "a.b" (func $b (param i32 i32))) ${info()} (func (export "go") (param i32 i32) (call $b (local.get 0) (local.get 1)))`, { contract: `import a.b(n: &mut [f64]) as "a.b"` });
    let ran = 0;
    const instance = load(guest, { imports: { a: { b: () => void ran++ } } });
    breach(instance, "go", [ptr, len], code, /./, "a.b");
    assert.equal(ran, 0);
  }
});

test("hostile: what is lent is numbers, and stands in parameters", () => {
  for (const type of ["&mut [str]", "&mut [bool]", "&mut [usize]", "&mut [char]", "&mut [[f64]]", "&mut [Point]", "&mut str"]) {
    const guest = wat(`${info()} (func (export "f") (param i32 i32))`, { contract: `record Point { x: f64 }\nexport f(a: ${type})` });
    assert.equal(thrownBy(() => load(guest)).code, "bad-contract", type);
  }
});

test("the types for TypeScript: a typed array to an export, what is lent to an import; and the module is as it says", () => {
  const file = wasmPath("test-views");
  const { out, code } = handwire("types", file);
  assert.equal(code, 0);
  for (const line of ["lent_i64(numbers: BigInt64Array): number;", "lent_two(a: Uint16Array, text: string, b: Float64Array): number;", "both(a: LentNumbers<Int32Array>, text: string, b: LentNumbers<BigUint64Array>): void;", "export interface LentNumbers<"])
    assert.ok(out.includes(line), line);
  assert.doesNotMatch(handwire("types", wasmPath("hello")).out, /LentNumbers/);
  assert.match(handwire("inspect", file).out, /export lent_f64\(numbers: &mut \[f64\]\) -> u32/);
  assert.match(handwire("check", file).out, /can run on this host/);
});

test("nothing is left: 10,000 calls with arrays and views", () => {
  const array = new Float64Array(8);
  const round = () => {
    acts = [(/** @type {View<Float64Array>} */ view) => view.set(0, 1)];
    exports.view_fill(2, 0);
    exports.lent_f64(array);
  };
  round();
  const size = host.memory?.buffer.byteLength;
  for (let i = 0; i < 10_000; i++) round();
  assert.equal(host.memory?.buffer.byteLength, size);
  assert.equal(host.handles.live, 0);
});
