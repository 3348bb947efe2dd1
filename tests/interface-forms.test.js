// @ts-check
// Methods of all kinds of parameters and results, implemented by the page, by the guest, and by
// a guest that passes on; hostile guests; two crates that don't agree.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { instantiate } from "../host-js/host.js";
import { root, target } from "../scripts/guests.js";
import { breach, load } from "./hostile/breach.js";
import { logger, start } from "./interfaces/guest.js";
import { thrownBy } from "./support/guest.js";
import { RETURN, data, info, slot, wat } from "./support/wat.js";

/** An Echo of the page, which takes down what it was called with. @returns {any} */
function pageEcho() {
  const calls = /** @type {any[]} */ ([]);
  const names = ["flag", "number", "small", "big", "letter", "text", "bytes", "numbers", "texts", "option", "record", "value", "borrowed", "logger", "maybe"];
  const methods = names.map((name) => [name, function (/** @type {any[]} */ ...args) {
    calls.push([name, ...args]);
    return args[0];
  }]);
  return { ...Object.fromEntries(methods), many: (/** @type {any[]} */ ...args) => JSON.stringify(args), calls };
}

const one = logger();
/** What goes through each method, and comes back. @type {Record<string, any[]>} */
const VALUES = {
  flag: [true, false],
  number: [1.5, -0, NaN, Infinity, 5e-324],
  small: [-128, 127],
  big: [0n, 2n ** 63n, 2n ** 64n - 1n],
  letter: ["a", "🎉", "\0"],
  text: ["", "hé 🎉", "\ufeff", "x".repeat(70_000), "é".repeat(20_000)],
  bytes: [new Uint8Array(0), Uint8Array.of(0, 255), new Uint8Array(70_000).fill(7)],
  numbers: [Float64Array.of(), Float64Array.of(1.5, -0)],
  texts: [[], ["a", "", "é"], Array(2000).fill("line")],
  option: [undefined, 0, -1],
  record: [{ reason: "r", code: 7 }],
  value: [undefined, null, 0, one, Symbol.iterator],
  borrowed: [undefined, one, "text"],
  logger: [one],
  maybe: [one, undefined],
};

test("the guest calls methods of the page, of every type", async () => {
  const { exports, host } = await start();
  const echo = pageEcho();
  for (const [name, values] of Object.entries(VALUES))
    for (const value of values) {
      echo.calls.length = 0;
      assert.deepEqual(exports[`echo_${name}`](echo, value), value, name);
      assert.deepEqual(echo.calls, [[name, value]], name);
    }
  assert.equal(exports.echo_many(echo), '[-1,"two",3.5,null,5]');
  assert.equal(host.handles.live, 0);
});

test("the page calls methods of the guest, of every type, and of one that passes on to others", async () => {
  const { exports, host } = await start();
  const echo = exports.echo();
  const page = exports.echo_through(pageEcho());
  const deep = exports.echo_through(exports.echo_through(echo));
  for (const it of [echo, page, deep])
    for (const [name, values] of Object.entries(VALUES)) for (const value of values) assert.deepEqual(it[name](value), value, name);
  assert.equal(echo.many(1, "b", -0, "d", 255), '1 b -0 Some("d") 255');
  assert.equal(echo.many(1, "b", 2, null, 0), "1 b 2 None 0");
  assert.equal(deep.many(1, "b", 2, undefined, 0), "1 b 2 None 0");
  assert.equal(echo.option(), undefined, "an option at the end may be left out");
  assert.match(thrownBy(() => echo.small(128)).message, /^Echo\.small: of must be an integer/);
  assert.match(thrownBy(() => echo.record({ reason: "r" })).message, /^Echo\.record: of\.code must be/);
  assert.match(thrownBy(() => echo.logger({})).message, /^Echo\.logger: of must implement Logger: log is missing/);
  for (const it of [page, deep, echo]) it.free();
  assert.deepEqual([host.interfaces.Echo.size, host.interfaces.Logger.size], [1, 0], "the first of the two in a row is the page's to free");
});

test("two crates that declare one interface in other words: the module is refused, and both lines are named", async () => {
  const folder = `${target}/different`;
  const args = ["build", "--quiet", "--offline", "-p", "handwire-test-interfaces", "--features", "different", "--release", "--target", "wasm32-unknown-unknown", "--target-dir", folder];
  const { status, stderr } = spawnSync("cargo", args, { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const bytes = readFileSync(`${folder}/wasm32-unknown-unknown/release/handwire_test_interfaces.wasm`);
  await assert.rejects(instantiate(bytes), (/** @type {any} */ error) => {
    assert.equal(error.code, "bad-contract");
    for (const part of ["interface Clock", "now() -> f64", "now(zone: str) -> f64"]) assert.ok(error.message.includes(part), error.message);
    return true;
  });
});

const LINES = "interface I { f(n: f64) -> f64; g(text: str) -> result<str, E> }\nrecord E { why: str }\nexport take(it: I)\nexport give(h: u32) -> I\nexport call(it: I) -> f64\nexport own() -> I\nexport release(h: u32)\nexport fail(it: I) -> u32";
/** A guest that does with handles what it likes. @param {string} [more] */
const hostile = (more = "", contract = LINES) =>
  wat(
    `(import "declared" "interface I.f(n: f64)" (func $f (param i32 f64) (result f64)))
     (import "declared" "interface I.g" (func $g (param i32 i32 i32 i32)))
     (func (export "take") (param i32))
     (func (export "give") (param i32) (result i32) local.get 0)
     (func (export "call") (param i32) (result f64) local.get 0 f64.const 2 call $f)
     (func (export "call_raw") (param i32) (result f64) local.get 0 f64.const 2 call $f)
     (func (export "own") (result i32) i32.const 5 i32.const 500 i32.const 1 call $interface_new)
     (func (export "release") (param i32) local.get 0 call $interface_release)
     (func (export "fail") (param i32) (result i32) local.get 0 i32.const 500 i32.const 1 i32.const 520 call $g (i32.load (i32.const 400)))
     (func (export "I.f") (param i32 f64) (result f64) local.get 1)
     (func (export "I.g") (param i32 i32 i32) (result i32) i32.const 0)
     (func (export "hw_drop") (param i32) (i32.store (i32.const 408) (local.get 0)))
     ${data(500, "I")} ${info({ status: 400 })} ${more}`,
    { contract },
  );

test("hostile guests: handles that are no implementors, of other interfaces, ended ones", () => {
  const it = { f: (/** @type {number} */ n) => n * 2, g: () => "" };
  for (const [name, handle, code] of /** @type {[string, number, string][]} */ ([
    ["call_raw", 0, "reserved-handle"],
    ["call_raw", 4, "wrong-kind"],
    ["call_raw", 4000, "forged-handle"],
    ["call_raw", -1, "forged-handle"],
    ["give", 0, "reserved-handle"],
    ["give", 4, "wrong-kind"],
    ["give", 4000, "forged-handle"],
    ["release", 5, "wrong-kind"],
    ["release", 4000, "forged-handle"],
  ]))
    breach(load(hostile()), name, [handle], code, /./, { call_raw: "I.f", give: "give", release: "interface_release" }[name]);
  const instance = load(hostile());
  instance.exports.take(it);
  const [[handle]] = instance.host.interfaces.I;
  assert.equal(instance.exports.call_raw(handle), 4);
  instance.exports.release(handle);
  breach(instance, "call_raw", [handle], "stale-handle", /./, "I.f");
});

test("hostile guests: an implementor of one interface where another belongs, a plain object where one belongs", () => {
  const contract = `${LINES}\ninterface J { h() }\nexport as_j(it: I) -> J\nexport plain(object: js) -> I`;
  const more = '(func (export "as_j") (param i32) (result i32) local.get 0) (func (export "plain") (param i32) (result i32) local.get 0)';
  breach(load(hostile(more, contract)), "as_j", [{ f() {}, g() {} }], "wrong-kind", /I as J/);
  breach(load(hostile(more, contract)), "plain", [{ f() {}, g() {} }], "wrong-kind", /object as I/);
  const poisoned = new Proxy({}, { getPrototypeOf() { throw new Error("trap"); } });
  assert.throws(() => load(hostile(more, contract)).exports.plain(poisoned));
});

test("hostile guests: an id of 0, an error that the line names without a status word or a return slot", () => {
  const { exports, host } = load(hostile());
  const own = exports.own();
  assert.equal(own.f(3), 3);
  own.free();
  assert.equal(new DataView(/** @type {any} */ (host.memory).buffer).getInt32(408, true), 5);
  const it = { f() {}, g() { throw { why: "x" }; } };
  assert.equal(exports.fail(it), 7, "the status word says that the error is in the return slot");
  assert.deepEqual(new Uint8Array(/** @type {any} */ (host.memory).buffer, RETURN, 4), slot(7 + 7).slice(0, 4));
  const bare = load(wat(
    `(import "declared" "interface I.g" (func $g (param i32 i32 i32 i32))) (func (export "fail") (param i32) (result i32) local.get 0 i32.const 500 i32.const 1 i32.const 520 call $g i32.const 0)`,
    { contract: LINES.replace(/\nexport (?:take|give|call|own|release).*/g, "") },
  ));
  assert.deepEqual(thrownBy(() => bare.exports.fail(it)).cause, { why: "x" });
});

test("contracts that can't be: a method that isn't declared, a line that can't be read, two lines of one name", () => {
  const imports = (/** @type {string} */ key) => `(import "declared" "${key}" (func (param i32)))`;
  for (const [fields, contract, said] of [
    [imports("interface I.h"), "interface I { f() }", "no line for the import interface I.h"],
    [imports("interface J.f"), "interface I { f() }", "no line for the import interface J.f"],
    ["", "interface I { }", "interface I { }"],
    ["", "interface I", "interface I"],
    [imports("interface I.f"), "interface I { f( }", "interface I: f("],
    [imports("interface I.f"), "interface I { f() detached -> f64 }", "interface I: f() detached"],
    ["", "interface I { f() }\ninterface I { g() }", "f() | g()"],
    ['(func (export "x") (param i32))', "interface I { f() }\nexport x(it: &I)", "type &I"],
    ['(func (export "x") (param i32))', "export x(it: I)", "type I"],
  ]) {
    const error = thrownBy(() => load(wat(fields, { contract })));
    assert.equal(error.code, "bad-contract", contract);
    assert.ok(error.message.includes(said), `${error.message} says ${said}`);
  }
});
