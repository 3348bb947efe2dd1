// @ts-check
// `npx handwire`: what inspect, check and types say of real guests and of broken ones. The ES
// module that esm writes has a test of its own.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { check } from "../host-js/bin/check.js";
import { WireError } from "../host-js/errors.js";
import { parseContract, showCall } from "../host-js/grammar.js";
import { contractOf, inspect, showInspection } from "../host-js/inspect.js";
import { readModule, showSignature } from "../host-js/module.js";
import { NATURES, exportSignature } from "../host-js/signature.js";
import { guests, target, wasmPath } from "../scripts/guests.js";
import { handwire } from "./support/command.js";
import { info, wat } from "./support/wat.js";

const folder = `${target}/cli`;
mkdirSync(folder, { recursive: true });
const hello = new Uint8Array(readFileSync(wasmPath("hello")));
const typed = new Uint8Array(readFileSync(wasmPath("test-typed")));

/** A file with a module, or with anything. @param {string} name @param {string | Uint8Array} content */
function file(name, content) {
  writeFileSync(`${folder}/${name}`, content);
  return `${folder}/${name}`;
}

/** What check finds. @param {Uint8Array<ArrayBuffer>} bytes */
const problems = async (bytes) => (await check(readModule(bytes), bytes)).problems;
/** Declares and exports a function. @param {string} line @param {string} [func] */
const declaring = (line, func = '(func (export "f"))') => wat(`${func} ${info()}`, { contract: `${line}\n` });

/** One line on the error channel, and nothing else. @param {{ code: number | null, out: string, err: string }} ran @param {number} expected @param {RegExp} line */
function fails({ code, out, err }, expected, line) {
  assert.equal(out, "");
  assert.match(err, line);
  assert.equal(err.trimEnd().split("\n").length, 1, err);
  assert.equal(code, expected);
}

test("inspect: contract with docs, imports and exports with signatures, sizes", () => {
  const { code, out, err } = handwire("inspect", wasmPath("hello"));
  assert.equal(err, "");
  assert.equal(code, 0);
  assert.match(out, /^\S*hello\.wasm: [\d,]+ bytes\n/);
  assert.match(out, /\n {2}export greet\(name: str\) -> result<str>\n {6}Greets by name; fails/);
  assert.match(handwire("inspect", wasmPath("tour")).out, /\n {2}handwire\.error_panic \(i32, i32\)\n/);
  assert.match(out, /\n {2}greet \(i32, i32\) -> i32\n/);
  assert.match(out, /\n {2}memory \(memory of \d+ or more pages\)\n/);
  assert.match(out, /\n {2}code +[\d,]+\n/);
  assert.match(out, /\n {2}custom handwire +[\d,]+\n/);
  assert.doesNotMatch(out, /stray/);
});

test("inspect --json: the same for tools", () => {
  const { out } = handwire("inspect", "--json", wasmPath("test-typed"));
  const { file, size, contract, imports, exports, sections, strays } = JSON.parse(out);
  assert.equal(file, wasmPath("test-typed"));
  assert.equal(size, typed.length);
  assert.deepEqual(contract.exports.find((/** @type {any} */ { name }) => name === "middle"), {
    name: "middle",
    params: [{ name: "points", type: "[Point]" }, { name: "mode", type: "Mode" }],
    result: "Point?",
    fallible: false,
    doc: "",
  });
  assert.equal(contract.exports.find((/** @type {any} */ { name }) => name === "doc_odd").doc, 'Says "hé" – with a \\ backslash, a tab\tand 日本語 🎉.');
  assert.deepEqual(contract.records.find((/** @type {any} */ { name }) => name === "Point").fields, [{ name: "x", type: "f64" }, { name: "y", type: "f64" }]);
  assert.deepEqual(contract.exports.find((/** @type {any} */ { name }) => name === "ask").error, "AskError");
  const byName = (/** @type {{ name: string }} */ a, /** @type {{ name: string }} */ b) => (a.name < b.name ? -1 : 1);
  assert.deepEqual(contract.enums.sort(byName), [{ name: "Fault", variants: ["TooMany", "TooFew"] }, { name: "Mode", variants: ["Fast", "Exact", "Odd1"] }]);
  assert.deepEqual(contract.aliases.sort(byName), [{ name: "Label", type: "js.String" }, { name: "Node", type: "js.Object" }]);
  assert.deepEqual(imports.find((/** @type {any} */ { name }) => name === "error_panic"), { module: "handwire", name: "error_panic", kind: "function", params: ["i32", "i32"], results: [] });
  assert.deepEqual(exports.find((/** @type {any} */ { name }) => name === "middle").params, ["i32", "i32", "i32"]);
  assert.ok(sections.every((/** @type {any} */ { size }) => size > 0));
  assert.deepEqual(strays, []);
});

test("inspect: a module without a contract section is shown, and says so", () => {
  const { code, out } = handwire("inspect", wasmPath("bare"));
  assert.equal(code, 0);
  assert.match(out, /none: there is no contract section/);
  assert.match(out, /add \(i32, i32\) -> i32/);
});

test("inspect: imports that got in by accident come with advice; those that are meant don't", () => {
  const bytes = wat(`
    (import "__wbindgen_placeholder__" "__wbindgen_describe" (func (param i32)))
    (import "wbg" "__wbg_log" (func))
    (import "env" "puts" (func (param i32) (result i32)))
    (import "env" "memory" (memory 1))
    (import "wasi_snapshot_preview1" "fd_write" (func))
    (import "app" "log" (func (param i32)))
    (func (export "f"))`);
  const { strays } = inspect(bytes);
  assert.deepEqual(strays.map(({ module, name }) => `${module}.${name}`), ["__wbindgen_placeholder__.__wbindgen_describe", "wbg.__wbg_log", "env.puts", "wasi_snapshot_preview1.fd_write"]);
  const shown = showInspection("a.wasm", inspect(bytes));
  assert.match(shown, /stray imports\n {2}__wbindgen_placeholder__\.__wbindgen_describe\n {6}.*cargo tree/);
  assert.match(shown, / {2}env\.puts\n {6}nobody declared it.*import!/);
});

test("inspect: a name can't give orders to the terminal", () => {
  const shown = showInspection("a.wasm", inspect(wat('(func (export "a\\1b[2Jb\\0d"))')));
  assert.match(shown, /a\\x1b\[2Jb\\x0d/);
});

test("every guest of this repository can run on this host", () => {
  for (const { name } of guests) {
    const path = wasmPath(name);
    if (name === "hello-c" && !handwireCan(path)) continue;
    const { code, out, err } = handwire("check", path);
    assert.deepEqual([code, out.split("\n")[0].replace(/, .*/, ""), err], [0, `${path}: can run on this host`, ""], out);
  }
});

/** Whether a guest was built: the one in C needs a compiler. @param {string} path */
function handwireCan(path) {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}

test("check: what the embedder must supply is named, and is no problem", async () => {
  const bytes = wat(`
    (import "env" "now" (func (result f64)))
    (import "declared" "app.log(text: &str)" (func (param i32 i32)))
    (import "declared" "one() -> f64 = 1" (func (result f64)))
    (func (export "f"))`, { contract: 'import app.log(text: str) as "app.log(text: &str)"\nimport js.one() -> f64 as "one() -> f64 = 1"\n' });
  assert.deepEqual(await check(readModule(bytes), bytes), { problems: [], needs: ["env.now", "app.log", "options.with: [compile] for its inline code"] });
  assert.match(handwire("check", file("needs.wasm", bytes)).out, /can run on this host, which must be given env\.now, app\.log, options\.with/);
});

/** @type {[what: string, bytes: () => Uint8Array<ArrayBuffer>, line: RegExp][]} */
const BROKEN = [
  ["a line that is none", () => declaring("exprot f()"), /contract: bad-contract exprot f\(\) \(export, import, record, enum, interface, type, class, method, get, set or doc expected in column 1\)/],
  ["a line that breaks off", () => declaring("export f(a: i32"), /"\)" expected in column 16/],
  ["text behind a line", () => declaring('export f() "doc" x'), /a JSON string expected/],
  ["two lines that differ", () => declaring("export f()\nexport f(a: i32)"), /bad-contract export f\(\) \| export f\(a: i32\)/],
  ["a type that nobody declared", () => declaring("export f(a: Pont)"), /export f: a: the type Pont is declared nowhere/],
  ["a type in a record that nobody declared", () => declaring("record P { x: [Q?] }"), /record P: x: the type Q is declared nowhere/],
  ["an alias of itself", () => declaring("type B = B"), /type B: the type B leads to no declaration/],
  ["a class that no host knows", () => declaring("export f(a: js.Planet)"), /export f: a: the type js\.Planet is unknown/],
  ["an option of an option", () => declaring("type M = i32?\nexport f(a: M?)"), /M\? is an option of an option/],
  ["a borrowed result", () => declaring("export f() -> [&js]"), /the result: &js is borrowed, and stands where only a parameter can/],
  ["a lent result", () => declaring("export f() -> &mut [f64]"), /the result: &mut \[f64\] is lent, and stands where only a parameter can/],
  ["what is lent in a list", () => declaring("export f(a: [&mut [u8]])"), /a: &mut \[u8\] is lent, and stands where only a parameter can/],
  ["lent texts", () => declaring("export f(a: &mut [str])"), /a: &mut \[str\] is lent, and no typed array has such elements/],
  ["what an async export can't keep", () => declaring("export f(a: &mut [f64]) -> async ()"), /a: &mut \[f64\] is lent, and an async call keeps its arguments/],
  ["a borrowed record", () => declaring("record P { x: f64 }\nexport f(a: &P)"), /&P is borrowed, and is no handle/],
  ["an export that is missing", () => declaring("export f()\nexport g()"), /the contract declares an export g, which the module doesn't have/],
  ["an export of another signature", () => declaring("export f(a: str) -> i64"), /the export f is \(\) in the module, but declared as \(a: str\) -> i64, which is \(i32, i32\) -> i64/],
  ["a declaration of an import that got lost", () => wat('(import "declared" "app.log(text: &str)" (func))'), /the import app\.log\(text: &str\) has lost its declaration/],
  ["an import of another signature", () => wat('(import "declared" "k" (func (param i32)))', { contract: 'import app.log(text: str) as "k"\n' }), /import app\.log is \(i32\) in the module, but declared as \(text: str\)/],
  ["inline code that doesn't parse", () => wat('(import "declared" "x() = 1 +" (func))', { contract: 'import js.x() as "x() = 1 +"\n' }), /the inline code of js\.x doesn't parse/],
  ["an operation that no group offers", () => wat('(import "handwire" "handle_invert" (func))'), /missing-import handwire\.handle_invert/],
  ["two operations that no group offers", () => wat('(import "handwire" "a_b" (func)) (import "handwire" "c_d" (func))'), /missing-import handwire\.a_b,handwire\.c_d/],
  ["a result without a return slot", () => wat('(func (export "f"))', { contract: "export f() -> str\n" }), /the export f gives its result through the return slot, and the module has no hw_info/],
  ["a runtime export of another signature", () => wat('(func (export "hw_alloc") (param i32) (result i32) i32.const 0)'), /the export hw_alloc isn't the function that WIRE\.md/],
  ["what wasm-bindgen left", () => wat('(import "__wbindgen_placeholder__" "a" (func)) (import "__wbindgen_placeholder__" "b" (func))'), /2 imports of wasm-bindgen, which nobody can supply.*cargo tree/],
];

for (const [what, bytes, line] of BROKEN)
  test(`check: ${what}`, async () => {
    const found = await problems(bytes());
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0], line);
  });

test("check: exit code 1 and a line for each problem; --json for tools", () => {
  const path = file("two.wasm", declaring("export g()\nexport h(a: Q)"));
  const { code, out, err } = handwire("check", path);
  assert.deepEqual([code, out, err.trimEnd().split("\n").length], [1, "", 3]);
  const json = handwire("check", "--json", path);
  assert.equal(json.code, 1);
  assert.equal(json.err, "");
  const { ok, problems } = JSON.parse(json.out);
  assert.equal(ok, false);
  assert.deepEqual(problems.map((/** @type {string} */ line) => `${path}: ${line}\n`).join(""), err);
  assert.deepEqual(JSON.parse(handwire("check", "--json", wasmPath("hello")).out), { file: wasmPath("hello"), ok: true, problems: [], needs: [] });
});

test("check: no code of the guest is run, inline code neither", async () => {
  const key = "x() = (globalThis.ran = true)";
  const bytes = wat(`(import "declared" "${key}" (func)) (func $start unreachable) (start $start)`, { contract: `import js.x() as ${JSON.stringify(key)}\n` });
  assert.deepEqual(await problems(bytes), []);
  assert.equal("ran" in globalThis, false);
});

test("a wrong file is one clear line and exit code 1, whatever the command", () => {
  for (const command of ["inspect", "check", "types", "esm"]) {
    fails(handwire(command, `${folder}/gone.wasm`), 1, /^handwire: \S*gone\.wasm: there is no such file$/m);
    fails(handwire(command, folder), 1, /^handwire: \S*: is a directory$/m);
    fails(handwire(command, file("empty.wasm", "")), 1, /empty\.wasm: not a wasm module$/m);
    fails(handwire(command, file("text.wasm", "<!doctype html>\n")), 1, /text\.wasm: not a wasm module$/m);
    fails(handwire(command, file("half.wasm", hello.subarray(0, hello.length >> 1))), 1, /half\.wasm: the module is cut off: \d+ bytes should follow at byte \d+, and \d+ do$/m);
    fails(handwire(command, file("component.wasm", Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0))), 1, /component/);
  }
  fails(handwire("types", wasmPath("bare")), 1, /bare\.wasm: no contract section/);
  fails(handwire("esm", wasmPath("bare")), 1, /bare\.wasm: no contract section/);
  fails(handwire("types", file("wrong.wasm", declaring("export f(a: Q)"))), 1, /wrong\.wasm: export f: a: the type Q is declared nowhere/);
  fails(handwire("check", file("invalid.wasm", wat('(func (export "f") (result i32))'))), 1, /invalid\.wasm: the engine refuses it: /);
  fails(handwire("types", wasmPath("hello"), "-o", `${folder}/no/where.d.ts`), 1, /where\.d\.ts: there is no such file/);
});

test("a wrong call is one clear line and exit code 2", () => {
  fails(handwire(), 2, /no command/);
  fails(handwire("inspekt", "a.wasm"), 2, /there is no command inspekt/);
  fails(handwire("constructor", "a.wasm"), 2, /there is no command constructor/);
  fails(handwire("inspect"), 2, /inspect takes one file/);
  fails(handwire("inspect", "a.wasm", "b.wasm"), 2, /inspect takes one file/);
  fails(handwire("types", "--json", "a.wasm"), 2, /types takes no --json/);
  fails(handwire("check", "-o", "x", "a.wasm"), 2, /check takes no --output/);
  fails(handwire("inspect", "--jsn", "a.wasm"), 2, /'--jsn'/);
  fails(handwire("esm", wasmPath("hello"), "-o", "app.wasm"), 2, /ends in \.js or \.mjs/);
});

test("--help and --version", () => {
  const { code, out } = handwire("--help");
  assert.equal(code, 0);
  for (const word of ["inspect", "check", "types", "esm", "--json", "--output", "--host"]) assert.match(out, new RegExp(word));
  assert.equal(handwire("--version").out, "0.1.0\n");
});

test("a module cut off anywhere is an error, never a hang or a wrong answer", () => {
  const whole = readModule(hello);
  let read = 0;
  for (let len = 0; len < hello.length; len++) {
    try {
      const part = readModule(hello.subarray(0, len));
      // Between two sections a module may end: then what was read is what is there.
      assert.deepEqual(part.sections, whole.sections.slice(0, part.sections.length));
      read++;
    } catch (error) {
      assert.match(/** @type {Error} */ (error).message, /not a wasm module|cut off/);
    }
  }
  assert.equal(read, whole.sections.length);
});

test("the module reader agrees with the engine about names and kinds, for every guest", () => {
  for (const name of ["hello", "tour", "test-guest", "test-typed", "bare"]) {
    const bytes = readFileSync(wasmPath(name));
    const compiled = new WebAssembly.Module(bytes);
    const { imports, exports, customs } = readModule(bytes);
    assert.deepEqual(imports.map(({ module, name, kind }) => ({ module, name, kind })), WebAssembly.Module.imports(compiled).map(({ module, name, kind }) => ({ module, name, kind })));
    assert.deepEqual(exports.map(({ name, kind }) => ({ name, kind })), WebAssembly.Module.exports(compiled).map(({ name, kind }) => ({ name, kind })));
    const sections = customs.filter(({ name }) => name === "handwire").map(({ bytes }) => Buffer.from(bytes));
    assert.deepEqual(sections, WebAssembly.Module.customSections(compiled, "handwire").map((section) => Buffer.from(section)));
  }
});

test("every declared type has in a real guest the signature that the table says", () => {
  const module = readModule(typed);
  const contract = contractOf(module);
  assert.ok(contract && contract.exports.length > 200);
  const types = new Map(module.exports.map(({ name, type }) => [name, type]));
  for (const call of contract.exports) {
    const type = types.get(call.name);
    assert.equal(type && showSignature(type), showSignature(exportSignature(contract, call)), `${call.name}${showCall(call)}`);
  }
});

test("every class of handles that the tools know, the host knows", async () => {
  const lines = NATURES.map((nature, i) => `export f${i}(a: &js.${nature}) -> js.${nature}\n`);
  const functions = NATURES.map((_, i) => `(func (export "f${i}") (param i32) (result i32) local.get 0)`);
  assert.deepEqual(await problems(wat(functions.join("\n"), { contract: lines.join("") })), []);
});

test("the contract: sections are one, order and repetition mean nothing, empty lines neither", () => {
  const lines = ["export b(x: i32) -> str", 'export a() "Doc \\"é\\"."', "record R { r: R?, n: [[u8]] }", "enum E { A, B }", "type T = js.Map"];
  const one = parseContract([`${lines.join("\n")}\n`]);
  const two = parseContract([`\n${lines.slice().reverse().join("\n\n")}`, `${lines[0]}\n`]);
  assert.deepEqual(two, one);
  assert.deepEqual(one.exports.map(({ name }) => name), ["a", "b"]);
  assert.equal(one.exports[0].doc, 'Doc "é".');
  assert.throws(() => parseContract(["export f(a: &i32)"]), WireError);
  assert.throws(() => parseContract(["enum E { }"]), /a name expected in column 10/);
});
