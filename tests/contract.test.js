// @ts-check
// The contract section: lines that are read, lines that are refused before anything runs, and
// what the host offers for a declared export and for one without a declaration.

import assert from "node:assert/strict";
import test from "node:test";
import { PanicError, WireError, instantiate } from "../host-js/host.js";
import { load, thrownBy } from "./hostile/breach.js";
import { data, info, slot, wat } from "./support/wat.js";

const F = '(func (export "f") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))';
const DECLARED = "export f(a: i32, b: u32) -> i32";

/** A guest with these sections. @param {...(string | Uint8Array)} contract */
const guest = (...contract) => wat(`${F} (func (export "g")) ${info()}`, { contract });

/** @param {(string | Uint8Array)[]} contract @param {RegExp} message */
function refused(contract, message) {
  const error = thrownBy(() => load(guest(...contract)));
  assert.ok(error instanceof WireError && !(error instanceof PanicError), String(error));
  assert.equal(error.code, "bad-contract", error.message);
  assert.match(error.message, message);
  assert.match(error.message, /: correct this declaration in the guest; the grammar is in WIRE\.md/);
}

/** @param {...(string | Uint8Array)} contract */
const taken = (...contract) => assert.equal(load(guest(...contract)).exports.f(-3, 5), 2, contract.join("|"));

test("a declaration, with and without a line end, documentation, empty lines around it", () => {
  for (const text of [DECLARED, `${DECLARED}\n`, `\n\n${DECLARED}\n\n`, `${DECLARED} "Adds."\n`, `${DECLARED} "say \\"hé\\", (a: b) -> c \\\\"\n`, `${DECLARED} ""\n`]) taken(text);
});

test("several sections are read as one, in any order", () => {
  taken("export g()\n", `${DECLARED}\n`);
  taken(`${DECLARED}\n`, "", "export g()");
});

test("the same line twice counts once, in one section or in two", () => {
  taken(`${DECLARED}\n${DECLARED}\n`);
  taken(`${DECLARED}\n`, `${DECLARED}\n`);
});

test("the same name twice with different lines: bad-contract, which shows both", () => {
  const other = "export f(a: i32, b: i32) -> i32";
  for (const contract of [[`${DECLARED}\n${other}\n`], [DECLARED, other], [`${DECLARED}\n${DECLARED} "documented"`]])
    refused(contract, /export f\(a: i32, b: u32\) -> i32 \| export f\(a: i32, b/);
});

test("an unknown type: bad-contract, which names export and type", () => {
  for (const type of ["int", "i33", "string", "toString", "__proto__", "constructor", "I32"]) {
    refused([`export f(a: ${type}, b: u32) -> i32`], new RegExp(`f: type ${type}\\b`));
    refused([`export f(a: i32, b: u32) -> ${type}`], new RegExp(`f: type ${type}\\b`));
    refused([`export f(a: i32, b: u32) -> result<${type}>`], new RegExp(`f: type ${type}\\b`));
  }
});

test("a line that can't be read: bad-contract, which shows it", () => {
  const lines = [
    "exports f()", "f(a: i32)", "export f", "export f(", "export f)", "export f(a: i32", "export (a: i32)", "export f (a: i32)", " export f()", "export  f()", "export f() ->", "export f() -> ",
    "export f()-> i32", 'export f() "open', "export f() doc", "export f-g()", "export f() -> i32 -> i32", "export f()\r", "import", "# comment", "\u0000", "export f() -> result<str", "class f { }",
  ];
  for (const line of lines) refused([line], new RegExp(/-> (?:result<str|i32 -> i32)$/.test(line) ? `type ${line.slice("export f() -> ".length)}` : line.trim().replace(/[\\^$.*+?()[\]{}|\0\r]/g, ".")));
});

test("parameters that can't be read: bad-contract", () => {
  for (const list of ["a", "a:i32", "a i32", "a: ", "a: i32,b: i32", "a: i32; b: i32", "a: i32, "]) refused([`export f(${list})`], /bad-contract .*f/);
});

test("an alias that stands for itself, alone or in a circle: bad-contract", () => {
  for (const lines of [["type A = A"], ["type A = B", "type B = A"], ["type A = [A]"], ["type A = A?"], ["type A = &A"]]) refused([`${lines.join("\n")}\nexport f(a: A)`], /f: type [&\[]*A/);
});

test("a borrowed handle as a result: bad-contract", () => {
  refused(["export f(a: i32, b: i32) -> &js"], /-> &js/);
  refused(["export f(a: i32, b: i32) -> result<&js>"], /&js/);
});

test("declared, but not exported; exported, but no function: bad-contract, by name", () => {
  refused([`${DECLARED}\nexport missing()`], /no export missing/);
  refused(["export memory()"], /no export memory/);
});

test("a section that is no UTF-8, or not text at all: bad-contract", () => {
  refused([Uint8Array.of(0xff, 0xfe, 0x00)], /\ufffd/);
  refused([Uint8Array.of(...new TextEncoder().encode("export f(a: i32, b: u32) -> i"), 0xc3)], /f: type i\ufffd/);
  refused([Uint8Array.of(...new TextEncoder().encode("\ufeff" + DECLARED))], /\ufeffexport f/);
});

test("an empty section, and none: every function is one of numbers", () => {
  for (const contract of [[], [""], ["\n\n\n"]]) taken(...contract);
});

test("a section of another name is nobody's business", () => {
  const bytes = wat(F, { contract: "export f(a: i32, b: u32) -> i32" });
  assert.deepEqual(WebAssembly.Module.customSections(new WebAssembly.Module(bytes), "other"), []);
  assert.equal(thrownBy(() => load(bytes).exports.f("x", 1)).constructor, TypeError);
});

test("name, length and arity of declared exports and of plain ones", () => {
  const { exports, raw } = load(guest(DECLARED));
  assert.deepEqual([exports.f.name, exports.f.length], ["f", 2]);
  assert.deepEqual([exports.g.name, exports.g.length], ["g", 0]);
  assert.notEqual(exports.f, raw.f);
  for (const args of [[], [1], [1, 2, 3], [1, 2, undefined]]) {
    const error = thrownBy(() => exports.f(...args));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, new RegExp(`^f takes 2 arguments, got ${args.length}$`));
  }
  const text = load(wat('(func (export "t") (param i32 i32 i32 i32)) ' + info(), { contract: "export t(a: str, b: str)" }));
  assert.deepEqual([text.exports.t.length, text.raw.t.length], [2, 4], "the length is that of the values, not of the wires");
  for (const args of [[], ["a"], ["a", "b", "c"]]) assert.match(thrownBy(() => text.exports.t(...args)).message, /^t takes 2 arguments, got \d$/);
});

test("exports are the guest's functions only: no hw_, no memory, nothing of Object.prototype", async () => {
  const { exports, raw } = await instantiate(wat(`${F} ${info()} (func (export "hw_alloc") (param i32 i32) (result i32) (i32.const 0)) (global (export "constant") i32 (i32.const 4)) (table (export "table") 1 funcref)`));
  assert.deepEqual(Object.keys(exports), ["f"]);
  assert.equal(Object.getPrototypeOf(exports), null);
  assert.deepEqual(Object.keys(raw).sort(), ["constant", "f", "hw_alloc", "hw_info", "memory", "table"]);
});

test("an export without a declaration takes numbers as wasm does, and keeps the death rule", () => {
  const { exports, host } = load(wat(`${F} (func (export "wide") (param i64) (result i64) (local.get 0)) (func (export "trap") unreachable)`));
  assert.equal(exports.f(1.9, "2"), 3, "by the rules of WebAssembly itself");
  assert.equal(exports.f(), 0);
  assert.equal(exports.wide(2n ** 63n), -(2n ** 63n));
  thrownBy(() => exports.trap());
  assert.match(thrownBy(() => exports.f(1, 2)).message, /^f: poisoned/);
  assert.ok(host.dead instanceof PanicError);
});

test("exports with names that JavaScript knows: constructor, __proto__, then, name", async () => {
  const names = ["constructor", "__proto__", "then", "name", "length", "toString"];
  const fields = names.map((name, i) => `(func (export "${name}") (result i32) (i32.const ${i}))`).join(" ");
  for (const contract of [undefined, names.map((name) => `export ${name}() -> u32`).join("\n")]) {
    const instance = load(wat(fields, { contract }));
    names.forEach((name, i) => assert.equal(instance.exports[name](), i, name));
  }
});

test("a hundred declarations, parameters of every type in one", () => {
  const many = Array.from({ length: 100 }, (_, n) => n);
  const instance = load(wat(many.map((n) => `(func (export "f${n}") (param i32) (result i32) (i32.add (local.get 0) (i32.const ${n})))`).join("\n"), {
    contract: many.map((n) => `export f${n}(a: i32) -> i32 "Adds ${n}."`).join("\n"),
  }));
  for (const n of many) assert.equal(instance.exports[`f${n}`](1), n + 1);
  const types = ["bool", "i8", "u8", "i16", "u16", "i32", "u32", "usize", "i64", "u64", "f32", "f64", "char", "str", "bytes", "js", "&js"];
  const wires = types.map((type) => (/64/.test(type) && type !== "f64" ? "i64" : type === "f32" || type === "f64" ? type : type === "str" || type === "bytes" ? "i32 i32" : "i32")).join(" ");
  const all = load(wat(`${info()} (func (export "all") (param ${wires}) (result i32) (call $handle_release (local.get 17)) (i32.const 1))`, { contract: `export all(${types.map((type, i) => `p${i}: ${type}`).join(", ")}) -> u32` }));
  assert.equal(all.exports.all(true, -128, 255, -32768, 65535, -1, 1, 2, -1n, 2n ** 64n - 1n, 1.5, -0, "x", "text", new Uint8Array(3), {}, {}), 1);
  assert.equal(all.host.handles.live, 0);
  assert.equal(all.exports.all.length, 17);
});

test("a contract that lies about the wasm signature: wires that don't fit end the instance, by name", () => {
  const lie = load(wat('(func (export "f") (param i64))', { contract: "export f(a: i32)" }));
  const error = thrownBy(() => lie.exports.f(1));
  assert.ok(error instanceof PanicError && error.cause instanceof TypeError);
  const text = load(wat(`${info()} ${data(64, slot(7, 0, 0))} (func (export "f") (result i32) (i32.const 5))`, { contract: "export f() -> str" }));
  assert.equal(text.exports.f(), "", "a wasm result that nobody declared is nobody's");
});
