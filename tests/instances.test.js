// @ts-check
// How long instances live: freed, forgotten, dropped while they are used, outlived by nothing.
// What is forgotten is collected by a Node that can be told to: the tests of that run in one.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { instantiate } from "../host-js/host.js";
import { line, trace } from "../host-js/trace.js";
import { root, wasmPath } from "../scripts/guests.js";
import { facades } from "./classes/facades.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-classes")));
const imports = { app: { take: () => 0, give() {}, give_or_throw() {}, maybe() {}, all() {} } };
/** @param {import("../host-js/core.js").Options} [options] @returns {Promise<{ exports: Record<string, any>, raw: Record<string, any>, host: import("../host-js/host.js").Host }>} */
const start = (options) => instantiate(module, { imports, ...options, with: [async_, ...(options?.with ?? [])] });

for (const [way, options] of facades)
  test(`${way}: 100,000 instances made and freed: nothing is held on either side, and the heap is flat`, async () => {
    const { exports, host } = await start(options);
    const { Counter, Node } = exports;
    const round = (/** @type {number} */ i) => {
      const counter = new Counter(i);
      counter.add(1);
      const [moved] = exports.all([exports.echo(counter)]);
      if (i % 2) moved.free();
      else moved.into_value();
      const node = new Node("n");
      node.add(node);
      node.clear();
      node.free();
      exports.opaque_end(exports.opaque_state(i));
    };
    for (let i = 0; i < 100; i++) round(i);
    const before = host.memory?.buffer.byteLength;
    for (let i = 0; i < 100_000 / 4; i++) round(i);
    const many = Array.from({ length: 10_000 }, (_, i) => new Counter(i));
    assert.deepEqual([host.instances.Counter, exports.held()], [10_000, 10_000]);
    for (const counter of many) counter.free();
    assert.deepEqual(host.instances, { Counter: 0, Node: 0, Nest: 0, Echo: 0, opaque: 0 });
    assert.deepEqual([exports.held(), exports.counters_alive(), host.handles.live], [0, 0, 0]);
    for (let i = 0; i < 1000; i++) round(i);
    // The pool has grown once, for those that lived at a time.
    assert.ok(Number(host.memory?.buffer.byteLength) - Number(before) <= 2 ** 21);
  });

test("Symbol.dispose ends an instance, and using a block does, where there is one", async () => {
  const { exports, host } = await start();
  const dispose = /** @type {any} */ (Symbol).dispose;
  assert.equal(typeof dispose, "symbol", "this Node has it");
  const counter = new exports.Counter(1);
  counter[dispose]();
  assert.equal(thrownBy(() => counter.value()).code, "dropped");
  counter[dispose]();
  assert.equal(host.instances.Counter, 0);
});

test("free() while a call uses it: the value lives until that returns, and its destructor runs then", async () => {
  const { exports, host } = await start();
  for (const end of [(/** @type {any} */ counter) => counter.free()]) {
    const counter = new exports.Counter(7);
    /** @type {any[]} */
    const seen = [];
    counter.farewell = (/** @type {number} */ count) => seen.push(`dropped at ${count}`);
    counter.change(() => {
      end(counter);
      seen.push(exports.counters_alive(), thrownBy(() => counter.value()).code);
    });
    assert.deepEqual(seen, [1, "dropped", "dropped at 9"]);
    assert.deepEqual([exports.counters_alive(), exports.held(), host.instances.Counter], [0, 0, 0]);
    assert.equal(counter.look, exports.Counter.prototype.look);
  }
  assert.equal(host.handles.live, 0);
});

for (const [way, options] of facades)
  test(`${way}: an instance that a getter of another argument ends is not used, whatever has its place by then`, async () => {
    const { exports, host } = await start(options);
    const { Counter } = exports;
    for (const [end, code] of /** @type {[(counter: any) => void, string][]} */ ([[(counter) => counter.free(), "dropped"], [(counter) => counter.into_value(), "moved"]]))
      for (const use of [(/** @type {any} */ counter, /** @type {any} */ label) => exports.labelled(counter, label), (/** @type {any} */ counter, /** @type {any} */ label) => counter.labelled(label), (/** @type {any} */ counter, /** @type {any} */ label) => exports.labelled_later(counter, label)]) {
        const counter = new Counter(1);
        /** @type {any[]} */
        const others = [];
        const label = {
          get name() {
            end(counter);
            // Enough that the guest gives the same number again, if it ever does.
            for (let i = 0; i < 1000; i++) others.push(new Counter(100));
            return "x";
          },
        };
        await assert.rejects(async () => use(counter, label), { code });
        assert.equal(others.length, 1000);
        for (const other of others) other.free();
      }
    assert.deepEqual([host.instances.Counter, exports.counters_alive(), exports.held(), host.handles.live], [0, 0, 0, 0]);
  });

test("a finaliser that runs during a borrow ends nothing that is used", async () => {
  const { exports, raw, host } = await start();
  // What the engine calls for an instance that was forgotten, at a time that it would not choose.
  const ids = new Set();
  const { hw_drop } = raw;
  const counter = new exports.Counter(1);
  host.guest.raw = { ...raw, hw_drop: (/** @type {number} */ id) => (ids.add(id), hw_drop(id)) };
  counter.free();
  const [id] = ids;
  const next = exports.Counter.parse("5");
  assert.notEqual(id, 0);
  assert.equal(next.look((/** @type {number} */ count) => (hw_drop(id), count)), 5, "an id that has ended stays so");
  hw_drop(id);
  assert.equal(next.into_value(), 5);
  assert.equal(exports.held(), 0);
});

test("a destructor that calls back, on free and at the end of a consuming call", async () => {
  const { exports, host } = await start();
  const { Counter } = exports;
  /** @type {any[]} */
  const seen = [];
  const other = new Counter(100);
  for (const end of [(/** @type {any} */ c) => c.free(), (/** @type {any} */ c) => c.into_value(), (/** @type {any} */ c) => exports.tried(c, true)]) {
    const counter = new Counter(3);
    counter.farewell = (/** @type {number} */ count) => seen.push(count, other.add(1), new Counter(1).into_value());
    try {
      end(counter);
    } catch (error) {
      seen.push(String(error));
    }
  }
  assert.deepEqual(seen, [3, 101, 1, 3, 102, 1, 3, 103, 1, "Error: told to fail"]);
  other.free();
  assert.deepEqual([exports.held(), host.handles.live], [0, 0]);
});

test("after the instance died, free and the finaliser are nothing", async () => {
  const { exports, host } = await start();
  const counters = [new exports.Counter(1), new exports.Counter(2)];
  assert.throws(() => counters[0].break_down());
  for (const counter of counters) counter.free();
  assert.equal(host.instances.Counter, 0);
  assert.equal(thrownBy(() => counters[1].value()).code, "poisoned");
});

test("two hosts count on their own", async () => {
  const [a, b] = [await start(), await start()];
  const counter = new a.exports.Counter(1);
  assert.deepEqual([a.host.instances.Counter, b.host.instances.Counter, a.exports.held(), b.exports.held()], [1, 0, 1, 0]);
  counter.free();
});

test("methods, accessors and constructors are traced, with the instance first", async () => {
  /** @type {string[]} */
  const lines = [];
  const { exports } = await start({ with: [trace], trace: (crossing) => crossing.side === "export" && lines.push(line(crossing)) });
  const counter = new exports.Counter(1);
  counter.add(2);
  counter.count = counter.count + 1;
  exports.Counter.fromPair(1, 2).free();
  counter.free();
  assert.ok(counter instanceof exports.Counter);
  assert.deepEqual(lines.filter((text) => text.startsWith("→")), [
    "→ new Counter(1)", "→ Counter.add(object, 2)", "→ Counter.count(object)", "→ Counter.count(object, 4)", "→ Counter.fromPair(1, 2)",
  ]);
});

/** Runs in a Node that collects when it is told to. @param {string} body @returns {any} what it printed as JSON */
function collecting(body) {
  const program = `
    import { readFileSync } from "node:fs";
    import { async_ } from ${JSON.stringify(`${root}host-js/async.js`)};
    import { instantiate } from ${JSON.stringify(`${root}host-js/host.js`)};
    const imports = { app: { take: () => 0, give() {}, give_or_throw() {}, maybe() {}, all() {} } };
    const { exports, raw, host } = await instantiate(readFileSync(${JSON.stringify(wasmPath("test-classes"))}), { imports, with: [async_] });
    /** Collects until something holds, or two hundred times. */
    const until = async (holds) => {
      for (let i = 0; i < 200 && !holds(); i++) {
        gc();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    };
    ${body}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", program], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

test("forgotten instances are collected, and what is held by others isn't", () => {
  assert.deepEqual(collecting(`
    const kept = new exports.Counter(1);
    const parent = new exports.Node("parent");
    (() => {
      for (let i = 0; i < 1000; i++) new exports.Counter(i);
      for (let i = 0; i < 100; i++) exports.opaque_state(i);
      parent.add(new exports.Node("child"));
      new exports.Counter(1).into_value();
      new exports.Counter(1).free();
    })();
    await until(() => exports.held() === 2);
    const child = parent.child(0).name;
    console.log(JSON.stringify([exports.held() <= 3, exports.counters_alive(), host.instances.opaque, host.instances.Counter, kept.value(), child]));`),
  [true, 1, 0, 1, 1, "child"]);
});

test("what an instance holds is collected with it, and a call that was refused keeps it", () => {
  assert.deepEqual(collecting(`
    let said = "";
    (() => {
      const counter = new exports.Counter(2);
      counter.farewell = (count) => { said += count; };
      try { exports.two_taken(counter, counter); } catch (error) { said += error.code + " "; }
    })();
    await until(() => exports.held() === 0);
    console.log(JSON.stringify([exports.held(), said, host.handles.live, host.instances.Counter]));`),
  [0, "moved 2", 0, 0]);
});

test("a finaliser after the instance's death touches no guest code, and one that dies kills the instance alone", () => {
  assert.deepEqual(collecting(`
    (() => { for (let i = 0; i < 100; i++) new exports.Counter(i); })();
    (() => { try { new exports.Counter(1).break_down(); } catch {} })();
    // The one that broke is kept by the stack of its error.
    await until(() => host.instances.Counter <= 1);
    console.log(JSON.stringify([host.instances.Counter <= 1, host.dead.code]));`),
  [true, "panic"]);
  assert.deepEqual(collecting(`
    (() => { new exports.Counter(1); })();
    host.guest.raw = { ...raw, hw_drop() { throw new Error("in a destructor"); } };
    const uncaught = [];
    process.on("uncaughtException", (error) => uncaught.push(error.message));
    await until(() => host.dead !== null);
    await until(() => uncaught.length > 0);
    let code = "";
    try { new exports.Counter(1); } catch (error) { code = error.code; }
    console.log(JSON.stringify([host.dead?.cause.message, code, uncaught]));`),
  ["in a destructor", "poisoned", ["Counter, forgotten: panic in a destructor"]]);
});

test("without FinalizationRegistry classes work, and free() is what ends instances", () => {
  const { FinalizationRegistry: kept } = globalThis;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", `
    delete globalThis.FinalizationRegistry;
    const { readFileSync } = await import("node:fs");
    const { instantiate } = await import(${JSON.stringify(`${root}host-js/host.js`)});
    const imports = { app: { take: () => 0, give() {}, give_or_throw() {}, maybe() {}, all() {} } };
    const { async_ } = await import(${JSON.stringify(`${root}host-js/async.js`)});
    const { exports, host } = await instantiate(readFileSync(${JSON.stringify(wasmPath("test-classes"))}), { imports, with: [async_] });
    const counter = new exports.Counter(1);
    console.log(counter.add(1), exports.echo(counter).into_value(), host.instances.Counter);`], { encoding: "utf8" });
  assert.deepEqual([status, stdout, stderr], [0, "2 2 0\n", ""]);
  assert.equal(globalThis.FinalizationRegistry, kept);
});
