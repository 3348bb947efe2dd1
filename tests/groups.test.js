// @ts-check
// A host of named groups: what a guest needs is enough, what is left out is named with the line that imports it, and
// `handwire esm` finds out by itself.

import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { Host, instantiate } from "../host-js/base.js";
import { compile } from "../host-js/compile.js";
import { data } from "../host-js/data.js";
import { all } from "../host-js/groups.js";
import { contractOf } from "../host-js/inspect.js";
import { bindingOf, pathOf } from "../host-js/lacking.js";
import { readModule } from "../host-js/module.js";
import { neededGroups } from "../host-js/needs.js";
import { guests, wasmPath } from "../scripts/guests.js";
import { handwire, project, runIn } from "./support/command.js";
import { thrownBy } from "./support/guest.js";
import { info, wat } from "./support/wat.js";

/** @typedef {import("../host-js/core.js").Group} Group */

const groups = new Map([...all, async_, data, compile].map((group) => [group.name, group]));

/** @param {string[]} names @returns {Group[]} */
const named = (names) => names.map((name) => groups.get(name) ?? assert.fail(`no group ${name}`));

/** @param {Uint8Array} bytes */
const needs = (bytes) => {
  const module = readModule(bytes);
  const contract = contractOf(module);
  return contract ? neededGroups(contract, module) : [];
};

/** What an embedder supplies, whatever is asked for. */
const anything = new Proxy({}, { get: () => () => 0, getOwnPropertyDescriptor: () => ({ value: () => 0, configurable: true }) });

/** Loads a module on a host of some groups. @param {BufferSource} bytes @param {string[]} names */
function load(bytes, names) {
  const module = new WebAssembly.Module(bytes);
  /** @type {Record<string, any>} */
  const imports = {};
  for (const { module: from, kind } of WebAssembly.Module.imports(module)) if (kind === "function" && !["handwire", "declared"].includes(from)) imports[from] = anything;
  for (const line of WebAssembly.Module.customSections(module, "handwire").flatMap((section) => new TextDecoder().decode(section).split("\n"))) {
    const [, from] = /^import (\w+)\./.exec(line) ?? [];
    if (from && from !== "js") imports[from] = anything;
  }
  const host = new Host(module, { imports, with: [...named(names), { name: "inline", imports: () => ({}), inline: () => () => 0 }] });
  return host.attach(new WebAssembly.Instance(module, host.imports));
}

const built = guests.map(({ name }) => name).filter((name) => existsSync(wasmPath(name)));

test("what a guest needs is enough for it, for every guest here", () => {
  for (const name of built) {
    const bytes = readFileSync(wasmPath(name));
    assert.doesNotThrow(() => load(bytes, needs(bytes)), name);
  }
});

test("the pages with hosts of their own name what their guests need, and no more", async () => {
  for (const name of ["tour", "counter", "callbacks", "todo", "fetch", "table"]) {
    const { groups: given } = await import(`../examples/${name}/host.js`);
    const frozen = guests.some((guest) => guest.name === name && "frozen" in guest) ? ["kit"] : [];
    assert.deepEqual(given.map((/** @type {Group} */ { name }) => name).sort(), [...needs(readFileSync(wasmPath(name))), "fast", ...frozen].sort(), name);
  }
});

test("each group that is left out is named, with the line that imports it", () => {
  for (const name of built) {
    const bytes = readFileSync(wasmPath(name));
    const wanted = needs(bytes);
    const lines = (/** @type {string} */ group) => `the group ${group}, import { ${bindingOf(group)} } from "handwire/${pathOf(group)}"`;
    /** What an error names that no line has, a text in the data or the kind of an error, is found when it is used. */
    const late = new Set(["error", ...(wanted.includes("closure") ? ["scalar", "types", "string", "bigint", "bytes", "handle", "class"] : [])]);
    for (const group of wanted.filter((group) => !late.has(group))) {
      const error = thrownBy(() => load(bytes, wanted.filter((other) => other !== group)));
      assert.equal(error.code, "missing-import", `${name} without ${group}: ${error.message}`);
      assert.ok(error.message.includes(lines(group)), `${name} without ${group}: ${error.message}`);
    }
  }
});

test("a group's place and its variable are what the error says", async () => {
  for (const [name, group] of groups) {
    const found = await import(`../host-js/${pathOf(name)}.js`);
    assert.equal(found[bindingOf(name)], group, name);
  }
});

test("types that only a call shows: of a closure, of an error; the group is named then, and the page goes on", async () => {
  const closure = wat(`${info()} (func (export "make") (result i32) (call $closure_new (i32.const 1) (i32.const 512) (i32.const 8)))
    (func (export "hw_call4i") (param i32 i32 i32 i32 i32) (result i32) (i32.const 0)) (func (export "hw_drop") (param i32)) (data (i32.const 512) "fn(char)")`, { contract: "export make() -> fn(..)" });
  const without = await instantiate(closure, { with: named(["closure", "handle"]) });
  const error = thrownBy(() => without.exports.make());
  assert.match(error.cause?.cause?.message ?? error.cause?.message ?? error.message, /the group string, import \{ string \} from "handwire\/imports\/string"/);
  assert.deepEqual(needs(closure), ["closure", "handle", "string"], "it is found in the module's data");
});

test("options that need a group: debug, trace, glue", async () => {
  const bytes = wat(info());
  for (const [options, said] of /** @type {[any, RegExp][]} */ ([
    [{ debug: true }, /^options\.debug: missing-import the group debug, import \{ debug \} from "handwire\/imports\/debug"/],
    [{ trace: () => {} }, /^options\.trace: missing-import the group trace, import \{ trace \} from "handwire\/trace"/],
    [{ with: [{ name: "glue", imports: () => ({}), glue: () => ({}) }] }, /^glue: missing-import the group kit, import \{ kit \} from "handwire\/imports\/kit"/],
  ])) await assert.rejects(instantiate(bytes, options), { code: "missing-import", message: said });
});

test("a class that nobody makes is no pair of functions of numbers", () => {
  const bytes = wat(`${info()} (func (export "A.add") (param i32) (result i32) (i32.const 0))`, { contract: "class A\nmethod A.add(&self) -> i32" });
  assert.match(thrownBy(() => load(bytes, ["scalar"])).message, /the group class, import \{ class_ \} from "handwire\/imports\/class"/);
});

test("what is missing beside groups is in the same error; an operation of a later contract is no group", async () => {
  const bytes = wat('(import "env" "gone" (func)) (func (export "f") (drop (call $value_kind (i32.const 1))) (drop (call $object_new)) (call $task_wake))');
  await assert.rejects(instantiate(bytes), { message: /^module: missing-import (?=.*env\.gone)(?=.*handwire\.value_kind)(?=.*the group object, import)(?=.*the group async, import).*the group value, import/ });
  const later = wat('(import "handwire" "later_thing" (func))');
  const error = await instantiate(later).then(() => assert.fail("it was instantiated"), (error) => error);
  assert.match(error.message, /^module: missing-import handwire\.later_thing/);
  assert.doesNotMatch(error.message, /the group/);
});

test("esm: imports the host without groups, and those that the module needs", () => {
  const folder = project("groups");
  copyFileSync(wasmPath("test-typed"), `${folder}/typed.wasm`);
  for (const [file, ...more] of [["whole"], ["small", "--small"]]) {
    assert.deepEqual(handwire("esm", `${folder}/typed.wasm`, "-o", `${folder}/${file}.js`, ...more), { code: 0, out: "", err: "" });
    const text = readFileSync(`${folder}/${file}.js`, "utf8");
    assert.match(text, /^import \{ instantiate \} from "handwire\/base";$/m);
    assert.match(text, /^import \{ types as \$\$types \} from "handwire\/imports\/types";$/m);
    assert.doesNotMatch(text, /imports\/(?:batch|closure|interface|class)"/);
    assert.equal(/imports\/fast"/.test(text), file === "whole");
    assert.equal(/"handwire\/advice"/.test(text), file === "whole");
    const out = runIn(folder, `
      import { middle, parse, $instance } from "./${file}.js";
      console.log(middle([{ x: 1, y: 2 }, { x: 3, y: 4 }], "Exact"), $instance.host.handles.live);
      try { parse("x") } catch (error) { console.log(error.message) }
    `);
    assert.equal(out, "{ x: 2, y: 3 } 0\ninvalid digit found in string\n");
  }
});

test("esm --host: parts of the host beside its file; a host of one's own is taken as it is", () => {
  const path = wasmPath("test-typed");
  const beside = handwire("esm", path, "--host", "../lib/host.js").out;
  assert.match(beside, /^import \{ instantiate \} from "\.\.\/lib\/base\.js";$/m);
  assert.match(beside, /^import \{ types as \$\$types \} from "\.\.\/lib\/imports\/types\.js";$/m);
  const own = handwire("esm", path, "--host", "./my-host.js").out;
  assert.match(own, /^import \{ instantiate \} from "\.\/my-host\.js";$/m);
  assert.doesNotMatch(own, /imports\//);
});
