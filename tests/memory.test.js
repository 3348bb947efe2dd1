// @ts-check
// Guest memory: growth at every moment that it can happen, shared memory, memory beyond 2 GiB,
// and large texts; through guests in the text format, whose every access is visible.

import assert from "node:assert/strict";
import test from "node:test";
import { instantiate } from "../host-js/host.js";
import { load, refused } from "./hostile/breach.js";
import { data, everyOperation, info, numberSlot, slot, wat } from "./support/wat.js";

const GROW = '(func (export "grow") (result i32) (memory.grow (i32.const 1)))';
const every = new WebAssembly.Module(everyOperation(GROW));
const MiB = 2 ** 20;

test("growth in a getter that re-enters: a number result is written into the memory of now", () => {
  const { exports, host } = load(every);
  const object = { get x() { exports.grow(); return 1.5; } };
  assert.equal(exports.object_get(host.handle(object), host.handle("x"), 4096), 7);
  assert.equal(new DataView(host.memory?.buffer ?? new ArrayBuffer(0)).getFloat64(4096, true), 1.5);
  assert.equal(host.bytes(0, 2 * 65536).length, 2 * 65536);
});

/** Operations whose host code can grow the memory before the operation writes, and what they write. @type {Record<string, (grow: () => any, host: import("../host-js/host.js").Host) => [wires: number[], result: number, number?: number]>} */
const GROWING = {
  object_get_named: (grow, host) => [[host.handle({ get x() { return grow(), 2; } }), 512, 1, 4096], 7, 2],
  object_call: (grow, host) => [[host.handle({ x: () => (grow(), 3) }), host.handle("x"), 1024, 1, 4096], 7, 3],
  function_call: (grow, host) => [[host.handle((/** @type {number} */ n) => (grow(), n)), 1, 1024, 1, 4096], 7, 9.5],
  array_get: (grow, host) => [[host.handle({ get 0() { return grow(), 4; } }), 0, 4096], 7, 4],
  array_length: (grow, host) => [[host.handle(new Proxy([], { get: () => (grow(), 5) })), 4096], 7, 5],
  value_to_number: (grow, host) => [[host.handle({ valueOf: () => (grow(), 6) }), 4096], 0, 6],
};
for (const [name, make] of Object.entries(GROWING))
  test(`growth inside ${name}, which the guest is in the middle of`, () => {
    const { exports, host } = load(every);
    host.bytes(512, 1).set([0x78]);
    host.bytes(1024, 16).set(numberSlot(9.5));
    const [wires, result, number] = make(exports.grow, host);
    assert.equal(exports[name](...wires), result);
    assert.equal(new DataView(host.bytes(4096, 8).slice().buffer).getFloat64(0, true), number);
    assert.equal(host.memory?.buffer.byteLength, 2 * 65536);
  });

test("growth inside an env import, between writing an argument and reading the result", () => {
  const guest = wat(`(import "env" "f" (func $f)) ${info()}
    (func (export "echo") (param i32 i32) (call $f) (i32.store (i32.const 64) (i32.const 7)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))
    ${GROW}`, { contract: "export echo(text: str) -> str" });
  const instance = load(guest, { imports: { env: { f: () => instance.exports.grow() } } });
  for (const text of ["short", "longer than any fast path is: é", "x".repeat(200)]) assert.equal(instance.exports.echo(text), text);
  assert.equal(instance.host.memory?.buffer.byteLength, 4 * 65536);
});

test("growth in a call within a call: the outer call's arguments stay where they are", () => {
  const guest = wat(`(import "env" "f" (func $f)) ${info()}
    (func (export "outer") (param i32 i32) (result i32) (call $f) (i32.load8_u (local.get 0)))
    (func (export "inner") (param i32 i32) (result i32) (drop (memory.grow (i32.const 1))) (local.get 0))`, { contract: "export outer(text: str) -> u32\nexport inner(text: str) -> u32" });
  /** @type {number[]} */
  const places = [];
  const instance = load(guest, { imports: { env: { f: () => void places.push(instance.exports.inner("yy"), instance.exports.inner("z")) } } });
  assert.equal(instance.exports.outer("A"), 65);
  assert.deepEqual(places, [1032, 1032], "above the outer argument, 8-aligned, and again at the same place");
  assert.equal(instance.exports.inner("q"), 1024, "the arena is empty again");
});

test("host.bytes after growth: an old view is dead, a new one sees the memory of now", () => {
  const { exports, host } = load(every);
  const old = host.bytes(0, 16);
  exports.grow();
  assert.equal(old.length, 0);
  const now = host.bytes(65536, 16);
  now[0] = 7;
  assert.equal(host.bytes(65536, 1)[0], 7);
  assert.equal(host.text(65536, 1), "\u0007");
});

test("host.bytes and host.text out of bounds: named, and nothing dies; empty ones may lie anywhere", () => {
  const instance = load(every);
  const { host } = instance;
  refused(instance, () => host.bytes(65530, 7), "out-of-bounds", /^host\.bytes: /);
  refused(instance, () => host.text(-1, 2), "out-of-bounds", /^host\.text: /);
  assert.equal(host.bytes(65530, 6).length, 6);
  assert.equal(host.bytes(99999, 0).length, 0);
  assert.equal(host.text(-1, 0), "");
});

test("a view of the guest's own memory as an argument arrives whole", () => {
  const guest = wat(`${info()} (func (export "first") (param i32 i32) (result i32) (i32.load8_u (local.get 0)))`, { contract: "export first(b: bytes) -> u32" });
  const { exports, host } = load(guest);
  host.bytes(9000, 3).set([42, 1, 2]);
  assert.equal(exports.first(host.bytes(9000, 3)), 42);
});

test("imported memory under any name, as an import or as options.memory; exported again or not", async () => {
  for (const name of ["memory", "mem", "", "a.b"]) {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const fields = `(import "env" "${name}" (memory 1)) (func (export "text") (result i32) (call $string_from_utf8 (i32.const 512) (i32.const 2))) ${data(512, "hi")}`;
    for (const options of [{ memory }, { imports: { env: { [name]: memory } } }]) {
      const { exports, host } = await instantiate(wat(fields), options);
      assert.equal(host.value(exports.text()), "hi");
      assert.equal(host.memory, memory);
    }
  }
});

test("two instances on one memory: each host reads what the other's guest wrote", async () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const fields = '(import "env" "memory" (memory 1)) (func (export "write") (param i32) (i32.store (i32.const 512) (local.get 0))) (func (export "grow") (drop (memory.grow (i32.const 1))))';
  const [a, b] = [await instantiate(wat(fields), { memory }), await instantiate(wat(fields), { memory })];
  a.exports.write(0x6968);
  assert.equal(b.host.text(512, 2), "hi");
  a.exports.grow();
  b.host.bytes(65536, 1)[0] = 5;
  assert.equal(a.host.bytes(65536, 1)[0], 5);
});

// Shared memory: its views don't die when it grows, and decoders take none of it.

const SHARED = `(import "env" "memory" (memory 1 8 shared)) ${info()} ${GROW}
  (func (export "echo") (param i32 i32) (i32.store (i32.const 64) (i32.const 7)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))
  (func (export "text") (param i32 i32) (result i32) (call $string_from_utf8 (local.get 0) (local.get 1)))
  (func (export "text16") (param i32 i32) (result i32) (call $string_from_utf16 (local.get 0) (local.get 1)))
  (func (export "write") (param i32 i32 i32) (result i32) (call $string_write_utf8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "write16") (param i32 i32 i32) (result i32) (call $string_write_utf16 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "array") (param i32 i32) (result i32) (call $bytes_new (i32.const 5) (local.get 0) (local.get 1)))
  (func (export "values") (param i32) (result i32) (call $array_from (local.get 0) (i32.const 2)))
  (func (export "number") (param i32 i32) (result i32) (call $array_get (local.get 0) (i32.const 0) (local.get 1)))`;

test("shared memory: text, UTF-16, bytes, slots and numbers both ways, before and after it grows", async () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 8, shared: true });
  const { exports, host } = await instantiate(wat(SHARED, { contract: "export echo(text: str) -> str" }), { memory });
  for (let pages = 1; pages <= 4; pages++) {
    const end = pages * 65536;
    for (const text of ["", "a", "héllo", "x".repeat(300), "🦀".repeat(70), "\ud800 alone"]) {
      assert.equal(exports.echo(text), text.replace("\ud800", "\ufffd"));
      const handle = host.handle(text);
      const length = exports.write(handle, end - 2000, 2000);
      const read = exports.text(end - 2000, length);
      assert.equal(host.value(read), text.replace("\ud800", "\ufffd"));
      assert.equal(exports.write16(handle, end - 2000, 1000), text.length);
      const units = exports.text16(end - 2000, text.length);
      assert.equal(host.value(units), text);
      for (const one of [handle, read, units]) host.release(one);
    }
    host.bytes(end - 8, 8).set([1, 0, 2, 0, 3, 0, 4, 0]);
    const array = exports.array(end - 8, 4);
    assert.deepEqual(host.value(array), Uint16Array.of(1, 2, 3, 4));
    assert.ok(!(host.value(array).buffer instanceof SharedArrayBuffer), "a copy, not a view");
    host.bytes(end - 64, 32).set([...numberSlot(2.5), ...slot(7, end - 6, 1)]);
    const values = exports.values(end - 64);
    assert.deepEqual(host.value(values), [2.5, "\u0002"]);
    assert.equal(exports.number(values, end - 16), 7);
    host.release(array);
    host.release(values);
    exports.grow();
  }
  assert.equal(host.handles.live, 0);
});

// Large.

test("memory beyond 2 GiB: text, bytes, numbers and slots at addresses from 2^31 on, both ways", async () => {
  const pages = Math.ceil(2.1 * 2 ** 30 / 65536);
  const memory = new WebAssembly.Memory({ initial: pages }); // sparse: only what is touched is there
  const base = 0x80000000 + 4096;
  const guest = wat(`(import "env" "memory" (memory ${pages})) ${info({ arena: base, arenaLen: 65536, slot: base - 64 })}
    (func (export "echo") (param i32 i32) (i32.store (i32.const ${base - 64}) (i32.const 7)) (i32.store (i32.const ${base - 56}) (local.get 0)) (i32.store (i32.const ${base - 52}) (local.get 1)))
    (func (export "binary") (param i32 i32) (i32.store (i32.const ${base - 64}) (i32.const 9)) (i32.store (i32.const ${base - 56}) (local.get 0)) (i32.store (i32.const ${base - 52}) (local.get 1)))
    (func (export "where") (param i32 i32) (result i32) (local.get 0))
    (func (export "hw_alloc") (param i32 i32) (result i32) (i32.const ${base + 200000}))
    (func (export "hw_free") (param i32 i32 i32))
    (func (export "write") (param i32 i32 i32) (result i32) (call $string_write_utf8 (local.get 0) (local.get 1) (local.get 2)))
    (func (export "write16") (param i32 i32 i32) (result i32) (call $string_write_utf16 (local.get 0) (local.get 1) (local.get 2)))
    (func (export "text") (param i32 i32) (result i32) (call $string_from_utf8 (local.get 0) (local.get 1)))
    (func (export "number") (param i32 i32) (result i32) (call $array_get (local.get 0) (i32.const 0) (local.get 1)))
    (func (export "values") (param i32 i32) (result i32) (call $array_from (local.get 0) (local.get 1)))
    (func (export "fetch") (param i32) (result f64) (f64.load (local.get 0)))`,
    { contract: "export echo(text: str) -> str\nexport binary(b: bytes) -> bytes\nexport where(text: str) -> usize" });
  const { exports, host } = await instantiate(guest, { memory });
  assert.equal(exports.where("x"), base, "an address above 2^31 is positive");
  for (const text of ["hi", "héllo 🦀", "x".repeat(60000), "y".repeat(100000)]) assert.equal(exports.echo(text), text);
  assert.deepEqual(exports.binary(Uint8Array.of(1, 2, 3)), Uint8Array.of(1, 2, 3));
  const handle = host.handle("far away");
  const far = base + 0x4000000;
  assert.equal(exports.write(handle, far, 100), 8);
  const text = exports.text(far, 8);
  assert.equal(host.value(text), "far away");
  assert.equal(exports.write16(handle, far, 100), 8);
  const array = host.handle([1.25]);
  assert.equal(exports.number(array, far), 7);
  assert.equal(exports.fetch(far), 1.25);
  host.bytes(far, 32).set([...slot(7, base, 3), ...slot(10, text)]);
  host.bytes(base, 3).set([97, 98, 99]);
  const values = exports.values(far, 2);
  assert.deepEqual(host.value(values), ["abc", "far away"]);
  for (const one of [handle, array, values]) host.release(one);
  assert.equal(host.handles.live, 0);
});

test("a text of 64 MiB each way, ASCII and not, through hw_alloc", async () => {
  const guest = wat(`(memory (export "memory") 1) ${info()} (global $live (export "live") (mut i32) (i32.const 0))
    (func (export "hw_alloc") (param i32 i32) (result i32) (global.set $live (i32.add (global.get $live) (local.get 0)))
      (i32.shl (memory.grow (i32.shr_u (i32.add (local.get 0) (i32.const 65535)) (i32.const 16))) (i32.const 16)))
    (func (export "hw_free") (param i32 i32 i32) (global.set $live (i32.sub (global.get $live) (local.get 1))))
    (func (export "echo") (param i32 i32) (i32.store (i32.const 64) (i32.const 7)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))
    (func (export "binary") (param i32 i32) (i32.store (i32.const 64) (i32.const 9)) (i32.store (i32.const 72) (local.get 0)) (i32.store (i32.const 76) (local.get 1)))`,
    { contract: "export echo(text: str) -> str\nexport binary(b: bytes) -> bytes" });
  const { exports, raw, host } = await instantiate(guest);
  for (const text of ["x".repeat(64 * MiB), "é".repeat(32 * MiB)]) assert.ok(exports.echo(text) === text);
  const bytes = new Uint8Array(64 * MiB).fill(7);
  assert.ok(Buffer.compare(exports.binary(bytes), bytes) === 0);
  assert.equal(raw.live.value, 0, "every block went back");
  assert.equal(host.handles.live, 0);
});

test("a text longer than the engine's strings can be: string-too-long, and the host goes on", async () => {
  const pages = 600 * 16;
  const guest = wat(`(memory (export "memory") ${pages}) (func (export "read") (param i32) (result i32) (call $string_from_utf8 (i32.const 0) (local.get 0)))`);
  const { exports, host } = await instantiate(guest);
  /** @type {any} */
  let error;
  try {
    exports.read(600 * MiB);
  } catch (thrown) {
    error = thrown;
  }
  assert.equal(error?.cause?.code, "string-too-long");
  assert.match(error.cause.message, new RegExp(`${600 * MiB}`));
  assert.equal(host.handles.live, 0);
  const { exports: again } = await host.restart();
  assert.equal(host.value(again.read(3)), "\0\0\0");
});
