// @ts-check
// Guests that lie about closures, and functions in the lines of the contract: what can't be
// read, what the tools make of what can.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError, WireError } from "../host-js/host.js";
import { makeDts } from "../host-js/dts.js";
import { parseContract, showType } from "../host-js/grammar.js";
import { readModule } from "../host-js/module.js";
import { contractProblems } from "../host-js/signature.js";
import { load, thrownBy } from "./hostile/breach.js";
import { data, info, numberSlot, slot, wat } from "./support/wat.js";

/** A guest that makes a function of a type, whose calls give what is said. @param {string} type @param {{ call4i?: string, call4?: string, call?: string, memory?: string }} [calls] */
function guest(type, { call4i = "(i32.const 0)", call4 = "(f64.const 0)", call = "(i32.const 0)", memory = "" } = {}) {
  const bytes = wat(`
    ${info()} ${data(2048, type)} ${data(2000, "mine")} ${memory}
    (func (export "make") (result i32) (call $closure_new (i32.const 7) (i32.const 2048) (i32.const ${type.length})))
    (func (export "hw_call4i") (param i32 i32 i32 i32 i32) (result i32) ${call4i})
    (func (export "hw_call4") (param i32 f64 f64 f64 f64) (result f64) ${call4})
    (func (export "hw_call") (param i32 i32 i32 i32 i32) (result i32) ${call})
    (func (export "never") (call $error_misuse (i32.const 1) (i32.const 0) (i32.const 0)))
    (func (export "hw_drop") (param i32) unreachable)`, { contract: "export make() -> js" });
  const instance = load(bytes);
  return { ...instance, f: instance.exports.make() };
}

/** @param {string} type @param {Parameters<typeof guest>[1]} calls @param {unknown[]} args @param {string} code of the cause */
function dies(type, calls, args, code) {
  const { f, host } = guest(type, calls);
  const error = thrownBy(() => f(...args));
  assert.ok(error instanceof PanicError, `${type}: ${error}`);
  assert.equal(/** @type {any} */ (error.cause).code, code, `${type}: ${error.message}`);
  assert.equal(host.dead, error);
  assert.throws(() => f(...args), { code: "poisoned" });
}

test("results of hw_call4i are cut to their type, as those of exports are", () => {
  /** @type {[type: string, wire: number, value: unknown][]} */
  const cases = [["i32", -1, -1], ["u32", -1, 4294967295], ["i8", 255, -1], ["u8", 257, 1], ["i16", 65535, -1], ["u16", -1, 65535], ["bool", 2, true], ["usize", -1, 4294967295]];
  for (const [type, wire, value] of cases) assert.equal(guest(`fn()->${type}`, { call4i: `(i32.const ${wire})` }).f(), value, type);
  assert.equal(guest("fn()", { call4i: "(i32.const 5)" }).f(), undefined);
});

test("results of hw_call4 that are not of the type end the instance", () => {
  for (const [type, wire] of [["i32", "1.5"], ["i32", "nan"], ["u8", "256"], ["bool", "2"], ["u32", "-1"], ["i8", "inf"]]) dies(`fn(f64)->${type}`, { call4: `(f64.const ${wire})` }, [1], "wrong-kind");
  assert.equal(guest("fn(f64)->f32", { call4: "(f64.const 0.1)" }).f(1), Math.fround(0.1));
  assert.equal(guest("fn(f64)->u32", { call4: "(f64.const 4294967295)" }).f(1), 4294967295);
});

test("results of hw_call: a slot of another kind, of none, past the end; a handle that was never made", () => {
  const at = (/** @type {Uint8Array} */ bytes) => data(64, bytes);
  dies("fn(str)->str", { memory: at(numberSlot(1)) }, ["x"], "wrong-kind");
  dies("fn(str)->str", { memory: at(slot(99)) }, ["x"], "unknown-kind");
  dies("fn(str)->str", { memory: at(slot(7, 65530, 10)) }, ["x"], "out-of-bounds");
  dies("fn(str)->js", { memory: at(slot(10, 4000)) }, ["x"], "forged-handle");
  dies("fn(str)->result<i32>", { memory: at(slot(99)), call: "(i32.const 1)" }, ["x"], "unknown-kind");
  dies("fn(..)", { memory: at(slot(99)) }, [1], "unknown-kind");
  dies("fn(..)", { memory: at(slot(13, 0, 0)) }, [1], "unknown-kind");
  dies("fn()->[str]", { memory: at(slot(13, 1001, 5)) }, [], "misaligned");
  dies("fn()->[str]", { memory: at(slot(13, 65528, 5)) }, [], "out-of-bounds");
});

test("a trap in each of the calls ends the instance", () => {
  for (const type of ["fn()", "fn(i32)", "fn(i32,i32)", "fn(i32,i32,i32)", "fn(i32,i32,i32,i32)->i32", "once fn(i32)"]) {
    const { f, host } = guest(type, { call4i: "unreachable" });
    assert.ok(thrownBy(() => f(1, 1, 1, 1)) instanceof PanicError, type);
    assert.notEqual(host.dead, null);
  }
  for (const type of ["fn(f64)", "fn()->f64", "fn(f32,f32)", "fn(f64,i32,i32)"]) assert.ok(thrownBy(() => guest(type, { call4: "unreachable" }).f(1, 1, 1)) instanceof PanicError);
  for (const type of ["fn(str)", "fn(..)", "once fn(str)"]) assert.ok(thrownBy(() => guest(type, { call: "unreachable" }).f("x")) instanceof PanicError);
});

test("a misuse of any code is an error of the call, and nothing ends", () => {
  /** @type {[number, string][]} */
  const codes = [[1, "re-entered"], [2, "dropped"], [3, "moved"], [4, "wrong-value"]];
  for (const [number, code] of codes)
    for (const [type, calls] of /** @type {[string, any][]} */ ([["fn(i32)->i32", "call4i"], ["fn(f64)->f64", "call4"], ["fn(str)->str", "call"]])) {
      const report = `(call $error_misuse (i32.const ${number}) (i32.const 2000) (i32.const 4)) ${calls === "call4" ? "(f64.const nan)" : "(i32.const 7)"}`;
      const { f, host } = guest(type, { [calls]: report });
      const error = thrownBy(() => f(type.includes("str") ? "x" : 1));
      assert.ok(error instanceof WireError && !(error instanceof PanicError));
      assert.equal(error.code, code);
      assert.ok(error.message.startsWith(`closure ${type}: ${code} `), error.message);
      assert.equal(host.dead, null);
    }
});

test("a module without the call that a type needs", () => {
  for (const [type, name] of [["fn()", "hw_call4i"], ["fn(f64)", "hw_call4"], ["fn(str)", "hw_call"], ["fn(..)", "hw_call"]]) {
    const instance = load(wat(`${info()} ${data(2048, type)} (func (export "make") (drop (call $closure_new (i32.const 7) (i32.const 2048) (i32.const ${type.length}))))`));
    assert.match(thrownBy(() => instance.exports.make()).message, new RegExp(`closure_new: bad-contract no export ${name}`));
  }
});

/** @param {string[]} lines */
const contract = (...lines) => parseContract([lines.join("\n")]);

test("functions in lines: what is read is shown as it was", () => {
  for (const type of [
    "fn()", "fn(..)", "fn(i32)", "fn(i32,str)->bool", "fn([f64],js.Array?)->[str]?", "(fn(i32)->i32?)?", "[fn()]", "[(fn()->str?)?]", "fn(fn(i32)->i32)->fn()",
    "fn()->result<()>", "fn(str)->result<[u8],Failure>", "fn((fn())?,i32)->result<fn(..),Failure>",
    "fn(stream<u8>)->stream<[str]?>", "[stream<js>?]", "stream<stream<u8>>",
    "fn()->async<()>", "fn(str)->async<result<[u8],Failure>>", "(fn()->async<str?>)?", "[fn(fn()->async<result<()>>)->async<fn()>]",
  ]) {
    const line = `export f(a: ${type}, b: i32) -> ${type}`;
    const parsed = contract(line, "record Failure { why: str }").exports[0];
    assert.deepEqual([parsed.params.map(({ type }) => showType(type)), showType(/** @type {any} */ (parsed.result))], [[type, "i32"], type]);
  }
  for (const type of ["fn(", "fn(i32", "fn(i32,)", "fn(,)", "fn() ->i32", "fn()-> i32", "fn(i32, i32)", "fn()->", "fn(...)", "(i32)?", "(fn()?", "fn()->result<i32", "Fn()", "fn()->async<", "fn()->async<>", "fn()->async i32", "fn()->async<async<i32>>", "async fn()"])
    assert.throws(() => contract(`export f(a: ${type})`), { code: "bad-contract" }, type);
});

test("functions in lines: the host reads the same, and refuses what is none", () => {
  const lines = (/** @type {string} */ type) => load(wat(`${info()} (func (export "f") (param i32) (result i32) (local.get 0))`, { contract: `export f(a: ${type}) -> ${type} "A doc -> of (it)."` }));
  const f = () => 5;
  for (const type of ["fn()", "fn(..)", "fn(i32,str)->bool", "fn(fn(i32)->i32)->fn()", "fn(str)->result<[u8]>", "fn(str)->str?", "fn(str)->async<str>", "fn(fn()->async<()>)->async<result<u8>>"]) {
    const { exports, host } = lines(type);
    assert.equal(exports.f(f), f, type);
    assert.throws(() => exports.f({}), { name: "TypeError", message: "f: a must be a function, got object" });
    assert.equal(host.handles.live, 0);
  }
  for (const type of ["fn(", "fn(wat)", "fn()->wat", "fn(i32)->result<i32,wat>", "fn(i32)>i32", "fn(i32)i32", "fn()->async<wat>", "fn()->async<async<i32>>", "fn()->result<async<i32>>"]) assert.throws(() => lines(type), { code: "bad-contract" }, type);
});

test("what a guest gives as a function or as an object of a class, and is none, ends it: said by name", () => {
  const echo = (/** @type {string} */ result) => load(wat(`${info()}
    (func (export "f") (param i32) (result i32) local.get 0)
    (func (export "slot") (param i32) (i32.store (i32.const 64) (i32.const 10)) (i32.store (i32.const 72) (local.get 0)))`, { contract: `export f(a: js) -> ${result}\nexport slot(a: js) -> (${result})?`.replace(/\((js.*)\)\?/, "$1?") }));
  /** @type {[type: string, what: string, good: unknown, bad: unknown[]][]} */
  const table = [
    ["fn(i32)->i32", "a function", () => 1, [{}, undefined, "text", [() => 1]]],
    ["fn(..)", "a function", class {}, [1, null]],
    ["js.Function", "of type Function", async () => {}, [{}]],
    ["js.Array", "of type Array", [], [{ length: 0 }, "text"]],
    ["js.Uint8Array", "of type Uint8Array", new Uint8Array(1), [new Int8Array(1), [1]]],
    ["js.Promise", "of type Promise", { then() {} }, [1, undefined]],
  ];
  for (const [type, what, good, bad] of table)
    for (const name of ["f", "slot"]) {
      assert.equal(echo(type).exports[name](good), good, type);
      for (const value of bad) {
        const { exports, host } = echo(type);
        if (name === "slot" && value === undefined) continue;
        const error = thrownBy(() => exports[name](value));
        assert.ok(error instanceof PanicError, `${type}: ${error}`);
        const { cause } = /** @type {any} */ (error);
        assert.equal(cause.code, "wrong-kind");
        assert.match(cause.message, new RegExp(`^${name}: wrong-kind .*, not ${what}`));
        assert.equal(host.dead, error);
      }
    }
  const hostile = new Proxy({}, { get() { throw new Error("looked at"); } });
  assert.equal(echo("js.Promise").exports.f(hostile), hostile, "no code of a value runs while a guest returns it");
});

test("what a guest passes to an import as a function, and is none, ends it", () => {
  /** @type {unknown[]} */
  const seen = [];
  const bytes = wat(`(import "declared" "app.take" (func $take (param i32))) ${info()} (func (export "f") (param i32) (call $take (local.get 0)))`, { contract: 'export f(a: js)\nimport app.take(f: fn()) as "app.take"' });
  const start = () => load(bytes, { imports: { app: { take: (/** @type {unknown} */ f) => void seen.push(f) } } });
  const f = () => 1;
  start().exports.f(f);
  const error = thrownBy(() => start().exports.f({}));
  assert.equal(error.cause.code, "wrong-kind");
  assert.match(error.cause.message, /^app\.take: wrong-kind .*not a function/);
  assert.deepEqual(seen, [f]);
});

test("a lent function stands for a parameter of an import only", () => {
  const bytes = wat('(func (export "f") (param i32))', { contract: "export f(a: &fn(i32))" });
  const module = readModule(bytes);
  assert.deepEqual(contractProblems(contract("export f(a: &fn(i32))"), module), ["export f: a: &fn(i32) is lent, and only an import can be lent a function"]);
  assert.match(thrownBy(() => load(bytes).exports.f(() => {})).message, /&fn\(i32\), which can be a parameter of an import only/);
  const unknown = contractProblems(contract("export f(a: fn(wat)->result<i32,Gone>)"), module).join();
  assert.match(unknown, /the type wat is declared nowhere.*the error: Gone is no record and no enum/);
  assert.match(contractProblems(contract("export f(a: i32)", "record R { f: &fn() }"), module).join(), /&fn\(\) is lent, and stands where only a parameter can/);
});

test("functions in a .d.ts: seen from both sides", () => {
  const lines = ["export f(a: fn(i32,str?)->bool?, b: (fn())?) -> fn([f64],i32?)->result<js>", "export g(a: [fn(..)]) -> [fn(u64)]"];
  const module = readModule(wat('(func (export "f") (param i32 i32) (result i32) (i32.const 0)) (func (export "g") (param i32 i32))'));
  const text = makeDts("m.wasm", contract(...lines), module);
  assert.ok(text.includes("f(a: (a: number, b: string | undefined) => boolean | null | undefined, b?: (() => void) | null): ((a: Float64Array | readonly number[], b?: number | null) => any) & { free?(): void };"), text);
  assert.ok(text.includes("g(a: readonly ((...args: any[]) => any)[]): (((a: bigint) => void) & { free?(): void })[];"), text);
});
