// @ts-check
// Async methods of interfaces in the tools and in the grammar, and guests that break what WIRE.md
// says of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { check } from "../host-js/bin/check.js";
import { makeDts } from "../host-js/dts.js";
import { parseContract } from "../host-js/grammar.js";
import { instantiate } from "../host-js/host.js";
import { contractOf, inspect, showInspection } from "../host-js/inspect.js";
import { readModule } from "../host-js/module.js";
import { wasmPath } from "../scripts/guests.js";
import { info, wat } from "./support/wat.js";

const bytes = readFileSync(wasmPath("test-async"));
const LINES = `interface Store { get(key: str, n: u8?) -> async result<str, E>; put(f: fn(i32)) -> async (); size() -> u32 }
record E { why: str }
doc Store.get "Looks it up."
export take(store: Store)`;
const GET = `(import "declared" "interface Store.get(key: &str)" (func $get (param i32 i32 i32 i32 i32)))`;
const TAKE = `(func (export "take") (param i32))`;

/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);

test("types: a method takes a signal, and gives its result or a promise", () => {
  const guest = wat(`${GET} ${TAKE} ${info()} (func (export "Store@a.put") (param i32 i32) (result i32) (i32.const 0))`, { contract: LINES });
  const module = readModule(guest);
  const text = makeDts("a.wasm", /** @type {any} */ (contractOf(module)), module);
  assert.ok(
    text.includes(`export interface Store {
  /**
   * Looks it up.
   * @throws {E}
   */
  get(key: string, n: number | undefined, call?: { readonly signal?: AbortSignal }): string | PromiseLike<string>;
  put(f: ((a: number) => void) & { free?(): void }, call?: { readonly signal?: AbortSignal }): void | PromiseLike<void>;
  size(): number;
`),
    text,
  );
});

test("inspect and check: the tests' guest says what is async, and can run", async () => {
  const found = inspect(bytes);
  const store = found.contract?.interfaces.find(({ name }) => name === "Store");
  assert.deepEqual(store?.methods.map(({ name, async, error }) => [name, async, error]), [["get", true, "StoreError"], ["put", true, undefined], ["size", undefined, undefined], ["clear", true, undefined]]);
  const shown = showInspection("a.wasm", found);
  assert.ok(shown.includes("interface Store { get(key: str) -> async result<str, StoreError>; put(key: str, value: str, flags: bytes, note: str?) -> async result<()>; size() -> u32; clear() -> async () }"), shown);
  assert.ok(shown.includes("borrowed(of: js) -> async result<js, Lack>"), "nothing is borrowed");
  const { problems, needs } = await check(readModule(bytes), Uint8Array.from(bytes));
  assert.deepEqual(problems, []);
  assert.ok(needs.includes("options.with: [async_] for its async functions"));
});

test("check: signatures that are not those of the line, and borrows", async () => {
  for (const [fields, contract, said] of /** @type {[string, string, string][]} */ ([
    [`(import "declared" "interface Store.get" (func (param i32 i32 i32 i32)))`, LINES, "the import interface Store.get is (i32, i32, i32, i32) in the module, but declared as (key: str, n: u8?) -> async result<str, E>, which is (i32, i32, i32, i32, i32)"],
    [`(func (export "Store@x.put") (param i32 i32))`, LINES, "the export Store@x.put is (i32, i32) in the module, but declared as (f: fn(i32)) -> async (), which is (i32, i32) -> i32"],
    ["", `${LINES}\ninterface I { f(n: &js) -> async () }`, "interface I: f: n: &js is borrowed, and an async call keeps its arguments"],
    ["", `${LINES}\ninterface I { f(n: &mut [f64]) -> async () }`, "interface I: f: n: &mut [f64] is lent, and an async call keeps its arguments"],
  ])) {
    const guest = wat(`${fields} ${TAKE} ${info()}`, { contract });
    const { problems } = await check(readModule(guest), guest);
    assert.ok(problems.some((problem) => problem.includes(said)), `${problems.join("\n")}\n  should say ${said}`);
  }
});

test("the grammar: lines that are none are refused", () => {
  for (const line of ["interface I { f() async }", "interface I { async f() }", "interface I { f() -> async }", "interface I { f() -> async () detached }", "interface I { f() -> result<async str> }"])
    assert.throws(() => parseContract([line]), { code: "bad-contract" }, line);
});

test("a host without the group refuses the module by name", async () => {
  for (const fields of [`${GET} ${TAKE}`, `${TAKE} (func (export "Store@a.get") (param i32 i32 i32 i32) (result i32) (i32.const 0))`]) {
    const guest = wat(`${fields} (func (export "offer") (result i32) (call $interface_new (i32.const 1) (i32.const 512) (i32.const 7))) (func (export "hw_drop") (param i32)) (data (i32.const 512) "Store@a") ${info()}`, { contract: `${LINES}\nexport offer() -> Store` });
    const error = await thrownBy(instantiate(guest).then(({ exports }) => exports.offer()));
    assert.match(error.message, /type async result<str, E>/);
  }
});

test("a guest that breaks the contract ends, by name: what is no implementor, a waiter that waits, a task that is none", async () => {
  const contract = `interface Store { get(key: str) -> async result<str>; size() -> u32 }\nexport take(store: Store)\nexport offer() -> Store`;
  const make = (/** @type {string} */ take, /** @type {string} */ answer) =>
    wat(
      `(import "declared" "interface Store.get" (func $get (param i32 i32 i32 i32)))
      (func (export "take") (param i32) ${take})
      (func (export "offer") (result i32) (call $interface_new (i32.const 1) (i32.const 512) (i32.const 7)))
      (func (export "Store@a.get") (param i32 i32 i32) (result i32) ${answer}) (func (export "Store@a.size") (param i32) (result i32) (i32.const 0))
      (func (export "hw_drop") (param i32)) (func (export "hw_settle") (param i32 i32 i32) (result i32) (i32.const 0)) (data (i32.const 512) "Store@a") ${info()}`,
      { contract },
    );
  const call = (/** @type {string} */ handle, /** @type {number} */ waiter) => `(call $get ${handle} (i32.const 512) (i32.const 7) (i32.const ${waiter}))`;
  const store = { get: () => new Promise(() => {}), size: () => 0 };
  for (const [take, said] of /** @type {[string, RegExp][]} */ ([
    [call("(i32.const 4)", 0), /Store\.get: wrong-kind/],
    [call("(i32.const 99)", 0), /Store\.get: forged-handle 99/],
    [call("(local.get 0)", 0) + call("(local.get 0)", 0), /Store\.get: bad-waiter 0/],
    [call("(local.get 0)", -1), /Store\.get: bad-waiter 4294967295/],
  ])) {
    const { exports, host } = await instantiate(make(take, "(i32.const 0)"), { with: [async_] });
    assert.throws(() => exports.take(store), said);
    assert.ok(host.dead);
  }
  for (const [answer, said] of /** @type {[string, RegExp][]} */ ([["(i32.const 2)", /bad-task 2/], ["(i32.const -1)", /bad-task 4294967295/], ["(i32.const 0)", /slot of kind 0/]])) {
    const { exports, host } = await instantiate(make("", answer), { with: [async_] });
    const error = await thrownBy(/** @type {any} */ (exports.offer()).get("k"));
    assert.match(error.message, said);
    assert.ok(host.dead);
  }
});
