// @ts-check
// Guests that lie about their classes: ids that are none, slots of other kinds, members that are
// not there, misuse that is none. Each is a named error, and the host goes on.

import assert from "node:assert/strict";
import test from "node:test";
import { Host, PanicError, WireError } from "../host-js/host.js";
import { thrownBy } from "./support/guest.js";
import { RETURN, data, info, slot, wat } from "./support/wat.js";

const DROP = '(global $drops (export "drops") (mut i32) (i32.const 0)) (func (export "hw_drop") (param i32) (global.set $drops (i32.add (global.get $drops) (i32.const 1))))';

/** @param {string} contract @param {string} fields */
function load(contract, fields) {
  const module = new WebAssembly.Module(wat(`${fields}\n${info()}`, { contract }));
  const host = new Host(module);
  return /** @type {{ exports: Record<string, any>, raw: Record<string, any>, host: Host }} */ (host.attach(new WebAssembly.Instance(module, host.imports)));
}
const A = "class A\nmethod A.new() -> A\nmethod A.get_(&self) -> A\nmethod A.text(&self) -> str\nmethod A.try_(&self) -> result<A>\nexport list() -> [A]\nexport own(a: A) -> i32";
/** @param {string} made what `new` returns @param {string} [more] */
const guest = (made, more = "") =>
  load(A, `${DROP}
    (func (export "A.new") (result i32) ${made})
    (func (export "A.get_") (param i32) (result i32) (i32.const 0))
    (func (export "A.text") (param i32))
    (func (export "A.try_") (param i32) (result i32) (i32.const 0))
    (func (export "list"))
    (func (export "own") (param i32) (result i32) (local.get 0))
    ${more}`);

/** @param {() => unknown} act @param {string} code @param {RegExp} said */
function dies(act, code, said) {
  const error = thrownBy(act);
  assert.ok(error instanceof PanicError, String(error));
  assert.equal(/** @type {any} */ (error.cause).code, code);
  assert.match(error.message, said);
}

test("0 as an id is no instance: wrong-kind, from a constructor, a method and a slot", () => {
  dies(() => new (guest("(i32.const 0)").exports.A)(), "wrong-kind", /^new A: .*0 as an id/);
  const { exports } = guest("(i32.const 7)");
  const a = new exports.A();
  dies(() => a.get_(), "wrong-kind", /^A\.get_: .*0 as an id/);
  a.free();
});

test("a slot of another kind where an instance is declared, and an instance where it isn't", () => {
  for (const [kind, code] of /** @type {[number, string][]} */ ([[4, "wrong-kind"], [0, "wrong-kind"], [13, "wrong-kind"], [17, "unknown-kind"], [0xffffffff, "unknown-kind"]])) {
    const { exports } = guest("(i32.const 7)", data(RETURN, slot(kind, 7)));
    const a = new exports.A();
    dies(() => a.try_(), code, /^A\.try_: /);
  }
  const { exports } = guest("(i32.const 7)", data(RETURN, slot(16, 7)));
  const a = new exports.A();
  assert.ok(a.try_() instanceof exports.A);
  dies(() => a.text(), "wrong-kind", /^A\.text: .*slot of kind 16/);
});

test("a list of instances beyond memory, misaligned, of no instances", () => {
  for (const [ptr, count, code] of /** @type {[number, number, string][]} */ ([[0xfffffff0, 1, "out-of-bounds"], [128, 0xffffffff, "out-of-bounds"], [129, 1, "misaligned"], [256, 1, "wrong-kind"]])) {
    const { exports } = guest("(i32.const 7)", data(RETURN, slot(13, ptr, count)));
    dies(() => exports.list(), code, /^list: /);
  }
});

test("ids of any bits come back as they are, and the same one twice is two instances", () => {
  for (const id of [1, -1, 2 ** 31 - 1, -(2 ** 31)]) {
    const { exports, raw } = guest(`(i32.const ${id})`);
    const [a, b] = [new exports.A(), new exports.A()];
    assert.notEqual(a, b);
    assert.equal(exports.own(a), id);
    b.free();
    assert.equal(raw.drops.value, 1);
  }
});

test("hw_drop that is missing, traps, or calls the host", () => {
  assert.throws(() => load("class A", ""), { code: "bad-contract", message: /no export hw_drop/ });
  assert.throws(() => load("export f(o: opaque)", '(func (export "f") (param i32))'), { code: "bad-contract", message: /no export hw_drop/ });
  const { exports, host } = load("class A\nmethod A.new() -> A", '(func (export "hw_drop") (param i32) unreachable) (func (export "A.new") (result i32) (i32.const 1))');
  const a = new exports.A();
  assert.match(String(thrownBy(() => a.free())), /^PanicError: A\.free: /);
  assert.notEqual(host.dead, null);
  a.free();
});

test("lines of a class that are wrong, and members that are not exported", () => {
  const add = '(func (export "A.add") (param i32 i32) (result i32) (i32.const 0))';
  for (const [contract, said] of /** @type {[string, RegExp][]} */ ([
    ["class A { add(&self) }", /class A \{/],
    ["method A.add(&self, x: i32) -> i32", /method A\.add/],
    ["class A\nmethod A.gone(&self)", /no export A\.gone/],
    ["class A\nclass A \"other\"", /class A \| class A/],
    ["class A\nmethod A.add(&self, x: i32) -> i32\nmethod A.add(&mut self, x: i32) -> i32", /A\.add.*\|.*A\.add/],
    ["class A\nmethod A.add(&self, x: Gone) -> i32", /A\.add: type Gone/],
    ["class A\nget A.add(&self, x: i32) -> i32", /get A\.add/],
    ["class A\nset A.add(&mut self, x: i32) -> i32", /set A\.add/],
    ["class A\nmethod A.free(&self)", /A\.free/],
    ["class A\nmethod A.constructor(&self)", /A\.constructor/],
    ["class A\nmethod A.__proto__(&self)", /__proto__/],
    ["class A\nexport A() -> i32", /export A \| class A/],
  ])) assert.throws(() => load(contract, `${DROP}${add}(func (export "A.free") (param i32)) (func (export "A") (result i32) (i32.const 0))`), { code: "bad-contract", message: said }, contract);
});

test("a class may be called what objects have", () => {
  const names = ["__proto__", "toString", "constructor", "Object"];
  const { exports } = load(names.map((name) => `class ${name}\nmethod ${name}.new() -> ${name}`).join("\n"), DROP + names.map((name) => `(func (export "${name}.new") (result i32) (i32.const 3))`).join(""));
  for (const name of names) assert.ok(new exports[name]() instanceof exports[name], name);
});

test("error_misuse: every code is its error, no other code is one, and its text must lie in memory", () => {
  const misusing = (/** @type {string} */ code, ptr = 512, len = 3) =>
    load("class A\nmethod A.new() -> A\nmethod A.m(&self) -> i32\nmethod A.r(&self) -> result<str>", `${DROP}${data(512, "Axy")}
      (func (export "A.new") (result i32) (i32.const 1))
      (func (export "A.m") (param i32) (result i32) (call $error_misuse (i32.const ${code}) (i32.const ${ptr}) (i32.const ${len})) (i32.const 0))
      (func (export "A.r") (param i32) (result i32) (call $error_misuse (i32.const ${code}) (i32.const ${ptr}) (i32.const ${len})) (i32.const 0))`);
  for (const [code, name] of [["1", "re-entered"], ["2", "dropped"], ["3", "moved"], ["4", "wrong-value"], ["5", "shared"]]) {
    const { exports, host } = misusing(code);
    const a = new exports.A();
    for (const method of ["m", "r"]) {
      const error = thrownBy(() => a[method]());
      assert.ok(error instanceof WireError && !(error instanceof PanicError));
      assert.equal(error.code, name);
      assert.ok(error.message.startsWith(`A.${method}: ${name} Axy: `), error.message);
    }
    assert.equal(host.dead, null);
  }
  for (const code of ["0", "99", "-1"]) dies(() => new (misusing(code).exports.A)().m(), "unknown-kind", /^A\.m: /);
  dies(() => new (misusing("1", 65536, 1).exports.A)().m(), "out-of-bounds", /error_misuse/);
});
