// @ts-check
// Handles in great number: made, dropped, and used when they should not be.

import assert from "node:assert/strict";
import test from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, host } = guest;

/** The breach that ends a fresh instance. @param {(exports: Record<string, any>) => unknown} act @param {import("../host-js/core.js").Options} [options] */
async function breach(act, options) {
  const { exports, host } = await startGuest(options);
  const error = thrownBy(() => act(exports));
  assert.equal(error.name, "PanicError");
  assert.equal(host.dead, error);
  assert.throws(() => exports.alive(), { name: "PoisonedError" });
  return error.cause;
}

test("a million make and drop cycles", () => {
  exports.leak_cycles(1_000_000);
  assert.equal(host.handles.live, 0);
  assert.ok(host.handles.high <= 2, String(host.handles.high));
});

test("a million in one go, all different, and all given back", () => {
  assert.equal(exports.leak_high(1_000_000), 1_000_000);
  assert.equal(host.handles.live, 0);
  assert.equal(host.handles.high, 1_000_000);
});

test("a million again takes no more indexes and no more memory", () => {
  const pages = exports.alloc_pages();
  assert.equal(exports.leak_high(1_000_000), 1_000_000);
  assert.equal(host.handles.high, 1_000_000);
  assert.equal(exports.alloc_pages(), pages);
});

test("a hundred thousand objects with properties", () => {
  exports.leak_objects(100_000);
  assert.equal(host.handles.live, 0);
});

test("a million calls with a value each way", () => {
  const value = {};
  for (let i = 0; i < 1_000_000; i++) if (exports.value_echo(value) !== value) assert.fail(String(i));
  assert.equal(host.handles.live, 0);
});

test("more handles than there are numbers: handles-exhausted", async () => {
  const cause = await breach((exports) => exports.leak_high(4_194_297));
  assert.equal(cause.code, "handles-exhausted");
  assert.match(cause.message, /^\w+: handles-exhausted 4194296: more handles are alive than there are numbers/);
});

test("as many handles as there are numbers", async () => {
  const { exports, host } = await startGuest();
  assert.equal(exports.leak_high(4_194_296), 4_194_296);
  assert.equal(host.handles.live, 0);
  assert.equal(exports.alive(), "yes");
});

test("a value after its release is stale", async () => {
  const cause = await breach((exports) => exports.leak_stale({}));
  assert.equal(cause.code, "stale-handle");
  assert.match(cause.message, /^value_truthy: stale-handle \d+: this handle was released/);
});

test("a value released twice is an error, never a second owner", async () => {
  const cause = await breach((exports) => exports.leak_twice({}));
  assert.match(cause.message, /^handle_release: stale-handle \d+: this handle was released/);
});

test("forged, out of range, reserved", async () => {
  for (const [handle, code] of /** @type {const} */ ([[0, "reserved-handle"], [7, "reserved-handle"], [8, "forged-handle"], [4_000, "forged-handle"], [0x3fffff, "forged-handle"], [0x400001, "forged-handle"], [0x7fffffff, "forged-handle"], [0x80000000, "forged-handle"], [0xffffffff, "forged-handle"]])) {
    const cause = await breach((exports) => exports.leak_forged(handle));
    assert.equal(cause.code, code, String(handle));
    assert.match(cause.message, new RegExp(`^value_truthy: ${code} ${handle | 0}: `));
  }
});

test("a fixed handle is never released", async () => {
  for (const handle of [0, 1, 2, 3, 4, 5, 6, 7]) assert.equal((await breach((exports) => exports.leak_release(handle))).code, "reserved-handle");
});

test("an old handle stays stale when its index is used again", async () => {
  const cause = await breach((exports) => {
    const index = exports.keep({});
    const handle = exports.kept_handle(index);
    exports.kept_drop(index);
    exports.leak_cycles(100_000);
    exports.leak_forged(handle);
  });
  assert.equal(cause.code, "stale-handle");
});

test("a borrowed value ends with its call", async () => {
  const cause = await breach((exports) => {
    let handle = 0;
    const index = exports.keep({});
    exports.function_call(() => { handle = exports.kept_handle(index); }, undefined, []);
    exports.kept_drop(index);
    exports.leak_forged(handle);
  });
  assert.equal(cause.code, "stale-handle");
});

test("debug: a number is never given out twice, and a breach tells where the handle was made and released", async () => {
  const cause = await breach((exports) => exports.leak_stale({}), { debug: true });
  assert.match(cause.message, /\nthe handle was released here:\n[^]*leaks\.test\.js/);
  const { exports, host } = await startGuest({ debug: true });
  const index = exports.keep({});
  assert.match(host.handles.list()[0].stack, /^made here:\n[^]*leaks\.test\.js/);
  exports.kept_drop(index);
  assert.equal(host.handles.live, 0);
});

test("what the guest holds is not collected, and what it dropped is", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  /** What was looked at stays until the end of a turn. */
  const turn = () => new Promise((done) => setTimeout(done));
  const [ref, index] = (() => {
    const object = {};
    return /** @type {const} */ ([new WeakRef(object), exports.keep(object)]);
  })();
  await turn();
  collect();
  assert.notEqual(ref.deref(), undefined);
  exports.kept_drop(index);
  await turn();
  collect();
  assert.equal(ref.deref(), undefined);
});

leavesNothing(guest, () => {
  exports.leak_cycles(10);
  exports.leak_clones({}, 10);
  exports.leak_objects(3);
});
