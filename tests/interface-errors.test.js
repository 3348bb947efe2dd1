// @ts-check
// What methods of interfaces throw, and functions whose line names an error: declared, undeclared,
// falsy, hostile, in each form that the guest can ask for.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError } from "../host-js/host.js";
import { logger, start } from "./interfaces/guest.js";
import { thrownBy } from "./support/guest.js";

/** Throws. @param {any} thrown */
const throwing = (thrown) => () => {
  throw thrown;
};
/** A Risky of which every method throws. @param {any} thrown */
const risky = (thrown) => Object.fromEntries(["plain", "any", "own", "told", "refused", "list"].map((name) => [name, throwing(thrown)]));
const nothing = { answer: undefined, reason: undefined, message: undefined, value: undefined };

/** The guest's status word. @param {Awaited<ReturnType<typeof start>>} instance */
function statusWord({ raw }) {
  const view = new DataView(raw.memory.buffer);
  return view.getUint32(view.getUint32(raw.hw_info() + 24, true), true);
}

class AskError extends Error {
  name = "AskError";
  code = 5;
  reason = "of a class";
}

test("edge: a declared error arrives as what the line names: a record by its fields, an enum by a name", async () => {
  const instance = await start();
  const { exports, host } = instance;
  for (const [thrown, reason] of /** @type {[any, string][]} */ ([
    [{ reason: "no é 🎉", code: 3 }, "no é 🎉 (3)"],
    [{ reason: "", code: 2 ** 32 - 1, more: 1 }, " (4294967295)"],
    [Object.create({ reason: "inherited", code: 1 }), "inherited (1)"],
    [Object.freeze({ reason: "x".repeat(100_000), code: 0 }), `${"x".repeat(100_000)} (0)`],
    [new AskError("message"), "of a class (5)"],
  ])) {
    assert.deepEqual(exports.ask(logger(throwing(thrown)), "q"), { ...nothing, reason });
    assert.deepEqual(exports.risk_told(risky(thrown)), { ...nothing, reason });
    assert.deepEqual(exports.risk_list(risky(thrown), ["a"]), { ...nothing, reason });
    assert.deepEqual(thrownBy(() => exports.risk_own(risky(thrown))), { reason: thrown.reason, code: thrown.code });
    assert.deepEqual(thrownBy(() => exports.pass_on(logger(throwing(thrown)), "q")), { reason: thrown.reason, code: thrown.code }, "thrown on, as what it is");
    assert.equal(statusWord(instance), 0);
  }
  for (const name of ["Busy", "Gone"]) assert.equal(exports.risk_refused(risky(name)), name);
  assert.deepEqual([host.handles.live, host.dead], [0, null]);
});

const proxy = new Proxy({}, { get: throwing("trap"), getPrototypeOf: throwing("trap") });
/** What is no AskError, with the text that the guest reads. @type {[any, string][]} */
const UNDECLARED = [
  [new Error("plain"), "plain"],
  [Object.assign(new Error("fields by chance"), { reason: "r", code: 1 }), "fields by chance"],
  [new RangeError("ranged"), "ranged"],
  [{ reason: "no code" }, "[object Object]"],
  [{ reason: 5, code: 5 }, "[object Object]"],
  [{ reason: "r", code: 1.5, toString: () => "own" }, "own"],
  ["Busy?", "Busy?"],
  [Symbol("s"), "Symbol(s)"],
  [proxy, "a value that throws when its text is asked for"],
  [{ get reason() { throw "mine"; }, code: 1, toString: () => "getter" }, "getter"],
];
/** @type {[any, string][]} */
const FALSY = [[undefined, "undefined"], [null, "null"], [false, "false"], [0, "0"], [-0, "0"], [NaN, "NaN"], [0n, "0"], ["", ""]];

for (const [kind, values] of /** @type {[string, [any, string][]][]} */ ([["an undeclared", UNDECLARED], ["a falsy", FALSY]]))
  test(`edge: ${kind} value arrives as unexpected, and is itself`, async () => {
    const { exports, host } = await start();
    for (const [thrown, text] of values) {
      for (const seen of [exports.ask(logger(throwing(thrown)), "q"), exports.risk_told(risky(thrown)), exports.risk_list(risky(thrown), [])]) {
        assert.equal(seen.message, text);
        // A record's `undefined` is nothing.
        assert.ok(Object.is(seen.value, thrown === null ? null : thrown), text);
        assert.equal(seen.reason, undefined);
      }
      assert.ok(Object.is(thrownBy(() => exports.risk_any(risky(thrown))), thrown));
      assert.ok(Object.is(thrownBy(() => exports.pass_on(logger(throwing(thrown)), "q")), thrown), "passed on as the very value");
      assert.deepEqual(thrownBy(() => exports.risk_own(risky(thrown))), { reason: `unexpected: ${text}`, code: 0 });
      assert.equal(exports.risk_refused(risky(thrown)), `unexpected: ${text}`);
    }
    assert.deepEqual([host.handles.live, host.dead], [0, null]);
  });

test("without a Result whatever is thrown is a panic that names the text, declared or not", async () => {
  for (const [thrown, text] of [...FALSY, [new Error("plain"), "plain"], [{ reason: "r", code: 1, toString: () => "declared" }, "declared"]]) {
    const { exports, host } = await start();
    const error = thrownBy(() => exports.risk_plain(risky(thrown)));
    assert.ok(error instanceof PanicError);
    assert.match(error.message, /^risk_plain: panic .*tests\/interfaces\/src\/errors\.rs:\d+:\d+: /);
    assert.ok(error.message.endsWith(`: ${text}`), error.message);
    assert.equal(host.dead, error);
  }
});

test("after an error the next call gives its value", async () => {
  const { exports } = await start();
  let fail = true;
  const one = logger(() => {
    if (fail) throw { reason: "busy", code: 1 };
    return "here";
  });
  for (fail of [true, false, true, true, false]) assert.deepEqual(exports.ask(one, "q"), fail ? { ...nothing, reason: "busy (1)" } : { ...nothing, answer: "here" });
});

test("a declared error that the guest has no memory for is the host's own error, as an unexpected one", async () => {
  const { exports, raw, host } = await start();
  // The arena has no room for it, and the allocator is told to give none.
  const { hw_alloc } = raw;
  host.guest.raw = { ...raw, hw_alloc: (/** @type {number} */ size, /** @type {number} */ align) => (size > 50_000 ? 0 : hw_alloc(size, align)) };
  const seen = exports.ask(logger(throwing({ reason: "x".repeat(60_000), code: 1 })), "q");
  assert.match(seen.message, /out-of-memory 60000/);
  assert.deepEqual(exports.ask(logger(throwing({ reason: "small", code: 1 })), "q").reason, "small (1)");
  assert.deepEqual([host.handles.live, host.dead], [0, null]);
});

test("functions of import! have the same errors", async () => {
  /** @type {any} */
  let thrown;
  const ask = () => { throw thrown; };
  const { exports, host } = await start({ app: { ask, ask_own: ask } });
  thrown = { reason: "no", code: 9 };
  assert.deepEqual(exports.import_ask("q"), { ...nothing, reason: "no (9)" });
  assert.deepEqual(thrownBy(() => exports.import_ask_own("q")), thrown);
  for ([thrown] of [...UNDECLARED, ...FALSY]) {
    assert.ok(Object.is(exports.import_ask("q").value, thrown));
    assert.match(thrownBy(() => exports.import_ask_own("q")).reason, /^unexpected: /);
  }
  assert.deepEqual([host.handles.live, host.dead], [0, null]);
});

test("errors of the guest's own implementors are thrown at the page, and from there into the guest", async () => {
  const { exports, host } = await start();
  const own = exports.new_memory();
  assert.deepEqual(thrownBy(() => own.ask("what")), { reason: "no what", code: 404 });
  assert.equal(thrownBy(() => own.ask("error")).message, "the guest's own");
  assert.deepEqual(exports.ask(own, "what"), { ...nothing, reason: "no what (404)" });
  assert.equal(exports.ask(own, "error").message, "the guest's own");
  own.free();
  assert.match(exports.ask(Object.assign(Object.create(own), {}), "x").message, /Logger\.ask: this must be a Logger|dropped/);
  assert.equal(host.dead, null);
});
