// @ts-check
// The .d.ts that `handwire types` writes: TypeScript programs in strict mode compile against it,
// and what is wrong in one is found in its line.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { makeDts } from "../host-js/dts.js";
import { contractOf } from "../host-js/inspect.js";
import { readModule } from "../host-js/module.js";
import { findClang } from "../scripts/clang.js";
import { guests, root, wasmPath } from "../scripts/guests.js";
import { handwire, project, runIn } from "./support/command.js";
import { info, wat } from "./support/wat.js";

const folder = project("dts");
const compiler = `${root}node_modules/typescript/bin/tsc`;
const shipped = ["-p", `${root}scripts/types.tsconfig.json`, "--outDir", `${folder}/node_modules/handwire/types`];
assert.equal(spawnSync(process.execPath, [compiler, ...shipped]).status, 0);
writeFileSync(`${folder}/package.json`, '{ "type": "module" }');

/** Writes a guest's types. @param {string} name */
function types(name) {
  copyFileSync(wasmPath(name), `${folder}/${name}.wasm`);
  assert.deepEqual(handwire("types", `${folder}/${name}.wasm`, "-o", `${folder}/${name}.d.ts`), { code: 0, out: "", err: "" });
}

/** The types of a guest in wat. @param {string} contract @param {string} fields */
function typesOf(contract, fields) {
  const module = readModule(wat(`${fields}\n${info()}`, { contract }));
  return makeDts("a.wasm", contractOf(module) ?? assert.fail(), module);
}

const strict = { strict: true, noEmit: true, target: "es2022", lib: ["es2022", "dom"], module: "nodenext", types: [], exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };

/**
 * What the compiler finds in a program.
 * @param {string} name
 * @param {string} text
 * @returns {string[]} `line: code message`
 */
function diagnostics(name, text) {
  writeFileSync(`${folder}/${name}.ts`, text);
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: strict, files: [`${name}.ts`] }));
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", ".", "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  return stdout.split("\n").flatMap((line) => {
    const match = /^(\S+)\((\d+),\d+\): error (.*)$/.exec(line);
    if (!match) return [];
    return [match[1] === `${name}.ts` ? `${match[2]}: ${match[3]}` : line];
  });
}

/**
 * Every line that ends in a comment `// TS…` has that error, and no other line has one.
 * @param {string} name @param {string} text
 */
function finds(name, text) {
  const expected = text.split("\n").flatMap((line, i) => {
    const code = /\/\/ (TS\d+)$/.exec(line)?.[1];
    return code ? [`${i + 1}: ${code}`] : [];
  });
  const found = diagnostics(name, text);
  assert.deepEqual(found.map((line) => line.split(": ").slice(0, 2).join(": ")), expected, found.join("\n"));
}

types("test-typed");
types("hello");
types("tour");

test("a program that uses every kind of type compiles, and runs", () => {
  const program = `
import { instantiate, type Instance } from "handwire";
import type { Every, EveryInput, Exports, Imports, Mode, Point } from "./test-typed.js";

export async function main(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const imports: Imports = {};
  const made: Instance<Exports> = await instantiate<Exports>(bytes, { imports });
  const { exports, host } = made;
  const big: bigint = exports.u64(2n ** 64n - 1n);
  const texts: (string | undefined)[] = exports.str_both(["a", null, undefined]);
  const floats: Float64Array = exports.numbers([1, 2, 3]);
  const more: Float64Array = exports.numbers(floats);
  const mode: Mode = exports.mode("Fast");
  const middle: Point | undefined = exports.middle([{ x: 1, y: 2 }, { x: 4, y: 2 }] as const, mode);
  const none: string = exports.several(-1, "é", 3n, [0.5], "x", true);
  exports.several(-1, "é", 3n, new Float32Array(1), "x", true, null);
  const tree = exports.tree({ value: 1, children: [{ value: 2, children: [] }] });
  const given: EveryInput = {
    flag: true, a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, size: 7, g: 8n, h: 9n, i: 0.5, j: 0.25, letter: "é", text: "t", blob: new Uint8Array(2),
    floats: [1], bigs: [1n], texts: ["a"], sparse: [1, null], shape: { name: "s", center: { x: 0, y: 0 }, corners: [], mode, modes: [] }, mode,
    any: { deep: [] }, date: new Date(0), node: {}, labels: ["l"],
  };
  const every: Every = exports.every(given);
  const again: Every = exports.every(every);
  const hint: Mode | undefined = again.shape.hint;
  const sparse: (number | undefined)[] | undefined = again.sparse;
  const value = exports.any({ a: 1 }).a + 1;
  const called = exports.function(() => 2)();
  exports.function(Date);
  exports.nothing();
  return [big, texts.length, more.length, middle?.x, none.length, tree.children[0]?.value, hint, sparse?.length, value, called, again.date.getTime(), host.handles.live].join(" ");
}
`;
  assert.deepEqual(diagnostics("good", program), []);
  const transpile = spawnSync(process.execPath, [compiler, "--ignoreConfig", "--noCheck", "--target", "es2022", "--module", "nodenext", "good.ts"], { cwd: folder, encoding: "utf8" });
  assert.equal(transpile.status, 0, transpile.stdout);
  const out = runIn(folder, 'import { readFileSync } from "node:fs"; import { main } from "./good.js"; console.log(await main(new Uint8Array(readFileSync("test-typed.wasm"))));');
  assert.equal(out, "18446744073709551615 3 3 2 24 2  2 2 2 0 0\n");
});

test("wrong calls and wrong uses of results are found", () => {
  finds("bad", `
import { instantiate } from "handwire";
import type { Exports, Every, Imports, Mode } from "./test-typed.js";
const { exports, raw } = await instantiate<Exports>(new Uint8Array(0));
exports.bool(1); // TS2345
exports.i32("1"); // TS2345
exports.i64(1); // TS2345
exports.f64(1n); // TS2345
exports.str(null); // TS2345
exports.bytes([1, 2]); // TS2740
exports.numbers(["1"]); // TS2322
exports.i64_list([1]); // TS2322
exports.mode("Slow"); // TS2345
exports.point({ x: 1 }); // TS2741
exports.middle([{ x: 1, y: "2" }], "Fast"); // TS2322
exports.date("today"); // TS2345
exports.node("text"); // TS2345
exports.label({}); // TS2345
exports.several(1, "a", 1n, [], "x"); // TS2554
exports.nothing(1); // TS2554
exports.nowhere(); // TS2339
exports.hw_info(); // TS2339
const n: number = exports.u64(1n); // TS2322
const text: string = exports.str_option("a"); // TS2322
const point: { x: number } = exports.point_option(); // TS2322
const mode: "Fast" = exports.mode("Fast"); // TS2322
const every: Every = { flag: true }; // TS2740
const many: Mode[] = ["Odd1", "odd"]; // TS2820
const none: void = exports.nothing();
const imports: Imports = { app: {} }; // TS2322
raw.anything(1, 2);
export { n, text, point, mode, every, many, none, imports };
`);
});

/** For each example whose guest has a contract, a program against its types, and a wrong call in it. @type {Record<string, string>} */
const programs = {
  hello: `
import { instantiate } from "handwire/core";
import type { Exports } from "./hello.js";
const { exports: hello } = await instantiate<Exports>(fetch("hello.wasm"));
const greeting: string = hello.greet("World");
hello.greet(); // TS2554
hello.greet(1); // TS2345
export { greeting };
`,
  "hello-c": `
import { instantiate } from "handwire";
import type { Exports } from "./hello-c.js";
const { exports: hello } = await instantiate<Exports>(fetch("hello-c.wasm"));
const greeting: string = hello.greet("World");
const area: number = hello.area({ width: 2, height: 3 });
hello.greet(1); // TS2345
const text: string = hello.count_keys({}); // TS2322
export { greeting, area, text };
`,
  counter: `
import { instantiate } from "handwire";
import type { Exports } from "./counter.js";
const { exports: counter } = await instantiate<Exports>(fetch("counter.wasm"));
counter.start(document);
const closures: number = counter.closures();
counter.start(); // TS2554
export { closures };
`,
  tour: `
import { instantiate } from "handwire";
import type { Exports } from "./tour.js";
const { exports: tour } = await instantiate<Exports>(fetch("tour.wasm"), { extras: {} });
tour.open({ any: "thing" });
const deflated: Uint8Array = tour.feed(new Uint8Array(8));
tour.feed("text"); // TS2345
const counts: string = tour.finish({}); // TS2322
export { deflated, counts };
`,
  pool: `
import { pool } from "handwire/worker";
import type { Exports, View } from "./pool.js";
const workers = await pool<Exports>(fetch("pool.wasm"), { size: 2 });
const view: View = { center_x: -0.5, center_y: 0, step: 0.01, width: 300, height: 200, limit: 100 };
const band: Uint8Array = await workers.exports.band(view, 0, 10);
workers.exports.band(view, "first", 10); // TS2345
const early: Uint8Array = workers.exports.band(view, 0, 10); // TS2740
export { band, early };
`,
  todo: `
import { instantiate } from "handwire";
import type { Counts, Exports, Filter, Imports } from "./todo.js";
const imports: Imports = { page: { save: (todos) => localStorage.setItem("todo", JSON.stringify(todos)) } };
const { exports: todo } = await instantiate<Exports>(fetch("todo.wasm"), { imports });
const filter: Filter = "Open";
todo.show(filter);
todo.show("open"); // TS2345
const counts: Counts = todo.counts();
const open: string = counts.open; // TS2322
export { open };
`,
  table: `
import { instantiate } from "handwire";
import type { Exports } from "./table.js";
const { exports: table } = await instantiate<Exports>(fetch("table.wasm"));
table.open(document.body, document.createElement("tr"), 1);
table.create(1000);
const rows: number = table.rows();
table.create("many"); // TS2345
table.open(document.body); // TS2554
export { rows };
`,
  fetch: `
import { instantiate } from "handwire";
import type { Download, Exports } from "./fetch.js";
const { exports } = await instantiate<Exports>(fetch("fetch.wasm"));
const progress = (bytes: number, total?: number) => console.log(bytes, total);
const download: Download = await exports.download("/large", progress, { signal: AbortSignal.timeout(1000) });
const early: Download = exports.download("/large", progress); // TS2739
exports.download("/large"); // TS2554
exports.download("/large", progress, { signal: "none" }); // TS2322
export { download, early };
`,
  runtime: `
import { instantiate } from "handwire";
import type { Exports, Imports, Report } from "./runtime.js";
const host: Imports["host"] = { evaluate: async (realm: object, script: string) => console.log(realm, script), print: (line: string) => console.log(line) };
const { exports } = await instantiate<Exports>(fetch("runtime.wasm"), { imports: { host } });
const report: Report = await exports.run(globalThis, "print(1)", "https://example.org/");
exports.run("realm", "print(1)", "https://example.org/"); // TS2345
const less: Imports["host"] = { print: host.print }; // TS2741
export { report, less };
`,
  callbacks: `
import { instantiate } from "handwire";
import type { Exports, Keychain, KeychainError, Observer } from "./callbacks.js";
const { exports, host } = await instantiate<Exports>(fetch("callbacks.wasm"), { onError: (error, { method }) => console.log(method, error) });
class Secrets implements Keychain {
  get(key: string) { return key === "Ada" ? "1815" : undefined; }
  put(key: string): void { const refused: KeychainError = "Full"; throw key && refused; }
}
const observer: Observer = { changed: (user: string | undefined) => console.log(user), dispose() {} };
const auth = new exports.Authenticator(new Secrets(), observer);
const said: string = auth.sign_in("Ada", "1815");
const own: Keychain = exports.memory_keychain();
const secret: string | undefined | null = own.get("Ada");
own.free?.();
const holding: number = host.interfaces["Keychain"]?.size ?? 0;
new exports.Authenticator({ get: () => undefined }, observer); // TS2741
auth.sign_in("Ada"); // TS2554
const wrong: Observer = { changed: (user: number) => user }; // TS2322
export { said, secret, holding, wrong };
`,
  jsffi: `
import { instantiate } from "handwire";
import type { Exports, Imports, Shape } from "./jsffi.js";
const app: Imports["app"] = { ask: (question: string) => question, log: (level: number, message: string) => console.log(level, message) };
const { exports } = await instantiate<Exports>(fetch("jsffi.wasm"), { imports: { app } });
const large: bigint | undefined = exports.factorial(20n);
const shape: Shape = { width: 1, height: 2 };
const area: number = exports.area(shape);
exports.factorial(20); // TS2345
exports.area("wide"); // TS2345
exports.mapped([1, 2], "double"); // TS2345
const half: string = exports.half(3); // TS2322
const less: Imports["app"] = { ask: app.ask }; // TS2741
export { large, area, half, less };
`,
};

/** The guest in C is there where a clang is. @param {import("../scripts/guests.js").Guest} guest */
const built = (guest) => !("source" in guest) || findClang() !== undefined || Boolean(process.env.CI);
const pages = guests.filter(built).flatMap(({ name, page }) => (page && WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(wasmPath(name))), "handwire").length > 0 ? [name] : []));
for (const name of pages)
  test(`the example ${name}: a program against its types`, () => {
    assert.ok(programs[name]?.includes("// TS"), "there is a program, and it has a wrong call");
    types(name);
    finds(`${name}-program`, programs[name]);
  });

test("without types, all is as it was", () => {
  finds("untyped", `
import { instantiate } from "handwire";
const { exports, raw, host } = await instantiate(new Uint8Array(0));
const anything: string = exports.whatever!(1, "two");
const live: number = host.handles.live;
export { anything, raw, live };
`);
});

test("docs arrive as comments, whatever stands in them", () => {
  const text = readFileSync(`${folder}/test-typed.d.ts`, "utf8");
  assert.ok(text.includes('  /** Says "hé" – with a \\ backslash, a tab\tand 日本語 🎉. */\n  doc_odd(): void;\n'));
  assert.ok(text.includes("  /**\n   * First line.\n   *\n   * - a list, with `code` and *\\/ the end of a comment\n   * - @param that is none\n   */\n  doc_lines(): void;\n"));
  assert.ok(text.includes("\n  doc_empty(): void;\n"));
  // Of records, their fields, enums, aliases and imports: lines of their own.
  const more = typesOf(
    `export f(p: Place, m: Mode, n: Node)
record Place { x: f64, y: f64? }
enum Mode { Fast, Exact }
type Node = js.Object
import app.log(text: str) as "app.log(text: &str)"
doc Place "Where it is."
doc Place.x "In pixels,\\nfrom the left."
doc Mode "How to round."
doc Mode.Exact "Not at all."
doc Node "What has a place."
doc app.log "Shows a line."
doc app.gone "Nothing has this name."
doc Place "In other words."
`,
    `(import "declared" "app.log(text: &str)" (func (param i32 i32))) (func (export "f") (param i32 i32 i32))`,
  );
  assert.ok(more.includes("/** Where it is. */\nexport interface Place {\n  /**\n   * In pixels,\n   * from the left.\n   */\n  x: number;\n  y: number | undefined;\n}\n"), more);
  assert.ok(more.includes("/** What is taken for a {@link Place}. */\nexport interface PlaceInput {\n"), more);
  assert.ok(more.includes('/**\n * How to round.\n *\n * - `Exact`: Not at all.\n */\nexport type Mode = "Fast" | "Exact";\n'), more);
  assert.ok(more.includes("/** What has a place. */\nexport type Node = object;\n"), more);
  assert.ok(more.includes("    /** Shows a line. */\n    log(text: string): void;\n"), more);
  assert.ok(text.includes("  /** @throws what the guest returns as its error */\n  parse(text: string): number;\n"));
});

test("the same module gives the same text, in the order of names", () => {
  const names = [...readFileSync(`${folder}/test-typed.d.ts`, "utf8").matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  assert.ok(names.length > 200);
  assert.deepEqual(names, [...names].sort());
});

test("what must be supplied: declared functions by value, others as functions of numbers, a memory", () => {
  writeFileSync(`${folder}/needs.d.ts`, typesOf(
    `import app.log(level: u8, text: str) as "app.log(level: u8, text: &str)"
import app.ask(about: Place?) -> result<[str]> as "k1"
import app.ask(about: str) -> bool as "k2"
import app.unused() as "not in the module"
import js.now() -> f64 as "js.now() -> f64 = Date.now()"
record Place { near: str?, at: [f64] }
export delete(default: i32, at: Place?) -> Place
`,
    `(import "declared" "app.log(level: u8, text: &str)" (func (param i32 i32 i32)))
    (import "declared" "k1" (func (param i32 i32)))
    (import "declared" "k2" (func (param i32 i32) (result i32)))
    (import "declared" "js.now() -> f64 = Date.now()" (func (result f64)))
    (import "handwire" "handle_clone" (func (param i32) (result i32)))
    (import "env" "memory" (memory 1))
    (import "env" "add-64" (func (param i64 f32) (result i64)))
    (import "env" "base" (global i32))
    (func (export "delete") (param i32 i32))
    (func (export "raw it") (param i32 i64) (result f64) f64.const 0)`,
  ));
  finds("needs-test", `
import { instantiate } from "handwire";
import type { Exports, Imports, Place } from "./needs.js";
const place: Place = { near: undefined, at: new Float64Array(2) };
const app: Imports["app"] = {
  log(level: number, text: string) { console.log(level, text); },
  ask: ((about: Place | string | undefined) => (typeof about === "string" ? true : ["a"])) as Imports["app"]["ask"],
};
const imports: Imports = { app, env: { "add-64": (a: bigint, b: number) => a + BigInt(b), base: 1 } };
const { exports } = await instantiate<Exports>(new Uint8Array(0), { imports, memory: new WebAssembly.Memory({ initial: 1 }) });
const back: Place = exports.delete(1);
exports.delete(1, { at: [1, 2] }).at.fill(0);
const at: number[] = exports.delete(1, place).at; // TS2740
const raw: number = exports["raw it"](1, 2n);
const less: Imports = { app }; // TS2741
const wrong: Imports["app"] = { ...app, log: (level: string) => {} }; // TS2322
const unused = app.unused; // TS2339
const inline: Imports = { ...imports, js: {} }; // TS2353
export { back, at, raw, less, wrong, unused, inline };
`);
});

test("declared names that TypeScript has a meaning for get an underscore", () => {
  const text = typesOf("record Date { at: js.Date, in: Exports }\nenum Exports { A }\ntype string = js.String\nrecord string_ { s: string }\nexport f(this: Date, a: string_) -> string\n", '(func (export "f") (param i32 i32) (result i32) i32.const 0)');
  writeFileSync(`${folder}/names.d.ts`, text);
  finds("names-test", `
import type { Date_, Exports, Exports_, string_ as Record_, string__ } from "./names.js";
declare const exports: Exports;
const at: globalThis.Date = ({} as Date_).at;
const which: Exports_ = "A";
const record: Record_ = { s: "text" };
const text: string__ = exports.f({ at, in: which }, record);
const wrong: Exports_ = "B"; // TS2322
export { at, text, wrong };
`);
});

test("an ES module's functions are typed like the exports", () => {
  assert.equal(handwire("esm", `${folder}/hello.wasm`, "-o", `${folder}/app.js`).err, "");
  finds("esm-test", `
import init, { greet, $instance } from "./app.js";
import type { Exports } from "./app.js";
const text: string = greet("World");
greet(1); // TS2345
const same: Exports["greet"] = $instance.exports.greet;
const made = await init({ debug: true });
made.exports.greet(1); // TS2345
const live: number = made.host.handles.live;
export { text, same, live };
`);
});

test("frozen glue is typed as what instantiate takes", () => {
  assert.equal(handwire("freeze", `${folder}/hello.wasm`, "-o", `${folder}/hello.glue.js`).err, "");
  finds("freeze-test", `
import { instantiate } from "handwire";
import glue from "./hello.glue.js";
export const made = instantiate(new Uint8Array(8), { with: [glue] });
export const wrong: string = glue; // TS2322
`);
});
