// @ts-check
// Errors both ways: what the host throws into the guest, and the guest at the host.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, host } = guest;

/** What the guest knows of a thrown value. @param {unknown} value */
const caught = (value) => exports.error_catch(() => { throw value; });

const texts = ["", "plain", 'with "quotes"', "é \u{1f600}", "\0", "\ufeff", "two\nlines", "x".repeat(10_000), "é".repeat(40_000)];

test("an error of the guest is an Error with its message and a stack", () => {
  for (const text of texts) {
    for (const error of [exports.error_new(text), thrownBy(() => exports.error_throw(text))]) {
      assert.ok(error instanceof Error);
      assert.equal(Object.getPrototypeOf(error), Error.prototype);
      assert.equal(error.message, text);
      assert.equal(typeof error.stack, "string");
    }
  }
});

test("errors that are texts, and of the guest's own types", () => {
  for (const text of texts) {
    assert.throws(() => exports.error_throw_string(text), { name: "Error", message: text });
    assert.throws(() => exports.error_throw_boxed(text), { name: "Error", message: text });
  }
  assert.throws(() => exports.error_throw_static(), { name: "Error", message: "a static error: é" });
  assert.throws(() => exports.error_throw_display(2.25), { name: "Error", message: "2.25 is over the limit of 1.5" });
  assert.throws(() => exports.error_throw_parse("x"), { name: "Error", message: "invalid digit found in string" });
  assert.equal(exports.error_throw_parse("-42"), -42);
});

test("an error whose destructor calls the host, which calls the guest: its text is not lost", () => {
  /** @type {unknown[]} */
  const log = [];
  const during = (/** @type {string} */ text) => log.push(text, exports.string_echo("from within"));
  assert.throws(() => exports.error_throw_drop(during), { name: "Error", message: "loud to the end" });
  assert.deepEqual(log, ["dropped", "from within"]);
});

const frozen = Object.freeze(new Error("frozen"));
const noMessage = new Error("hidden");
Object.defineProperty(noMessage, "message", { get() { throw new Error("no message for you"); } });
const noStack = new Error("no stack");
Object.defineProperty(noStack, "stack", { get() { throw new Error("no stack for you"); } });
const cyclic = new Error("cyclic");
cyclic.cause = cyclic;
const numberMessage = Object.assign(new Error(), { message: 5 });
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** Anything can be thrown. @type {[name: string, value: unknown, message: string, isError: boolean][]} */
const thrown = [
  ["undefined", undefined, "undefined", false],
  ["null", null, "null", false],
  ["0", 0, "0", false],
  ["-0", -0, "0", false],
  ["NaN", NaN, "NaN", false],
  ["false", false, "false", false],
  ["the empty string", "", "", false],
  ["a string", "é", "é", false],
  ["a BigInt", 5n, "5", false],
  ["a symbol", Symbol("s"), "Symbol(s)", false],
  ["an Error", new Error("é"), "é", true],
  ["an Error without message", new Error(), "", true],
  ["a TypeError", new TypeError("t"), "t", true],
  ["an AggregateError", new AggregateError([1], "several"), "several", true],
  ["a DOMException", new DOMException("aborted", "AbortError"), "aborted", true],
  ["an Error of another realm", vm.runInNewContext("new RangeError('far')"), "far", true],
  ["a frozen Error", frozen, "frozen", true],
  ["an Error whose message throws", noMessage, "a value that throws when its text is asked for", true],
  ["an Error whose stack throws", noStack, "no stack", true],
  ["an Error that is its own cause", cyclic, "cyclic", true],
  ["an Error whose message is a number", numberMessage, "Error: 5", true],
  ["an object with a message", { message: "mine" }, "mine", false],
  ["an object without", {}, "[object Object]", false],
  ["an object that throws when asked for its text", { toString() { throw 1; } }, "a value that throws when its text is asked for", false],
  ["an object without prototype", Object.create(null), "a value that throws when its text is asked for", false],
  ["a revoked proxy", revoked, "a value that throws when its text is asked for", false],
  ["a function", function named() {}, "function named() {}", false],
  ["an array", [1, [2]], "1,2", false],
];

test("whatever is thrown arrives as an error with value and message", () => {
  for (const [name, value, message, isError] of thrown) {
    const report = caught(value);
    assert.ok(Object.is(report.value, value), name);
    assert.equal(report.message, message, name);
    assert.equal(report.display, message, name);
    assert.equal(report.isError, isError, name);
  }
});

test("Debug quotes the message", () => {
  assert.equal(caught(new Error('a "b"\n')).debug, 'JsError("a \\"b\\"\\n")');
});

test("whatever is thrown goes through the guest as the very same", () => {
  for (const [name, value] of thrown) {
    assert.ok(Object.is(thrownBy(() => exports.error_pass(() => { throw value; })), value), name);
    assert.ok(Object.is(thrownBy(() => exports.error_throw_value(value)), value), name);
    assert.ok(Object.is(thrownBy(() => exports.object_get_named({ get a() { throw value; } }, "a")), value), name);
  }
});

test("the stack is that of the error, and absent where there is none", () => {
  const error = new Error("here");
  assert.equal(caught(error).stack, error.stack);
  assert.equal(caught(noStack).stack, undefined);
  for (const value of [undefined, null, 5, "text", {}, { stack: 5 }, revoked]) assert.equal(caught(value).stack, undefined);
  assert.equal(caught({ stack: "my own é" }).stack, "my own é");
});

test("an error of the guest, thrown to the host and back, is the same object", () => {
  let first;
  const report = exports.error_catch(() => {
    try {
      exports.error_throw("round é");
    } catch (error) {
      first = error;
      throw error;
    }
  });
  assert.equal(report.value, first);
  assert.equal(report.message, "round é");
  assert.match(report.stack, /error_throw/);
  const made = exports.error_new("made");
  assert.equal(thrownBy(() => exports.error_throw_value(made)), made);
});

test("an error around another keeps it as cause", () => {
  const inner = new Error("inner é");
  const outer = thrownBy(() => exports.error_wrap(() => { throw inner; }));
  assert.equal(outer.message, "while calling: inner é");
  assert.equal(outer.cause, inner);
  assert.equal(thrownBy(() => exports.error_wrap(() => { throw undefined; })).message, "while calling: undefined");
});

test("two errors one after the other stay apart", () => {
  const [first, second] = exports.error_last(() => { throw "first"; }, () => { throw undefined; });
  assert.deepEqual([first, second], ["first", undefined]);
  const [nothing, again] = exports.error_last(() => "no error", () => { throw "second"; });
  assert.deepEqual([nothing, again], [undefined, "second"]);
});

test("an error that was caught within another call is not found again", () => {
  const outer = new Error("outer");
  const error = thrownBy(() => exports.error_pass(() => {
    assert.equal(exports.error_catch(() => { throw "inner"; }).value, "inner");
    throw outer;
  }));
  assert.equal(error, outer);
});

test("the host keeps no error that was taken", () => {
  thrownBy(() => exports.error_pass(() => { throw {}; }));
  assert.equal(exports.error_waiting(), undefined);
  assert.equal(host.handles.live, 0);
});

test("a failed cast as an error names what was expected and what was found", () => {
  for (const [value, kind] of /** @type {const} */ ([[{}, "object"], [null, "null"], [5, "number"], ["f", "string"]])) assert.throws(() => exports.error_cast(value), { name: "Error", message: `expected Function, found ${kind}` });
});

test("result<()>, result<bool> and others: a value where there is no error", () => {
  assert.equal(exports.slot_unit(false), undefined);
  assert.throws(() => exports.slot_unit(true), { name: "Error", message: "it fails" });
  assert.deepEqual([true, false].map((value) => exports.slot_bool(value)), [true, false]);
});

leavesNothing(guest, (i) => {
  const [, value] = thrown[i % thrown.length];
  caught(value);
  thrownBy(() => exports.error_pass(() => { throw value; }));
  thrownBy(() => exports.error_throw_display(i));
  thrownBy(() => exports.error_wrap(() => { throw value; }));
});
