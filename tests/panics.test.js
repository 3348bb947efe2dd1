// @ts-check
// Every way for a guest to die, and what the caller gets to know: message, place, first cause.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { root } from "../scripts/guests.js";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const source = readFileSync(`${root}tests/guest/src/panics.rs`, "utf8").split("\n");
/** Where a piece of code stands, as a panic says it. @param {string} code */
function place(code) {
  const line = source.findIndex((text) => text.includes(code));
  return `tests/guest/src/panics.rs:${line + 1}:${source[line].indexOf(code) + 1}`;
}

/**
 * Lets a fresh instance die, and looks at everything that can be known of it.
 * @param {(exports: Record<string, any>) => unknown} die
 * @param {string} name of the export that dies
 * @param {string} text the message
 */
async function dies(die, name, text) {
  const { exports, host } = await startGuest();
  const error = thrownBy(() => die(exports));
  assert.equal(error.name, "PanicError");
  assert.equal(error.code, "panic");
  assert.equal(error.message, `${name}: panic ${text}`);
  assert.ok(error.cause instanceof WebAssembly.RuntimeError);
  assert.equal(host.dead, error);
  for (const again of [() => exports.alive(), () => exports.echo_f64(1), () => exports.undeclared(1, 2), () => die(exports)]) {
    const poisoned = thrownBy(again);
    assert.equal(poisoned.name, "PoisonedError");
    assert.equal(poisoned.code, "poisoned");
    assert.equal(poisoned.cause, error);
  }
}

test("message and place arrive: any text", async () => {
  for (const text of ["plain", "", 'with "quotes" and {braces}', "é \u{1f600} \0 \ufeff", "two\nlines", "\\n"])
    await dies((exports) => exports.panic_text(text), "panic_text", `at ${place('panic!("{}", text!(message, len))')}: ${text}`);
});

test("a message of 10 KB, and one of 1 MB", async () => {
  for (const length of [10_240, 1_000_000]) await dies((exports) => exports.panic_long(length), "panic_long", `at ${place('panic!("{}", "0123456789"')}: ${"0123456789".repeat(length / 10)}`);
});

test("panic!() without a message", async () => {
  await dies((exports) => exports.panic_bare(), "panic_bare", `at ${place("panic!();")}: explicit panic`);
});

test("unwrap, an index out of bounds, a division by zero", async () => {
  await dies((exports) => exports.panic_unwrap('é "q"'), "panic_unwrap", `at ${place("unwrap();")}: called \`Result::unwrap()\` on an \`Err\` value: "é \\"q\\""`);
  await dies((exports) => exports.panic_index(3), "panic_index", `at ${place("[7, 8, 9][index]")}: index out of bounds: the len is 3 but the index is 3`);
  await dies((exports) => exports.panic_divide(0), "panic_divide", `at ${place("1000 / by")}: attempt to divide by zero`);
});

test("a message whose own code fails, and one whose code panics", async () => {
  await dies((exports) => exports.panic_fails(), "panic_fails", `at ${place('panic!("{Fails}")')}: half a mess`);
  await dies((exports) => exports.panic_twice(), "panic_twice", `at ${place('panic!("outer {Panics}")')}: outer at ${place('panic!("inner")')}: inner`);
});

test("a trap without words has the engine's", async () => {
  await dies((exports) => exports.panic_trap(), "panic_trap", "unreachable");
});

test("a stack overflow in the guest ends poisoned, whichever stack ends first", async () => {
  const { exports, host } = await startGuest();
  assert.equal(exports.panic_overflow(1000), 1000);
  const error = thrownBy(() => exports.panic_overflow(100_000_000));
  assert.equal(error.name, "PanicError");
  assert.ok(error.cause instanceof WebAssembly.RuntimeError || error.cause instanceof RangeError, String(error.cause));
  assert.throws(() => exports.alive(), { name: "PoisonedError" });
  assert.equal(host.dead, error);
});

test("a panic in a destructor", async () => {
  await dies((exports) => exports.panic_drop("é"), "panic_drop", `at ${place('panic!("dropped')}: dropped é`);
});

test("a panic in a destructor that calls the host, which throws", async () => {
  await dies((exports) => exports.panic_drop_calls(() => { throw new Error("é"); }), "panic_drop_calls", `at ${place('expect("what the destructor called failed")')}: what the destructor called failed: JsError("é")`);
});

test("memory that isn't there, and a size that no memory has", async () => {
  const { exports } = await startGuest();
  const error = thrownBy(() => exports.panic_memory(0x7fff0000));
  assert.match(error.message, /^panic_memory: panic at .*: memory allocation of 2147418112 bytes failed$/);
  const { exports: other } = await startGuest();
  assert.match(thrownBy(() => other.panic_memory(0x80000000)).message, /^panic_memory: panic at .*: capacity overflow$/);
});

/** Ways for the guest to wait for host code. @type {Record<string, (exports: Record<string, any>, act: () => void) => unknown>} */
const waits = {
  function: (exports, act) => exports.panic_callback(act),
  getter: (exports, act) => exports.panic_property({ get a() { return act(); } }, "a"),
  "proxy trap": (exports, act) => exports.panic_property(new Proxy({}, { get: () => act() }), "a"),
  "trap of a prototype": (exports, act) => exports.object_instance_of(new Proxy({}, { getPrototypeOf: () => (act(), null) }), Array),
  setter: (exports, act) => exports.object_set_named({ set a(/** @type {any} */ _value) { act(); } }, "a", 1),
  "has trap": (exports, act) => exports.object_has_named(new Proxy({}, { has: () => (act(), false) }), "a"),
  "delete trap": (exports, act) => exports.object_delete_named(new Proxy({}, { deleteProperty: () => (act(), true) }), "a"),
  "keys trap": (exports, act) => exports.object_keys(new Proxy({}, { ownKeys: () => (act(), []) })),
  method: (exports, act) => exports.object_call_named({ act }, "act", []),
  construct: (exports, act) => exports.function_construct(function () { act(); }, []),
  "a toString": (exports, act) => exports.value_to_js_string({ toString: () => (act(), "") }),
  "a valueOf": (exports, act) => exports.value_to_number({ valueOf: () => (act(), 0) }),
  "a toJSON": (exports, act) => exports.json_stringify({ toJSON: () => act() }),
  "message of an error": (exports, act) => exports.error_catch(() => { throw { get message() { act(); return ""; } }; }),
  "stack of an error": (exports, act) => exports.error_catch(() => { throw { get stack() { act(); return ""; } }; }),
  "element of an array": (exports, act) => exports.array_copy(Object.defineProperty([0], 0, { get: act })),
  "length of an array": (exports, act) => exports.array_len(new Proxy([], { get: () => (act(), 0) })),
  push: (exports, act) => exports.array_push(new Proxy([], { set: () => (act(), true) }), 1),
  destructor: (exports, act) => exports.last_act(act),
  "destructor of an error": (exports, act) => exports.error_throw_drop(act),
};

for (const [name, wait] of Object.entries(waits)) {
  test(`${name}: a panic of the guest that it calls reaches the outermost caller, also where host code swallows it`, async () => {
    for (const swallow of [false, true]) {
      const { exports, host } = await startGuest();
      let ran = false;
      /** @type {any} */
      let inner;
      const error = thrownBy(() => wait(exports, () => {
        ran = true;
        try {
          exports.panic_text("inner é");
        } catch (caught) {
          inner ??= caught; // a trap may be called again
          if (!swallow) throw caught;
        }
      }));
      assert.ok(ran, "the host code was called");
      assert.equal(error, inner, "the first error, the very same");
      assert.equal(error.name, "PanicError");
      assert.equal(error.message, `panic_text: panic at ${place('panic!("{}", text!(message, len))')}: inner é`);
      assert.equal(host.dead, error);
      assert.throws(() => exports.alive(), { name: "PoisonedError" });
    }
  });
}

test("three deep, the error swallowed at each step and another thrown in its place", async () => {
  const { exports, host } = await startGuest();
  const swallowing = (/** @type {() => void} */ act) => () => {
    try {
      act();
    } catch {
      throw new Error("something else");
    }
  };
  const error = thrownBy(() => exports.panic_callback(swallowing(() => exports.panic_callback(swallowing(() => exports.panic_callback(swallowing(() => exports.panic_text("deepest"))))))));
  assert.match(error.message, /^panic_text: .*: deepest$/);
  assert.equal(host.dead, error);
});

test("after a restart: a fresh guest, and the old one stays dead", async () => {
  const { exports, host } = await startGuest();
  exports.keep({});
  const error = thrownBy(() => exports.panic_text("once"));
  const fresh = await host.restart();
  assert.equal(fresh.exports.alive(), "yes");
  assert.equal(host.dead, null);
  assert.equal(host.handles.live, 0);
  assert.throws(() => exports.alive(), { name: "PoisonedError", cause: error });
  assert.throws(() => fresh.exports.kept_clone(0), { name: "PanicError", message: /nothing is kept here/ });
});

test("a handle kept across a restart is stale, and never reborn", async () => {
  const { exports, host } = await startGuest();
  const handle = exports.kept_handle(exports.keep({ old: true }));
  exports.leak_forged(handle);
  const { exports: fresh } = await host.restart();
  fresh.leak_cycles(10_000);
  const error = thrownBy(() => fresh.leak_forged(handle));
  assert.equal(error.cause.code, "stale-handle");
});

test("another instance goes on", async () => {
  const [first, second] = [await startGuest(), await startGuest()];
  assert.throws(() => first.exports.panic_text("gone"), { name: "PanicError" });
  assert.equal(second.exports.alive(), "yes");
  assert.equal(second.host.dead, null);
});

test("a guest with std: the panic hook tells message and place", async () => {
  const { exports } = await startGuest({}, "test-guest-std");
  assert.equal(exports.most_frequent("hello élé"), "l 3");
  const error = thrownBy(() => exports.panic_text('é "q"\n'));
  assert.match(error.message, /^panic_text: panic at tests\/guest-std\/src\/lib\.rs:\d+:5: é "q"\n$/);
  assert.throws(() => exports.most_frequent("a"), { name: "PoisonedError" });
});

test("a guest with std: a payload that is no text, and a hook that replaces the first", async () => {
  const any = await startGuest({}, "test-guest-std");
  assert.match(thrownBy(() => any.exports.panic_any()).message, /^panic_any: panic at tests\/guest-std\/src\/lib\.rs:\d+:5: a value that is no text$/);
  const hooked = await startGuest({}, "test-guest-std");
  assert.equal(thrownBy(() => hooked.exports.panic_hooked("unheard")).message, "panic_hooked: panic unreachable");
});

const survivor = await startGuest();
leavesNothing(survivor, () => {
  const { exports } = survivor;
  assert.equal(exports.panic_divide(8), 125);
  assert.equal(exports.panic_callback(() => {}), "went on: Ok(())");
  assert.equal(exports.panic_callback(() => { throw new Error("e"); }), 'went on: Err(JsError("e"))');
});
