// @ts-check
// The handshake and instantiation with modules that are not as they should be: damaged records,
// other versions, missing imports, start functions. All of it ends before the guest is called.

import assert from "node:assert/strict";
import test from "node:test";
import { Host, PanicError, WireError, instantiate } from "../host-js/host.js";
import { load, thrownBy } from "./hostile/breach.js";
import { ARENA, RECORD, data, info, wat } from "./support/wat.js";

const ADD = '(func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))';

/** What refuses a module, which must be a `WireError` that names its place. @param {string} fields @param {string} code @param {RegExp} message @param {import("../host-js/core.js").Options} [options] */
async function refuses(fields, code, message, options) {
  const error = await instantiate(wat(`${fields} ${ADD}`), options).then(() => assert.fail(`taken: ${fields}`), (error) => error);
  assert.ok(error instanceof WireError && !(error instanceof PanicError), String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);

}

test("a record that is as it should be", async () => {
  const { exports } = await instantiate(wat(`${info()} ${ADD}`));
  assert.equal(exports.add(1, 2), 3);
  assert.equal(exports.hw_info, undefined, "the runtime's exports are not offered");
});

test("wrong magic: bad-info", () => refuses(info({ magic: 0x12345678 }), "bad-info", /^hw_info: bad-info 16: hw_info must return/));
test("no record at all, only zeros: bad-info", () => refuses('(func (export "hw_info") (result i32) (i32.const 4096))', "bad-info", / 4096/));

for (const [what, version] of /** @type {const} */ ([["an older major", { major: 0 }], ["a newer major", { major: 2 }], ["a newer minor", { minor: 1 }], ["a much newer minor", { minor: 65535 }], ["both newer", { major: 65535, minor: 65535 }]]))
  test(`${what}: version, before anything else of the record is looked at`, () =>
    refuses(info({ ...version, features: 4, arena: 1, slot: 3 }), "version", new RegExp(`^hw_info: version ${version.major ?? 1}\\.${version.minor ?? 0}: rebuild`)));

test("a feature bit that the host doesn't know, every one: missing-feature", async () => {
  for (let bit = 0; bit < 32; bit++) await refuses(info({ features: 2 ** bit }), "missing-feature", new RegExp(`^hw_info: missing-feature ${2 ** bit}: `));
});

/** @type {[string, Parameters<typeof info>[0]][]} */
const DAMAGED = [
  ["the record beyond memory", { at: 65536 - 28 }], ["the record far outside", { at: 0x10000000 }], ["the record at the end of the address space", { at: -4 }],
  ["the record beyond 2 GiB", { at: -0x80000000 }], ["the record misaligned", { at: RECORD + 2 }],
  ["the arena beyond memory", { arena: 65536, arenaLen: 8 }], ["the arena longer than memory", { arenaLen: 65536 }], ["the arena's length wraps", { arena: 16, arenaLen: 0xfffffff8 }],
  ["the arena misaligned", { arena: ARENA + 4 }], ["the arena's length no multiple of 8", { arenaLen: 1001 }],
  ["the return slot beyond memory", { slot: 65536 - 8 }], ["the return slot far outside", { slot: 0x80000000 }], ["the return slot misaligned", { slot: 68 }],
  ["the status word beyond memory", { status: 65536 }], ["the status word far outside", { status: 0xfffffffc }], ["the status word misaligned", { status: 66 }],
];
for (const [what, fields] of DAMAGED) test(`${what}: bad-info`, () => refuses(info(fields), "bad-info", /^hw_info: bad-info \d+: /));

test("an arena up to the last byte, a return slot at the last place, no arena: fine", async () => {
  for (const fields of [{ arena: 65536 - 8, arenaLen: 8 }, { slot: 65536 - 16 }, { arena: 0, arenaLen: 0 }, { arena: 65536, arenaLen: 0 }, { status: 65532 }, { status: 0 }]) await instantiate(wat(info(fields)));
});

test("a record in a module without memory: bad-info", async () => {
  const error = await instantiate(wat('(import "env" "g" (global (mut i32))) (memory 1) (func (export "hw_info") (result i32) (i32.const 16))'), {
    imports: { env: { g: new WebAssembly.Global({ value: "i32", mutable: true }, 0) } },
  }).catch((error) => error);
  assert.equal(error.code, "bad-info");
});

test("hw_info that traps: a PanicError", async () => {
  const error = await instantiate(wat('(func (export "hw_info") (result i32) unreachable)')).catch((error) => error);
  assert.ok(error instanceof PanicError && error.cause instanceof WebAssembly.RuntimeError);
  assert.match(error.message, /^hw_info: panic unreachable/);
});

test("a module that is refused leaves the host of another alone", async () => {
  const { exports, host } = await instantiate(wat(`${info()} ${ADD}`));
  await refuses(info({ major: 9 }), "version", /9\.0/);
  assert.equal(exports.add(2, 2), 4);
  assert.equal(host.handles.live, 0);
});

// Imports.

test("missing imports, operations and the embedder's own: all in one error, by name", () =>
  refuses(`(import "env" "f" (func)) (import "env" "g" (func)) (import "other" "table" (table 1 funcref)) (import "handwire" "object_polish" (func))`,
    "missing-import", /^module: missing-import env\.f,env\.g,other\.table,handwire\.object_polish: /, { imports: { env: { h() {} } } }));

test("a missing memory is missing, and one that is offered by any way is found", async () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const fields = '(import "env" "mem" (memory 1)) (func (export "size") (result i32) (memory.size))';
  await refuses(fields, "missing-import", /env\.mem/);
  for (const options of [{ memory }, { imports: { env: { mem: memory } } }]) {
    const { exports, host } = await instantiate(wat(fields), options);
    assert.equal(exports.size(), 1);
    assert.equal(host.memory, memory);
  }
});

test("names that every object has are no imports: toString, constructor, __proto__, hasOwnProperty", async () => {
  for (const name of ["toString", "constructor", "hasOwnProperty", "__proto__", "valueOf"]) {
    await refuses(`(import "handwire" "${name}" (func))`, "missing-import", new RegExp(`handwire\\.${name}`));
    await refuses(`(import "${name}" "${name}" (func))`, "missing-import", new RegExp(`${name}\\.${name}`));
  }
});

test("a module that names its imports __proto__ changes no prototype", async () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = await instantiate(wat('(import "__proto__" "polluted" (memory 1)) (func (export "f") (result i32) (i32.const 3))'), { memory });
  assert.equal(exports.f(), 3);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("an import of the wrong kind or signature: a LinkError before anything runs", async () => {
  /** @type {[string, any][]} */
  const cases = [
    ['(import "env" "f" (func))', 5], ['(import "env" "f" (func))', {}], ['(import "env" "f" (func))', "text"], ['(import "env" "f" (global i32))', () => 1], ['(import "env" "f" (table 1 funcref))', () => 1],
    ['(import "env" "f" (memory 1))', () => 1], ['(import "env" "f" (memory 1))', {}], ['(import "env" "f" (memory 2))', new WebAssembly.Memory({ initial: 1 })],
  ];
  for (const [fields, f] of cases) await assert.rejects(instantiate(wat(fields), { imports: { env: { f } } }), WebAssembly.LinkError, fields);
  await assert.rejects(instantiate(wat('(import "handwire" "object_new" (global i32))')), WebAssembly.LinkError);
});

test("an operation imported with another signature gets the wires that it gets: a missing one is no handle", () => {
  const guest = wat('(import "handwire" "value_kind" (func $kind (result i32))) (func (export "run") (result i32) (call $kind))');
  const error = thrownBy(() => load(guest).exports.run());
  assert.equal(error.cause.code, "forged-handle");
});

test("imports are taken from any object: a class instance, another instance's exports, one without prototype", async () => {
  class Env {
    five() {
      return 5;
    }
  }
  const fields = '(import "env" "five" (func $five (result i32))) (func (export "run") (result i32) (call $five))';
  const other = await instantiate(wat('(func (export "five") (result i32) (i32.const 5))'));
  for (const env of [new Env(), other.raw, other.exports, Object.assign(Object.create(null), { five: () => 5 })]) {
    const { exports } = await instantiate(wat(fields), { imports: { env } });
    assert.equal(exports.run(), 5);
  }
});

// Start functions.

test("a start function that calls an operation of memory: not-attached, named; one of handles alone works", async () => {
  const touching = { object_get: "(call $object_get (i32.const 6) (i32.const 6) (i32.const 8))", string_from_utf8: "(call $string_from_utf8 (i32.const 8) (i32.const 1))", array_from: "(call $array_from (i32.const 8) (i32.const 1))" };
  for (const [name, call] of Object.entries(touching))
    await refuses(`(func $main (drop ${call})) (start $main)`, "not-attached", new RegExp(`^${name}: not-attached .*host\\.attach`));
  const { raw, host } = await instantiate(wat('(global $h (export "h") (mut i32) (i32.const 0)) (func $main (global.set $h (call $object_new))) (start $main)'));
  assert.deepEqual(host.value(raw.h.value), {});
});

test("a start function that panics: its words are lost, the trap is not", async () => {
  await assert.rejects(instantiate(wat("(func $main unreachable) (start $main)")), WebAssembly.RuntimeError);
});

test("a start function with an imported memory works: the host has it from the beginning", async () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { raw, host } = await instantiate(wat(`(import "env" "memory" (memory 1)) (global $h (export "h") (mut i32) (i32.const 0))
    (func $main (global.set $h (call $string_from_utf8 (i32.const 512) (i32.const 2)))) (start $main) ${data(512, "hi")}`), { memory });
  assert.equal(host.value(raw.h.value), "hi");
});

test("a raw export called before attach: not-attached", () => {
  const module = new WebAssembly.Module(wat('(func (export "run") (result i32) (call $json_parse (i32.const 0) (i32.const 1)))'));
  const host = new Host(module);
  const instance = new WebAssembly.Instance(module, host.imports);
  const error = thrownBy(() => /** @type {any} */ (instance.exports).run());
  assert.equal(error.code, "not-attached");
  assert.match(error.message, /^json_parse: /);
  assert.equal(host.attach(instance).exports.run(), 0, "attached, it reads the text: which is no JSON");
});
