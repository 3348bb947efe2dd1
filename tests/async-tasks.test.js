// @ts-check
// Tasks beside the calls: spawned, aborted, detached; the order in which all of them run, and the
// combinators of futures-util and futures-lite.

import assert from "node:assert/strict";
import test from "node:test";
import { settled, start, tick } from "./async/start.js";

const { exports, host } = await start();
const never = new Promise(() => {});
const nothingLeft = () => assert.deepEqual([host.handles.live, host.tasks], [0, 0]);

/** A function that keeps what it is told. */
function logger() {
  /** @type {string[]} */
  const lines = [];
  return { lines, log: (/** @type {string} */ line) => void lines.push(line) };
}

test("wake during poll, twice at a time: each wakes it once more", async () => {
  for (const n of [0, 1, 2, 100]) assert.equal(await exports.yields(n), n);
  nothingLeft();
});

test("fair: a task that is always ready runs once a turn, and other promises have theirs in between", async () => {
  const { lines, log } = logger();
  const first = exports.turns(3, (/** @type {string} */ line) => log(`a ${line}`));
  const second = exports.turns(3, (/** @type {string} */ line) => log(`b ${line}`));
  const other = (async () => {
    for (let i = 0; i < 6; i++) await log(`other ${i}`);
  })();
  await Promise.all([first, second, other]);
  const at = (/** @type {string} */ line) => lines.indexOf(line);
  assert.deepEqual(lines.filter((line) => !line.startsWith("other")), ["a turn 0", "b turn 0", "a turn 1", "b turn 1", "a turn 2", "b turn 2"]);
  assert.ok(at("other 1") > at("b turn 0") && at("other 1") < at("a turn 2"), lines.join(", "));
  nothingLeft();
});

test("nothing to do asks for nothing: no turn while a promise is awaited", async () => {
  let turns = 0;
  const { exports, raw } = await start({}, { trace: undefined });
  const { hw_run } = raw;
  assert.equal(typeof hw_run, "function");
  const { trace } = await import("../host-js/trace.js");
  const traced = await start({}, { with: [trace], trace: ({ name, step }) => (turns += Number(name === "task_wake" && step === "call")) });
  await traced.exports.wait(new Promise((resolve) => setTimeout(resolve, 20, 1)));
  assert.equal(turns, 0);
  await traced.exports.yields(3);
  assert.equal(turns, 3, "one for each time that it was woken while it ran");
  await exports.ready(1);
});

test("spawn inside spawn, each awaited by the other", async () => {
  const { promise, resolve } = settled();
  const result = exports.spawned(promise);
  await tick();
  assert.equal(host.tasks, 3);
  resolve(undefined);
  assert.equal(await result, 42);
  nothingLeft();
});

test("a sync export leaves tasks behind, which run in their order once it has returned", async () => {
  const { lines, log } = logger();
  exports.detach(log, 5);
  assert.deepEqual(lines, []);
  assert.equal(host.tasks, 5);
  await tick();
  assert.deepEqual(lines, ["0", "1", "2", "3", "4"]);
  nothingLeft();
});

test("a detached task awaits a promise", async () => {
  const { lines, log } = logger();
  const { promise, resolve } = settled();
  exports.detach_wait(promise, log);
  await tick();
  assert.equal(host.tasks, 1);
  resolve(5);
  await tick();
  assert.deepEqual(lines, ["5.0", "dropped"]);
  nothingLeft();
});

test("JoinHandle::abort: before it began, while it waits, twice, once it is over", async () => {
  const { lines, log } = logger();
  assert.equal(await exports.aborts(log, never), "[true, true, false, true, true, true]");
  assert.deepEqual(lines, ["before", "during"]);
  nothingLeft();
});

test("a task that aborts itself goes on until it waits, and is gone then", async () => {
  const { lines, log } = logger();
  assert.equal(await exports.aborts_itself(log), true);
  assert.deepEqual(lines, ["goes on until it waits", "gone"]);
  nothingLeft();
});

test("a task whose handle is dropped goes on", async () => {
  const { lines, log } = logger();
  await exports.handle_dropped(log);
  await tick();
  assert.deepEqual(lines, ["went on"]);
  nothingLeft();
});

test("a task is aborted from a sync export, from a destructor, from the function that it awaits", async () => {
  const { lines, log } = logger();
  exports.keep(never, log);
  await tick();
  assert.equal(exports.abort_kept(), true);
  assert.deepEqual(lines, ["kept"]);
  exports.abort_kept();
  exports.keep({ then: () => exports.abort_kept() }, log);
  await tick();
  await tick();
  assert.deepEqual(lines, ["kept", "kept"]);
  assert.equal(host.tasks, 0);
});

test("join of futures-util, or of futures-lite: a timeout, and the promise that never settles is let go", async () => {
  assert.equal(await exports.combined(Promise.resolve(1), new Promise((resolve) => setTimeout(resolve, 2, 2)), never), 3.5);
  nothingLeft();
});

test("wakers that are not the executor's: join_all, FuturesUnordered", async () => {
  const later = Array.from({ length: 100 }, (_, i) => new Promise((resolve) => setTimeout(resolve, (i * 7) % 13, i)));
  assert.deepEqual(await exports.all(later), Array.from({ length: 100 }, (_, i) => i));
  const some = [settled(), settled(), settled()];
  const order = exports.as_they_come(some.map(({ promise }) => promise));
  for (const i of [2, 0, 1]) {
    some[i].resolve(i);
    await tick();
  }
  assert.deepEqual(await order, [2, 0, 1]);
  nothingLeft();
});
