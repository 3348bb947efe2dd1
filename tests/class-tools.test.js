// @ts-check
// What the tools say of classes: their .d.ts against programs that are right and wrong, the ES
// module that exports them, inspect, check.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { contractProblems } from "../host-js/signature.js";
import { contractOf, inspect } from "../host-js/inspect.js";
import { readModule } from "../host-js/module.js";
import { root, wasmPath } from "../scripts/guests.js";
import { handwire, project, runIn } from "./support/command.js";
import { info, wat } from "./support/wat.js";

const folder = project("class-tools");
const compiler = `${root}node_modules/typescript/bin/tsc`;
const shipped = ["-p", `${root}scripts/types.tsconfig.json`, "--outDir", `${folder}/node_modules/handwire/types`];
assert.equal(spawnSync(process.execPath, [compiler, ...shipped]).status, 0);
writeFileSync(`${folder}/package.json`, '{ "type": "module" }');
copyFileSync(wasmPath("test-classes"), `${folder}/classes.wasm`);
assert.deepEqual(handwire("types", `${folder}/classes.wasm`, "-o", `${folder}/classes.d.ts`), { code: 0, out: "", err: "" });
assert.deepEqual(handwire("esm", `${folder}/classes.wasm`, "-o", `${folder}/module.js`), { code: 0, out: "", err: "" });

/** What the compiler finds, as `line: code`. @param {string} name @param {string} text */
function diagnostics(name, text) {
  const options = { strict: true, noEmit: true, target: "es2022", lib: ["es2022", "dom"], module: "nodenext", types: [], exactOptionalPropertyTypes: true };
  writeFileSync(`${folder}/${name}.ts`, text);
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: options, files: [`${name}.ts`] }));
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", ".", "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  return [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(([, file, line, code, text]) => (file === `${name}.ts` ? `${line}: ${code}` : `${file} ${code} ${text}`));
}

test("a strict program that uses a class in every way compiles", () => {
  assert.deepEqual(diagnostics("right", `
import { instantiate } from "handwire";
import type { Counter, Exports, Imports, Node, Opaque, Pair } from "./classes.js";
declare const bytes: Uint8Array<ArrayBuffer>;
const imports: Imports = { app: {
  take: (counter: Counter): number => counter.add(1),
  give: () => new exports.Counter(1),
  give_or_throw: () => new exports.Counter(1),
  maybe: (counter: Counter | undefined) => counter ?? null,
  all: (counters: Counter[]) => counters,
} };
const { exports } = await instantiate<Exports>(bytes, { imports });
const later: Promise<Counter> = exports.later(new exports.Counter(1));
const counter: Counter = new exports.Counter(1);
const sum: number = counter.add(2) + counter.value() + counter.count + counter.into_value();
counter.count = sum;
counter.farewell = undefined;
counter.farewell = () => {};
const parsed: Counter = exports.Counter.parse("1");
class Double extends exports.Counter { override add(by: number): number { return super.add(by * 2); } }
const double: Counter = new Double(1);
const maybe: Counter | undefined = exports.maybe(null);
const all: Counter[] = exports.all([counter, double, parsed]);
const pair: Pair = exports.pair({ first: counter, name: "x" });
const node: Node = exports.Node.shared("x");
const child: Node | undefined = node.child(0);
const opaque: Opaque = exports.opaque_state(1);
const steps: number = exports.opaque_steps(opaque) + exports.opaque_end(opaque);
if (counter instanceof exports.Counter) counter.free();
using short = new exports.Counter(1);
parsed[Symbol.dispose]();
export { later, maybe, all, pair, child, steps, short };
`), []);
});

test("what is wrong in a program is found in its line", () => {
  const text = `
import { instantiate } from "handwire";
import { Counter as Value } from "./module.js";
import type { Counter, Exports } from "./classes.js";
declare const bytes: Uint8Array<ArrayBuffer>;
const { exports } = await instantiate<Exports>(bytes);
exports.Counter(1); // TS2348
new exports.Counter("1"); // TS2345
new exports.Counter(); // TS2554
const counter = new exports.Counter(1);
counter.add(); // TS2554
counter.add("1"); // TS2345
counter.label = "x"; // TS2540
counter.missing(); // TS2339
exports.Counter.add(1); // TS2339
exports.read(new exports.Node("x")); // TS2345
exports.read({}); // TS2739
const forged: Counter = { ...counter }; // TS2739
new (exports.opaque_state(1).constructor as any)();
exports.opaque_steps({}); // TS2739
exports.echo(undefined); // TS2345
counter.count = "1"; // TS2322
const value: Value = new Value(1);
value.add("1"); // TS2345
export { forged };
`;
  const expected = text.split("\n").flatMap((line, i) => {
    const code = /\/\/ (TS\d+)$/.exec(line)?.[1];
    return code ? [`${i + 1}: ${code}`] : [];
  });
  assert.deepEqual(diagnostics("wrong", text).map((found) => found.replace("TS2740", "TS2739")), expected);
});

test("the ES module exports classes by name, and says so if it is too early", () => {
  const out = runIn(folder, `
    import init, { Counter, Node, read, $instance } from "./module.js";
    try { new Counter(1) } catch (error) { console.log(error.message) }
    const { host } = await init({ imports: { app: { take() {}, give() {}, give_or_throw() {}, maybe() {}, all() {} } } });
    const counter = new Counter(41);
    console.log(counter.add(1), read(counter), counter instanceof Counter, Counter.name, new Node("n").name, host.instances);
  `);
  assert.equal(out, "Counter: await the default export of this module first: init({ imports })\n42 42 true Counter n { Counter: 1, opaque: 0, Node: 1, Nest: 0, Echo: 0 }\n");
});

test("inspect has classes with their members", () => {
  const { classes } = inspect(readFileSync(wasmPath("test-classes"))).contract ?? assert.fail();
  assert.deepEqual(classes.map(({ name }) => name), ["Counter", "Echo", "Nest", "Node"]);
  const [{ doc, members }] = classes;
  assert.equal(doc, 'Counts,\nand says "so".');
  assert.deepEqual(members.find(({ name }) => name === "add"), { kind: "method", name: "add", receiver: "&mut self", params: [{ name: "by", type: "i32" }], result: "i32", fallible: false, doc: "Counts on." });
  assert.deepEqual(members.filter(({ kind }) => kind !== "method").map(({ kind, name }) => `${kind} ${name}`), ["get count", "get label", "set set_count", "set set_farewell"]);
});

test("check: every mistake in the lines of a class is named", () => {
  const drop = '(func (export "hw_drop") (param i32))';
  const add = '(func (export "A.add") (param i32 i32) (result i32) (i32.const 0))';
  for (const [lines, fields, said] of /** @type {[string, string, string[]][]} */ ([
    ["class A\nmethod A.add(&mut self, by: i32) -> i32", drop + add, []],
    ["class A\nmethod A.add(by: i32) -> i32", drop + add, ["the member A.add is (i32, i32) -> i32 in the module, but declared as (by: i32) -> i32, which is (i32) -> i32"]],
    ["class A\nmethod A.gone(&self)", drop, ["the contract declares a member A.gone, which the module doesn't export"]],
    ["class A", "", ["the module has a class A, and no hw_drop that ends an instance"]],
    ["method A.add(&mut self, by: i32) -> i32", drop + add, ["method A.add: the class A is declared nowhere"]],
    ["class A\nget A.add(&self, by: i32) -> i32", drop + add, ["get A.add: a getter takes &self, and nothing else"]],
    ["class A\nset A.add(&mut self, by: i32) -> i32", drop + add, ["set A.add: a setter is called set_ and the name of the property, and takes &mut self or &self, and a value"]],
    ["class A\nmethod A.new(by: i32) -> i32", `${drop}(func (export "A.new") (param i32) (result i32) (i32.const 0))`, ["method A.new: the result of a constructor is A"]],
    ["class A\nmethod A.free(&self)", `${drop}(func (export "A.free") (param i32))`, ["method A.free: classes have something of their own under this name"]],
    ["class A\nexport A() -> i32", `${drop}(func (export "A") (result i32) (i32.const 0))`, ["the export A has the name of a class"]],
    ["class A\nexport f(a: [&A])", `${drop}(func (export "f") (param i32 i32))`, ["export f: a: &A is borrowed, and stands where only a parameter can"]],
    ["class A\nrecord R { x: i32 }\nexport f(r: &mut R)", `${drop}(func (export "f") (param i32))`, ["export f: r: &mut R is to be changed, and is no instance"]],
  ])) {
    const module = readModule(wat(`${fields}\n${info()}`, { contract: lines }));
    assert.deepEqual(contractProblems(contractOf(module) ?? assert.fail(), module), said, lines);
  }
  for (const bad of ["class A { }", "class", "method A(&self)", "method A.b(self", "method A.b(&mut, x: i32)", "class A\nclass A \"said\"", "class A\nmethod A.b(&self)\nmethod A.b(self)"])
    assert.throws(() => contractOf(readModule(wat("", { contract: bad }))), { code: "bad-contract" }, bad);
});
