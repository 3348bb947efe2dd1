// @ts-check
// handwire-web's timers and listeners in Node: what is dropped is called no more, what is
// forgotten goes on, what ends in its own call ends well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { async_ } from "../host-js/async.js";
import { compile } from "../host-js/compile.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";

const { exports, host } = await instantiate(readFileSync(wasmPath("test-web")), { with: [async_, compile] });

/** A function that keeps what it is told. */
function teller() {
  /** @type {string[]} */
  const told = [];
  return { told, tell: (/** @type {string} */ what) => void told.push(what) };
}

/** Ends what an export has begun, and its closure with it. @param {any} end */
function finish(end) {
  end();
  end.free();
}

/** @param {() => boolean} is */
async function until(is) {
  for (let i = 0; !is(); i++) {
    assert.ok(i < 1000, "it took too long");
    await sleep(5);
  }
}

test("after: once, after its time", async () => {
  const { told, tell } = teller();
  const end = exports.after(20, tell);
  assert.deepEqual(told, []);
  await until(() => told.length > 0);
  await sleep(30);
  assert.deepEqual(told, ["after"]);
  finish(end);
});

test("every: again and again, until it is dropped", async () => {
  const { told, tell } = teller();
  const end = exports.every(5, tell);
  await until(() => told.length >= 3);
  finish(end);
  const { length } = told;
  await sleep(30);
  assert.equal(told.length, length);
});

test("what is dropped before its time is never called, and keeps no process up", async () => {
  const { told, tell } = teller();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  finish(exports.after(60_000, tell));
  finish(exports.every(60_000, tell));
  exports.dropped_at_once(tell);
  assert.equal(timers(), before);
  await sleep(20);
  assert.deepEqual(told, []);
});

test("what is forgotten goes on", async () => {
  const { told, tell } = teller();
  exports.after_forgotten(5, tell);
  await until(() => told.length > 0);
  assert.deepEqual(told, ["after"]);
});

test("a timer that drops itself in its own call", async () => {
  const { told, tell } = teller();
  exports.times(1, 3, tell);
  await until(() => told.length >= 3);
  await sleep(20);
  assert.deepEqual(told, ["time", "time", "time"]);
});

test("a listener: each event of its kind, until it is dropped", () => {
  const { told, tell } = teller();
  const target = new EventTarget();
  const end = exports.listen(target, "ping", tell);
  const event = new Event("ping", { cancelable: true });
  target.dispatchEvent(event);
  target.dispatchEvent(new Event("pong"));
  target.dispatchEvent(new Event("ping"));
  assert.equal(event.defaultPrevented, true);
  assert.deepEqual(told, ["ping 1", "ping 2"]);
  finish(end);
  target.dispatchEvent(new Event("ping"));
  assert.deepEqual(told, ["ping 1", "ping 2"]);
});

test("an async listener: its calls run beside each other, and go on when it is dropped", async () => {
  const { told, tell } = teller();
  const target = new EventTarget();
  const end = exports.listen_async(target, tell);
  for (let i = 0; i < 3; i++) target.dispatchEvent(new Event("ping"));
  assert.deepEqual(told, ["ping 1", "ping 2", "ping 3"]);
  finish(end);
  target.dispatchEvent(new Event("ping"));
  await until(() => told.length === 6);
  assert.deepEqual(told.slice(3), ["end 3", "end 2", "end 1"]);
  await until(() => host.tasks === 0);
});

test("a listener that drops itself in its own call, and one that is forgotten", () => {
  const { told, tell } = teller();
  const target = new EventTarget();
  exports.listen_once(target, tell);
  exports.listen_forgotten(target, tell);
  for (let i = 0; i < 2; i++) target.dispatchEvent(new Event("ping"));
  assert.deepEqual(told, ["once", "ping", "ping"]);
});

test("what has no events is a panic in the platform's words", async () => {
  const { exports: dying } = await instantiate(readFileSync(wasmPath("test-web")), { with: [async_, compile] });
  assert.throws(() => dying.listen({}, "ping", () => {}), /addEventListener is not a function/);
});

test("the next event, and an abort that takes the listener away", async () => {
  const target = new EventTarget();
  const keydown = (/** @type {string} */ key) => target.dispatchEvent(Object.assign(new Event("keydown"), { key }));
  const next = exports.next_key(target);
  keydown("a");
  keydown("b");
  assert.equal(await next, "a");
  const controller = new AbortController();
  const never = exports.next_key(target, { signal: controller.signal });
  controller.abort("enough");
  await assert.rejects(never, (reason) => reason === "enough");
  keydown("c");
  assert.equal(host.tasks, 0);
});

test("nothing is left but what was forgotten with a target that is gone", () => {
  assert.equal(host.dead, null);
  // The function of the forgotten listener, and what it tells.
  assert.ok(host.handles.live <= 1, JSON.stringify(host.handles.list().map(({ value }) => String(value))));
});
