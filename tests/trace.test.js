// @ts-check
// The trace: every crossing with the values that cross, and nothing changed by looking at them.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError } from "../host-js/host.js";
import { line, shapes, trace } from "../host-js/trace.js";
import { load, thrownBy } from "./hostile/breach.js";
import { data, everyOperation, info, numberSlot, slot, wat } from "./support/wat.js";
import { operations } from "./support/wire.js";

/** @typedef {import("../host-js/trace.js").Crossing} Crossing */

/** An instance and the crossings it makes. @param {Uint8Array<ArrayBuffer> | WebAssembly.Module} source @param {import("../host-js/core.js").Options} [options] */
function traced(source, options = {}) {
  /** @type {Crossing[]} */
  const crossings = [];
  const instance = load(source, { ...options, with: [trace], trace: (crossing) => crossings.push(crossing) });
  return { ...instance, crossings, lines: () => crossings.splice(0).map(line) };
}

test("every operation of the contract has a shape, of as many wires as it takes", () => {
  const wires = /** @type {Record<string, number>} */ ({ t: 2, u: 2, a: 2, l: 2 });
  assert.deepEqual(Object.keys(shapes).sort(), operations().map(({ name }) => name).sort());
  for (const { name, types, signature } of operations()) {
    const [params, result] = shapes[name].split(":");
    assert.equal([...params].reduce((sum, shape) => sum + (wires[shape] ?? 1), 0), types.length, name);
    assert.equal(result === "", !signature.includes("->"), name);
  }
});

test("a call, what it calls, and what comes back: values, not numbers", () => {
  const guest = wat(`(import "env" "tick" (func $tick (param i32) (result i64))) ${info()} ${data(512, "name")}
    (func (export "ask") (param i32 i32) (result i32) (local $h i32)
      (drop (call $tick (i32.const 5)))
      (local.set $h (call $object_get_named (i32.const 6) (i32.const 512) (i32.const 4) (i32.const 64)))
      (drop (call $object_get_named (i32.const 6) (i32.const 512) (i32.const 3) (i32.const 64)))
      (local.get $h))`, { contract: "export ask(question: str) -> js" });
  const { exports, lines } = traced(guest, { extras: { name: "Ada", nam: 1.5 }, imports: { env: { tick: () => 7n } } });
  assert.equal(exports.ask("who?"), "Ada");
  assert.deepEqual(lines(), [
    '→ ask("who?")',
    "  ← env.tick(5)",
    "  = 7",
    '  ← object_get_named(object, "name")',
    '  = "Ada"',
    '  ← object_get_named(object, "nam")',
    "  = 1.5",
    '= "Ada"',
  ]);
});

test("slots are shown as values, and a handle that is given away is given away all the same", () => {
  const { exports, host, crossings, lines } = traced(new WebAssembly.Module(everyOperation()));
  const given = host.handle("given");
  const kept = host.handle("kept");
  host.bytes(2048, 16 * 5).set([...numberSlot(1.5), ...slot(10, given), ...slot(11, kept), ...slot(3, 1), ...slot(7, 512, 2)]);
  host.bytes(512, 2).set([104, 105]);
  const array = exports.array_from(2048, 5);
  assert.deepEqual(crossings[1].values, [1.5, "given", "kept", true, "hi"]);
  assert.deepEqual(crossings[2].values, [[1.5, "given", "kept", true, "hi"]]);
  assert.equal(crossings[2].step, "return");
  assert.equal(thrownBy(() => host.value(given)).code, "stale-handle");
  assert.equal(host.value(kept), "kept");
  lines();
  exports.array_set(array, 1, 2048 + 64);
  assert.deepEqual(lines(), [`→ array_set(${array}, 1, ${2048 + 64})`, '  ← array_set(object, 1, "hi")', "  = 1", "= 1"]);
});

test("what can't be lifted is left to the operation: the breach, and what the trace says of it", () => {
  const { exports, host, crossings } = traced(new WebAssembly.Module(everyOperation()));
  const error = thrownBy(() => exports.object_get_named(4000, 65536, 9, 0));
  assert.ok(error instanceof PanicError);
  assert.equal(/** @type {any} */ (error.cause).code, "forged-handle");
  assert.deepEqual(crossings.map(({ step, side, depth }) => [step, side, depth]), [["call", "export", 0], ["call", "import", 1], ["throw", "import", 1], ["throw", "export", 0]]);
  assert.deepEqual(crossings[1].values.map((value) => /** @type {any} */ (value).code), ["forged-handle", "out-of-bounds"]);
  assert.equal(crossings[3].values[0], error);
  assert.equal(host.dead, error);
});

test("failures: an operation that fails returns nothing, error_take what was thrown", () => {
  const { exports, host, lines } = traced(new WebAssembly.Module(everyOperation()));
  const f = host.handle(() => { throw new TypeError("mine"); });
  assert.equal(exports.function_call(f, 1, 0, 0, 64), 0);
  assert.equal(lines()[2], '  = "failed"');
  exports.error_take();
  assert.equal(lines()[2], "  = object");
});

test("the same results and errors with the trace as without, for every operation with wild wires", () => {
  const module = new WebAssembly.Module(everyOperation());
  for (const { name, types } of operations())
    for (const wires of [[6, 6, 1024, 0, 64], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0], [-1, -1, -1, -1, -1]]) {
      const args = types.map((type, i) => (type === "i64" ? BigInt(wires[i]) : wires[i]));
      const outcome = (/** @type {import("./hostile/breach.js").Instance} */ { exports, host }) => {
        try {
          return [exports[name](...args), host.handles.live];
        } catch (error) {
          return [String(error), host.handles.live];
        }
      };
      assert.deepEqual(outcome(traced(module)), outcome(load(module)), `${name}(${args})`);
    }
});

test("traced exports keep their names and lengths, and the death rule", () => {
  const { exports, host, lines } = traced(wat(`(func (export "f") (param i32 i32) (result i32) (local.get 0)) (func (export "trap") unreachable)`, { contract: "export f(a: u8, b: u8) -> u8" }));
  assert.deepEqual([exports.f.name, exports.f.length], ["f", 2]);
  assert.throws(() => exports.f(1, 256), RangeError);
  assert.match(lines().join("\n"), /^→ f\(1, 256\)\n! object$/);
  thrownBy(() => exports.trap());
  assert.ok(host.dead);
  assert.match(thrownBy(() => exports.f(1, 2)).message, /^f: poisoned/);
});

test("depth, through calls within calls and after errors", () => {
  const guest = wat(`(func (export "call") (param i32) (result i32) (call $function_call (local.get 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64))) (func (export "leaf"))`);
  const { exports, host, crossings } = traced(guest);
  const f = host.handle(() => { exports.leaf(); throw 1; });
  exports.call(f);
  assert.deepEqual(crossings.map(({ step, name, depth }) => `${depth} ${step} ${name}`), ["0 call call", "1 call function_call", "2 call leaf", "2 return leaf", "1 return function_call", "0 return call"]);
});

test("a trace function that throws: the caller gets its error, and the next call begins at depth 0", () => {
  /** @type {number[]} */
  const depths = [];
  let broken = true;
  const { exports } = load(wat('(func (export "f"))'), { with: [trace], trace: ({ depth }) => {
    if (broken) throw new Error("tracer");
    depths.push(depth);
  } });
  assert.throws(() => exports.f(), /tracer/);
  broken = false;
  exports.f();
  assert.deepEqual(depths, [0, 0]);
});

test("line: no value is too odd to be shown", () => {
  const odd = [Symbol("s"), -0, NaN, 5n, null, undefined, true, "x".repeat(100), { toString() { throw 1; } }, () => 1, Object.create(null)];
  for (const value of odd) assert.equal(typeof line({ step: "return", side: "import", name: "f", values: [value], depth: 3 }), "string");
  assert.equal(line({ step: "return", side: "import", name: "f", values: [], depth: 1 }), "  = ()");
});
