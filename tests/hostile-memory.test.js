// @ts-check
// Pointers and lengths that a guest should not pass: past the end, wrapped, misaligned, and the
// ones at the border that are fine. Every operation that takes one is tried.

import assert from "node:assert/strict";
import test from "node:test";
import { Host } from "../host-js/host.js";
import { breach, load } from "./hostile/breach.js";
import { everyOperation, slot } from "./support/wat.js";
import { operations } from "./support/wire.js";

const module = new WebAssembly.Module(everyOperation());
const PAGE = 65536;

/** Handles that make every operation work. @param {string} operation @param {string} param */
function handleFor(operation, param) {
  if (param === "key") return "name";
  if (operation.startsWith("bigint")) return 5n;
  if (operation.startsWith("string")) return "text";
  if (operation.startsWith("bytes")) return new Uint8Array(4);
  if (operation.startsWith("value")) return 5;
  if (param === "array") return [1, 2];
  if (param === "function") return () => 1;
  return { name: () => 1, "": () => 1 };
}

/** @type {Record<string, number>} */
const FINE = { ptr: 1024, len: 0, units: 0, capacity: 0, args: 1024, argc: 0, count: 0, code: 1, text: 1024, text_len: 0, results: 1024, results_len: 0, flags: 0, out: 1024, value: 1024, index: 0, offset: 0, element: 2 };

/** Wires for an operation with some of them chosen. @param {Host} host @param {{ name: string, params: string[] }} operation @param {Record<string, number>} chosen */
const wires = (host, { name, params }, chosen) =>
  params.map((param) => chosen[param] ?? FINE[param] ?? host.handle(handleFor(name, param)));

/** What an operation's pointer is: with a length in units of so many bytes, or of a size of its own. @type {[ptr: string, len: string | null, size: number, align: number][]} */
const RANGES = [["ptr", "len", 1, 1], ["ptr", "capacity", 1, 1], ["ptr", "units", 2, 2], ["ptr", "count", 4, 1], ["text", "text_len", 1, 1], ["results", "results_len", 16, 8], ["args", "argc", 16, 8], ["out", null, 8, 1], ["value", null, 16, 8]];

const uses = operations().flatMap((operation) =>
  RANGES.filter(([ptr, len, size]) => operation.params.includes(ptr) && (len === null || (operation.params.includes(len) && (size !== 1 || !operation.params.includes("units")))))
    .map(([ptr, len, size, align]) => ({ ...operation, ptr, len, size: operation.name.endsWith("16") ? 2 : size, align: operation.name.endsWith("16") ? 2 : align })),
);

/** Operations whose text or buffer has a form, and the code of what has none. @type {Record<string, string>} */
const SHAPED = { batch_run: "bad-batch", closure_new: "bad-contract", interface_new: "bad-contract", data_to_value: "bad-data" };
/** Those to which what is empty has no form either. @type {Record<string, string>} */
const EMPTY = { closure_new: "bad-contract", interface_new: "bad-contract", data_to_value: "bad-data", data_form: "bad-data" };

/** @param {number} size @returns {Record<string, [ptr: number, count: number]>} */
const OUTSIDE = (size) => ({
  "one byte past the end": [PAGE - size + (size > 8 ? 8 : size > 1 ? size : 1), 1],
  "at the end": [PAGE, 1],
  "far past the end": [0x10000000, 1],
  "beyond 2 GiB": [0x80000000 | 0, 1],
  "in the last bytes of 4 GiB": [-16, 1],
  "a length that wraps around 4 GiB": [16, Math.ceil(0xfffffff8 / size) | 0],
  "a length of -1": [16, -1],
});

test("every operation that takes an address is among those tested", () => {
  const names = operations().filter(({ params }) => params.some((param) => ["ptr", "args", "out", "value", "results"].includes(param))).map(({ name }) => name);
  assert.deepEqual([...new Set(uses.map(({ name }) => name))], names);
});

for (const what of Object.keys(OUTSIDE(1)))
  test(`${what}: out-of-bounds, for every operation and each of its addresses`, () => {
    const neighbour = load(module);
    for (const use of uses) {
      const [ptr, count] = OUTSIDE(use.size)[what];
      if (use.len === null && what.startsWith("a length")) continue;
      const instance = load(module);
      const args = wires(instance.host, use, { [use.ptr]: ptr, ...(use.len === null ? {} : { [use.len]: count }) });
      breach(instance, use.name, args, "out-of-bounds", new RegExp(` ${ptr >>> 0}\\.\\.\\d+`));
    }
    assert.equal(neighbour.exports.value_kind(1), 1);
  });

test("up to the last byte of memory is fine, for every operation", () => {
  for (const use of uses) {
    const instance = load(module);
    const { host, exports } = instance;
    // Handles that are read must be handles.
    if (use.len === "count") new DataView(host.bytes(PAGE - 4, 4).buffer).setUint32(PAGE - 4, host.handle({}), true);
    const args = wires(host, use, { [use.ptr]: PAGE - use.size, ...(use.len === null ? {} : { [use.len]: 1 }) });
    // One byte, or no word at all, is none of these; but it was read.
    const code = use.ptr === "text" ? undefined : SHAPED[use.name];
    if (code && (use.ptr === "ptr" || use.name === "batch_run")) {
      breach(instance, use.name, args, code);
      continue;
    }
    exports[use.name](...args);
    assert.equal(host.dead, null, use.name);
  }
});

test("empty slices with pointer 0, 1, dangling, unaligned, one past the end: empty is empty, for every operation with a length", () => {
  for (const use of uses) {
    if (use.len === null) continue;
    for (const ptr of [0, 1, 3, 1025, PAGE - 1, PAGE, PAGE + 1, 0x7fffffff, -1, -0x80000000]) {
      const instance = load(module);
      const { host, exports } = instance;
      const args = wires(host, use, { [use.ptr]: ptr, [use.len]: 0 });
      const code = use.ptr === "ptr" ? EMPTY[use.name] : undefined;
      if (code) breach(instance, use.name, args, code);
      else exports[use.name](...args);
      if (!code) assert.equal(host.dead, null, `${use.name} with ${ptr}`);
    }
  }
});

test("misaligned slots and UTF-16 are named, for every operation that has them", () => {
  const aligned = uses.filter(({ align }) => align > 1);
  assert.equal(aligned.length, 13);
  for (const use of aligned)
    for (let off = 1; off < use.align; off++) {
      const instance = load(module);
      const args = wires(instance.host, use, { [use.ptr]: 1024 + off, ...(use.len === null ? {} : { [use.len]: 1 }) });
      breach(instance, use.name, args, "misaligned", new RegExp(` ${1024 + off}\\b`));
    }
});

test("numbers and bytes may lie anywhere: an unaligned out parameter, unaligned f64 data", () => {
  const { host, exports } = load(module);
  assert.equal(exports.array_get(host.handle([1.5]), 0, 1027), 7);
  assert.equal(new DataView(host.bytes(1024, 16).slice().buffer).getFloat64(3, true), 1.5);
  host.bytes(2049, 8).set(new Uint8Array(new Float64Array([-0]).buffer));
  const array = host.value(exports.bytes_new(9, 2049, 1));
  assert.ok(array instanceof Float64Array && Object.is(array[0], -0));
});

test("unknown slot kinds: each operation that reads slots names itself, the kind and the place", () => {
  const readers = uses.filter(({ ptr }) => ptr === "args" || ptr === "value");
  assert.equal(readers.length, 10);
  for (const use of readers)
    for (const kind of [12, 255, 0x100, 0x80000000, 0xffffffff]) {
      const instance = load(module);
      instance.host.bytes(2048, 16).set(slot(kind));
      const args = wires(instance.host, use, { [use.ptr]: 2048, argc: 1 });
      breach(instance, use.name, args, "unknown-kind", new RegExp(`${kind} in the slot at 2048`));
    }
});

test("a slot with text, UTF-16 or bytes outside of memory, or misaligned: the operation is named", () => {
  for (const [kind, ptr, len, code] of /** @type {const} */ ([
    [7, PAGE, 1, "out-of-bounds"], [7, 16, 0xffffffff, "out-of-bounds"], [8, PAGE - 2, 2, "out-of-bounds"], [8, 1025, 1, "misaligned"],
    [8, 16, 0x80000000, "out-of-bounds"], [9, PAGE - 1, 2, "out-of-bounds"], [9, 0xffffffff, 1, "out-of-bounds"],
  ])) {
    const instance = load(module);
    instance.host.bytes(2048, 16).set(slot(kind, ptr, len));
    breach(instance, "array_from", [2048, 1], code, new RegExp(` ${ptr}\\b`));
  }
});

test("a slot with an empty text, UTF-16 or bytes at any address is empty", () => {
  const { host, exports } = load(module);
  host.bytes(2048, 48).set([...slot(7, 0xffffffff), ...slot(8, 0xfffffffd), ...slot(9, PAGE + 5)]);
  assert.deepEqual(host.value(exports.array_from(2048, 3)), ["", "", new Uint8Array(0)]);
});

test("text in a slot that says it is handed over is copied and stays the guest's", () => {
  const { host, exports } = load(module);
  host.bytes(2048, 16).set(slot(7, 4096, 2, 1));
  host.bytes(4096, 2).set([104, 105]);
  assert.deepEqual(host.value(exports.array_from(2048, 1)), ["hi"]);
});

test("unknown element kinds: unknown-kind", () => {
  for (const element of [0, 12, 255, -1, 0x7fffffff, -0x80000000]) breach(load(module), "bytes_new", [element, 1024, 0], "unknown-kind", new RegExp(`element ${element}\\b`));
});

test("more elements than memory has bytes: out-of-bounds for each element kind, without overflow", () => {
  for (let element = 1; element <= 11; element++)
    for (const len of [PAGE + 1, 0x20000000, 0x40000000, 0x80000000 | 0, -1]) breach(load(module), "bytes_new", [element, 0, len], "out-of-bounds");
});

test("as many slots as wrap the address space: out-of-bounds, not zero", () => {
  for (const argc of [0x10000000, 0x10000001, -0x80000000, -1]) breach(load(module), "array_from", [1024, argc], "out-of-bounds");
});

test("a write beyond the end of a typed array reports 0 and changes nothing", () => {
  const { host, exports } = load(module);
  const target = new Uint8Array([1, 2, 3, 4]);
  const handle = host.handle(target);
  for (const [offset, len] of [[5, 0], [4, 1], [0, 5], [-1, 1], [0xffffffff | 0, 2], [3, 2]]) assert.equal(exports.bytes_set(handle, offset, 1024, len), 0);
  assert.deepEqual([...target], [1, 2, 3, 4]);
  assert.equal(exports.bytes_set(handle, 4, 1024, 0), 1);
});

test("a buffer that is too small is left as it is, for text, UTF-16 and bytes", () => {
  const { host, exports } = load(module);
  for (const [name, value, takes] of /** @type {const} */ ([["string_write_utf8", "héllo", 6], ["string_write_utf16", "héllo", 5], ["bytes_write", new Uint8Array(6).fill(1), 6]])) {
    host.bytes(1024, 16).fill(0xaa);
    const handle = host.handle(value);
    for (let capacity = 0; capacity < takes; capacity++) assert.equal(exports[name](handle, 1024, capacity), takes);
    assert.deepEqual([...host.bytes(1024, 16)], Array(16).fill(0xaa), name);
    assert.equal(exports[name](handle, 1024, takes), takes);
    const written = name === "string_write_utf16" ? takes * 2 : takes;
    assert.deepEqual([...host.bytes(1024 + written, 16 - written)], Array(16 - written).fill(0xaa), `${name} writes no more than it says`);
  }
});
