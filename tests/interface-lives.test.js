// @ts-check
// How implementors live and end: calls from destructors, during calls, detached; objects of the
// guest, freed or forgotten; a hundred thousand of each.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PanicError, WireError } from "../host-js/host.js";
import { root } from "../scripts/guests.js";
import { logger, settled, start } from "./interfaces/guest.js";
import { thrownBy } from "./support/guest.js";

test("edge: called from a destructor", async () => {
  const { exports, host } = await start();
  const one = logger();
  exports.last_words(one);
  assert.deepEqual([one.lines, one.disposed, host.handles.live], [["last words"], 1, 0]);
});

test("edge: freed while running: a method lets go of the object that it is called on", async () => {
  const { exports, host } = await start();
  const one = logger();
  one.log = (/** @type {string} */ text) => {
    one.lines.push(text);
    exports.set_current(undefined);
    assert.equal(one.disposed, 0, "the guest still holds it, for the calls that it is making");
  };
  exports.set_current(one);
  assert.equal(exports.use_current("x"), true);
  assert.deepEqual([one.lines, one.disposed, host.handles.live], [["x", "x"], 1, 0]);
  assert.equal(exports.use_current("x"), false);
});

test("edge: freed while running: a guest's implementor is freed by what it calls", async () => {
  const { exports, host } = await start();
  const memory = exports.new_memory();
  const breaking = logger();
  const tee = exports.tee(breaking, memory);
  breaking.log = () => tee.free();
  tee.log("kept to its end");
  assert.equal(memory.ask("lines"), "kept to its end");
  assert.equal(breaking.disposed, 1);
  const error = thrownBy(() => tee.log("again"));
  assert.ok(error instanceof WireError && !(error instanceof PanicError));
  assert.match(error.message, /^Logger\.log: dropped Logger/);
  memory.free();
  assert.deepEqual([exports.alive(), host.handles.live, host.dead], [0, 0, null]);
});

test("a method replaces the one in use, and is called again meanwhile", async () => {
  const { exports } = await start();
  const [first, second] = [logger(), logger()];
  first.log = (/** @type {string} */ text) => {
    first.lines.push(text);
    exports.set_current(second);
    if (first.lines.length === 1) exports.use_current(`nested ${text}`);
  };
  exports.set_current(first);
  exports.use_current("a");
  assert.deepEqual([first.lines, second.lines, first.disposed], [["a", "a"], ["nested a", "nested a"], 1]);
  exports.set_current();
  assert.equal(second.disposed, 2);
});

test("detached calls come when the guest has returned, in order, with a copy of their arguments; dispose comes behind them", async () => {
  const { exports, host } = await start();
  /** @type {string[]} */
  const order = [];
  const one = { log: (/** @type {string} */ text) => order.push(`log ${text}`), ask() {}, note: (/** @type {string} */ text) => order.push(text), dispose: () => order.push("dispose") };
  exports.notes(one, 3);
  assert.deepEqual(order, ["log noted"]);
  assert.equal(host.handles.live, 0, "the guest is done with it");
  exports.notes(one, 1);
  order.push("the caller goes on");
  await settled();
  assert.deepEqual(order, ["log noted", "log noted", "the caller goes on", "note 0", "note 1", "note 2", "dispose", "note 0", "dispose"]);
});

test("a detached call that calls the guest, which makes another: that comes behind all that waited", async () => {
  const { exports } = await start();
  /** @type {string[]} */
  const order = [];
  const one = logger();
  one.note = (/** @type {string} */ text) => {
    order.push(text);
    if (order.length === 1) exports.notes(one, 1);
    order.push("end");
  };
  exports.notes(one, 2);
  await settled();
  assert.deepEqual(order, ["note 0", "end", "note 1", "end", "note 0", "end"]);
});

test("what a detached method throws goes to onError, and the others are called all the same", async () => {
  /** @type {any[]} */
  const errors = [];
  const { exports, host } = await start({}, { onError: (error, where) => errors.push([error, where.interface, where.method]) });
  const one = logger();
  const notes = [() => { throw undefined; }, async () => { throw "later"; }, () => "kept", () => ({ get then() { throw "then"; } })];
  one.note = (/** @type {string} */ text) => {
    one.notes.push(text);
    return notes[one.notes.length - 1]?.();
  };
  one.dispose = () => { throw "disposed"; };
  exports.notes(one, 4);
  await settled();
  assert.equal(one.notes.length, 4);
  assert.deepEqual(errors.map(([error, ...where]) => [error, ...where].join()).sort(), [",Logger,note", "disposed,Logger,dispose", "later,Logger,note", "then,Logger,note"]);
  errors.length = 0;
  one.note = undefined;
  assert.match(thrownBy(() => exports.notes(one, 1)).message, /note is missing/);
  const lost = { ...logger(), note: () => {}, log() { this.note = /** @type {any} */ (5); } };
  exports.notes(lost, 1);
  await settled();
  assert.match(errors[0][0].message, /^Logger\.note is 5, no function by now/);
  assert.equal(host.dead, null);
});

test("without onError, or if that throws, it is an uncaught error: never silent", () => {
  for (const options of ["{}", '{ onError() { throw new Error("nobody") } }']) {
    const program = `
      import { logger, start } from "./tests/interfaces/guest.js";
      process.on("uncaughtException", (error) => console.log("uncaught", error.message));
      const { exports } = await start({}, ${options});
      exports.notes({ ...logger(), note() { throw new Error("nobody"); } }, 2);
      exports.ignore({ ...logger(), dispose() { throw new Error("nobody"); } });`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" });
    assert.deepEqual([stdout, stderr], ["uncaught nobody\n".repeat(3), ""]);
  }
});

test("detached calls are made though the guest died after them; what it held is not disposed of", async () => {
  const { exports, host } = await start();
  const [one, kept] = [logger(), logger()];
  exports.keep(kept);
  assert.match(thrownBy(() => exports.note_and_die(one)).message, /down$/);
  assert.deepEqual(one.notes, []);
  await settled();
  assert.deepEqual([one.notes, one.disposed, kept.disposed], [["going down"], 1, 0]);
  await host.restart();
  assert.equal(host.handles.live, 0);
});

test("objects of the guest: lists, options, one that passes on to two others; each is freed once", async () => {
  const { exports, host } = await start();
  const [first, second] = exports.memories(2);
  const third = exports.maybe_memory(true);
  assert.equal(exports.maybe_memory(false), undefined);
  assert.equal(exports.alive(), 3);
  const tee = exports.tee(first, second);
  tee.log("line");
  tee.note("noted");
  assert.equal(first.ask("lines"), "line");
  await settled();
  assert.deepEqual([first, second].map((one) => one.ask("lines")), ["line\nnoted", "line\nnoted"]);
  assert.notEqual(first, second);
  assert.equal(exports.one(first), first, "back from the guest, the very object");
  for (const one of [tee, first, first, second, third]) one.free();
  assert.deepEqual([exports.alive(), host.handles.live, host.instances.Logger], [0, 0, 0]);
});

test("a method of the guest's is refused on anything but its own object, with too many arguments, or wrong ones", async () => {
  const [a, b] = [await start(), await start()];
  const [mine, other] = [a.exports.new_memory(), b.exports.new_memory()];
  assert.match(thrownBy(() => mine.log.call({}, "x")).message, /^Logger\.log: this must be a Logger, got object/);
  assert.match(thrownBy(() => mine.log.call(undefined, "x")).message, /^Logger\.log: this must be a Logger/);
  assert.equal(thrownBy(() => mine.log.call(other, "x")).code, "wrong-instance");
  assert.equal(thrownBy(() => mine.log()).message, "Logger.log takes 1 arguments, got 0");
  assert.equal(thrownBy(() => mine.log("x", "y")).message, "Logger.log takes 1 arguments, got 2");
  assert.equal(thrownBy(() => mine.log(5)).message, "Logger.log: message must be a string, got 5");
  assert.throws(() => new mine.constructor(), TypeError);
  // An object of one instance is a fine implementor for another.
  b.exports.log_once(mine, "from b");
  assert.equal(mine.ask("lines"), "from b");
  mine.free();
  other.free();
});

test("100,000 implementors of each kind, made and freed: counts back to zero, memory flat", async () => {
  const { exports, host } = await start();
  const one = logger();
  one.log = () => {};
  const round = () => {
    exports.log_once(one, "x");
    exports.keep(one);
    exports.forget();
    const own = exports.new_memory();
    own.free();
    exports.one(one);
  };
  for (let i = 0; i < 200; i++) round();
  const pages = exports.pages();
  for (let i = 0; i < 100_000; i++) round();
  assert.equal(exports.pages(), pages);
  assert.equal(one.disposed, 200_400);
  assert.deepEqual([exports.alive(), host.handles.live, host.interfaces.Logger.size, host.instances.Logger], [0, 0, 0, 0]);
});

test("ten thousand kept at a time, on both sides", async () => {
  const { exports, host } = await start();
  const one = logger();
  for (let i = 0; i < 10_000; i++) exports.keep(one);
  const own = exports.memories(10_000);
  assert.deepEqual([host.interfaces.Logger.size, exports.alive()], [10_000, 10_000]);
  while (exports.forget());
  for (const memory of own) memory.free();
  assert.deepEqual([host.handles.live, exports.alive(), one.disposed], [0, 0, 10_000]);
});

test("objects of the guest that are forgotten are collected, and so are those that it dropped", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const { exports, host } = await start();
  for (let i = 0; i < 1000; i++) exports.new_memory().log("x");
  const dropped = (() => {
    const one = logger();
    exports.log_once(one, "x");
    return new WeakRef(one);
  })();
  const deadline = Date.now() + 20_000;
  while ((exports.alive() > 0 || dropped.deref()) && Date.now() < deadline) {
    await settled();
    gc();
  }
  assert.deepEqual([exports.alive(), host.handles.live, dropped.deref()], [0, 0, undefined]);
});

test("a dispose that throws when it is read, or is no function", async () => {
  /** @type {any[]} */
  const errors = [];
  const { exports, host } = await start({}, { onError: (error, where) => errors.push([error, where.method]) });
  exports.ignore({ ...logger(), dispose: 5 });
  exports.ignore({ ...logger(), dispose: undefined });
  assert.deepEqual(errors, []);
  exports.ignore(Object.defineProperty(logger(), "dispose", { get() { throw "read"; } }));
  assert.deepEqual(errors, [["read", "dispose"]]);
  assert.deepEqual([host.handles.live, host.dead], [0, null]);
});
