// @ts-check
// The worker pool in Node, on worker threads: what crosses, what is refused, what becomes of
// errors, crashes, aborts and the end. In a browser it is tests/browser/pool.test.js.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { PanicError, PoolError, WireError, pool } from "../host-js/worker.js";
import { root, wasmPath } from "../scripts/guests.js";

const bytes = readFileSync(wasmPath("test-pool"));
const module = new WebAssembly.Module(bytes);
const imports = new URL("./pool/imports.js", import.meta.url);

/** @param {import("../host-js/worker.js").PoolOptions} [options] */
const open = (options) => pool(module, { size: 1, imports, ...options });
const two = await open({ size: 2 });
const { exports } = two;
after(() => two.close());

/** What a call is rejected with. @param {Promise<unknown>} call @returns {Promise<any>} */
const rejection = (call) =>
  call.then(
    (value) => assert.fail(`it gave ${String(value)}`),
    (error) => error,
  );

test("values of every kind go there and back", async () => {
  assert.equal(await exports.factorial(20n), 2432902008176640000n);
  assert.equal(await exports.noted("Grüße 🦀"), "noted Grüße 🦀");
  assert.deepEqual(await exports.turned({ pixels: Uint8Array.of(8, 9), width: 2, label: "tile" }, "Dark"), { pixels: Uint8Array.of(4, 4), width: 2, label: "tile!" });
  assert.deepEqual(await exports.turned({ pixels: Uint8Array.of(8, 9), width: 2 }, "Light"), { pixels: Uint8Array.of(8, 9), width: 2, label: undefined });
  assert.equal(await exports.names({ name: "a", children: [{ name: "b", children: [] }, { name: "", children: [] }] }), 2);
  assert.equal(await exports.parse("12"), 12);
  assert.equal(await exports.wait(0), 0);
  assert.ok((await exports.count()) > 0);
  assert.equal(await exports.count(1000), 1000);
});

test("the functions are those of the guest, by name and number of parameters", () => {
  assert.deepEqual([exports.inverted.name, exports.inverted.length, exports.turned.length, exports.spin.length], ["inverted", 1, 2, 0]);
  assert.equal(Object.keys(exports).some((name) => name.startsWith("hw_") || name === "memory"), false);
  assert.equal("toString" in exports, false);
});

test("buffers are moved both ways: whoever passes one has it no more", async () => {
  const given = Uint8Array.of(0, 1, 255);
  const call = exports.inverted(given);
  assert.equal(given.length, 0);
  assert.equal(given.buffer.byteLength, 0);
  assert.deepEqual(await call, Uint8Array.of(255, 254, 0));
  const { message, name } = await rejection(exports.inverted(given));
  assert.equal(`${name}: ${message}`, "TypeError: inverted: bytes has been moved away before: pass a copy where it is needed again");
  const pixels = new Uint8Array(4);
  await exports.turned({ pixels, width: 2 }, "Dark");
  assert.equal(pixels.buffer.byteLength, 0);
});

test("of a view of a part, the part goes as a copy, and the rest is left alone", async () => {
  const whole = Uint8Array.of(1, 2, 3, 4);
  assert.deepEqual(await exports.inverted(whole.subarray(1, 3)), Uint8Array.of(253, 252));
  assert.deepEqual(whole, Uint8Array.of(1, 2, 3, 4));
  assert.deepEqual(await exports.inverted(Buffer.from("a")), Uint8Array.of(158));
  const numbers = Float64Array.of(1, 2, 3);
  assert.deepEqual(await exports.scaled(numbers.subarray(1), 2), Float64Array.of(4, 6));
  assert.deepEqual(await exports.inverted(new Uint8Array(0)), new Uint8Array(0));
});

test("what waits in the queue was taken when the call was made", async () => {
  const busy = [exports.wait(50), exports.wait(50)];
  const label = { pixels: Uint8Array.of(2), width: 1, label: "then" };
  const call = exports.turned(label, "Dark");
  assert.equal(two.queued, 1);
  assert.equal(label.pixels.length, 0);
  label.label = "now";
  assert.equal((await call).label, "then!");
  await Promise.all(busy);
});

test("one buffer twice in a call goes once", async () => {
  const pixels = Uint8Array.of(2);
  assert.deepEqual(await exports.joined(pixels, pixels), Uint8Array.of(2, 2));
});

test("a wrong argument is the error that the export itself throws", async () => {
  const errors = await Promise.all([exports.inverted("text"), exports.factorial(1), exports.count(-1), exports.turned({ pixels: new Uint8Array(1), width: -1 }, "Dark"), exports.inverted()].map(rejection));
  assert.deepEqual(errors.map(({ name }) => name), ["TypeError", "TypeError", "RangeError", "RangeError", "TypeError"]);
  assert.equal(errors[0].message, 'inverted: bytes must be a Uint8Array, got "text"');
  assert.match(errors[3].message, /^turned: tile\.width must be/);
  assert.equal(errors[4].message, "inverted takes 1 arguments, got 0");
  assert.equal((await rejection(exports.inverted(new Uint8Array(1), 2))).message, "inverted takes 1 arguments, got 2");
  assert.equal((await rejection(exports.inverted(new Uint8Array(1), {}, 3))).message, "inverted takes 1 arguments, got 3");
  assert.equal((await rejection(exports.inverted(new Uint8Array(1), { signal: 1 }))).message, "inverted: signal must be an AbortSignal");
});

test("handles are refused by the name of the type, wherever it stands", async () => {
  assert.equal((await rejection(exports.call(() => 1))).message, "call: with can't go to a worker: of its type &js.Function, js.Function belongs to one instance");
  assert.equal((await rejection(exports.look({ inner: [], next: [] }))).message, "look: outer can't go to a worker: of its type Outer, Element belongs to one instance");
  assert.equal((await rejection(exports.elements())).message, "elements: elements can't go to a worker: of its type [Element]?, Element belongs to one instance");
});

test("a place that is written into is refused, a class is not offered, data of any shape goes", async () => {
  const any = new URL("./pool/any.js", import.meta.url);
  const open = (/** @type {string} */ guest) => pool(readFileSync(wasmPath(guest)), { size: 1, imports: any });
  const [views, classes, data] = await Promise.all(["test-views", "test-classes", "test-data"].map(open));
  assert.equal((await rejection(views.exports.lent_f64(new Float64Array(2)))).message, "lent_f64: numbers can't go to a worker: of its type &mut [f64], it is for the guest to write into, and what goes there is a copy");
  assert.deepEqual(Object.keys(classes.exports).filter((name) => /^Counter/.test(name)), []);
  const value = { list: [1, "two", null, [new Uint8Array(2)]], map: new Map([[1, 2n ** 63n]]), yes: true };
  assert.deepEqual(await data.exports.echo(value), { list: [1, "two", null, [new Uint8Array(2)]], map: new Map([[1, 2n ** 63n]]), yes: true });
  assert.deepEqual(await data.exports.options([1, { a: [2] }], "last"), [1, { a: [2] }, "last"]);
  const wrong = await rejection(data.exports.user({ name: "n", address: { street: "s", zip: "x" } }));
  assert.equal(`${wrong.name}: ${wrong.message}`, 'TypeError: user: value.address.zip: invalid type: string "x", expected u32');
  assert.match((await rejection(data.exports.echo({ a: [() => 1] }))).message, /^echo: value\.a\[0\] can't go to another thread: a function stays/);
  assert.match((await rejection(data.exports.mixed({ name: "n", list: [Symbol("s")], object: 1 }))).message, /^mixed: value\.list\[0\] can't go to another thread: a symbol stays/);
  await Promise.all([views, classes, data].map((pool) => pool.close()));
});

test("functions and interfaces as parameters are refused by the name of the type", async () => {
  const any = new URL("./pool/any.js", import.meta.url);
  const misfits = await pool(readFileSync(wasmPath("test-misfits")), { size: 1, imports: any });
  assert.equal((await rejection(misfits.exports.shop_find({}))).message, "shop_find: shop can't go to a worker: of its type Shop, Shop belongs to one instance");
  assert.equal((await rejection(misfits.exports.lent(() => 1))).message, "lent: each can't go to a worker: of its type fn(js.Function), fn(js.Function) belongs to one instance");
  assert.equal((await rejection(misfits.exports.held(1, {}, []))).message, "held: value can't go to a worker: of its type js, js belongs to one instance");
  assert.equal(await misfits.exports.list([{ name: "Ada", age: 36 }]), 1);
  await misfits.close();
});

test("functions, symbols and objects of classes are refused by their place", async () => {
  class Tile {
    width = 1;
  }
  const refusals = [
    [exports.inverted(() => 1), "inverted: bytes can't go to another thread: a function stays where it was made"],
    [exports.inverted(Symbol("s")), "inverted: bytes can't go to another thread: a symbol stays where it was made"],
    [exports.turned(new Tile(), "Dark"), "turned: tile can't go to another thread: an instance of Tile stays where it was made"],
    [exports.names({ name: "a", children: [{ name: "b", children: [parseInt] }] }), "names: tree.children[0].children[0] can't go to another thread: the function parseInt stays where it was made"],
  ];
  for (const [call, message] of refusals) {
    const error = await rejection(/** @type {Promise<unknown>} */ (call));
    assert.deepEqual([error.name, error.message], ["TypeError", message]);
  }
});

test("a result goes back if it is data; a buffer that the worker keeps is copied", async () => {
  for (let i = 0; i < 4; i++) assert.deepEqual(await exports.give("kept"), Uint8Array.of(1, 2, 3));
  assert.deepEqual(await exports.give("map"), new Map([["a", new Uint8Array(2)]]));
  assert.deepEqual(await exports.give("date"), new Date(0));
  assert.deepEqual(await exports.give("list"), [{ a: 1n }, null]);
  assert.equal((await rejection(exports.give("shape"))).message, "give: the result can't go to another thread: an instance of Shape stays where it was made");
  assert.equal((await rejection(exports.give("function"))).message, "give: the result can't go to another thread: the function count stays where it was made");
  assert.match((await rejection(exports.give("symbol"))).message, /a symbol stays/);
});

test("what is thrown arrives with class, message, stack, cause and properties", async () => {
  const range = await rejection(exports.noted("range"));
  assert.ok(range instanceof RangeError);
  assert.match(range.stack ?? "", /^RangeError: out of range\n[^]*pool\/imports\.js:\d+/);
  assert.ok(range.cause instanceof TypeError);
  const { message, code, at, act } = /** @type {any} */ (range);
  assert.deepEqual([message, code, at, act], ["out of range", "E_RANGE", { x: 1 }, "a function of another thread"]);
  const custom = await rejection(exports.noted("custom"));
  assert.ok(custom instanceof SyntaxError);
  assert.deepEqual([custom.name, custom.message, String(custom)], ["Custom", "one's own", "Custom: one's own"]);
  const several = await rejection(exports.noted("several"));
  assert.ok(several instanceof AggregateError);
  assert.deepEqual([several.errors[0].message, several.errors[1]], ["one", 2]);
  const abort = await rejection(exports.noted("abort"));
  assert.ok(abort instanceof DOMException);
  assert.deepEqual([abort.name, abort.message, abort.code], ["AbortError", "enough", 20]);
});

test("thrown values that are no errors, and errors that can't be read", async () => {
  assert.equal(await rejection(exports.noted("undefined")), undefined);
  assert.equal(await rejection(exports.noted("function")), "a function of another thread");
  const unread = await rejection(exports.noted("unreadable"));
  assert.ok(unread instanceof RangeError);
  assert.equal(unread.message, "");
  let depth = 0;
  for (let error = await rejection(exports.noted("loop")); error; error = error.cause) depth++;
  assert.equal(depth, 17);
});

test("a guest's own errors: a record as itself, an error type with its name, a result of a wrong type", async () => {
  assert.deepEqual(await rejection(exports.refuse(7)), { code: 7, bytes: Uint8Array.of(1, 2, 3) });
  assert.equal(await exports.refuse(0), 0);
  assert.match((await rejection(exports.parse("x"))).message, /invalid digit/);
  assert.equal((await rejection(exports.noted("no text"))).message, "app.note: result must be a string, got 7");
});

test("a panic rejects its call alone, and the next finds a fresh instance", async () => {
  const one = await open();
  assert.deepEqual([await one.exports.count(), await one.exports.count()], [1, 2]);
  const [dead, ...lives] = await Promise.allSettled([one.exports.explode("no way"), one.exports.count(), one.exports.count()]);
  const { reason } = /** @type {PromiseRejectedResult} */ (dead);
  assert.ok(reason instanceof PanicError && reason instanceof WireError);
  assert.equal(reason.code, "panic");
  assert.match(reason.message, /^explode: panic at tests\/pool\/src\/lib\.rs:\d+:\d+: no way/);
  assert.ok(reason.cause instanceof WebAssembly.RuntimeError);
  assert.deepEqual(lives, [{ status: "fulfilled", value: 1 }, { status: "fulfilled", value: 2 }]);
  await one.close();
});

test("a worker that ends in a call is replaced, and only its call is rejected", async () => {
  const pair = await open({ size: 2 });
  const calls = [pair.exports.wait(30), pair.exports.noted("exit"), pair.exports.wait(1), pair.exports.noted("a"), pair.exports.noted("b")];
  const [first, exit, ...rest] = await Promise.allSettled(calls);
  const { reason } = /** @type {PromiseRejectedResult} */ (exit);
  assert.ok(reason instanceof PoolError);
  assert.deepEqual([reason.code, reason.message], ["crashed", "noted: the worker ended: the thread ended with code 3"]);
  assert.deepEqual([first, ...rest].map(({ status }) => status), Array(4).fill("fulfilled"));
  assert.deepEqual(await Promise.all([pair.exports.wait(20), pair.exports.wait(20)]), [20, 20]);
  await pair.close();
});

test("a worker that ends between calls is told of, and replaced when it is needed", async (context) => {
  const told = context.mock.method(console, "error", () => {});
  const one = await open();
  assert.equal(await one.exports.noted("throw later"), "later");
  while (told.mock.callCount() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const [error] = told.mock.calls[0].arguments;
  assert.deepEqual([error.code, error.message], ["crashed", "pool: a worker ended between calls: out of range"]);
  assert.equal(await one.exports.count(), 1);
  assert.equal(told.mock.callCount(), 1);
  await one.close();
});

test("an abort ends the worker of a call that runs, however busy it is, and another takes its place", async () => {
  const one = await open();
  await one.exports.count();
  const controller = new AbortController();
  const reason = { why: "too long" };
  const spinning = one.exports.spin({ signal: controller.signal });
  const next = one.exports.count();
  setTimeout(() => controller.abort(reason), 20);
  assert.equal(await rejection(spinning), reason);
  assert.equal(await next, 1);
  assert.deepEqual([one.running, one.queued], [0, 0]);
  await one.close();
});

test("an abort takes a call out of the queue, and leaves the worker to its own", async () => {
  const one = await open();
  const busy = one.exports.wait(40);
  const controller = new AbortController();
  const queued = one.exports.noted("count", { signal: controller.signal });
  const last = one.exports.noted("count");
  assert.deepEqual([one.running, one.queued], [1, 2]);
  controller.abort();
  assert.equal((await rejection(queued)).name, "AbortError");
  assert.equal(one.queued, 1);
  assert.equal(await busy, 40);
  assert.equal(await last, "1");
  await one.close();
});

test("abort before, after completion, twice, by a time limit", async () => {
  const before = await rejection(exports.noted("a", { signal: AbortSignal.abort("before") }));
  assert.equal(before, "before");
  const controller = new AbortController();
  assert.equal(await exports.noted("a", { signal: controller.signal }), "noted a");
  controller.abort();
  controller.abort();
  assert.equal((await rejection(exports.spin({ signal: AbortSignal.timeout(20) }))).name, "TimeoutError");
  assert.equal(await exports.noted("a", { signal: undefined }), "noted a");
  assert.equal(await exports.noted("b", {}), "noted b");
});

test("a thousand calls with seeded aborts: each ends once, as it should, and the pool goes on", async () => {
  const pair = await open({ size: 2 });
  let seed = 1;
  const random = (/** @type {number} */ below) => (seed = (seed * 48271) % 2147483647) % below;
  const calls = Array.from({ length: 1000 }, async (_, i) => {
    const controller = new AbortController();
    const call = pair.exports.noted(`${i}`, { signal: controller.signal });
    // Few are aborted while they run: each of those takes a worker along.
    const late = random(10) === 0;
    if (late) for (let ticks = random(30); ticks > 0; ticks--) await Promise.resolve();
    if (late) controller.abort(i);
    return call.then(
      (text) => assert.equal(text, `noted ${i}`),
      (reason) => assert.ok(late && reason === i, String(reason)),
    );
  });
  await Promise.all(calls);
  assert.deepEqual([pair.running, pair.queued], [0, 0]);
  await pair.close();
});

test("an async export: its promise is the pool's, its arguments outlive the suspension, and a worker has one call at a time", async () => {
  const one = await open();
  const calls = [one.exports.later(20, Uint8Array.of(1)), one.exports.later(0, Uint8Array.of(2))];
  assert.deepEqual([one.running, one.queued], [1, 1]);
  assert.deepEqual(await Promise.all(calls), [Uint8Array.of(1), Uint8Array.of(2)]);
  assert.deepEqual(await one.exports.element(), {});
  await one.close();
});

test("an abort of an async call drops its future, and leaves the worker as it is", async () => {
  const one = await open();
  await one.exports.count();
  const controller = new AbortController();
  const call = one.exports.later(60_000, new Uint8Array(1), { signal: controller.signal });
  setTimeout(() => controller.abort("enough"), 20);
  assert.equal(await rejection(call), "enough");
  assert.equal(await one.exports.abandoned(), 1);
  assert.equal(await one.exports.count(), 2);
  await one.close();
});

test("an abort of an async call that doesn't come to an end ends its worker after all", async () => {
  const one = await open();
  await one.exports.count();
  const call = one.exports.stuck({ signal: AbortSignal.timeout(30) });
  const next = one.exports.count();
  assert.equal((await rejection(call)).name, "TimeoutError");
  assert.equal(await next, 1);
  await one.close();
});

test("close in the middle of an abort: no worker starts after it", async () => {
  const one = await open();
  const controller = new AbortController();
  const call = one.exports.stuck({ signal: controller.signal });
  await new Promise((resolve) => setTimeout(resolve, 50));
  let started = 0;
  const count = () => void started++;
  process.on("worker", count);
  controller.abort("enough");
  assert.equal(await rejection(call), "enough");
  await one.close();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  process.off("worker", count);
  assert.equal(started, 0);
});

test("close rejects what runs and what waits, at once, and every call after it", async () => {
  const one = await open();
  const calls = [one.exports.spin(), one.exports.noted("a"), one.exports.noted("b")];
  const closing = one.close();
  assert.equal(one.close(), closing);
  for (const [i, call] of calls.entries()) {
    const error = await rejection(call);
    assert.deepEqual([error.name, error.code, error.message], ["PoolError", "closed", `${i === 0 ? "spin" : "noted"}: the pool is closed`]);
  }
  await closing;
  assert.equal((await rejection(one.exports.noted("c"))).code, "closed");
  assert.deepEqual([one.running, one.queued, one.size], [0, 0, 1]);
});

test("what keeps a worker from being ready is the error of the pool", async () => {
  assert.match((await rejection(open({ imports: "./no/such/file.js" }))).message, /Cannot find module/);
  const groups = `import { async_ } from "file://${root}host-js/async.js"; export const options = { with: [async_] };`;
  const missing = await rejection(open({ imports: `data:text/javascript,${encodeURIComponent(groups)}` }));
  assert.ok(missing instanceof WireError);
  assert.equal(missing.code, "missing-import");
  const source = 'data:text/javascript,process.exit(4)';
  const ended = await rejection(open({ imports: source }));
  assert.deepEqual([ended.code, ended.message], ["start", "pool: a worker ended before it was ready: the thread ended with code 4"]);
});

test("without a worker left, a call is told why no other could be started", async () => {
  // The module is served once, then is gone: as a file that is replaced while a server runs.
  let left = 1;
  const server = createServer((_, response) => response.writeHead(left-- > 0 ? 200 : 404).end("{}"));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const text = `
    import given, { options } from "${imports}";
    if (!(await fetch("http://127.0.0.1:${port}/")).ok) throw new Error("gone");
    export { given as default, options };
  `;
  const one = await open({ imports: `data:text/javascript,${encodeURIComponent(text)}` });
  const [exit, ...waiting] = [one.exports.noted("exit"), one.exports.noted("a"), one.exports.noted("b")].map(rejection);
  assert.equal((await exit).code, "crashed");
  for (const call of waiting) assert.equal((await call).message, "gone");
  assert.equal((await rejection(one.exports.noted("c"))).message, "gone");
  left = 1;
  assert.equal(await one.exports.noted("d"), "noted d");
  await one.close();
  server.close();
});

test("options that can't go to a worker are refused by name", async () => {
  const wrong = /** @type {[any, string][]} */ ([
    [{ imports: { app: {} } }, "TypeError: pool: imports must be the address of a module: functions can't go to a worker"],
    [{ with: [] }, "TypeError: pool: with can't go to a worker: make it in the module that `imports` is the address of"],
    [{ size: 0 }, "RangeError: pool: size must be an integer from 1, got 0"],
    [{ size: 1.5 }, "RangeError: pool: size must be an integer from 1, got 1.5"],
  ]);
  for (const [options, message] of wrong) assert.equal(String(await rejection(open(options))), message);
});

test("a source can be bytes, a promise, a module or an answer; bad ones are the error of the pool", async () => {
  const answer = new Response(bytes, { headers: { "content-type": "application/wasm" } });
  for (const source of [bytes, Promise.resolve(answer), module]) {
    const one = await pool(/** @type {any} */ (source), { size: 1, imports });
    assert.equal(await one.exports.noted("a"), "noted a");
    await one.close();
  }
  assert.ok((await rejection(pool(new Uint8Array(3)))) instanceof WebAssembly.CompileError);
  assert.match((await rejection(pool(Promise.resolve(new Response("", { status: 404 }))))).message, /404/);
});

test("a guest without a contract: functions of numbers", async () => {
  const bare = await pool(readFileSync(wasmPath("bare")), { size: 1 });
  assert.equal(await bare.exports.add(20, 22), 42);
  assert.equal((await rejection(bare.exports.add(1, 2, 3))).message, "add takes 2 arguments, got 3");
  await bare.close();
});

test("an idle pool lets the process end, and a call that runs doesn't", () => {
  const script = `
    import { readFile } from "node:fs/promises";
    import { pool } from ${JSON.stringify(pathToFileURL(`${root}host-js/worker.js`).href)};
    const p = await pool(readFile(${JSON.stringify(wasmPath("test-pool"))}), { size: 2, imports: ${JSON.stringify(imports.href)} });
    p.exports.wait(100).then((ms) => console.log("waited", ms));
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8", timeout: 30_000 });
  assert.deepEqual([status, stdout, stderr], [0, "waited 100\n", ""]);
});

test("two pools don't meet, and calls run at the same time", async () => {
  const other = await open({ size: 2 });
  const start = performance.now();
  await Promise.all([other.exports.wait(300), other.exports.wait(300), exports.noted("a")]);
  const took = performance.now() - start;
  assert.ok(took < 590, `${took} ms for two waits of 300 ms`);
  assert.equal(await other.exports.count(), 1);
  await other[/** @type {"close"} */ (/** @type {any} */ (Symbol).asyncDispose)]();
  assert.equal((await rejection(other.exports.count())).code, "closed");
});
