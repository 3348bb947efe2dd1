// @ts-check
// The ES module that `handwire esm` writes, loaded by Node in a project that has the host
// installed.

import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { build } from "esbuild";
import { wasmPath } from "../scripts/guests.js";
import { handwire, project, runIn } from "./support/command.js";
import { info, wat } from "./support/wat.js";

const folder = project("esm");

/** Writes the module of a guest. @param {string} name @param {...string} more */
function esm(name, ...more) {
  const ran = handwire("esm", `${folder}/${name}.wasm`, "-o", `${folder}/${name}.js`, ...more);
  assert.deepEqual(ran, { code: 0, out: "", err: "" });
}

test("functions are exported by name, and work", () => {
  copyFileSync(wasmPath("test-typed"), `${folder}/typed.wasm`);
  esm("typed");
  const out = runIn(folder, `
    import init, { middle, multRs, parse, $instance, delete as remove, fetch, every_list, bool } from "./typed.js";
    console.log(middle([{ x: 1, y: 2 }, { x: 3, y: 4 }], "Exact"), multRs(6, 7), remove(1, 2), fetch(false), bool(true), bool.name, every_list.length);
    try { parse("x") } catch (error) { console.log(error.message) }
    console.log($instance.exports.middle === middle, $instance.host.handles.live, typeof $instance.raw.middle, typeof init);
  `);
  assert.equal(out, "{ x: 2, y: 3 } 42 3 true true bool 1\ninvalid digit found in string\ntrue 0 function function\n");
});

test("init makes another instance, and the names are its own from then on", () => {
  const out = runIn(folder, `
    import init, * as app from "./typed.js";
    const before = app.multRs, instance = app.$instance;
    const made = await init({ extras: { mine: 1 } });
    console.log(app.multRs === before, app.multRs === made.exports.multRs, app.$instance === made, instance === made, made.host.extras.mine, before(2, 3));
  `);
  assert.equal(out, "false true true false 1 6\n");
});

test("a module that needs imports waits for init, and says so until then", () => {
  const contract = 'export double(x: f64) -> f64 "Doubles \\"x\\"."\nimport app.twice(x: f64) -> f64 as "app.twice(x: f64) -> f64"\n';
  writeFileSync(`${folder}/needs.wasm`, wat(`
    (import "declared" "app.twice(x: f64) -> f64" (func $twice (param f64) (result f64)))
    (import "env" "add" (func $add (param f64 f64) (result f64)))
    ${info()}
    (func (export "double") (param f64) (result f64) (call $add (call $twice (local.get 0)) (f64.const 0)))`, { contract }));
  esm("needs");
  const out = runIn(folder, `
    import init, { double } from "./needs.js";
    try { double(1) } catch (error) { console.log(error.message) }
    try { await init() } catch (error) { console.log(error.code) }
    await init({ imports: { app: { twice: (x) => 2 * x }, env: { add: (a, b) => a + b } } });
    console.log(double(21));
  `);
  assert.equal(out, "double: await the default export of this module first: init({ imports })\nmissing-import\n42\n");
  assert.match(readFileSync(`${folder}/needs.js`, "utf8"), /\/\*\* Doubles "x"\. \*\/\nexport let double = early\("double"\);/);
});

test("inline code of the guest is compiled, without a word from the user", () => {
  const key = "js.one() -> f64 = 41 + 1";
  writeFileSync(`${folder}/inline.wasm`, wat(`
    (import "declared" "${key}" (func $one (result f64)))
    ${info()}
    (func (export "answer") (result f64) call $one)`, { contract: `export answer() -> f64\nimport js.one() -> f64 as ${JSON.stringify(key)}\n` }));
  esm("inline");
  assert.equal(runIn(folder, 'import { answer } from "./inline.js"; console.log(answer());'), "42\n");
});

test("--glue: inline code from the frozen file, where text may not be compiled", () => {
  const frozen = handwire("freeze", `${folder}/inline.wasm`, "-o", `${folder}/inline.glue.js`);
  assert.deepEqual(frozen, { code: 0, out: "", err: "" });
  assert.deepEqual(handwire("esm", `${folder}/inline.wasm`, "-o", `${folder}/strict.js`, "--glue", "./inline.glue.js"), { code: 0, out: "", err: "" });
  assert.equal(runIn(folder, 'import { answer } from "./strict.js"; console.log(answer());', "--disallow-code-generation-from-strings"), "42\n");
  assert.throws(() => runIn(folder, 'import { answer } from "./inline.js"; console.log(answer());', "--disallow-code-generation-from-strings"), /missing-import new Function, which the policy here forbids/);
  assert.match(handwire("types", `${folder}/inline.wasm`, "--glue", "./inline.glue.js").err, /^handwire: types takes no --glue/);
});

test("names that the language or the module needs, and names that are none, are exported all the same", () => {
  const names = ["new", "await", "init", "host", "URL", "instantiate", "source", "arguments", "a-b", "$c", "née"];
  const functions = names.map((name, i) => `(func (export "${name.replace("é", "\\c3\\a9")}") (result i32) (i32.const ${i}))`).join("\n");
  writeFileSync(`${folder}/names.wasm`, wat(`${functions} ${info()} (func (export "default") (result i32) (i32.const 99)) (func (export "$instance"))`, { contract: "export new() -> i32\n" }));
  esm("names");
  const out = runIn(folder, `
    import * as app from "./names.js";
    console.log(${JSON.stringify(names)}.map((name) => app[name]()).join(" "), app.$instance.exports.default(), Object.keys(app).length);
  `);
  assert.equal(out, `${names.map((_, i) => i).join(" ")} 99 ${names.length + 2}\n`);
});

test("the wasm file may lie elsewhere, and have a name that is no plain text of a URL", () => {
  mkdirSync(`${folder}/lib 1`, { recursive: true });
  copyFileSync(wasmPath("hello"), `${folder}/a #1%.wasm`);
  const ran = handwire("esm", `${folder}/a #1%.wasm`, "-o", `${folder}/lib 1/hello.mjs`);
  assert.deepEqual(ran, { code: 0, out: "", err: "" });
  assert.ok(existsSync(`${folder}/lib 1/hello.d.mts`));
  assert.equal(runIn(folder, 'import { greet } from "./lib 1/hello.mjs"; console.log(greet("World"));'), "Hello, World!\n");
});

test("without -o the module goes to the terminal; --host says where the host is", () => {
  const { code, out, err } = handwire("esm", wasmPath("hello"), "--host", "./host-js/host.js");
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^import \{ instantiate \} from "\.\/host-js\/base\.js";$/m);
  assert.match(out, /new URL\("\.\/hello\.wasm", import\.meta\.url\)/);
  assert.match(handwire("esm", `${folder}/inline.wasm`, "--host", "./host-js/host.js").out, /import \{ compile as \$\$compile \} from "\.\/host-js\/compile\.js";/);
  assert.match(handwire("esm", `${folder}/inline.wasm`).out, /import \{ compile as \$\$compile \} from "handwire\/compile";/);
});

test("a bundler for pages takes it without a word about Node", async () => {
  const { warnings, outputFiles } = await build({ entryPoints: [`${folder}/typed.js`], bundle: true, platform: "browser", format: "esm", target: "es2022", write: false, logLevel: "silent" });
  assert.deepEqual(warnings, []);
  assert.match(outputFiles[0].text, /import\.meta\.url/);
});
