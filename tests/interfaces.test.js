// @ts-check
// Interfaces: objects of the page that the guest calls, keeps and drops, and values of the
// guest that the page calls. Crossing by crossing, with all that edge-cases have of them.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError, PoisonedError, WireError } from "../host-js/host.js";
import { line, trace } from "../host-js/trace.js";
import { logger, settled, start } from "./interfaces/guest.js";
import { thrownBy } from "./support/guest.js";

test("methods are called with the object as this, with their arguments, in order", async () => {
  const { exports, host } = await start();
  const one = logger();
  exports.log_once(one, "hé 🎉");
  exports.log_times(one, 2);
  assert.deepEqual(one.lines, ["hé 🎉", "again", "again"]);
  assert.deepEqual(one.receivers, [one, one, one]);
  assert.equal(one.disposed, 2);
  assert.equal(host.handles.live, 0);
});

test("in every place of a type: the very object comes back, and nothing stays", async () => {
  const put = (/** @type {any} */ one, /** @type {any[]} */ more) => more.at(-1) ?? one;
  const { exports, host } = await start({ place: { put, find: (/** @type {string} */ name) => (name === "a" ? a : null) } });
  const [a, b] = [logger(), logger()];
  assert.equal(exports.one(a), a);
  assert.equal(exports.shared(a), a);
  assert.deepEqual(exports.shared_twice(a), [a, a]);
  assert.equal(exports.option(a), a);
  for (const nothing of [[], [undefined], [null]]) assert.equal(exports.option(...nothing), undefined);
  assert.deepEqual(exports.list([a, b, a]), [a, b, a]);
  assert.equal(exports.result(a, false), a);
  assert.deepEqual(thrownBy(() => exports.result(a, true)), { reason: "told to", code: 7 });
  const { name, logger: first, more } = exports.named({ name: "n", logger: a, more: b });
  assert.deepEqual([name, first === a, more === b], ["n", true, true]);
  assert.equal(exports.named({ name: "n", logger: a }).more, undefined);
  assert.equal(exports.put(a, []), a);
  assert.equal(exports.put(a, [a, b]), b);
  exports.two(a, "text", b);
  assert.deepEqual([a.lines, b.lines], [["text"], ["text"]]);
  assert.deepEqual([exports.find("a"), exports.find("b")], [true, false]);
  assert.equal(host.handles.live, 0);
});

test("what goes back to the page is not disposed of; what the guest drops is, once for each time that it was passed", async () => {
  const { exports } = await start();
  const one = logger();
  exports.one(one);
  exports.list([one, one]);
  exports.shared(one);
  assert.equal(one.disposed, 0);
  exports.shared_twice(one);
  assert.equal(one.disposed, 0, "two owners, both of which went back");
  exports.ignore(one);
  exports.result(one, false);
  assert.equal(one.disposed, 1);
});

test("edge: the same object passed twice has independent lives", async () => {
  const { exports, host } = await start();
  const one = logger();
  assert.deepEqual([exports.keep(one), exports.keep(one)], [1, 2]);
  assert.equal(host.interfaces.Logger.size, 2);
  assert.deepEqual([...host.interfaces.Logger.values()], [one, one]);
  assert.equal(exports.forget(), true);
  assert.equal(one.disposed, 1);
  exports.log_all("still");
  assert.deepEqual(one.lines, ["still"]);
  exports.forget();
  assert.equal(one.disposed, 2);
  assert.equal(host.interfaces.Logger.size, 0);
});

test("a clone in the guest is no handle: the last owner ends it", async () => {
  const { exports, host } = await start();
  const one = logger();
  exports.keep(one);
  exports.keep_again();
  exports.keep_again();
  assert.equal(host.handles.live, 1);
  exports.log_all("x");
  assert.equal(one.lines.length, 3);
  exports.forget();
  exports.forget();
  assert.deepEqual([one.disposed, host.handles.live], [0, 1]);
  exports.forget();
  assert.deepEqual([one.disposed, host.handles.live], [1, 0]);
});

test("a shared one goes back while the guest keeps it: the same object, alive on both sides", async () => {
  const { exports, host } = await start();
  const one = logger();
  exports.keep(one);
  exports.keep_again();
  assert.equal(exports.give_back(), one);
  assert.deepEqual([one.disposed, host.handles.live], [0, 1]);
  exports.log_all("kept");
  assert.deepEqual(one.lines, ["kept"]);
  assert.equal(exports.give_back(), one);
  assert.deepEqual([one.disposed, host.handles.live], [0, 0]);
  assert.equal(exports.give_back(), undefined);
});

test("edge: a method is missing, or no function: all are named, before the guest runs", async () => {
  const { exports, host } = await start();
  const log = () => {};
  for (const [given, said] of /** @type {[any, string][]} */ ([
    [{}, "log_once: logger must implement Logger: log is missing, ask is missing, note is missing"],
    [{ log, ask: 5, note: null }, "log_once: logger must implement Logger: ask is 5, no function, note is null, no function"],
    [{ log, ask: log }, "log_once: logger must implement Logger: note is missing"],
    [Object.create(null), "log_once: logger must implement Logger: log is missing, ask is missing, note is missing"],
    [log, "log_once: logger must implement Logger: log is missing, ask is missing, note is missing"],
    [5, "log_once: logger must be an object that implements Logger, got 5"],
    ["log", 'log_once: logger must be an object that implements Logger, got "log"'],
    [null, "log_once: logger must be an object that implements Logger, got null"],
    [undefined, "log_once: logger must be an object that implements Logger, got undefined"],
  ])) {
    const error = thrownBy(() => exports.log_once(given, "x"));
    assert.equal(error.message, said);
    assert.equal(error.constructor, TypeError);
  }
  assert.match(thrownBy(() => exports.list([logger(), {}])).message, /^list: loggers\[1\] must implement Logger/);
  assert.match(thrownBy(() => exports.named({ name: "", logger: logger(), more: 1 })).message, /^named: named.more must be an object/);
  assert.equal(thrownBy(() => exports.log_once({ get log() { throw "the getter's"; } }, "x")), "the getter's");
  assert.deepEqual([host.handles.live, host.dead], [0, null]);
});

test("methods are found wherever an object has them: on its class, a proxy, a function, the global object", async () => {
  const [global, extras] = [logger(), logger()];
  const { exports, host } = await start({}, { global, extras });
  /** @type {string[]} */
  const lines = [];
  class Base { log(/** @type {string} */ text) { lines.push(`${this.constructor.name} ${text}`); } ask() {} note() {} }
  class Derived extends Base {}
  exports.log_once(new Derived(), "a");
  exports.log_once(new Proxy(new Derived(), {}), "b");
  exports.log_once(Object.assign(() => {}, { log: () => lines.push("function"), ask() {}, note() {} }), "c");
  exports.log_once(global, "d");
  assert.deepEqual([lines, global.lines, global.disposed], [["Derived a", "Derived b", "function"], ["d"], 1]);
  assert.equal(exports.one(extras), host.extras);
  assert.equal(host.handles.live, 0);
});

test("a method is looked up at each call: another one is called from then on, none is an error that says so", async () => {
  const { exports, host } = await start();
  const one = logger();
  exports.keep(one);
  exports.log_all("first");
  one.log = (/** @type {string} */ text) => one.lines.push(`other ${text}`);
  exports.log_all("second");
  assert.deepEqual(one.lines, ["first", "other second"]);
  assert.deepEqual(exports.ask({ ...logger(), get ask() { return (this.times = (this.times ?? 0) + 1) < 2 ? () => {} : undefined; }, times: 0 }, "q").message, "Logger.ask is missing by now: the object had it when it was passed");
  delete one.log;
  const error = thrownBy(() => exports.log_all("third"));
  assert.ok(error instanceof PanicError);
  assert.match(error.message, /Logger\.log is missing by now/);
  assert.equal(host.dead, error);
});

test("edge: a method returns a wrong type: an error that names interface and method", async () => {
  const { exports, host } = await start();
  const outcome = exports.ask({ ...logger(), ask: () => 5 }, "q");
  assert.equal(outcome.message, "Logger.ask: result must be a string, got 5");
  assert.ok(outcome.value instanceof TypeError);
  const risky = { plain: () => 1.5, any: () => 2 ** 40, own: () => 5, told: () => "1", refused() {}, list: () => ["a", 1] };
  assert.equal(thrownBy(() => exports.risk_any(risky)).message, "Risky.any: result must be an integer from -2147483648 to 2147483647, got 1099511627776");
  assert.deepEqual(thrownBy(() => exports.risk_own(risky)), { reason: "unexpected: Risky.own: result must be a BigInt, got 5", code: 0 });
  assert.equal(exports.risk_told(risky).message, 'Risky.told: result must be a number, got "1"');
  assert.equal(exports.risk_list(risky, []).message, "Risky.list: result[1] must be a string, got 1");
  assert.equal(host.dead, null);
  assert.match(thrownBy(() => exports.risk_plain(risky)).message, /^risk_plain: panic .*tests\/interfaces\/src\/errors\.rs:\d+:\d+: Risky\.plain: result must be an integer/);
});

test("crossings are counted: passing, calling and dropping are one each", async () => {
  /** @type {string[]} */
  const crossed = [];
  const { exports } = await start({}, { with: [trace], trace: (crossing) => crossing.step === "call" && crossed.push(line({ ...crossing, values: [] }).trim()) });
  const one = logger();
  crossed.length = 0;
  exports.log_once(one, "x");
  assert.deepEqual(crossed, ["→ log_once()", "← declared.interface Logger.log(message: &str)()", "← interface_release()"]);
  crossed.length = 0;
  exports.one(one);
  assert.deepEqual(crossed, ["→ one()"], "there and back, nothing else");
  crossed.length = 0;
  exports.shared_twice(one);
  assert.deepEqual(crossed, ["→ shared_twice()", "← handle_clone()"]);
  crossed.length = 0;
  const own = exports.new_memory();
  own.log("a");
  own.free();
  assert.deepEqual(crossed, ["→ new_memory()", "← interface_new()"]);
});

test("two crates that declare one interface in the same words: each takes the other's objects", async () => {
  const { exports } = await start();
  const clock = { now: () => 12.5 };
  assert.deepEqual([exports.time(clock), exports.other_time(clock)], [12.5, 12.5]);
  const other = exports.other_clock(7);
  assert.deepEqual([other.now(), exports.time(other), exports.other_time(other)], [7, 7, 7]);
});

test("host.interfaces has every interface, and of each what the guest holds by its handle", async () => {
  const { exports, host } = await start();
  assert.deepEqual(Object.keys(host.interfaces).sort(), ["Clock", "Echo", "Logger", "Risky", "Watch"]);
  const one = logger();
  exports.keep(one);
  const [[handle, object]] = host.interfaces.Logger;
  assert.equal(object, one);
  assert.equal(host.handles.list()[0].handle, handle);
  await host.restart();
  assert.equal(host.interfaces.Logger.size, 0);
  assert.equal(one.disposed, 0, "nobody dropped it");
});

test("after death and after a restart: what the old instance offered is poisoned, and freed without a word", async () => {
  const { exports, host } = await start();
  const own = exports.new_memory();
  const kept = exports.new_memory();
  assert.match(thrownBy(() => own.ask("panic")).message, /^Logger\.ask: panic .*asked to/);
  assert.ok(thrownBy(() => own.log("x")) instanceof PoisonedError);
  own.free();
  await host.restart();
  assert.ok(thrownBy(() => kept.log("x")) instanceof PoisonedError);
  kept.free();
  assert.equal(host.exports.alive(), 0);
  assert.ok(thrownBy(() => own.log("x")) instanceof WireError);
  await settled();
});
