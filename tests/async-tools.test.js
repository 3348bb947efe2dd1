// @ts-check
// Async functions in the tools: `inspect`, `types`, `check`, `esm`, frozen glue and the trace; and
// hosts that were not given the group.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { instantiate as instantiateCore } from "../host-js/core.js";
import { instantiate } from "../host-js/host.js";
import { contractOf } from "../host-js/inspect.js";
import { makeDts } from "../host-js/dts.js";
import { readModule } from "../host-js/module.js";
import { contractProblems } from "../host-js/signature.js";
import { line, trace } from "../host-js/trace.js";
import { wasmPath } from "../scripts/guests.js";
import { module, start, tick } from "./async/start.js";
import { handwire, project, runIn } from "./support/command.js";
import { info, wat } from "./support/wat.js";

const path = wasmPath("test-async");
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);

/** A guest with these lines and fields. @param {string} contract @param {string} fields */
const guest = (contract, fields) => wat(`${fields} ${info()}`, { contract });

test("inspect shows what is async", () => {
  const { code, out } = handwire("inspect", path);
  assert.equal(code, 0);
  for (const shown of ["export ready(n: f64) -> async f64", "export nothing() -> async ()", "export twice(promise: js.Promise) -> async result<f64>", "import app.ask(question: str) -> async result<str>"]) assert.ok(out.includes(`  ${shown}\n`), shown);
  assert.match(out, /export joined\(a: str, b: str\?, c: \[str\], d: \[f64\], e: js, wait: js\.Promise\) -> async result<str>\n/, "nothing is borrowed");
});

test("types: promises, with a signal; an import may give its result or a promise", () => {
  const bytes = guest(
    `export load(url: str, tries: u8?) -> async result<[str], Mode> "Loads."\nexport wait() -> async ()\nimport app.ask(question: str) -> async result<f64?> as "k"\nenum Mode { a }`,
    `(import "declared" "k" (func $k (param i32 i32 i32))) (func (export "load") (param i32 i32 i32) (result i32) (i32.const 0)) (func (export "wait") (result i32) (i32.const 0))`,
  );
  const parsed = readModule(bytes);
  const contract = contractOf(parsed) ?? assert.fail();
  assert.deepEqual(contractProblems(contract, parsed), []);
  const text = makeDts("a.wasm", contract, parsed);
  assert.ok(text.includes("  load(url: string, tries?: number | null, options?: { signal?: AbortSignal }): Promise<string[]>;\n"), text);
  assert.ok(text.includes("  wait(options?: { signal?: AbortSignal }): Promise<void>;\n"), text);
  assert.ok(text.includes("    ask(question: string, call: { readonly signal: AbortSignal }): number | null | undefined | PromiseLike<number | null | undefined>;\n"), text);
});

test("what is wrong with an async line: a signature, a borrowed parameter, a type", () => {
  /** @type {[string, string, RegExp][]} */
  const wrong = [
    ["export f() -> async i32", '(func (export "f"))', /the export f is \(\) in the module, but declared as \(\) -> async i32, which is \(\) -> i32/],
    ["export f(a: &js) -> async i32", '(func (export "f") (param i32) (result i32) (i32.const 0))', /export f: a: &js is borrowed, and an async call keeps its arguments/],
    ["export f() -> async int", '(func (export "f") (result i32) (i32.const 0))', /export f: the result: the type int is declared nowhere/],
    ['import app.f() -> async str as "k"', '(import "declared" "k" (func $k (param i32 i32)))', /import app\.f is \(i32, i32\) in the module, but declared as \(\) -> async str, which is \(i32\)/],
  ];
  for (const [contract, fields, message] of wrong) {
    const parsed = readModule(guest(contract, fields));
    assert.match(contractProblems(contractOf(parsed) ?? assert.fail(), parsed).join("\n"), message);
  }
});

test("check: it can run, and needs the group", () => {
  const { code, out } = handwire("check", path);
  assert.equal(code, 0);
  assert.match(out, /can run on this host/);
  assert.match(out, /options\.with: \[async_\] for its async functions/);
});

test("esm: the groups come by themselves", () => {
  const folder = project("async");
  copyFileSync(path, `${folder}/app.wasm`);
  assert.equal(handwire("esm", `${folder}/app.wasm`, "-o", `${folder}/app.js`).code, 0);
  assert.match(readFileSync(`${folder}/app.js`, "utf8"), /with: \[\$\$async, .*\$\$compile, \.\.\.\(options\?\.with \?\? \[\]\)\]/);
  assert.equal(runIn(folder, `
    import init, { twice, inline } from "./app.js";
    const none = () => {};
    await init({ imports: { app: { ask: none, sync: none, ask_with: none, ask_declared: none, number: none, texts: none, nothing: none, value: none, big: none, bytes: none }, later: { take: none, lend: none, lend_first: none, give: none, loaders: none }, streams: { numbers: none, texts: none, consume: none } } });
    console.log(await twice(Promise.resolve(4)), await inline(5));
  `), "8 10\n");
  writeFileSync(`${folder}/app.js`, "");
});

test("a module that needs the group, without it: named errors, of each host", async () => {
  const imports = { app: new Proxy({}, { getOwnPropertyDescriptor: () => ({ value() {}, configurable: true }), get: () => () => {} }) };
  for (const make of [instantiate, instantiateCore]) {
    const error = await thrownBy(make(module, { imports }));
    assert.equal(error.code, "missing-import", error.message);
    if (make === instantiate) assert.match(error.message, /the group async, import \{ async_ \} from "handwire\/async"/);
  }
  // A line alone is enough.
  const alone = guest("export f() -> async i32", '(func (export "f") (result i32) (i32.const 0))');
  for (const make of [instantiate, instantiateCore]) {
    const error = await thrownBy(make(alone));
    assert.equal(error.code, make === instantiate ? "missing-import" : "bad-contract");
    assert.match(error.message, make === instantiate ? /^f: missing-import type async i32; the group async, import/ : /f: type async i32/);
  }
  await instantiate(alone, { with: [async_] });
});

test("functions that give promises: in inspect and types, seen from both sides; and a closure of one where the group is missing", async () => {
  const { code, out } = handwire("inspect", path);
  assert.equal(code, 0);
  for (const shown of ["export waits() -> fn(js)->async<result<js>>", "export fails_declared() -> fn(str)->async<result<str,Failure>>", "export call_many(f: fn(u32)->async<u32>, count: u32) -> async result<u32>", "import later.lend(f: &fn(u32)->async<u32>) -> result<js.Promise>"])
    assert.ok(out.includes(`  ${shown}`), shown);
  const types = handwire("types", path).out;
  const options = "options?: { signal?: AbortSignal }";
  for (const shown of [
    `waits(): ((a: any, ${options}) => Promise<any>) & { free?(): void };`,
    `call_later(f: (a: string, call: { readonly signal: AbortSignal }) => string | PromiseLike<string>, text: string, ${options}): Promise<string>;`,
    `lend(f: (a: number, ${options}) => Promise<number>): PromiseLike<any>;`,
    `load: ((a: string, ${options}) => Promise<string>) & { free?(): void };`,
  ]) assert.ok(types.includes(shown), shown);

  const text = "fn()->async<str>";
  const closure = wat(`(import "handwire" "closure_new" (func $new (param i32 i32 i32) (result i32))) (data (i32.const 512) "${text}") (func (export "f") (result i32) (call $new (i32.const 7) (i32.const 512) (i32.const ${text.length})))
    (func (export "hw_call") (param i32 i32 i32 i32 i32) (result i32) (i32.const 0)) (func (export "hw_drop") (param i32)) ${info()}`, { contract: `export f() -> ${text}` });
  const { exports } = await instantiate(closure);
  assert.throws(exports.f, ({ cause }) => {
    assert.equal(cause.code, "bad-contract");
    assert.match(cause.message, /^closure_new: bad-contract type async str in fn\(\)->async<str>/);
    assert.match(cause.cause.message, /the group async, import \{ async_ \} from "handwire\/async"/);
    return true;
  });
});

test("streams of a type: in inspect and types, seen from both sides; what can't be read", () => {
  const { out } = handwire("inspect", path);
  for (const shown of ["export give_record(items: [Failure]) -> stream<Failure>", "export take_option(items: stream<i32?>) -> async result<[i32?]>", "export doubling() -> fn(stream<u32>)->stream<u32>", "import streams.consume(items: stream<str>) -> async result<u32>"])
    assert.ok(out.includes(`  ${shown}`), shown);
  const types = handwire("types", path).out;
  for (const shown of [
    "give_option(items: readonly (number | null | undefined)[]): AsyncIterableIterator<number | undefined>;",
    "take_bytes(items: AsyncIterable<Uint8Array> | Iterable<Uint8Array | PromiseLike<Uint8Array>> | ReadableStream<Uint8Array>, options?: { signal?: AbortSignal }): Promise<Uint8Array[]>;",
    "numbers(count: number): AsyncIterable<number> | Iterable<number | PromiseLike<number>> | ReadableStream<number>;",
    "  items: AsyncIterableIterator<number>;\n",
  ]) assert.ok(types.includes(shown), shown);
  for (const [type, message] of /** @type {[string, RegExp][]} */ ([["stream<int>", /the type int is declared nowhere/], ["stream<&js>", /&js is borrowed, and stands where only a parameter can/], ["stream<js.Nothing>", /the type js\.Nothing is unknown/]])) {
    const parsed = readModule(guest(`export f(a: ${type})`, '(func (export "f") (param i32))'));
    assert.match(contractProblems(contractOf(parsed) ?? assert.fail(), parsed).join("\n"), message);
  }
  for (const type of ["stream<", "stream<>", "stream<i32", "stream<i32>>", "stream", "&stream<i32>"]) {
    const parsed = readModule(guest(`export f(a: ${type})`, '(func (export "f") (param i32))'));
    assert.throws(() => assert.deepEqual(contractProblems(contractOf(parsed) ?? assert.fail(), parsed), []), type);
  }
});

test("a guest that settles what it must not ends, by name", async () => {
  const body = (/** @type {string} */ code) => guest("export f() -> async i32", `(func (export "hw_settle") (param i32 i32 i32) (result i32) (i32.const 0)) (func (export "f") (result i32) ${code})`);
  /** @type {[string, RegExp][]} */
  const bad = [
    ["(i32.const 2)", /bad-task 2/], ["(i32.const 7)", /bad-task 7/], ["(i32.const -1)", /bad-task 4294967295/], ["(i32.const 4194304)", /bad-task 4194304/],
    ["(call $task_settle (i32.const 8) (i32.const 0)) (i32.const 8)", /task_settle: bad-task 8/],
    ["(i32.const 0)", /slot of kind 0/],
  ];
  for (const [code, message] of bad) {
    const { exports, host } = await instantiate(body(code), { with: [async_] });
    const error = await thrownBy(exports.f());
    assert.match(error.message, message);
    assert.ok(host.dead, code);
  }
  // The same task for two calls; then one that ends with a status that is none.
  const twice = await instantiate(body("(i32.const 9)"), { with: [async_] });
  const first = twice.exports.f();
  first.catch(() => {});
  assert.match((await thrownBy(twice.exports.f())).message, /bad-task 9/);
  assert.equal((await thrownBy(first)).code, "panic");
  const odd = await instantiate(guest("export f() -> async i32", '(func (export "hw_run") (call $task_settle (i32.const 8) (i32.const 2))) (func (export "f") (result i32) (call $task_wake) (i32.const 8))'), { with: [async_] });
  assert.match((await thrownBy(odd.exports.f())).message, /task_settle: bad-task 8, status 2/);
});

test("the end of a call is what hw_settle gives: one that is none ends the guest, by name", async () => {
  const body = (/** @type {string} */ end, /** @type {string} */ more = "") => guest("export f() -> async i32",
    `(func (export "hw_settle") (param i32 i32 i32) (result i32) ${end}) (func (export "f") (result i32) (call $promise_await (i32.const 4) (i32.const 0)) (i32.const 8)) ${more}`);
  /** @type {[string, RegExp][]} */
  const bad = [
    ["(i32.const 1)", /bad-task 0, status 1/], ["(i32.const 36)", /bad-task 9, status 0/], ["(i32.const 34)", /bad-task 8, status 2/], ["(i32.const 35)", /bad-task 8, status 3/],
  ];
  for (const [end, message] of bad) {
    const { exports, host } = await instantiate(body(end), { with: [async_] });
    assert.match((await thrownBy(exports.f())).message, message, end);
    assert.ok(host.dead, end);
  }
});

test("a guest without hw_settle that waits dies when it would be told", async () => {
  const { exports } = await instantiate(guest("export f() -> async i32", '(func (export "f") (result i32) (call $promise_await (i32.const 4) (i32.const 0)) (i32.const 8))'), { with: [async_] });
  assert.equal((await thrownBy(exports.f())).code, "panic");
});

test("the trace tells of waits and tasks", async () => {
  /** @type {string[]} */
  const lines = [];
  const { exports } = await start({}, { with: [trace], trace: (crossing) => lines.push(line(crossing)) });
  await exports.twice(Promise.resolve(21));
  await tick();
  assert.deepEqual(lines, [
    "→ twice(object)", "  ← promise_await(object, 0)", "  = ()", "= object",
    "← value_number(21)", "= 21", "← handle_release(21)", "= ()",
  ]);
  // The end of the call is what `hw_settle` gives. One that ends in a turn of its own is told of.
  lines.length = 0;
  await exports.spawned(Promise.resolve(1));
  assert.ok(lines.some((line) => /^← task_settle\(\d+, 0\)$/.test(line)), lines.join("\n"));
});
