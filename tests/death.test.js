// @ts-check
// Death: whatever leaves an export of the guest ends its instance, and not one instruction of it
// runs afterwards, whatever the host's code does with the error. Guests count, in a global that
// the host reads, how often they came to a place that they must not come to.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError, WireError } from "../host-js/host.js";
import { dead, load, thrownBy } from "./hostile/breach.js";
import { data, info, wat } from "./support/wat.js";

/** Counts what runs: `after` is bumped by each guest frame that goes on behind its call of the host. */
const COUNTERS = `(global $before (export "before") (mut i32) (i32.const 0)) (global $after (export "after") (mut i32) (i32.const 0))
  (func $enter (global.set $before (i32.add (global.get $before) (i32.const 1))))
  (func $leave (global.set $after (i32.add (global.get $after) (i32.const 1))))`;

/** A guest whose `call` calls a host function through an operation, and counts before and behind it. Each way of dying is an export of its own. */
const NESTED = `${COUNTERS}
  (func (export "call") (param $f i32) (result i32) (local $result i32)
    (call $enter)
    (local.set $result (call $function_call (local.get $f) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64)))
    (call $leave) (local.get $result))
  (func (export "trap") (call $enter) unreachable)
  (func (export "divide") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
  (func (export "load") (drop (i32.load (i32.const -4))))
  (func (export "forge") (call $enter) (drop (call $value_kind (i32.const 4000))) (call $leave))
  (func $deep (export "deep") (call $enter) (call $deep) (call $leave))
  (func (export "words") (call $error_panic (i32.const 512) (i32.const 8)) (call $error_panic (i32.const 520) (i32.const 9)) unreachable)
  (func (export "badWords") (call $error_panic (i32.const -1) (i32.const 9)) unreachable)
  (func (export "fine") (result i32) (call $enter) (i32.const 42))
  ${data(512, "panicked")}
  ${data(520, " lib.rs:7")}`;
const nested = new WebAssembly.Module(wat(NESTED));

/** @param {import("./hostile/breach.js").Instance} instance */
const counts = ({ raw }) => [raw.before.value, raw.after.value];

/** @type {Record<string, [dying: (exports: Record<string, any>) => unknown, cause: Function]>} */
const WAYS = {
  "a trap": [(exports) => exports.trap(), WebAssembly.RuntimeError],
  "a division by zero": [(exports) => exports.divide(0), WebAssembly.RuntimeError],
  "an access outside of memory": [(exports) => exports.load(), WebAssembly.RuntimeError],
  "a breach of the contract": [(exports) => exports.forge(), WireError],
  "a stack overflow": [(exports) => exports.deep(), RangeError],
};

for (const [what, [die, cause]] of Object.entries(WAYS)) {
  test(`${what} in an export: a PanicError with the first cause, then PoisonedErrors`, () => {
    const instance = load(nested);
    const error = thrownBy(() => die(instance.exports));
    assert.ok(error instanceof PanicError && error instanceof WireError && error instanceof Error);
    assert.equal(error.name, "PanicError");
    assert.ok(error.cause instanceof cause, String(error.cause));
    assert.ok(error.message.includes(/** @type {Error} */ (error.cause).message));
    const [before, after] = counts(instance);
    assert.equal(after, 0);
    dead(instance.host, error, () => instance.exports.fine());
    assert.equal(counts(instance)[0], before, "the poisoned call didn't reach the guest");
  });

  test(`${what} three frames deep, the error swallowed at each level: no guest frame runs on`, () => {
    const instance = load(nested);
    const { host, exports } = instance;
    /** @type {any[]} */
    const swallowed = [];
    // Each host function calls the guest, and returns as if nothing had been.
    const swallow = (/** @type {() => unknown} */ act) => () => {
      try {
        return act();
      } catch (error) {
        swallowed.push(error);
        return "all is well";
      }
    };
    const inner = host.handle(swallow(() => die(exports)));
    const middle = host.handle(swallow(() => exports.call(inner)));
    const error = thrownBy(() => exports.call(middle));
    assert.ok(error instanceof PanicError);
    assert.ok(error.cause instanceof cause);
    assert.equal(host.dead, error);
    // The innermost call's error is the one that every level sees.
    assert.deepEqual(swallowed.map((one) => one === error), [true, true]);
    assert.equal(counts(instance)[1], 0, "no frame went on");
  });
}

/** Every operation that runs code of the host, and the object and wires that make it do so. @type {Record<string, [make: (act: () => any) => any, call: string]>} */
const DOORS = {
  "object_get: a getter": [(act) => ({ get x() { return act(); } }), "(call $object_get (local.get 0) (local.get 1) (i32.const 64))"],
  "object_get_named: a getter": [(act) => ({ get x() { return act(); } }), "(call $object_get_named (local.get 0) (i32.const 512) (i32.const 1) (i32.const 64))"],
  "object_get: a number from a getter": [(act) => ({ get x() { act(); return 5; } }), "(call $object_get (local.get 0) (local.get 1) (i32.const 64))"],
  "object_set: a setter": [(act) => ({ set x(/** @type {unknown} */ _) { act(); } }), "(call $object_set (local.get 0) (local.get 1) (i32.const 128))"],
  "object_set_named: a setter": [(act) => ({ set x(/** @type {unknown} */ _) { act(); } }), "(call $object_set_named (local.get 0) (i32.const 512) (i32.const 1) (i32.const 128))"],
  "object_has: a proxy trap": [(act) => new Proxy({}, { has: () => act() }), "(call $object_has (local.get 0) (local.get 1))"],
  "object_delete: a proxy trap": [(act) => new Proxy({}, { deleteProperty: () => (act(), true) }), "(call $object_delete (local.get 0) (local.get 1))"],
  "object_keys: a proxy trap": [(act) => new Proxy({}, { ownKeys: () => (act(), []) }), "(call $object_keys (local.get 0))"],
  "object_call: a method": [(act) => ({ x: act }), "(call $object_call (local.get 0) (local.get 1) (i32.const 0) (i32.const 0) (i32.const 64))"],
  "object_call_named: a method": [(act) => ({ x: act }), "(call $object_call_named (local.get 0) (i32.const 512) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64))"],
  "object_instance_of: Symbol.hasInstance": [(act) => ({ [Symbol.hasInstance]: () => act() }), "(call $object_instance_of (i32.const 6) (local.get 0))"],
  "array_length: a proxied array": [(act) => new Proxy([], { get: () => act() }), "(call $array_length (local.get 0) (i32.const 64))"],
  "array_get: a getter": [(act) => ({ get 0() { return act(); } }), "(call $array_get (local.get 0) (i32.const 0) (i32.const 64))"],
  "array_set: a setter": [(act) => ({ set 0(/** @type {unknown} */ _) { act(); } }), "(call $array_set (local.get 0) (i32.const 0) (i32.const 128))"],
  "array_push: a proxied array": [(act) => new Proxy([], { set: () => (act(), true) }), "(call $array_push (local.get 0) (i32.const 128))"],
  "function_call": [(act) => act, "(call $function_call (local.get 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64))"],
  "function_construct": [(act) => function () { act(); }, "(call $function_construct (local.get 0) (i32.const 0) (i32.const 0))"],
  "value_to_string: toString": [(act) => ({ toString: () => (act(), "") }), "(call $value_to_string (local.get 0))"],
  "value_to_number: valueOf": [(act) => ({ valueOf: () => (act(), 1) }), "(call $value_to_number (local.get 0) (i32.const 64))"],
  "value_class: a proxy trap": [(act) => new Proxy({}, { getPrototypeOf: () => (act(), null) }), "(call $value_class (local.get 0))"],
  "json_stringify: toJSON": [(act) => ({ toJSON: () => act() }), "(call $json_stringify (local.get 0))"],
  "error_message: a getter": [(act) => ({ get message() { return act(); } }), "(call $error_message (local.get 0))"],
  "error_stack: a getter": [(act) => ({ get stack() { return act(); } }), "(call $error_stack (local.get 0))"],
};

for (const [door, [make, call]] of Object.entries(DOORS)) {
  const guest = new WebAssembly.Module(wat(`${COUNTERS} (func (export "run") (param i32 i32) (call $enter) (drop ${call}) (call $leave))
    (func (export "forge") (call $handle_release (i32.const 4000))) ${data(512, "x")}`));

  test(`${door}: a breach inside it, the error swallowed or passed on, ends the outer frame too`, () => {
    for (const passOn of [false, true]) {
      const instance = load(guest);
      const { host, exports } = instance;
      let ran = 0;
      const object = make(() => {
        ran++;
        try {
          exports.forge();
        } catch (error) {
          if (passOn) throw error;
        }
      });
      const error = thrownBy(() => exports.run(host.handle(object), host.handle("x")));
      assert.ok(ran > 0, "the host's code ran");
      assert.ok(error instanceof PanicError, String(error));
      assert.equal(/** @type {WireError} */ (error.cause).code, "forged-handle");
      assert.equal(counts(instance)[1], 0, "the outer frame didn't go on");
    }
  });

  test(`${door}: an exception of any class inside it is the guest's to see, and the frame goes on`, () => {
    for (const thrown of [new TypeError("no"), "text", Symbol("s"), null, undefined, 0, "", false, NaN]) {
      const instance = load(guest);
      const { host, exports } = instance;
      exports.run(host.handle(make(() => { throw thrown; })), host.handle("x"));
      assert.equal(counts(instance)[1], 1);
      assert.equal(host.dead, null);
    }
  });
}

test("a falsy thrown value is an error like any other: it waits, as it is, and the next failure replaces it", () => {
  const guest = wat(`(func (export "fails") (param i32) (result i32) (call $function_call (local.get 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64)))
    (func (export "take") (result i32) (call $error_take))`);
  const { host, exports } = load(guest);
  const symbol = Symbol("s");
  for (const thrown of [undefined, null, 0, "", false, NaN, 0n, symbol, Object.freeze(new Error("frozen"))]) {
    const f = host.handle(() => { throw thrown; });
    assert.equal(exports.fails(f), 0);
    const taken = exports.take();
    assert.ok(Object.is(host.value(taken), thrown), String(thrown));
    assert.equal(exports.take(), 1, "taken once");
    if (taken < 0 || taken > 7) host.release(taken);
    host.release(f);
  }
  assert.equal(host.handles.live, 0);
  const throws = (/** @type {unknown} */ value) => host.handle(() => { throw value; });
  exports.fails(throws("first"));
  exports.fails(throws("second"));
  assert.equal(host.value(exports.take()), "second");
});

const ENV = `(import "env" "f" (func $f)) ${COUNTERS}
  (func (export "run") (call $enter) (call $f) (call $leave)) (func (export "trap") unreachable)`;

test("an env import that throws, any class and any falsy value: it is the cause, as it is", () => {
  for (const thrown of [new TypeError("no"), "text", Symbol("s"), null, undefined, 0, "", false, Object.create(null), { get message() { throw 1; } }]) {
    const instance = load(wat(ENV), { imports: { env: { f: () => { throw thrown; } } } });
    const error = thrownBy(() => instance.exports.run());
    assert.ok(error instanceof PanicError);
    assert.ok(Object.is(error.cause, thrown));
    assert.match(error.message, /^run: panic /);
    assert.equal(counts(instance)[1], 0);
    dead(instance.host, error, () => instance.exports.run());
  }
});

test("an env import that swallows the guest's death: the frame that waits doesn't run on", () => {
  const instance = load(wat(ENV), { imports: { env: { f: () => { try { instance.exports.trap(); } catch { /* as if nothing had been */ } } } } });
  assert.ok(thrownBy(() => instance.exports.run()).cause instanceof WebAssembly.RuntimeError);
  assert.equal(counts(instance)[1], 0);
});

test("an env import that overflows the host's stack ends the instance, with the RangeError as cause", () => {
  /** @type {() => number} */
  const deep = () => deep() + 1;
  const instance = load(wat(ENV), { imports: { env: { f: deep } } });
  assert.ok(thrownBy(() => instance.exports.run()).cause instanceof RangeError);
  assert.equal(counts(instance)[1], 0);
  assert.equal(load(wat(ENV), { imports: { env: { f: () => {} } } }).exports.run(), undefined);
});

test("an operation's host code that overflows the stack: an error that the guest sees, as any", () => {
  const instance = load(nested);
  /** @type {() => number} */
  const deep = () => deep() + 1;
  assert.equal(instance.exports.call(instance.host.handle(deep)), 0);
  assert.deepEqual(counts(instance), [1, 1]);
});

/** Guests that go round through the host, by each way that it makes an export; and the call that goes round once more. @type {Record<string, [params: string, contract: string | undefined, again: (exports: Record<string, any>, f: number) => unknown]>} */
const ROUNDS = {
  "an export of numbers": ["i32", undefined, (exports, f) => exports.round(f)],
  "an export of one scalar": ["i32", "export round(f: u32)", (exports, f) => exports.round(f)],
  "an export of text": ["i32 i32", "export round(t: str)", (exports) => exports.round("t")],
  "an export of anything": ["i32 i32 i32 i32 i32 i32", "export round(f: i32, b: bool, c: bool, d: bool, t: str)", (exports, f) => exports.round(f, true, true, true, "t")],
};
const CALLS = { "an operation": "(drop (call $function_call (i32.const 8) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 64)))", "an env import": "(call $f)" };
for (const [what, [params, contract, again]] of Object.entries(ROUNDS))
  for (const [by, call] of Object.entries(CALLS))
    test(`mutual recursion by ${what} and ${by} until the stack ends, every error swallowed: no frame runs on after one inside it was cut off`, () => {
      // Each frame knows its depth. One that goes on, and finds that a deeper one never left, is wrong.
      // Where exactly the stack ends is a matter of luck, so that it is tried from many places.
      const round = new WebAssembly.Module(wat(`(import "env" "f" (func $f)) ${info({ arenaLen: 32768 })}
        (global $depth (mut i32) (i32.const 0)) (global $most (export "most") (mut i32) (i32.const 0)) (global $wrong (export "wrong") (mut i32) (i32.const 0))
        (func (export "round") (param ${params}) (local $own i32)
          (global.set $depth (local.tee $own (i32.add (global.get $depth) (i32.const 1))))
          (if (i32.gt_u (local.get $own) (global.get $most)) (then (global.set $most (local.get $own))))
          ${call}
          (if (i32.ne (global.get $depth) (local.get $own)) (then (global.set $wrong (i32.add (global.get $wrong) (i32.const 1)))))
          (global.set $depth (i32.sub (local.get $own) (i32.const 1))))`, { contract }));
      for (let pad = 0; pad < 40; pad++) {
        const turn = () => {
          try {
            again(instance.exports, f);
          } catch {
            // As if nothing had been.
          }
        };
        const instance = load(round, { imports: { env: { f: turn } } });
        const { host, raw, exports } = instance;
        const f = host.handle(turn);
        assert.equal(f, 8, "the handle that the guest calls");
        /** @type {(n: number) => unknown} */
        const from = (n) => (n === 0 ? again(exports, f) : [from(n - 1)]);
        let error;
        try {
          from(pad);
        } catch (thrown) {
          error = thrown;
        }
        assert.ok(raw.most.value > 100);
        assert.equal(raw.wrong.value, 0, `from ${pad}: ${raw.wrong.value} of ${raw.most.value} frames went on wrongly`);
        if (error !== undefined) assert.ok(error instanceof PanicError && host.dead === error, String(error));
      }
    });

test("the guest's last words: the pieces of error_panic are joined, and are the message", () => {
  const instance = load(nested);
  const error = thrownBy(() => instance.exports.words());
  assert.equal(error.message, "words: panic panicked lib.rs:7");
  assert.ok(error.cause instanceof WebAssembly.RuntimeError);
});

test("last words that are no text in memory: the breach is the cause", () => {
  const error = thrownBy(() => load(nested).exports.badWords());
  assert.equal(error.cause.code, "out-of-bounds");
  assert.match(error.cause.message, /^error_panic: /);
});

test("poisoned calls: named after their export, before an argument is checked or lowered, and the first cause stays", () => {
  const instance = load(nested);
  const { exports, host } = instance;
  const error = thrownBy(() => exports.trap());
  for (const name of ["trap", "call", "fine", "forge"]) {
    const poisoned = thrownBy(() => exports[name](-1));
    assert.equal(poisoned.name, "PoisonedError");
    assert.ok(poisoned.message.startsWith(`${name}: poisoned `), poisoned.message);
    assert.match(poisoned.message, /host\.restart\(\)/);
  }
  assert.equal(host.dead, error);
  assert.equal(host.handles.live, 0);
});

test("calls of raw exports are outside of the guarantee: they run, and end nothing", () => {
  const instance = load(nested);
  const { raw, exports, host } = instance;
  assert.ok(thrownBy(() => raw.trap()) instanceof WebAssembly.RuntimeError);
  assert.equal(host.dead, null);
  assert.equal(exports.fine(), 42);
  thrownBy(() => exports.trap());
  assert.equal(raw.fine(), 42);
});

test("an argument whose getter kills the instance and swallows that: the guest isn't entered", () => {
  for (const params of ["v: [P]", "n: u8, v: [P]", "v: [P], n: u8", "a: str, v: [P]", "v: P", "v: [P], a: str, b: str"]) {
    const wires = params.split(", ").map((param) => (/\[|str/.test(param) ? "i32 i32" : "i32")).join(" ");
    const instance = load(wat(`${COUNTERS} ${info()} (func (export "f") (param ${wires}) (call $enter)) (func (export "trap") unreachable)`, { contract: `record P { x: u8 }\nexport f(${params})` }));
    const { exports } = instance;
    const deadly = { get x() {
      thrownBy(() => exports.trap());
      return 1;
    } };
    const args = params.split(", ").map((param) => (/\[/.test(param) ? [deadly] : /P/.test(param) ? deadly : /str/.test(param) ? "t" : 1));
    const error = thrownBy(() => exports.f(...args));
    assert.equal(error.name, "PoisonedError", `${params}: ${error}`);
    assert.equal(counts(instance)[0], 0, `${params}: the guest wasn't entered`);
  }
});

test("a declared import whose result kills the instance while it is read, and swallows that: the frame doesn't run on", () => {
  for (const [type, wires] of [["P", "(param i32)"], ["[P]", "(param i32)"], ["[u8]", "(param i32)"]]) {
    const instance = load(wat(`(import "declared" "app.get() -> ${type}" (func $f ${wires})) ${COUNTERS} ${info()} (func (export "run") (call $enter) (call $f (i32.const 128)) (call $leave)) (func (export "trap") unreachable)`, {
      contract: `record P { x: u8 }\nimport app.get() -> ${type} as "app.get() -> ${type}"`,
    }), { imports: { app: { get() {
      const deadly = { get x() {
        thrownBy(() => instance.exports.trap());
        return 1;
      }, get 0() {
        return this.x;
      }, length: 1 };
      return type === "P" ? deadly : type === "[P]" ? [deadly] : Object.setPrototypeOf(Object.defineProperty([1], 0, { get: () => deadly.x }), Array.prototype);
    } } } });
    const error = thrownBy(() => /** @type {any} */ (instance.exports.run ?? instance.raw.run)());
    assert.ok(error instanceof PanicError, `${type}: ${error}`);
    assert.equal(counts(instance)[1], 0, `${type}: the frame went on`);
  }
});
