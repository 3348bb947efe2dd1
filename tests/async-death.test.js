// @ts-check
// A guest that dies while calls are under way: all of their promises reject at once, nothing is
// settled any more, and a death that no promise tells of goes to the embedder (`onError`), or is an exception that nobody caught.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { PanicError, PoisonedError } from "../host-js/host.js";
import { root } from "../scripts/guests.js";
import { settled, start, tick } from "./async/start.js";

const never = new Promise(() => {});
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);

test("a panic after a wait: this call and all others under way reject with the PanicError", async () => {
  const { exports, host } = await start();
  const others = [exports.wait(never), exports.guarded("g", never, () => assert.fail("guest code ran"))];
  const { promise, resolve } = settled();
  const dying = exports.explode(promise);
  resolve(1);
  const error = await thrownBy(dying);
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /exploded after a wait/);
  for (const other of others) assert.equal(await thrownBy(other), error);
  assert.equal(host.dead, error);
  assert.equal(host.tasks, 0);
  assert.ok((await thrownBy(exports.ready(1))) instanceof PoisonedError);
  await tick();
});

test("a panic at the first poll rejects, and does not throw", async () => {
  const { exports } = await start();
  const other = exports.wait(never);
  const promise = exports.explode_now();
  const error = await thrownBy(promise);
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /^explode_now: panic .*exploded at once/);
  assert.equal(await thrownBy(other), error);
  await tick();
});

test("a panic of a sync export rejects what is under way", async () => {
  const { exports } = await start();
  const promise = exports.wait(never);
  assert.throws(() => exports.die(), PanicError);
  assert.ok((await thrownBy(promise)) instanceof PanicError);
  await tick();
});

test("settles after the instance died: nothing happens", async () => {
  const { exports } = await start();
  const late = settled();
  const promise = exports.wait(late.promise);
  assert.throws(() => exports.die(), PanicError);
  late.resolve("too late");
  assert.ok((await thrownBy(promise)) instanceof PanicError);
  await tick();
});

test("async imports under way are aborted when the instance dies", async () => {
  /** @type {AbortSignal | undefined} */
  let seen;
  const { exports } = await start({ app: { ask_with(/** @type {string} */ _, /** @type {any} */ { signal }) { seen = signal; return never; } } });
  const promise = exports.guarded_ask("q", () => {});
  assert.throws(() => exports.die(), PanicError);
  assert.ok((await thrownBy(promise)) instanceof PanicError);
  await tick();
  assert.equal(seen?.aborted, true);
  await tick();
});

test("an async import whose function kills the instance", async () => {
  const instance = await start({ app: { ask_with() { try { instance.exports.die(); } catch { /* swallowed by the embedder */ } return "answer"; } } });
  const error = await thrownBy(instance.exports.guarded_ask("q", () => {}));
  assert.ok(error instanceof PanicError);
  await tick();
});

test("an import without Result whose promise is rejected is a panic, with the reason's text", async () => {
  const { exports } = await start({ app: { value: () => Promise.reject(new Error("no value")) } });
  const error = await thrownBy(exports.typed_value());
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /the promise of app\.value was rejected: no value/);
  await tick();
});

test("a destructor that panics in an abort: the promise rejects with the death", async () => {
  const { exports, host } = await start();
  const abort = new AbortController();
  const promise = exports.explode_when_dropped(never, { signal: abort.signal });
  abort.abort("reason");
  const error = await thrownBy(promise);
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /exploded when dropped/);
  assert.equal(host.dead, error);
  await tick();
});

test("unhandled rejections are counted: a call that nobody looks at is one, a task that dies beside no call is one, and there is no other", () => {
  const { stdout, stderr } = spawnSync(process.execPath, [`${root}tests/async/unhandled.js`], { encoding: "utf8" });
  assert.equal(stderr, "");
  assert.deepEqual(JSON.parse(stdout), {
    "a rejected call": ["nobody looks"],
    "a wrong argument": ['TypeError: ready: n must be a number, got "no number"'],
    "a call that is aborted": ["why"],
    "a task that dies": ["the death"],
    "a task that dies beside a call": [],
    "a promise that rejects after its future is gone": [],
  });
});

test("a task that dies beside all calls, in its first turn or after a wait: onError is told, unless a promise tells", async () => {
  for (const [die, message] of /** @type {[(exports: any) => void, RegExp][]} */ ([
    [(exports) => exports.detach_death(), /^hw_run: panic .*nobody waits for this/s],
    [(exports) => exports.detach_death_later(Promise.resolve()), /^hw_settle: panic .*nobody waits for this, later/s],
  ])) {
    /** @type {any[]} */
    const told = [];
    const onError = (/** @type {unknown} */ error, /** @type {unknown} */ where) => void told.push([error, where]);
    const { exports, host } = await start({}, { onError });
    die(exports);
    await tick();
    assert.ok(host.dead instanceof PanicError);
    assert.match(host.dead.message, message);
    assert.deepEqual(told, [[host.dead, { interface: "task", method: "run" }]]);

    const beside = await start({}, { onError });
    const error = thrownBy(beside.exports.wait(never));
    die(beside.exports);
    assert.equal(await error, beside.host.dead);
    await tick();
    assert.equal(told.length, 1);
  }
});

test("restart: calls under way reject, and the new instance is its own", async () => {
  const { exports, host } = await start();
  const late = settled();
  const promise = exports.wait(late.promise);
  const error = thrownBy(promise);
  const again = await host.restart();
  assert.ok((await error) instanceof PanicError);
  late.resolve(1);
  assert.equal(await again.exports.wait(Promise.resolve(2)), 2);
  assert.ok((await thrownBy(exports.ready(1))) instanceof PoisonedError);
  assert.deepEqual([host.handles.live, host.tasks], [0, 0]);
  await tick();
});
