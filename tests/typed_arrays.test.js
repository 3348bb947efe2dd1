// @ts-check
// Typed arrays, and bytes as parameters and results.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest } from "./support/guest.js";

const guest = await startGuest();
const { exports } = guest;

/** @typedef {any} TypedArray */
/** Each type with contents that must come back bit by bit, by its element kind on the wire. @type {[kind: number, array: TypedArray][]} */
const arrays = [
  [1, Int8Array.of(-128, -1, 0, 1, 127)],
  [2, Uint8Array.of(0, 1, 127, 128, 255)],
  [3, Uint8ClampedArray.of(0, 1, 127, 128, 255)],
  [4, Int16Array.of(-32768, -1, 0, 32767)],
  [5, Uint16Array.of(0, 1, 65535)],
  [6, Int32Array.of(-(2 ** 31), -1, 0, 2 ** 31 - 1)],
  [7, Uint32Array.of(0, 1, 2 ** 32 - 1)],
  [8, Float32Array.of(0, -0, 0.1, NaN, Infinity, -Infinity, 2 ** -149)],
  [9, Float64Array.of(0, -0, 0.1, NaN, Infinity, -Infinity, 5e-324)],
  [10, BigInt64Array.of(-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n)],
  [11, BigUint64Array.of(0n, 2n ** 63n, 2n ** 64n - 1n)],
];
/** @returns {Uint8Array<ArrayBuffer>} */
const bytesOf = (/** @type {TypedArray} */ array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const same = (/** @type {TypedArray} */ a, /** @type {TypedArray} */ b) => {
  assert.equal(Object.prototype.toString.call(a), Object.prototype.toString.call(b));
  assert.deepEqual(bytesOf(a), Uint8Array.from(bytesOf(b)));
};

test("each type: to a Vec and back, of every bit", () => {
  for (const [, array] of arrays) same(exports.typed_round(array), array);
});

test("each type: through an iterator, and by the conversion to Vec", () => {
  for (const [, array] of arrays) {
    same(exports.typed_collect(array), array);
    // Both have u8 as their element: a `Vec<u8>` takes the plain one.
    if (array instanceof Uint8ClampedArray) assert.equal(exports.typed_vec(array).message, "expected Uint8Array");
    else same(exports.typed_vec(array), array);
  }
});

test("NaNs keep their bits", () => {
  const bits = Uint32Array.of(0x7fc00001, 0xffc12345, 0x7f800001);
  const array = new Float32Array(bits.buffer);
  same(exports.typed_round(array), array);
  const wide = new Float64Array(BigUint64Array.of(0x7ff8000000000001n, 0xfff8123456789abcn).buffer);
  same(exports.typed_round(wide), wide);
});

test("empty and long ones", () => {
  for (const [, { constructor: Type }] of arrays)
    for (const length of [0, 1, 255, 256, 257, 100_000]) {
      const array = new Type(length).fill(typeof new Type(1)[0] === "bigint" ? 3n : 3);
      same(exports.typed_round(array), array);
      assert.equal(exports.typed_len(array), length);
    }
});

test("a view with an offset: its part, never the whole buffer", () => {
  for (const [, array] of arrays) {
    const { constructor: Type, BYTES_PER_ELEMENT: size } = array;
    const buffer = new ArrayBuffer(array.byteLength + 3 * size);
    const view = new Type(buffer, 2 * size, array.length);
    view.set(array);
    same(exports.typed_round(view), array);
    same(exports.typed_round(array.subarray(1, 3)), array.slice(1, 3));
    assert.equal(exports.typed_len(view), array.length);
  }
});

test("a copy is a copy", () => {
  const array = Uint8Array.of(1, 2, 3);
  const copy = exports.typed_round(array);
  array[0] = 9;
  assert.deepEqual(copy, Uint8Array.of(1, 2, 3));
  assert.equal(copy.buffer.byteLength, 3);
});

test("copy_to: all or nothing", () => {
  for (const [, array] of arrays) {
    const { constructor: Type, length } = array;
    const seven = typeof array[0] === "bigint" ? 7n : 7;
    same(exports.typed_copy_to(array, length), array);
    same(exports.typed_copy_to(array, length + 2), Type.from([...array, seven, seven]));
    assert.equal(exports.typed_copy_to(array, length - 1), undefined);
    assert.equal(exports.typed_copy_to(array, 0), undefined);
    same(exports.typed_copy_to(new Type(0), 0), new Type(0));
  }
});

test("copy_from: all or nothing, at an offset in elements", () => {
  for (const [, { constructor: Type }] of arrays) {
    const number = (/** @type {number} */ n) => (typeof new Type(1)[0] === "bigint" ? BigInt(n) : n);
    const list = (/** @type {number[]} */ ...all) => Type.from(all.map(number));
    const target = new Type(4);
    assert.equal(exports.typed_copy_from(target, 1, 2), true);
    same(target, list(0, 1, 2, 0));
    assert.equal(exports.typed_copy_from(target, 0, 4), true);
    same(target, list(1, 2, 3, 4));
    assert.equal(exports.typed_copy_from(target, 4, 0), true);
    for (const [offset, len] of [[1, 4], [4, 1], [5, 0], [0, 5], [0xffffffff, 1], [0xffffffff, 0], [0x20000000, 1], [0x80000000, 1]]) assert.equal(exports.typed_copy_from(target, offset, len), false, `${offset} ${len}`);
    same(target, list(1, 2, 3, 4));
    const part = new Type(6).subarray(2, 4);
    assert.equal(exports.typed_copy_from(part, 0, 3), false);
    assert.equal(exports.typed_copy_from(part, 0, 2), true);
    same(new Type(part.buffer), list(0, 0, 1, 2, 0, 0));
  }
});

test("from any address, aligned or not", () => {
  for (const [kind, array] of arrays) for (let offset = 0; offset < 9; offset++) same(exports.typed_unaligned(kind, bytesOf(array), offset), array);
});

test("an unknown element kind ends the instance, by name", async () => {
  for (const kind of [0, 12, 0xffffffff]) {
    const { exports } = await startGuest();
    assert.throws(() => exports.typed_unaligned(kind, Uint8Array.of(1), 0), (/** @type {any} */ error) => error.name === "PanicError" && error.cause.code === "unknown-kind" && error.cause.message.startsWith("bytes_new: unknown-kind element "));
  }
});

test("another realm's, one without its prototype, and one that lies of its length", () => {
  for (const [, array] of arrays) {
    const foreign = vm.runInNewContext(`new ${array.constructor.name}(buffer)`, { buffer: array.slice().buffer });
    assert.equal(foreign instanceof array.constructor, false);
    same(exports.typed_round(foreign), array);
    const liar = Object.defineProperties(array.slice(), { length: { value: 1 } });
    same(exports.typed_round(liar), array);
  }
  const bare = Object.setPrototypeOf(Uint8Array.of(1, 2), null);
  assert.equal(exports.typed_len(bare), 2);
  same(exports.bytes_vec(bare), Uint8Array.of(1, 2));
  same(exports.bytes_echo(bare), Uint8Array.of(1, 2));
  assert.equal(exports.typed_copy_from(bare, 0, 1), true);
  assert.deepEqual(exports.bytes_echo(vm.runInNewContext("Uint8Array.of(1, 2)")), Uint8Array.of(1, 2));
  const lies = { length: { value: 1 }, byteLength: { value: 1 }, byteOffset: { value: 1 }, buffer: { value: new ArrayBuffer(1) }, BYTES_PER_ELEMENT: { value: 4 } };
  const long = Object.defineProperties(Uint8Array.from({ length: 40_000 }, (_, i) => i), lies);
  for (const way of ["bytes_echo", "bytes_vec", "typed_round"]) assert.equal(exports[way](long).length, 40_000);
});

test("a detached array is empty", () => {
  const array = Uint8Array.of(1, 2, 3);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  assert.equal(exports.typed_len(array), 0);
  same(exports.typed_round(array), new Uint8Array(0));
  assert.equal(exports.typed_copy_from(array, 0, 1), false);
});

test("Buffer is a Uint8Array", () => {
  same(exports.typed_round(Buffer.from("hé")), new TextEncoder().encode("hé"));
  assert.deepEqual(exports.bytes_echo(Buffer.from("hé")), new TextEncoder().encode("hé"));
});

test("what is no typed array is refused", () => {
  for (const value of [[1], new ArrayBuffer(2), new DataView(new ArrayBuffer(2)), "bytes", null, { length: 1, 0: 1 }, new Proxy(Uint8Array.of(1), {}), Object.create(Uint8Array.prototype)])
    assert.throws(() => exports.typed_len(value), { name: "Error", message: "no typed array" });
  assert.throws(() => exports.bytes_vec(Int8Array.of(1)), { name: "Error", message: "expected Uint8Array" });
  assert.throws(() => exports.bytes_vec([1]), { name: "Error", message: "expected Uint8Array" });
});

test("bytes as parameter and result: lengths around the arena and what the guest keeps", () => {
  for (const length of [0, 1, 7, 8, 9, 16_375, 16_376, 16_377, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537, 1_000_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 31);
    for (const way of ["bytes_echo", "bytes_echo_result", "bytes_vec"]) assert.deepEqual(exports[way](bytes), bytes);
    assert.deepEqual(exports.bytes_argument((/** @type {any} */ argument) => argument, bytes), bytes);
    assert.deepEqual(exports.bytes_make(length, 5), new Uint8Array(length).fill(5));
  }
});

test("bytes: a view's part, and a result that is the host's own", () => {
  const all = Uint8Array.of(1, 2, 3, 4, 5);
  assert.deepEqual(exports.bytes_echo(all.subarray(1, 4)), Uint8Array.of(2, 3, 4));
  const result = exports.bytes_echo(all);
  exports.bytes_echo(Uint8Array.of(9, 9, 9, 9, 9));
  assert.deepEqual(result, all);
  assert.notEqual(result.buffer, guest.raw.memory.buffer);
});

test("bytes: another type is a TypeError", () => {
  for (const [value, shown] of /** @type {const} */ ([["bytes", '"bytes"'], [null, "null"], [[1], "object"], [Int8Array.of(1), "object"], [new ArrayBuffer(1), "object"], [5, "5"], [Uint8ClampedArray.of(1), "object"], [new Proxy(Uint8Array.of(1), {}), "object"], [Object.create(Uint8Array.prototype), "object"]]))
    assert.throws(() => exports.bytes_echo(value), { name: "TypeError", message: `bytes_echo: bytes must be a Uint8Array, got ${shown}` });
});

test("bytes of guest memory itself", () => {
  const view = new Uint8Array(guest.raw.memory.buffer, 1024, 5000);
  const before = Uint8Array.from(view);
  assert.deepEqual(exports.bytes_echo(view).length, before.length);
  assert.equal(exports.typed_len(view), 5000);
});

leavesNothing(guest, (i) => {
  const [kind, array] = arrays[i % arrays.length];
  exports.typed_round(array);
  exports.typed_unaligned(kind, bytesOf(array), i % 9);
  exports.bytes_echo(new Uint8Array(i % 300));
  if (i % 100 === 0) exports.bytes_make(100_000, 1);
});
