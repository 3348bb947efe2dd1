// @ts-check
// Lines of the contract section on their way through the compiler: two crates in one module that
// use the same names, in every profile, with link-time optimisation and without, after wasm-opt; the
// same export twice; lines that got lost.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { compile } from "../host-js/compile.js";
import { instantiate } from "../host-js/host.js";
import { readModule } from "../host-js/module.js";
import { root, target, wasmPath } from "../scripts/guests.js";
import { load as attach } from "./hostile/breach.js";
import { thrownBy } from "./support/guest.js";
import { wat } from "./support/wat.js";
import { bytes, supplied } from "./typed/supplied.js";

const triple = "wasm32-unknown-unknown";

/** Profiles beside dev and release, by name, with what sets them apart from release. @type {Record<string, string[]>} */
const PROFILES = {
  dev: [],
  release: [],
  units64: ['lto="off"', "codegen-units=64"],
  "units64-debug": ['lto="off"', "codegen-units=64", "opt-level=0"],
  thin: ['lto="thin"', "codegen-units=16"],
  fat64: ['lto="fat"', "codegen-units=64"],
};

/** Builds the guest of two crates. @param {string} profile @param {string[]} [more] */
function build(profile, more = []) {
  const settings = ["dev", "release"].includes(profile) ? [] : ['inherits="release"', ...PROFILES[profile]].flatMap((setting) => ["--config", `profile.${profile}.${setting}`]);
  const args = ["build", "--quiet", "-p", "handwire-test-lines", "--profile", profile, "--target", triple, "--target-dir", `${target}/lines`, ...settings, ...more];
  const { status, stderr } = spawnSync("cargo", args, { cwd: root, encoding: "utf8" });
  return { status, stderr, path: `${target}/lines/${triple}/${profile === "dev" ? "debug" : profile}/handwire_test_lines.wasm` };
}

/** After `wasm-opt -Oz`. @param {string} path */
function optimized(path) {
  const output = path.replace(/\.wasm$/, ".oz.wasm");
  const flags = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"].map((feature) => `--enable-${feature}`);
  const { status, stderr } = spawnSync(process.execPath, [`${root}node_modules/binaryen/bin/wasm-opt`, "-Oz", ...flags, path, "-o", output], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return output;
}

/** The lines of a module. @param {WebAssembly.Module} module */
const linesOf = (module) => WebAssembly.Module.customSections(module, "handwire").flatMap((section) => Buffer.from(section).toString().split("\n")).filter(Boolean);

/** What the two crates want of their embedder. @param {any[][]} [logged] */
function given(logged = []) {
  const nobody = () => assert.fail("nobody is called");
  const app = {
    log: (/** @type {any[]} */ ...args) => void logged.push(args),
    same: (/** @type {number} */ n) => n + 1,
    pairs: (/** @type {any[]} */ pairs, /** @type {string} */ level) => [...pairs, { left: level === "High" ? 1 : 0, right: 0 }],
    thing: (/** @type {any} */ of) => of.inside,
  };
  return { app, idle: { nobody }, more: { nobody, somebody: (/** @type {number} */ n) => n / 2 }, unused: { nobody } };
}

/** Looks at a module of the two crates, and uses it. @param {string} path */
async function whole(path) {
  const module = new WebAssembly.Module(readFileSync(path));
  const lines = linesOf(module);
  // Both or neither: an export without its line would be a function of numbers.
  const declared = new Set(lines.flatMap((line) => /^export (\w+)\(/.exec(line)?.[1] ?? []));
  const exported = WebAssembly.Module.exports(module).filter(({ name, kind }) => kind === "function" && !/^hw_|^__/.test(name)).map(({ name }) => name);
  assert.deepEqual(exported.sort(), [...declared].sort());
  for (const name of ["labels", "own_double", "swap_all", "thing", "dep_double", "dep_swap", "more_export"]) assert.ok(declared.has(name), `${name} is there, of either crate`);
  const keys = lines.flatMap((line) => / as (".*")$/.exec(line)?.[1] ?? []).map((key) => JSON.parse(key));
  const wanted = WebAssembly.Module.imports(module).filter(({ module }) => module === "declared").map(({ name }) => name);
  for (const key of wanted) assert.ok(keys.includes(key), `a line for ${key}`);
  assert.ok(wanted.includes("app.log(level: u8, message: &str)") && wanted.includes("app.log(message: &str)"), "one name, two declarations");
  assert.equal(wanted.filter((key) => key.startsWith("app.same(")).length, 1, "one declaration, twice in the source");

  /** @type {any[][]} */
  const logged = [];
  const { exports, host } = await instantiate(module, { imports: given(logged), with: [compile] });
  assert.deepEqual(exports.labels(1), ["<2>", "(2)"]);
  assert.deepEqual(logged, [[3, "the guest's line"], ["the library's line"]]);
  assert.deepEqual([exports.own_double(4), exports.dep_double(5), exports.more_export(9), exports.taken()], [8, 10, 4.5, 1]);
  assert.deepEqual(exports.dep_swap({ left: 1, right: 2 }), { left: 2, right: 1 });
  assert.deepEqual(exports.swap_all([{ left: 3, right: 4 }], "High"), [{ left: 3, right: 4 }, { left: 1, right: 0 }]);
  const inside = {};
  assert.equal(exports.thing({ inside }), inside);
  assert.equal(exports.thing({}), undefined);
  assert.equal(host.handles.live, 0);
}

for (const profile of Object.keys(PROFILES))
  test(`two crates with the same names in one module: ${profile} ${PROFILES[profile].join(", ")}`, async () => {
    const { status, stderr, path } = build(profile);
    assert.equal(status, 0, stderr);
    await whole(path);
    if (["release", "units64", "thin"].includes(profile)) await whole(optimized(path));
  });

test("a dependency of which nothing is used comes with its lines or not at all", () => {
  for (const profile of Object.keys(PROFILES)) {
    const module = new WebAssembly.Module(readFileSync(build(profile).path));
    const there = WebAssembly.Module.exports(module).some(({ name }) => name === "unused_export");
    const asks = WebAssembly.Module.imports(module).some(({ name }) => name.startsWith("unused.nobody("));
    const lines = linesOf(module).filter((line) => /unused/.test(line));
    assert.equal(lines.some((line) => line.startsWith("export unused_export(")), there, profile);
    assert.ok(!asks || lines.some((line) => line.startsWith("import unused.nobody(")), profile);
  }
});

test("the same export in two crates is an error that names it: the linker's, or bad-contract with both lines", async () => {
  for (const profile of ["dev", "release", "units64", "thin"]) {
    const { status, stderr, path } = build(profile, ["--features", "twice"]);
    if (status !== 0) assert.match(stderr, /duplicate symbol: taken|'taken': symbol multiply defined/, profile);
    else {
      const error = await instantiate(readFileSync(path), { imports: given(), with: [compile] }).catch((error) => error);
      assert.equal(error.code, "bad-contract", `${profile}: ${error}`);
      assert.match(error.message, /export taken\(\) -> i32.* \| export taken\(\) -> i32/);
    }
  }
});

/** A module without its sections of that name. @param {Uint8Array} bytes @param {string} name */
function without(bytes, name) {
  const leb = (/** @type {number} */ at) => {
    let [value, shift] = [0, 0];
    for (;; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return { value, at };
    }
  };
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const size = leb(at + 1);
    const label = leb(size.at);
    const end = size.at + size.value;
    const drop = bytes[at] === 0 && Buffer.from(bytes.subarray(label.at, label.at + label.value)).toString() === name;
    if (!drop) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

test("a declared import whose line got lost is bad-contract, and names the import", async () => {
  const error = await instantiate(without(bytes, "handwire"), { imports: supplied({}), with: [compile] }).catch((error) => error);
  assert.equal(error.code, "bad-contract");
  assert.match(error.message, /no line for the import \w+\.\w+\(/);
  const imports = '(import "declared" "app.one(a: i32)" (func $one (param i32))) (import "declared" "app.two()" (func $two))';
  const half = wat(`${imports} (func (export "f") (call $two))`, { contract: 'import app.one(a: i32) as "app.one(a: i32)"' });
  assert.match(thrownBy(() => attach(half, { imports: { app: { one() {}, two() {} } } })).message, /bad-contract no line for the import app\.two\(\)/);
});

test("a line whose import is not there any more asks for nothing", () => {
  const { exports } = attach(wat('(func (export "f") (result i32) (i32.const 1))', { contract: 'import app.gone(a: Nothing) as "app.gone(a: Nothing)"\nexport f() -> i32\n' }));
  assert.equal(exports.f(), 1);
});

test("a hand-written twin of an export is the same wire and the same line", async () => {
  const twins = readModule(new Uint8Array(readFileSync(wasmPath("test-typed"))));
  const { exports } = await instantiate(readFileSync(wasmPath("test-typed")));
  const value = { a: 1, é: 2 };
  /** @type {Record<string, (f: (...args: any[]) => any) => any>} */
  const calls = { greet: (f) => f("é"), parse: (f) => [f("-5"), thrownBy(() => f("x")).message], keys: (f) => f(value), mixed: (f) => [f(true, "a", 7n, value, 2.5), f(true, "é", 0n, value), thrownBy(() => f(false, "a", 7n, value, null))] };
  const lines = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(wasmPath("test-typed"))), "handwire").flatMap((section) => Buffer.from(section).toString().split("\n"));
  for (const [name, call] of Object.entries(calls)) {
    const [made, hand] = ["macro", "hand"].map((kind) => lines.find((line) => line.startsWith(`export ${name}_${kind}(`)));
    assert.ok(made);
    assert.equal(made.replace("_macro", ""), hand?.replace("_hand", ""));
    const signature = (/** @type {string} */ name) => twins.exports.find((entry) => entry.name === name)?.type;
    assert.deepEqual(signature(`${name}_macro`), signature(`${name}_hand`));
    assert.deepEqual(call(exports[`${name}_macro`]), call(exports[`${name}_hand`]));
  }
});
