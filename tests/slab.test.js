// @ts-check
// The slab: what a handle's number is made of, when an index is used again, how many there can
// be, and what debug mode adds. On the slab itself, and through wasm where guests see it.

import assert from "node:assert/strict";
import test from "node:test";
import { DebugSlab } from "../host-js/debug.js";
import { Slab } from "../host-js/slab.js";
import { breach, load, thrownBy } from "./hostile/breach.js";
import { everyOperation, wat } from "./support/wat.js";

const INDEX = 0x3fffff;
const MOST = 2 ** 22 - 8;
const index = (/** @type {number} */ handle) => handle & INDEX;
const generation = (/** @type {number} */ handle) => (handle >>> 22) & 1023;
const make = () => new Slab({ global: true }, { extras: true });

test("fixed values always come as their fixed handles, and as no other", () => {
  const global = {};
  const extras = {};
  const slab = new Slab(global, extras);
  [undefined, null, false, true, global, extras].forEach((value, i) => {
    assert.equal(slab.add(value), i + 1);
    assert.equal(slab.get(i + 1, "test"), value);
  });
  assert.equal(slab.live, 0);
  for (const value of [0, "", NaN, 0n, {}, []]) assert.ok(slab.add(value) >= 8, String(value));
});

test("without a global, handle 5 is undefined, and undefined is still handle 1", () => {
  const slab = new Slab(undefined, {});
  assert.equal(slab.get(5, "test"), undefined);
  assert.equal(slab.add(undefined), 1);
});

test("every handle has an owner of its own: the same value twice is two handles", () => {
  const slab = make();
  const value = {};
  const [a, b] = [slab.add(value), slab.add(value)];
  assert.notEqual(a, b);
  slab.release(a, "test");
  assert.equal(slab.get(b, "test"), value);
});

test("a clone is another handle of the same value, or the fixed one that this has; a number goes in without a look", () => {
  for (const Kind of [Slab, DebugSlab]) {
    const [global, extras] = [{}, {}];
    const slab = new Kind(global, extras);
    for (let fixed = 1; fixed <= 6; fixed++) assert.equal(slab.clone(fixed, "test"), fixed);
    // Without a global that is undefined, which has a handle of its own.
    assert.equal(new Kind(undefined, {}).clone(5, "test"), 1);
    for (const reserved of [0, 7]) assert.equal(thrownBy(() => slab.clone(reserved, "test")).code, "reserved-handle");
    const handles = [slab.add("text"), ...[0, -0, NaN, 1.5].map((number) => slab.put(number))];
    const clones = handles.map((handle) => slab.clone(handle, "test"));
    assert.equal(new Set([...handles, ...clones]).size, 10);
    assert.deepEqual(clones.map((handle) => slab.get(handle, "test")), ["text", 0, -0, NaN, 1.5]);
    assert.deepEqual([slab.live, slab.high], [10, 10]);
    for (const handle of handles) slab.release(handle, "test");
    assert.deepEqual(clones.map((handle) => slab.take(handle, "test")), ["text", 0, -0, NaN, 1.5]);
    assert.equal(slab.live, 0);
    const { code, message } = thrownBy(() => slab.clone(clones[1], "handle_clone"));
    assert.equal(code, "stale-handle");
    if (slab instanceof DebugSlab) assert.match(slab.stacks.get(clones[1]) ?? "", /^released here:\n[^]*slab\.test\.js/);
    assert.match(message, /handle_clone/);
  }
});

test("reuse: oldest first, and only when at least 1,024 others rest behind it", () => {
  const slab = make();
  const handles = Array.from({ length: 1500 }, () => slab.add({}));
  for (const handle of handles) slab.release(handle, "test");
  // 1,500 rest: the oldest 476 have 1,024 behind them, and are used again in the order of their release.
  const again = Array.from({ length: 477 }, () => slab.add({}));
  assert.deepEqual(again.slice(0, 476).map(index), handles.slice(0, 476).map(index));
  assert.ok(!handles.map(index).includes(index(again[476])), "the next has only 1,023 behind it: a new index instead");
  for (const handle of again.slice(0, 476)) assert.equal(generation(handle), 1);
});

test("reuse in another order of release", () => {
  const slab = make();
  const handles = Array.from({ length: 1100 }, () => slab.add({}));
  const order = [...handles].reverse();
  for (const handle of order) slab.release(handle, "test");
  assert.deepEqual(Array.from({ length: 76 }, () => index(slab.add({}))), order.slice(0, 76).map(index));
});

test("a released value is let go at once", () => {
  const slab = make();
  const handle = slab.add({ big: true });
  slab.release(handle, "test");
  assert.equal(slab.values[index(handle)], undefined);
});

test("generations wrap after 1,024: more than a million releases lie between two handles of one number", () => {
  const slab = make();
  const first = slab.add("first");
  slab.release(first, "test");
  let releases = 1;
  let handle = 0;
  for (; handle !== first; releases++) {
    handle = slab.add("other");
    slab.release(handle, "test");
    assert.ok(releases < 2_000_000);
  }
  assert.ok(releases > 2 ** 20, `${releases}`);
  assert.equal(slab.live, 0);
  assert.ok(slab.values.length <= 8 + 1025, "and no more indexes than have to rest were ever used");
});

test("a handle of any past generation is stale, and of any to come forged", () => {
  const slab = make();
  const handles = /** @type {number[]} */ ([]);
  for (let i = 0; i < 5 * 1025; i++) {
    const handle = slab.add(i);
    handles.push(handle);
    slab.release(handle, "test");
  }
  for (const handle of handles) assert.equal(thrownBy(() => slab.get(handle, "test")).code, "stale-handle");
  for (let ahead = 1; ahead < 400; ahead += 7) assert.equal(thrownBy(() => slab.get((handles[handles.length - 1] + (ahead << 22)) | 0, "test")).code, "forged-handle");
});

test("exhaustion: 4,194,296 handles live at a time; one more is handles-exhausted, and the slab goes on", () => {
  const slab = make();
  const first = slab.add(0);
  let last = first;
  for (let i = 1; i < MOST; i++) last = slab.add(i);
  assert.equal(slab.live, MOST);
  assert.equal(index(last), INDEX);
  for (let again = 0; again < 3; again++) {
    const error = thrownBy(() => slab.add("one more"));
    assert.equal(error.code, "handles-exhausted");
    assert.match(error.message, /4194296/);
  }
  assert.equal(slab.live, MOST, "nothing was counted that isn't there");
  assert.equal(slab.get(last, "test"), MOST - 1);
  assert.equal(slab.add(undefined), 1, "fixed values still cross");
  // Once as many are released as have to rest, there is room again; all of them can live again but those.
  let handle = first;
  for (let i = 0; i < 1025; i++) slab.release(handle++, "test");
  const reborn = slab.add("room");
  assert.equal(index(reborn), index(first));
  assert.equal(slab.get(reborn, "test"), "room");
  assert.equal(slab.high, MOST);
});

test("exhaustion through a guest: a breach that names it; the host, its slab and other instances go on", async () => {
  const bytes = wat(`(func (export "fill") (loop $again (drop (call $object_new)) (br $again))) (func (export "one") (result i32) (call $object_new))`);
  const instance = load(bytes);
  const neighbour = load(bytes);
  breach(instance, "fill", [], "handles-exhausted", /4194296/, "slab");
  assert.equal(instance.host.handles.live, MOST);
  assert.equal(neighbour.exports.one(), 8);
  const again = await instance.host.restart();
  assert.equal(instance.host.handles.live, 0, "the dead instance's handles are retired");
  assert.deepEqual(instance.host.value(again.exports.one()), {});
});

test("a million handle make/release cycles through wasm: nothing leaks, and few indexes are used", () => {
  const { exports, host } = load(wat(`(func (export "cycles") (param $n i32) (loop $again
    (call $handle_release (call $object_new))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))`));
  exports.cycles(1_000_000);
  assert.equal(host.handles.live, 0);
  assert.equal(host.handles.high, 1);
  assert.deepEqual(host.handles.list(), []);
});

test("a million handles made and released a thousand at a time, by clone, in both orders", () => {
  const { exports, host } = load(new WebAssembly.Module(everyOperation()));
  const kept = host.handle({});
  for (let round = 0; round < 1000; round++) {
    const handles = Array.from({ length: 1000 }, () => exports.handle_clone(kept));
    if (round % 2) handles.reverse();
    for (const handle of handles) exports.handle_release(handle);
  }
  assert.equal(host.handles.live, 1);
  assert.equal(host.handles.high, 1001);
});

test("counts: live, the most that lived at a time, by kind, and a list with every value", () => {
  const { host } = load(wat(""));
  const values = ["a", "b", 1, 2n, Symbol("s"), () => 1, {}, [], new Date(0), NaN];
  const handles = values.map((value) => host.handle(value));
  host.handle(null);
  host.handle(globalThis);
  assert.deepEqual({ ...host.handles, list: 0 }, { live: 10, high: 10, kinds: { string: 2, number: 2, bigint: 1, symbol: 1, function: 1, object: 3 }, list: 0 });
  assert.deepEqual(host.handles.list().map(({ handle, value }) => [handle, value]), handles.map((handle, i) => [handle, values[i]]));
  for (const handle of handles.slice(0, 9)) host.release(handle);
  assert.deepEqual([host.handles.live, host.handles.high, host.handles.kinds], [1, 10, { number: 1 }]);
});

// Debug mode.

test("debug mode: no number is given out twice, however often indexes come round", () => {
  const slab = new DebugSlab({}, {});
  const seen = new Set();
  const rounds = 1025 * 1024 + 5000;
  // Stacks cost most of the time, and are another test's matter.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (let i = 0; i < rounds; i++) {
      const handle = slab.add(i);
      seen.add(handle);
      slab.release(handle, "test");
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  assert.equal(seen.size, rounds);
  assert.equal(slab.live, 0);
});

test("debug mode: a list with the place where each was made, and errors with where it was made or released", () => {
  const instance = load(new WebAssembly.Module(everyOperation()), { debug: true });
  const { host } = instance;
  const handle = (function maker() {
    return host.handle({ mine: true });
  })();
  const [{ stack, value }] = host.handles.list();
  assert.deepEqual(value, { mine: true });
  assert.match(stack, /^made here:\n.*at maker.*slab\.test\.js/s);
  (function releaser() {
    host.release(handle);
  })();
  const cause = breach(instance, "value_kind", [handle], "stale-handle");
  assert.match(cause.message, /\nthe handle was released here:\n.*releaser.*slab\.test\.js/s);
});

test("without debug mode the list has no stacks", () => {
  const { host } = load(wat(""));
  host.handle({});
  assert.equal(host.handles.list()[0].stack, "");
});
