// @ts-check
// `check` and `types` on functions, classes, interfaces, opaque values and data wherever a type can
// stand: by themselves, in options, lists and records, as results of every sort, in functions and
// methods. The declarations are compiled with a program that uses them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import test from "node:test";
import { root, target } from "../scripts/guests.js";
import { handwire } from "./support/command.js";
import { info, wat } from "./support/wat.js";

/** @type {Record<string, string>} */
const TYPES = {
  function: "fn(i32)->bool", function_option: "(fn(A)->[I]?)?", function_list: "[fn()]", function_all: "[(fn()->(fn())?)?]?", any: "fn(..)", any_list: "[fn(..)]", mixed: "fn(data,opaque)->result<data,R>",
  promising: "fn(str,I?)->async<result<[A],R>>", promising_option: "(fn()->async<str?>)?", promising_list: "[fn(fn()->async<()>)->async<data>]",
  stream: "stream<A>", stream_option: "stream<[u8]?>?", stream_list: "[stream<R>]", stream_function: "fn(stream<i32>)->stream<str>",
  class: "A", class_option: "A?", class_list: "[A]", class_all: "[A?]?", opaque: "opaque", opaque_option: "opaque?", opaque_list: "[opaque]",
  interface: "I", interface_option: "I?", interface_list: "[I]", interface_all: "[I?]?", data: "data", data_option: "data?", data_all: "[data?]?", record: "R",
};

/** What each is, if a program is given it, and what may be passed for it. @type {Record<string, [string, string]>} */
const SHOWN = {
  function: ["((a: number) => boolean) & { free?(): void }", "() => true"],
  function_all: ["(((() => ((() => void) & { free?(): void }) | undefined) & { free?(): void }) | undefined)[] | undefined", "[null, () => null]"],
  any_list: ["(((...args: any[]) => any) & { free?(): void })[]", "[(a: number, b: string) => a + b]"],
  promising: ["((a: string, b?: I | null, options?: { signal?: AbortSignal }) => Promise<A[]>) & { free?(): void }", "async (_, b, { signal }) => (signal.aborted ? [] : [new exports.A()])"],
  promising_option: ["(((options?: { signal?: AbortSignal }) => Promise<string | undefined>) & { free?(): void }) | undefined", "() => null"],
  promising_list: ["(((a: (call: { readonly signal: AbortSignal }) => void | PromiseLike<void>, options?: { signal?: AbortSignal }) => Promise<any>) & { free?(): void })[]", "[async (a, { signal }) => a({ signal }), () => 1]"],
  stream: ["AsyncIterableIterator<A>", "[new exports.A(), Promise.resolve(new exports.A())]"],
  stream_option: ["AsyncIterableIterator<Uint8Array | undefined> | undefined", "null"],
  stream_list: ["AsyncIterableIterator<R>[]", "[new ReadableStream<any>()]"],
  stream_function: ["((a: AsyncIterable<number> | Iterable<number | PromiseLike<number>> | ReadableStream<number>) => AsyncIterableIterator<string>) & { free?(): void }", "async function* (a) { for await (const x of a) yield String(x); }"],
  class_all: ["(A | undefined)[] | undefined", "[new exports.A(), null]"],
  interface_list: ["I[]", "[{ f: () => undefined, g: () => () => {}, h() {} }]"],
  record: ["R", "{ f: () => exports.give_interface(), list: [], i: exports.give_interface(), d: 1 }"],
};

/** A guest that gives and takes each type, in every way. */
function guest() {
  const lines = ["class A", "method A.new() -> A", "record R { f: fn(A)->I, list: [A], maybe: (fn())?, i: I, d: data }", "interface I { f(a: A, f: (fn(I)->A)?, l: [I], d: data?) -> [A]?; g() -> fn(); h(x: data) detached }"];
  const imports = [];
  const exports = ['(func (export "A.new") (result i32) (i32.const 1))', '(func (export "hw_drop") (param i32))'];
  for (const [name, type] of Object.entries(TYPES)) {
    const taken = (type.startsWith("[") && !type.endsWith("?")) || type === "data" ? "(param i32 i32)" : "(param i32)";
    const flat = /^fn\(|^stream<.*>$/.test(type) || ["A", "I", "opaque"].includes(type);
    lines.push(`export give_${name}() -> ${type}`, `export take_${name}(x: ${type})`, `export try_${name}() -> result<${type}, R>`, `export later_${name}() -> async ${type}`);
    lines.push(`import app.get_${name}() -> ${type} as "get_${name}"`, `import app.put_${name}(x: ${type}) as "put_${name}"`);
    imports.push(`(import "declared" "get_${name}" (func ${flat ? "(result i32)" : "(param i32)"}))`, `(import "declared" "put_${name}" (func ${taken}))`);
    exports.push(`(func (export "give_${name}") ${flat ? "(result i32) (i32.const 1)" : ""})`, `(func (export "take_${name}") ${taken})`);
    exports.push(...["try", "later"].map((how) => `(func (export "${how}_${name}") (result i32) (i32.const 0))`));
  }
  return wat([...imports, ...exports, info()].join("\n"), { contract: lines.join("\n") });
}

test("check and types: functions, classes, interfaces, opaque values and data wherever a type can stand", () => {
  const folder = `${target}/type-tools`;
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/guest.wasm`;
  writeFileSync(path, guest());
  const checked = handwire("check", path);
  assert.deepEqual([checked.code, checked.err], [0, ""], checked.out);
  assert.match(checked.out, /can run on this host/);
  const { code, out, err } = handwire("types", path);
  assert.deepEqual([code, err], [0, ""]);
  for (const [name, [shown]] of Object.entries(SHOWN)) {
    for (const line of [`give_${name}(): ${shown};`, `try_${name}(): ${shown};`, `Promise<${shown}>;`]) assert.ok(out.includes(line), line);
  }
  writeFileSync(`${folder}/guest.d.ts`, out);
  const uses = Object.entries(SHOWN).flatMap(([name, [, passed]]) => [`exports.take_${name}(${passed});`, `exports.take_${name}(exports.give_${name}());`]);
  writeFileSync(`${folder}/use.ts`, `import type { Exports } from "./guest.js";\ndeclare const exports: Exports;\n${uses.join("\n")}\n// @ts-expect-error\nexports.take_function_list([1]);\n`);
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: { strict: true, noEmit: true, target: "esnext", module: "nodenext", types: [] }, files: ["guest.d.ts", "use.ts"] }));
  const { status, stdout } = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", folder], { encoding: "utf8" });
  assert.deepEqual([status, stdout], [0, ""]);
});
