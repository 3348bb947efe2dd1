// @ts-check
// Records and enums beyond the values that cross (table.test.js): which properties are read,
// when and how often, names that objects have anyway, depth, and what user code does meanwhile.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { runInNewContext } from "node:vm";
import { PanicError, PoisonedError, instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { load } from "./hostile/breach.js";
import { thrownBy } from "./support/guest.js";
import { data, info, numberSlot, slot, wat, words } from "./support/wat.js";
import { start } from "./typed/supplied.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-typed")));
const { exports, host, raw } = await instantiate(module);

const shape = { name: "é", center: { x: 1, y: 2 }, corners: [{ x: 0, y: 0 }], label: undefined, mode: "Fast", modes: ["Exact", "Odd1"], hint: "Fast" };
const every = {
  flag: true, a: -128, b: 255, c: -32768, d: 65535, e: -(2 ** 31), f: 2 ** 32 - 1, size: 2 ** 32 - 1, g: -(2n ** 63n), h: 2n ** 64n - 1n, i: Math.fround(0.1), j: -0,
  letter: "🎉", text: "\ufeff\0", blob: Uint8Array.of(0, 255), floats: Float32Array.of(NaN, 1), bigs: BigUint64Array.of(2n ** 64n - 1n), texts: ["", "a"],
  sometimes: undefined, sparse: [undefined, 1, undefined], shape, mode: "Odd1", any: () => 1, date: new Date(0), node: {}, labels: ["a", "b"],
};

test("a record with a field of every type, alone, in Result, Option, Vec and all of them", () => {
  assert.deepEqual(exports.every(every), every);
  assert.deepEqual(Object.keys(exports.every(every)), Object.keys(every), "in the order of their declaration");
  assert.equal(exports.every(every).any, every.any);
  assert.deepEqual(exports.every_try(every, false), every);
  assert.deepEqual(exports.every_option(every), every);
  assert.deepEqual(exports.every_list([every, every]), [every, every]);
  assert.deepEqual(exports.every_both([every, undefined]), [every, undefined]);
  assert.equal(host.handles.live, 0);
});

test("what is wrong deep inside is named by its whole path", () => {
  /** @type {[(copy: any) => void, string][]} */
  const wrong = [
    [(copy) => (copy.shape.corners[0].y = "1"), 'every: record.shape.corners[0].y must be a number, got "1"'],
    [(copy) => (copy.sparse = [1, "2"]), 'every: record.sparse[1] must be a number, got "2"'],
    [(copy) => (copy.shape.modes[1] = "odd"), 'every: record.shape.modes[1] must be one of "Fast", "Exact", "Odd1", got "odd"'],
    [(copy) => (copy.labels = ["a", 2]), "every: record.labels[1] must be of type String, got 2"],
    [(copy) => delete copy.text, "every: record.text must be a string, got undefined"],
    [(copy) => (copy.h = -1n), "every: record.h must be an integer from 0 to 18446744073709551615, got -1"],
  ];
  for (const [spoil, message] of wrong) {
    const copy = { ...every, shape: { ...shape, corners: [{ x: 0, y: 0 }], modes: ["Fast", "Fast"] } };
    spoil(copy);
    assert.equal(thrownBy(() => exports.every(copy)).message, message.replace("record", "value"));
  }
  assert.equal(host.handles.live, 0);
});

test("each property is read once, in order, inherited ones and getters too; no other is", () => {
  /** @type {PropertyKey[]} */
  const read = [];
  const watched = new Proxy(Object.create({ y: 2 }, { x: { get: () => 1 } }), { get: (target, key) => (read.push(key), Reflect.get(target, key)) });
  assert.deepEqual(exports.point(watched), { x: 1, y: 2 });
  assert.deepEqual(read, ["x", "y"]);
});

test("a getter that throws is the caller's own error, before the guest runs", () => {
  const thrown = new Error("a getter's own");
  const bad = { x: 1, get y() { throw thrown; } };
  for (const call of [() => exports.point(bad), () => exports.point_list([bad]), () => exports.point_option(bad), () => exports.every({ ...every, shape: { ...shape, center: bad } })]) assert.equal(thrownBy(call), thrown);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.ok(thrownBy(() => exports.point(proxy)) instanceof TypeError);
  assert.ok(thrownBy(() => exports.texts(proxy)) instanceof TypeError);
  assert.equal(host.handles.live, 0);
  assert.equal(host.dead, null);
});

test("a getter that calls the guest: its arguments and those of the outer call stay apart", () => {
  const nosy = { get x() { return exports.texts(["in", "a", "getter"]).length; }, get y() { return exports.middle([{ x: 4, y: 4 }], "Exact").x; } };
  assert.deepEqual(exports.point(nosy), { x: 3, y: 4 });
  assert.deepEqual(exports.point_list([nosy, { x: 0, y: 0 }, nosy]), [{ x: 3, y: 4 }, { x: 0, y: 0 }, { x: 3, y: 4 }]);
});

test("a getter or an iterator that kills the instance and keeps quiet about it: the guest is not called", async () => {
  for (const make of /** @type {((die: () => void) => [string, any[]])[]} */ ([
    (die) => ["point", [{ x: 1, get y() { die(); return 2; } }]],
    (die) => ["point_list", [[{ get x() { die(); return 1; }, y: 1 }]]],
    (die) => ["texts", [new Proxy(["a"], { get: (list, key) => (die(), Reflect.get(list, key)) })]],
    (die) => ["point_option", [{ get x() { die(); return 1; }, y: 1 }]],
    (die) => ["numbers", [new Proxy([1], { get: (list, key) => (die(), Reflect.get(list, key)) })]],
  ])) {
    const { exports, host } = await start();
    const [name, args] = make(() => void thrownBy(() => exports.die()));
    const error = thrownBy(() => exports[name](...args));
    assert.ok(error instanceof PoisonedError, `${name}: ${error}`);
    assert.equal(error.cause, host.dead);
  }
});

test("an enum's number that is no variant is a panic that names the enum", async () => {
  const instance = await instantiate(module);
  assert.throws(() => instance.raw.mode(3), WebAssembly.RuntimeError);
  assert.match(/** @type {any} */ (instance.host).guest.words, /records\.rs:\d+:\d+: the host gave no variant of Mode$/);
});

test("nothing comes from Object.prototype but what a record asks for", () => {
  const polluted = /** @type {any} */ (Object.prototype);
  polluted.more = "more";
  try {
    assert.deepEqual(Object.keys(exports.point({ x: 1, y: 2 })), ["x", "y"]);
    assert.equal(Object.hasOwn(exports.point({ x: 1, y: 2 }), "more"), false);
  } finally {
    delete polluted.more;
  }
});

test("fields named __proto__ and constructor are properties like any other, both ways", () => {
  const bytes = wat(`${info()} ${data(512, [...words(14, 0, 544, 2), ...new Uint8Array(16), ...numberSlot(7), ...numberSlot(8)])}
    (func (export "give") (memory.copy (i32.const 64) (i32.const 512) (i32.const 16)))
    (func (export "take") (param i32) (result f64) (f64.sub (f64.load (i32.add (local.get 0) (i32.const 24))) (f64.load (i32.add (local.get 0) (i32.const 8)))))`, {
    contract: "record Odd { __proto__: f64, constructor: f64 }\nexport give() -> Odd\nexport take(odd: Odd) -> f64\n",
  });
  const odd = load(bytes);
  const got = odd.exports.give();
  assert.deepEqual(Object.getOwnPropertyNames(got), ["__proto__", "constructor"]);
  assert.deepEqual([Object.getOwnPropertyDescriptor(got, "__proto__")?.value, got.constructor], [7, 8]);
  assert.equal(Object.getPrototypeOf(got), Object.prototype);
  assert.equal(odd.exports.take(got), 1);
});

test("depth: a tree of three hundred levels crosses; a ring, and what is deeper than a stack, is an error", async () => {
  const chain = (/** @type {number} */ depth) => {
    let tree = { value: depth, children: /** @type {any[]} */ ([]) };
    for (let value = depth - 1; value > 0; value--) tree = { value, children: [tree] };
    return tree;
  };
  const deep = chain(300);
  let [there, back] = [deep, (await instantiate(module)).exports.tree(deep)];
  for (let value = 1; value <= 300; value++) {
    assert.equal(back.value, value);
    [there, back] = [there.children[0], back.children[0]];
  }
  assert.equal(back, undefined);
  const ring = { value: 1, children: /** @type {any[]} */ ([]) };
  ring.children.push(ring);
  for (const endless of [ring, chain(1_000_000)]) {
    assert.ok(thrownBy(() => exports.tree(endless)) instanceof RangeError);
    assert.equal(host.dead, null);
  }
  assert.deepEqual(exports.tree({ value: 1, children: [] }), { value: 1, children: [] });
});

test("the stack's end is met somewhere on the way: an error each time, never a wrong value", async () => {
  const grow = (/** @type {number} */ depth) => {
    let tree = { value: 0, children: /** @type {any[]} */ ([]) };
    for (let i = 0; i < depth; i++) tree = { value: 0, children: [tree] };
    return tree;
  };
  for (let depth = 300; depth < 20_000; depth = Math.ceil(depth * 1.3)) {
    const { exports, host } = await instantiate(module);
    try {
      let back = exports.tree(grow(depth));
      let levels = 0;
      for (; back.children.length; back = back.children[0]) levels++;
      assert.equal(levels, depth);
    } catch (error) {
      assert.ok(error instanceof RangeError || error instanceof PanicError, `${depth}: ${error}`);
      // It ends the guest where the guest was running, and nothing where it was not.
      if (host.dead !== null) assert.ok(thrownBy(() => exports.point({ x: 1, y: 2 })) instanceof PoisonedError);
      else assert.deepEqual(exports.point({ x: 1, y: 2 }), { x: 1, y: 2 });
    }
  }
});

test("a result that is no such record: the instance ends, by the name of the export", () => {
  for (const [what, bytes, code] of /** @type {[string, Uint8Array, string][]} */ ([
    ["a kind that is none", slot(99), "unknown-kind"],
    ["another kind", numberSlot(1), "wrong-kind"],
    ["fields outside of memory", slot(14, 0xfffffff0, 2), "out-of-bounds"],
    ["fields that are not aligned", slot(14, 513, 2), "misaligned"],
    ["a field of another kind", slot(14, 512, 2), "wrong-kind"],
  ])) {
    const { exports, host } = load(wat(`${info()} ${data(64, bytes)} (func (export "f"))`, { contract: "record P { x: f64, y: str }\nexport f() -> P\n" }));
    const error = thrownBy(() => exports.f());
    assert.ok(error instanceof PanicError, what);
    assert.equal(/** @type {any} */ (error.cause).code, code, what);
    assert.equal(host.dead, error);
  }
});

test("an enum's number that is no variant: the instance ends, as a result, in a slot and as an import's argument", () => {
  const bytes = wat(`(import "declared" "app.f(e: E)" (func $f (param i32))) ${info()} ${data(64, numberSlot(0.5))}
    (func (export "result") (result i32) (i32.const 2)) (func (export "slot")) (func (export "argument") (call $f (i32.const -1)))`, {
    contract: 'enum E { A, B }\nexport result() -> E\nexport slot() -> E?\nimport app.f(e: E) as "app.f(e: E)"\n',
  });
  for (const [name, which] of Object.entries({ result: 2, slot: 0.5, argument: -1 })) {
    const { exports } = load(bytes, { imports: { app: { f: () => assert.fail("no variant is lifted") } } });
    assert.match(thrownBy(() => exports[name]()).cause.message, new RegExp(`: wrong-kind ${which} as a variant`));
  }
});

test("typed arrays are what they are by nature: of another realm, with a false length, none at all", () => {
  const foreign = runInNewContext("Float64Array.of(1, 2)");
  assert.deepEqual(exports.numbers(foreign), Float64Array.of(1, 2));
  class Liar extends Float64Array {
    get length() { return 1e6; }
    get byteLength() { return 8e6; }
  }
  assert.deepEqual(exports.numbers(new Liar(2)), Float64Array.of(0, 0));
  assert.deepEqual(exports.numbers_list([new Liar(1)]), [Float64Array.of(0)]);
  assert.equal(thrownBy(() => exports.numbers(Object.create(Float64Array.prototype))).message, "numbers: value must be a Float64Array or an array of numbers, got object");
  const gone = Float64Array.of(1);
  structuredClone(gone, { transfer: [gone.buffer] });
  assert.deepEqual(exports.numbers(gone), Float64Array.of());
});

test("no leak: ten thousand rounds of records leave memory and handles as they are", () => {
  const round = () => {
    exports.every(every);
    exports.shape_list([shape, shape]);
    thrownBy(() => exports.every({ ...every, labels: [1] }));
    thrownBy(() => exports.every_try(every, true));
  };
  for (let i = 0; i < 100; i++) round();
  const before = raw.memory.buffer.byteLength;
  for (let i = 0; i < 10_000; i++) round();
  assert.equal(raw.memory.buffer.byteLength, before);
  assert.equal(host.handles.live, 0);
});
