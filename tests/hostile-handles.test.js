// @ts-check
// Handles that no operation gave: every operation of the contract that takes a handle is given
// each kind of wrong one, through a guest whose exports are the operations.

import assert from "node:assert/strict";
import test from "node:test";
import { Host } from "../host-js/host.js";
import { breach, load, refused, thrownBy } from "./hostile/breach.js";
import { everyOperation, slot, wat } from "./support/wat.js";
import { operations } from "./support/wire.js";

const module = new WebAssembly.Module(everyOperation());

/** Parameters that are handles, by the names that WIRE.md gives them; `value` is a slot. */
const HANDLES = new Set(["handle", "a", "b", "object", "key", "class", "array", "function", "this", "promise", "items", "stream"]);
/** Wires that make an operation work, by its parameter; 1,008 bytes of empty slots begin at 1,024. @type {Record<string, number>} */
const FINE = { ptr: 1024, len: 0, units: 0, capacity: 0, args: 1024, argc: 0, out: 1024, value: 1024, index: 0, offset: 0, element: 2, waiter: 0, number: 0, source: 0 };

/** Values that make each operation's handles of the right kind. @param {string} operation @param {string} param */
function rightValue(operation, param) {
  if (param === "key") return "name";
  if (operation.startsWith("bigint")) return 5n;
  if (operation.startsWith("string")) return "text";
  if (operation.startsWith("bytes")) return new Uint8Array(4);
  if (operation.startsWith("date")) return new Date(0);
  if (param === "array") return [1];
  if (param === "class" || param === "function") return Date;
  return { name: () => 1 };
}

/** Every operation and each of its handles. */
const uses = operations().flatMap((operation) =>
  operation.params.flatMap((param, i) => (HANDLES.has(param) ? [{ ...operation, param, i }] : [])),
);

/** Fine wires for an operation, with one of them replaced. @param {Host} host @param {typeof uses[0]} use @param {number} wrong */
const wires = (host, { name, params, i }, wrong) =>
  params.map((param, at) => (at === i ? wrong : HANDLES.has(param) ? host.handle(rightValue(name, param)) : FINE[param]));

/** @type {Record<string, [code: string, make: (host: Host) => number]>} */
const WRONG = {
  "forged: an index that was never given out": ["forged-handle", () => 5000],
  "forged: an index beyond the slab": ["forged-handle", () => 0x3fffff],
  "forged: a live index with a generation to come": ["forged-handle", (host) => host.handle({}) + (1 << 22)],
  "forged: negative": ["forged-handle", () => -1],
  "forged: the least i32": ["forged-handle", () => -0x80000000],
  "forged: a fixed index with a generation": ["forged-handle", () => (1 << 22) | 4],
  "stale: released": ["stale-handle", (host) => {
    const handle = host.handle({});
    host.release(handle);
    return handle;
  }],
  "NONE": ["reserved-handle", () => 0],
  "NUMBER": ["reserved-handle", () => 7],
};

test("every operation that takes handles is among those tested", () => {
  assert.ok(uses.length > 40);
  assert.deepEqual([...new Set(uses.map(({ name }) => name))].sort(), operations().filter(({ params }) => params.some((param) => HANDLES.has(param))).map(({ name }) => name).sort());
});

for (const [what, [code, make]] of Object.entries(WRONG))
  test(`a handle that is ${what}: ${code}, for every operation and each of its handles`, () => {
    const neighbour = load(module);
    const kept = neighbour.host.handle({});
    for (const use of uses) {
      const instance = load(module);
      const wrong = make(instance.host);
      // Without a handle it is the part of a buffer, and there is none.
      if (use.name === "data_part" && wrong === 0) {
        breach(instance, use.name, wires(instance.host, use, wrong), "bad-data");
        continue;
      }
      breach(instance, use.name, wires(instance.host, use, wrong), code, new RegExp(` ${wrong}\\b`));
      // The host itself goes on: its slab still counts, and so does the instance beside it.
      const { live } = instance.host.handles;
      instance.host.release(instance.host.handle({}));
      assert.equal(instance.host.handles.live, live);
      assert.equal(neighbour.exports.value_kind(kept), 9);
    }
    assert.equal(neighbour.host.handles.live, 1);
  });

test("release of a reserved handle, every fixed one: reserved-handle", () => {
  for (const fixed of [0, 1, 2, 3, 4, 5, 6, 7]) breach(load(module), "handle_release", [fixed], "reserved-handle", new RegExp(` ${fixed}\\b`));
});

test("double release: stale-handle, and the value's other owner keeps it", () => {
  const instance = load(module);
  const value = {};
  const first = instance.host.handle(value);
  const second = instance.exports.handle_clone(first);
  instance.exports.handle_release(first);
  breach(instance, "handle_release", [first], "stale-handle");
  assert.equal(instance.host.value(second), value);
  assert.equal(instance.host.handles.live, 1);
});

test("double release, with the index in use again: the new owner's value stays", () => {
  const instance = load(module);
  const { host, exports } = instance;
  const old = host.handle("old");
  exports.handle_release(old);
  const rested = Array.from({ length: 1024 }, () => host.handle("other"));
  for (const handle of rested) host.release(handle);
  const reborn = host.handle("new");
  assert.equal(reborn & 0x3fffff, old & 0x3fffff, "the index is in use again");
  breach(instance, "handle_release", [old], "stale-handle");
  assert.equal(host.value(reborn), "new");
});

test("a handle of one host used in another is not that host's value", () => {
  const [a, b] = [load(module), load(module)];
  const handle = [1, 2, 3].map((n) => a.host.handle({ n }))[2];
  breach(b, "value_kind", [handle], "forged-handle");
  assert.equal(a.exports.value_kind(handle), 9);
});

test("wrong handles through the host's own API: named, and nothing dies", () => {
  const instance = load(module);
  const { host } = instance;
  const stale = host.handle({});
  host.release(stale);
  const cases = /** @type {const} */ ([[NaN, "reserved-handle"], [0, "reserved-handle"], [7, "reserved-handle"], [-1, "forged-handle"], [99999, "forged-handle"], [Infinity, "reserved-handle"], [stale, "stale-handle"], [2 ** 32 - 1, "forged-handle"]]);
  for (const [handle, code] of cases) {
    refused(instance, () => host.value(handle), code, /^host\.value: /);
    refused(instance, () => host.release(handle), code, /^host\.release: /);
  }
  for (const fixed of [1, 2, 3, 4, 5, 6]) refused(instance, () => host.release(fixed), "reserved-handle", /^host\.release: /);
  assert.equal(host.handles.live, 0);
});

test("release inside the callback that uses it: the call under way keeps its value, later uses are stale", () => {
  // The guest calls f(), which calls back into the guest, which releases f and then f's argument.
  const guest = wat(`
    (func (export "run") (param $f i32) (param $value i32) (result i32)
      (i32.store (i32.const 0) (i32.const 11)) (i32.store (i32.const 8) (local.get $value))
      (call $function_call (local.get $f) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))
    (func (export "drop") (param i32) (call $handle_release (local.get 0)))
    (func (export "use") (param i32) (result i32) (call $value_kind (local.get 0)))`);
  const instance = load(guest);
  const { exports, host } = instance;
  const value = { name: "kept" };
  const callback = (/** @type {unknown} */ given) => {
    exports.drop(f);
    exports.drop(argument);
    return given;
  };
  const f = host.handle(callback);
  const argument = host.handle(value);
  const result = exports.run(f, argument);
  assert.equal(host.value(result), value, "what was lifted before stays whole");
  host.release(result);
  assert.equal(host.handles.live, 0);
  breach(instance, "use", [f], "stale-handle", /./, "value_kind");
});

test("a getter that frees the handle in use", () => {
  const instance = load(module);
  const { exports, host } = instance;
  const object = { get name() { exports.handle_release(handle); return this; } };
  const handle = host.handle(object);
  const result = exports.object_get(handle, host.handle("name"), 1024);
  assert.equal(host.value(result), object);
  breach(instance, "value_kind", [handle], "stale-handle");
});

test("a slot gives its handle away once: a second slot with the same is stale", () => {
  const instance = load(module);
  const { host } = instance;
  const handle = host.handle({});
  host.bytes(2048, 16).set(slot(10, handle));
  host.bytes(2064, 16).set(slot(10, handle));
  breach(instance, "array_from", [2048, 2], "stale-handle");
  assert.equal(host.handles.live, 0);
  const other = load(module);
  const owned = other.host.handle("x");
  other.host.bytes(2048, 16).set(slot(10, owned));
  const array = other.exports.array_from(2048, 1);
  assert.deepEqual(other.host.value(array), ["x"]);
  assert.equal(other.host.handles.live, 1, "only the array: the slot's handle was taken");
});

test("a borrowed handle in a slot stays the guest's, a fixed one given away stays fixed", () => {
  const { exports, host } = load(module);
  const handle = host.handle("x");
  host.bytes(2048, 64).set([...slot(11, handle), ...slot(11, handle), ...slot(10, 2), ...slot(11, 4)]);
  const array = exports.array_from(2048, 4);
  assert.deepEqual(host.value(array), ["x", "x", null, true]);
  assert.equal(host.value(handle), "x");
  assert.equal(host.handles.live, 2);
});

for (const [kind, name] of /** @type {const} */ ([[10, "handle"], [11, "borrowed"]]))
  test(`a ${name} in a slot that is no live handle: each operation that reads slots names itself`, () => {
    const readers = operations().filter(({ params }) => params.includes("args") || params.includes("value"));
    assert.equal(readers.length, 10);
    for (const { name, params } of readers)
      for (const [wrong, code] of /** @type {const} */ ([[0, "reserved-handle"], [7, "reserved-handle"], [4000, "forged-handle"], [0xffffffff, "forged-handle"]])) {
        const instance = load(module);
        const { host } = instance;
        host.bytes(2048, 16).set(slot(kind, wrong));
        const args = params.map((param) => (param === "args" || param === "value" ? 2048 : param === "argc" ? 1 : HANDLES.has(param) ? host.handle(rightValue(name, param)) : FINE[param]));
        breach(instance, name, args, code);
      }
  });

test("wrong kind for each operation that has one: named with what it got, and the value stays whole", () => {
  const wrong = [5, "text", 5n, Symbol("s"), () => 1, {}, [1], new Uint8Array(2), new Date(0), new DataView(new ArrayBuffer(1)), Proxy.revocable([], {}), undefined, null, true];
  const picky = Object.entries({
    bigint_to_i64: (/** @type {unknown} */ v) => typeof v === "bigint",
    bigint_to_u64: (/** @type {unknown} */ v) => typeof v === "bigint",
    string_write_utf8: (/** @type {unknown} */ v) => typeof v === "string",
    string_write_utf16: (/** @type {unknown} */ v) => typeof v === "string",
    bytes_length: (/** @type {unknown} */ v) => v instanceof Uint8Array,
    bytes_write: (/** @type {unknown} */ v) => v instanceof Uint8Array,
    bytes_set: (/** @type {unknown} */ v) => v instanceof Uint8Array,
    array_length: Array.isArray,
    array_push: Array.isArray,
    date_time: (/** @type {unknown} */ v) => v instanceof Date,
  });
  for (const [name, right] of picky) {
    const use = /** @type {typeof uses[0]} */ (uses.find((use) => use.name === name));
    for (const value of wrong) {
      const instance = load(module);
      const handle = instance.host.handle(value);
      const args = wires(instance.host, use, handle);
      if (right(value)) instance.exports[name](...args);
      else breach(instance, name, args, "wrong-kind", /not (a|an) /);
      assert.equal(instance.host.value(handle), value);
    }
  }
});

test("a revoked proxy is no array, not even to be asked", () => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  for (const [name, more] of /** @type {const} */ ([["array_length", [1024]], ["array_push", [1024]]])) {
    const instance = load(module);
    breach(instance, name, [instance.host.handle(proxy), ...more], "wrong-kind", /not an array/);
  }
});

test("every message of a breach says what to do", () => {
  const instance = load(module);
  const error = thrownBy(() => instance.exports.value_kind(4000));
  assert.match(error.cause.message, /^value_kind: forged-handle 4000: this handle was never made; use only/);
});

test("a guest that is told of a number where it expects a handle: NUMBER used as a value is named", () => {
  const guest = wat(`(func (export "run") (param i32)
    (call $handle_release (call $array_get (local.get 0) (i32.const 0) (i32.const 64))))`);
  const instance = load(guest);
  breach(instance, "run", [instance.host.handle([1.5])], "reserved-handle", / 7\b/, "handle_release");
});
