// @ts-check
// Life after death, and life beside it: a fresh instance in the same host, old handles and old
// exports, and hosts that don't meet.

import assert from "node:assert/strict";
import test from "node:test";
import { Host, PanicError, PoisonedError, WireError, instantiate } from "../host-js/host.js";
import { breach, load, thrownBy } from "./hostile/breach.js";
import { data, info, wat } from "./support/wat.js";

const bytes = wat(`(global $count (export "count") (mut i32) (i32.const 0))
  (func (export "bump") (result i32) (global.set $count (i32.add (global.get $count) (i32.const 1))) (global.get $count))
  (func (export "call") (param $f i32) (result i32)
    (drop (call $function_call (local.get $f) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64)))
    (global.set $count (i32.const 1000)) (i32.const 1))
  (func (export "kind") (param i32) (result i32) (call $value_kind (local.get 0)))
  (func (export "store") (i32.store (i32.const 128) (i32.const 7)))
  (func (export "load") (result i32) (i32.load (i32.const 128)))
  (func (export "seed") (result i32) (i32.load8_u (i32.const 256)))
  (func (export "trap") unreachable)
  ${data(256, [9])} ${info()}`);

test("restart: fresh memory, globals and data, the same host, and the old exports stay poisoned", async () => {
  const { exports, raw, host } = await instantiate(bytes);
  exports.store();
  exports.bump();
  raw.memory.grow(1);
  thrownBy(() => exports.trap());
  const again = await host.restart();
  assert.equal(again.host, host);
  assert.equal(host.dead, null);
  assert.notEqual(again.raw.memory, raw.memory);
  assert.equal(host.memory, again.raw.memory);
  assert.deepEqual([again.exports.load(), again.exports.bump(), again.exports.seed()], [0, 1, 9]);
  assert.equal(again.raw.memory.buffer.byteLength, 65536);
  assert.ok(thrownBy(() => exports.bump()) instanceof PoisonedError);
  assert.equal(host.exports, again.exports);
});

test("restart of an instance that lives: it is poisoned from then on", async () => {
  const { exports, host } = await instantiate(bytes);
  const waiting = host.restart();
  assert.ok(thrownBy(() => exports.bump()) instanceof PoisonedError, "from the call on, not only when the new one is there");
  assert.equal((await waiting).exports.bump(), 1);
});

test("a handle kept across restart() is stale, not reborn: for the new instance, for the host, twice over", async () => {
  const instance = load(bytes);
  const { host } = instance;
  const before = Array.from({ length: 50 }, (_, n) => host.handle({ n }));
  thrownBy(() => instance.exports.trap());
  let again = await host.restart();
  assert.equal(host.handles.live, 0);
  const after = Array.from({ length: 2000 }, (_, n) => host.handle({ n }));
  assert.equal(before.filter((handle) => after.includes(handle)).length, 0, "no number comes twice");
  for (const handle of before) assert.equal(thrownBy(() => host.value(handle)).code, "stale-handle");
  breach({ ...again, host }, "kind", [before[7]], "stale-handle", /./, "value_kind");
  again = await host.restart();
  assert.equal(thrownBy(() => host.value(after[0])).code, "stale-handle");
  assert.equal(again.exports.kind(host.handle({})), 9);
  assert.equal(host.handles.live, 1);
});

test("restart while frames of the dead instance are still on the stack: they never run on, and don't touch the new one", async () => {
  const { exports, raw, host } = await instantiate(bytes);
  /** @type {Promise<import("../host-js/core.js").Instance> | undefined} */
  let waiting;
  const f = host.handle(() => {
    try {
      exports.trap();
    } catch {
      waiting = host.restart();
    }
  });
  const error = thrownBy(() => exports.call(f));
  assert.ok(error instanceof PanicError);
  assert.equal(raw.count.value, 0, "the frame was cut off");
  const again = await /** @type {Promise<import("../host-js/core.js").Instance>} */ (waiting);
  assert.equal(again.exports.bump(), 1);
  assert.equal(host.dead, null);
  assert.equal(host.handles.live, 0);
});

test("restart of an instance that lives, out of its own call: the frame that waits is cut off", async () => {
  const { exports, raw, host } = await instantiate(bytes);
  let waiting;
  const f = host.handle(() => { waiting = host.restart(); });
  assert.ok(thrownBy(() => exports.call(f)) instanceof PanicError);
  assert.equal(raw.count.value, 0);
  const again = await /** @type {any} */ (waiting);
  assert.equal(again.exports.bump(), 1);
});

test("two restarts at a time: the later one wins, the earlier one says so", async () => {
  const { host } = await instantiate(bytes);
  const [first, second] = await Promise.allSettled([host.restart(), host.restart()]);
  assert.equal(first.status, "rejected");
  assert.ok(first.reason instanceof PoisonedError, String(first.reason));
  assert.ok(second.status === "fulfilled");
  assert.equal(second.value.exports.bump(), 1);
  assert.equal(host.exports, second.value.exports);
  assert.equal(host.dead, null);
});

test("restart with an imported memory: used again, filled with zeros, its data in place", async () => {
  const imported = wat(`(import "env" "anything" (memory 1 10))
    (func (export "store") (i32.store (i32.const 70000) (i32.const 7))) (func (export "load") (result i32) (i32.load (i32.const 70000)))
    (func (export "seed") (result i32) (i32.load8_u (i32.const 256))) (func (export "trap") unreachable) ${data(256, [9])}`);
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 10 });
  const { exports, host } = await instantiate(imported, { memory });
  exports.store();
  thrownBy(() => exports.trap());
  const again = await host.restart();
  assert.equal(host.memory, memory);
  assert.deepEqual([again.exports.load(), again.exports.seed()], [0, 9]);
});

test("restart with a shared memory that has grown: all of it is filled with zeros", async () => {
  const imported = wat(`(import "env" "memory" (memory 1 4 shared)) (func (export "trap") unreachable) (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))`);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
  const { exports, host } = await instantiate(imported, { memory });
  assert.equal(host.bytes(0, 4).length, 4);
  memory.grow(1);
  new Uint8Array(memory.buffer).fill(5);
  thrownBy(() => exports.trap());
  const again = await host.restart();
  assert.deepEqual([again.exports.load(0), again.exports.load(65536), again.exports.load(131068)], [0, 0, 0]);
});

test("restart keeps extras, global, env imports and debug mode", async () => {
  let calls = 0;
  const guest = wat(`(import "env" "f" (func $f)) (func (export "f") (call $f)) (func (export "forge") (param i32) (call $handle_release (local.get 0)))`);
  const { exports, host } = await instantiate(guest, { extras: { a: 1 }, global: { g: 1 }, debug: true, imports: { env: { f: () => void calls++ } } });
  exports.f();
  const again = await host.restart();
  again.exports.f();
  assert.equal(calls, 2);
  assert.deepEqual([host.value(5), host.value(6)], [{ g: 1 }, { a: 1 }]);
  const handle = host.handle({});
  again.exports.forge(handle);
  const error = thrownBy(() => again.exports.forge(handle));
  assert.match(error.cause.message, /stale-handle .*\nthe handle was released here:\n/);
});

test("two hosts side by side don't meet: handles, death, extras", async () => {
  const [a, b] = [await instantiate(bytes), await instantiate(bytes)];
  const handle = a.host.handle({ a: 1 });
  a.host.extras.mine = true;
  assert.equal(b.host.extras.mine, undefined);
  thrownBy(() => a.exports.trap());
  assert.equal(b.host.dead, null);
  assert.equal(b.exports.bump(), 1);
  assert.equal(b.host.handles.live, 0);
  assert.equal(a.host.handles.live, 1);
  breach(/** @type {any} */ (b), "kind", [handle], "forged-handle", /./, "value_kind");
});

test("an instance that calls another, which dies: the caller's frame gets the error as any host error", async () => {
  const dying = await instantiate(bytes);
  const { exports, host } = await instantiate(bytes);
  assert.equal(exports.call(host.handle(() => dying.exports.trap())), 1, "an operation's error is the guest's to see");
  assert.equal(host.dead, null);
  // Through an import of plain numbers it ends the caller too, with the other's death as cause.
  const through = wat(`(import "env" "f" (func $f)) (func (export "run") (call $f))`);
  const caller = await instantiate(through, { imports: { env: { f: () => dying.exports.bump() } } });
  const error = thrownBy(() => caller.exports.run());
  assert.ok(error instanceof PanicError && error.cause instanceof PoisonedError);
});

test("two copies of host.js on one page don't meet", async () => {
  const copy = /** @type {typeof import("../host-js/host.js")} */ (await import(`${new URL("../host-js/host.js", import.meta.url)}?copy`));
  assert.notEqual(copy.Host, Host);
  const [a, b] = [await instantiate(bytes), await copy.instantiate(bytes)];
  const handle = a.host.handle({});
  assert.equal(thrownBy(() => b.host.value(handle)).code, "forged-handle");
  thrownBy(() => b.exports.trap());
  assert.equal(a.exports.kind(handle), 9);
  assert.equal(a.exports.bump(), 1);
  const error = thrownBy(() => a.host.value(0));
  assert.ok(error instanceof WireError);
});
