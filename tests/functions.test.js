// @ts-check
// Calls of host functions of every sort, with any number of arguments, and what they call.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, host } = guest;

/** @this {any} @param {any[]} args @returns {any[]} */
function named(...args) {
  return [this, ...args];
}
/** @this {any} @returns {any} */
function receiver() {
  return this;
}
const count = (/** @type {any[]} */ ...args) => args.length;

test("this and arguments arrive, and the result comes back", () => {
  const self = {};
  const got = exports.function_call(named, self, [1, "é", null, undefined, 2n]);
  assert.equal(got[0], self);
  assert.deepEqual(got.slice(1), [1, "é", null, undefined, 2n]);
  assert.equal(exports.function_call(receiver, null, []), null);
  assert.equal(exports.function_call(receiver, 5, []), 5);
});

test("0, 1, 16, 17, 42 and 70,000 arguments", () => {
  for (const n of [0, 1, 2, 7, 8, 9, 15, 16, 17, 42, 1000, 65_535, 65_536, 70_000]) {
    assert.equal(exports.function_count(count, n), n);
    assert.deepEqual(exports.function_count((/** @type {number[]} */ ...args) => [args[0], args[n - 1]], n), n === 0 ? [undefined, undefined] : [0, n - 1]);
    assert.equal(exports.object_call_named({ count }, "count", Array(n).fill(1)), n);
  }
});

test("as a constructor: as many arguments as the engine takes, and its RangeError beyond", () => {
  class Count {
    constructor(/** @type {any[]} */ ...args) {
      this.n = args.length;
    }
  }
  for (const n of [0, 1, 16, 17, 42, 60_000]) assert.equal(exports.function_construct_count(Count, n).n, n);
  const { name, message } = thrownBy(() => new Count(...Array(1_000_000)));
  assert.throws(() => exports.function_construct_count(Count, 1_000_000), { name, message });
  assert.equal(exports.alive(), "yes");
});

test("tuples of up to eight, arrays, and None as undefined", () => {
  /** @type {any[][]} */
  const calls = [];
  const log = (/** @type {any[]} */ ...args) => calls.push(args);
  assert.deepEqual(exports.function_tuples(log), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const all = [1, "zwei", true, 4.5, undefined, -6n, log, undefined];
  for (let n = 0; n <= 8; n++) assert.deepEqual(calls[n], all.slice(0, n));
  assert.deepEqual(calls[9], [0.5, 0.5, 0.5]);
});

test("an absent value, undefined and null as arguments", () => {
  const got = exports.convert_argument("value", "Arg", (/** @type {any[]} */ ...args) => args);
  assert.deepEqual(got, [undefined, undefined, null, "value"]);
});

test("bound, arrow, async, generator and method functions", async () => {
  assert.deepEqual(exports.function_call(named.bind("bound", 1), "ignored", [2]), ["bound", 1, 2]);
  const promise = exports.function_call(async (/** @type {number} */ a) => a + 1, undefined, [1]);
  assert.ok(promise instanceof Promise);
  assert.equal(await promise, 2);
  const generator = exports.function_call(function* () { yield 1; yield 2; }, undefined, []);
  assert.deepEqual([...generator], [1, 2]);
  assert.deepEqual(exports.function_call({ method(/** @type {any[]} */ ...args) { return named.apply(this, args); } }.method, 7, [8]), [7, 8]);
  assert.equal(exports.function_call(new Proxy(count, {}), undefined, [1, 2]), 2);
  assert.equal(exports.function_call(vm.runInNewContext("(a) => a * 2"), undefined, [4]), 8);
  assert.equal(exports.function_call(Math.max, undefined, [1, 3, 2]), 3);
});

test("a rejected promise is a value like any other", async () => {
  const promise = exports.function_call(async () => { throw new Error("later"); }, undefined, []);
  await assert.rejects(promise, { message: "later" });
});

test("classes: only with new", () => {
  class Point {
    constructor(/** @type {number} */ x, /** @type {string} */ y) {
      this.x = x;
      this.y = y;
    }
  }
  const point = exports.function_construct(Point, [1, "é"]);
  assert.ok(point instanceof Point);
  assert.deepEqual([point.x, point.y], [1, "é"]);
  assert.throws(() => exports.function_call(Point, undefined, []), { name: "TypeError", message: "Class constructor Point cannot be invoked without 'new'" });
  assert.deepEqual(exports.function_construct(Map, [[["a", 1]]]).get("a"), 1);
  assert.equal(exports.function_construct(Date, [5]).getTime(), 5);
  assert.deepEqual(exports.function_construct(function () { return { other: true }; }, []), { other: true });
});

test("what is no constructor is a TypeError", () => {
  for (const callee of [() => {}, async () => {}, function* () {}, { method() {} }.method, Symbol, Math.max]) assert.throws(() => exports.function_construct(callee, []), { name: "TypeError" });
});

test("what is no function is refused", () => {
  for (const value of [{}, null, undefined, 5, "f", Symbol("s"), []]) {
    assert.throws(() => exports.function_call(value, undefined, []), { name: "Error", message: "no function" });
    assert.throws(() => exports.function_construct(value, []), { name: "Error", message: "no function" });
  }
});

test("methods of the function object itself", () => {
  assert.equal(exports.function_method(receiver, "call", "self"), "self");
  assert.equal(exports.object_get_named(class Named {}, "name"), "Named");
});

test("a result that is dropped, whatever it is", () => {
  for (const value of [undefined, 1, "text", {}, Symbol()]) assert.equal(exports.function_unit(() => value), undefined);
  assert.equal(host.handles.live, 0);
});

test("what a function or a constructor throws", () => {
  const thrown = { any: "value" };
  const fail = () => { throw thrown; };
  assert.equal(thrownBy(() => exports.function_call(fail, undefined, [1])), thrown);
  assert.equal(thrownBy(() => exports.function_construct(class { constructor() { throw thrown; } }, [])), thrown);
  assert.equal(thrownBy(() => exports.function_unit(fail)), thrown);
  assert.equal(thrownBy(() => exports.object_call_named({ fail }, "fail", [])), thrown);
});

test("guest and host call each other, a hundred frames deep", () => {
  const nest = (/** @type {number} */ depth) => exports.function_nest(nest, depth);
  for (const depth of [0, 1, 2, 3, 100]) assert.equal(nest(depth), depth);
  assert.equal(host.handles.live, 0);
});

test("an error passes through all frames as the same object", () => {
  const thrown = new Error("at the bottom");
  const nest = (/** @type {number} */ depth) => {
    if (depth === 0) throw thrown;
    return exports.function_nest(nest, depth);
  };
  assert.equal(thrownBy(() => nest(50)), thrown);
  assert.equal(host.handles.live, 0);
  assert.equal(exports.alive(), "yes");
});

leavesNothing(guest, () => {
  exports.function_call(count, {}, [1, "a", {}]);
  exports.function_construct(Date, [5]);
  exports.function_tuples(count);
  exports.function_count(count, 50);
  thrownBy(() => exports.function_unit(() => { throw {}; }));
});
