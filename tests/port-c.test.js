// @ts-check
// examples/ports/c: a guest in C, opened by the same host as those in Rust; and its header, held against WIRE.md
// and tried out by tests/port-c/probe.c. Where no clang makes wasm, `make guests` leaves the port out and only that
// is tested; continuous integration leaves nothing out.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import test from "node:test";
import { compile as inline } from "../host-js/compile.js";
import { WireError, instantiate } from "../host-js/host.js";
import { readModule, showSignature } from "../host-js/module.js";
import { compile, findClang } from "../scripts/clang.js";
import { guests, root, target, wasmPath } from "../scripts/guests.js";
import { differences } from "./support/drift.js";
import * as wire from "./support/wire.js";

const port = `${root}examples/ports/c`;
const built = `${target}/port-c`;
const header = readFileSync(`${port}/handwire.h`, "utf8");
const clang = findClang() ?? "clang";

/** A file of C for this test. @param {string} name @param {string} text @returns {string} its path */
function source(name, text) {
  mkdirSync(built, { recursive: true });
  writeFileSync(`${built}/${name}.c`, text);
  return `${built}/${name}.c`;
}

/** Compiles a guest. @param {string} name of its module @param {string[]} sources @param {string[]} flags */
function made(name, sources, ...flags) {
  assert.ok(compile(clang, sources, `${built}/${name}.wasm`, ["-I", port, ...flags]), `${clang} makes ${name}`);
  return readFileSync(`${built}/${name}.wasm`);
}

/** The lines of a module's contract. @param {Uint8Array} bytes */
const linesOf = (bytes) => readModule(bytes).customs.filter(({ name }) => name === "handwire").flatMap(({ bytes }) => new TextDecoder().decode(bytes).trimEnd().split("\n"));

/** Holds that a call throws a value, this very one. @param {() => any} act @param {unknown} value */
function throwsAsIs(act, value) {
  /** @type {unknown[]} */
  const thrown = [];
  try {
    act();
  } catch (error) {
    thrown.push(error);
  }
  assert.ok(thrown.length === 1 && Object.is(thrown[0], value), `${String(value)} is thrown, not ${thrown.map(String)}`);
}

/** `build.js` on a machine whose programs are only these. @param {Record<string, string>} programs @param {string[]} args @param {Record<string, string>} [env] */
function build(programs, args, env = {}) {
  const machine = `${built}/machine`;
  rmSync(machine, { recursive: true, force: true });
  mkdirSync(machine, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(`${machine}/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${machine}/${name}`, 0o755);
  }
  const { CARGO_TARGET_DIR } = process.env;
  const where = CARGO_TARGET_DIR ? { CARGO_TARGET_DIR } : {};
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/build.js", ...args], { cwd: root, env: { PATH: machine, ...where, ...env }, encoding: "utf8" });
  return { status, stdout, stderr };
}

const LEFT_OUT = /^handwire: hello-c is left out: no clang with wasm32 and wasm-ld found: install them \(`apt-get install clang-19 lld-19`\) or set CLANG to its path\n$/;
const CARGO = { cargo: 'echo "$3"' };
const PACKAGES = guests.flatMap((guest) => ("package" in guest ? `${guest.package}\n` : [])).join("");
/** @type {[name: string, programs: Record<string, string>, env?: Record<string, string>][]} */
const MACHINES = [
  ["no clang", CARGO],
  ["a clang without wasm", { ...CARGO, clang: "echo '  x86-64 - 64-bit X86'" }],
  ["a clang without its linker", { ...CARGO, "clang-19": "case $1 in --print-targets) echo '  wasm32 - WebAssembly';; *) echo wasm-ld;; esac" }],
  ["a wrong CLANG", CARGO, { CLANG: "/none" }],
];
for (const [name, programs, env] of MACHINES) {
  test(`${name}: one line, and on with the other guests; an error in continuous integration, and for who asks for it by name`, () => {
    // Clippy goes the way of a build, but leaves no module.
    for (const [args, more, expected] of /** @type {const} */ ([[[], {}, [0, PACKAGES]], [[], { CI: "1" }, [1, ""]], [["hello-c"], {}, [1, ""]]])) {
      const { status, stdout, stderr } = build(programs, ["--clippy", ...args], { ...env, ...more });
      assert.match(stderr, LEFT_OUT);
      assert.deepEqual([status, stdout], expected, `${args} ${JSON.stringify(more)}`);
    }
  });
}

test("a clang of another name is found, the newest first", () => {
  const fake = (/** @type {string} */ name) => `case "$*" in --print-targets) echo '  wasm32 - WebAssembly';; *-print-prog-name=*) echo /wasm-ld;; *) echo ${name} is asked; exit 1;; esac`;
  const names = ["clang-9", "clang-21", "clang-19", "clang-format", "clang-cpp-22"];
  const { status, stdout } = build(Object.fromEntries(names.map((name) => [name, fake(name)])), ["hello-c"]);
  assert.deepEqual([status, stdout], [1, "clang-21 is asked\n"]);
});

/** All that needs the compiler. */
function tests() {
  const bytes = readFileSync(wasmPath("hello-c"));
  const open = () => instantiate(bytes);

  test("hello: the same texts as from Rust, on both sides of every threshold", async () => {
    const { exports, host } = await open();
    for (const text of ["World", "Grüße 🦀", "a\0b", "\0", "\ufeff", "日本", "%s {} \\", "e\u0301", "\ufffe\uffff"]) assert.equal(exports.greet(text), `Hello, ${text}!`);
    for (const length of [16, 64, 1024].flatMap((kib) => [-8, -1, 0, 1, 8].map((step) => kib * 1024 + step)))
      for (const text of ["a".repeat(length), "é".repeat(length / 2), "a".repeat(Math.floor(length / 3))]) assert.equal(exports.greet(text), `Hello, ${text}!`);
    for (const text of ["", " ", "   "]) assert.throws(() => exports.greet(text), { name: "Error", message: "a greeting needs a name" });
    for (const value of [undefined, 7, {}]) assert.throws(() => exports.greet(value), TypeError);
    assert.deepEqual([host.handles.live, host.dead], [0, null]);
  });

  test("hello: memory stays flat", async () => {
    const { exports, raw } = await open();
    const round = () => {
      for (let length = 1; length < 200_000; length *= 3) exports.greet("a".repeat(length));
      assert.throws(() => exports.greet(""));
    };
    round();
    const before = raw.memory.buffer.byteLength;
    for (let i = 0; i < 200; i++) round();
    assert.equal(raw.memory.buffer.byteLength, before);
  });

  test("hello: keys of an object, and properties of it, by operations", async () => {
    const { exports, host } = await open();
    assert.deepEqual([{}, [7, 8], "abc", { a: 1, [Symbol()]: 2 }, Object.create({ a: 1 })].map((value) => exports.count_keys(value)), [0, 2, 3, 1, 0]);
    assert.throws(() => exports.count_keys(null), TypeError);
    assert.equal(exports.area({ width: 6, height: 7 }), 42);
    assert.equal(exports.area({ width: 0.5, get height() { return exports.greet("me").length; } }), "Hello, me!".length / 2);
    for (const shape of [{}, { width: 1 }, { width: "1", height: 1 }, { width: 1, height: 1n }, 7]) assert.throws(() => exports.area(shape), /^Error: a shape needs a width and a height, both numbers$/);
    for (const value of [new RangeError("mine"), undefined, 0, "text", Symbol()]) {
      throwsAsIs(() => exports.area({ width: 1, get height() { throw value; } }), value);
      throwsAsIs(() => exports.count_keys(new Proxy({}, { ownKeys() { throw value; } })), value);
    }
    assert.deepEqual([host.handles.live, host.dead], [0, null]);
  });

  test("hello: a module of a few bytes, which describes itself", async () => {
    const { imports, exports } = readModule(bytes);
    assert.deepEqual(linesOf(bytes).map((line) => line.replace(/ ".*"$/, "")), [
      "export greet(name: str) -> result<str>",
      "export count_keys(object: &js) -> result<u32>",
      "export area(shape: &js) -> result<f64>",
    ]);
    assert.ok(imports.every(({ module }) => module === "handwire"));
    const runtime = new Map(wire.runtimeExports().map(({ name, signature }) => [name, signature]));
    const found = new Map(exports.filter(({ name }) => name.startsWith("hw_")).map(({ name, type }) => [name, type ? showSignature(type) : "no function"]));
    assert.deepEqual(differences("export", runtime, "hello-c", found), []);
    assert.ok(bytes.length < 2500, `${bytes.length} bytes`);
    assert.ok(guests.some(({ name, page }) => name === "hello-c" && readFileSync(`${root}${page}/${name}.wasm`).equals(bytes)), "the page has this module");
  });

  test("hello: the command looks into it as into any other", () => {
    const handwire = (/** @type {string[]} */ ...args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}host-js/bin/handwire.js`, ...args, wasmPath("hello-c")], { encoding: "utf8" });
      assert.deepEqual([status, stderr], [0, ""]);
      return stdout;
    };
    const shown = handwire("inspect");
    for (const line of ["export greet(name: str) -> result<str>", "Greets by name; fails for a name with nothing in it.", "handwire.object_keys (i32) -> i32"]) assert.ok(shown.includes(line), `${line} in ${shown}`);
    for (const line of ["greet(name: string): string;", "count_keys(object: any): number;"]) assert.ok(handwire("types").includes(line), line);
    assert.match(handwire("check"), /can run on this host/);
  });

  test("the header's operations are those of the contract: order, parameters, signatures", () => {
    const operations = wire.operations();
    const declared = [...header.matchAll(/^HW_(?:OPERATION|COMMAND)\((\w+)\) [\w ]+ hw_(\w+)\((.*)\);$/gm)];
    const shown = declared.map(([, name, own, params]) => `${name === own ? name : `${name} as ${own}`}(${params === "void" ? "" : params.split(", ").map((param) => /\w+$/.exec(param)).join(", ")})`);
    assert.deepEqual(shown, operations.map(({ name, params }) => `${name}(${params.join(", ")})`));
    const table = operations.map(({ name }) => `(any)hw_${name}`).join(", ");
    const every = made("every-operation", [source("every-operation", `#include "handwire.h"\ntypedef void (*any)(void);\nstatic const any operations[] = { ${table} };\nany operation(uint32_t i);\nHW_EXPORT(operation) any operation(uint32_t i) { return operations[i]; }\n`)]);
    const imported = new Map(readModule(every).imports.map(({ module, name, type }) => [name, `${module === "handwire" ? "" : module}${type ? showSignature(type) : "no function"}`]));
    assert.deepEqual(differences("operation", new Map(operations.map(({ name, signature }) => [name, signature])), "handwire.h", imported), []);
  });

  test("the header's numbers are those of the contract", () => {
    const { major, minor, magic } = wire.numbers();
    /** @type {[name: string, prefix: string, wire: wire.Constant[]][]} */
    const blocks = [
      ["version", "HW_", [["MAJOR", major], ["MINOR", minor], ["MAGIC", magic]]],
      ["handles", "HW_", wire.fixedHandles()],
      ["kinds", "HW_KIND_", wire.slotKinds()],
      ["values", "HW_VALUE_", wire.valueKinds()],
      ["classes", "HW_CLASS_", wire.classes()],
      ["elements", "HW_ELEMENT_", wire.elementKinds()],
    ];
    for (const [name, prefix, constants] of blocks) {
      const [, block] = new RegExp(`^enum hw_${name} \\{(.*?)\\}`, "ms").exec(header) ?? assert.fail(`no enum hw_${name}`);
      const found = new Map([...block.matchAll(/(\w+) = (\w+)/g)].map(([, constant, value]) => [constant, Number(value)]));
      const said = new Map(constants.map(([constant, value]) => [prefix + wire.constantName(constant), value]));
      assert.deepEqual(differences(name, said, "handwire.h", found), []);
    }
  });

  test("the header's example is made by the command beside it, and answers", async () => {
    const comment = header.slice(0, header.indexOf("*/"));
    const [command, ...others] = [...comment.matchAll(/^ {7}(clang .*)$/gm)].map(([, line]) => line);
    assert.deepEqual(others, []);
    source("guest", [...comment.matchAll(/^ {7}((?!clang).*)$/gm)].map(([, line]) => `${line}\n`).join(""));
    const { status, stderr } = spawnSync(clang, command.split(" ").slice(1), { cwd: built, env: { ...process.env, CPATH: port }, encoding: "utf8" });
    assert.deepEqual([status, stderr], [0, ""]);
    const { exports, host } = await instantiate(readFileSync(`${built}/guest.wasm`));
    assert.deepEqual([exports.answer(true), exports.answer(false), exports.answer.length, host.handles.live], ["yes", "maybe", 1, 0]);
  });

  test("misuse is found by the compiler", () => {
    const check = (/** @type {string} */ text, /** @type {string[]} */ ...flags) => {
      const { status, stderr } = spawnSync(clang, ["--target=wasm32", "-std=c11", "-ffreestanding", "-Werror", "-fsyntax-only", "-I", port, ...flags, source("misuse", `#include "handwire.h"\n${text}\n`)], { encoding: "utf8" });
      return status === 0 ? "" : stderr;
    };
    assert.equal(check("HW_GUEST(8);"), "");
    assert.match(check("HW_GUEST(12);"), /the length of an arena is a multiple of 8/);
    assert.match(check("HW_GUEST(0);"), /the length of an arena is a multiple of 8/);
    assert.match(check("void f(void); void f(void) { hw_object_new(); }"), /ignoring return value/);
    assert.match(check("", "--target=x86_64"), /handwire is for --target=wasm32/);
  });

  test("other ways to compile: not optimised, linked as a whole, of two files, stripped, a later C", async () => {
    const text = String.raw`#include "handwire.h"
HW_LINE("export second() -> str \"Of \\\"another\\\" file: { $1 } %s é \\u00e9.\"");
void second(void);
HW_EXPORT(second) void second(void) { hw_return(hw_text(HW_TEXT("second"))); }
`;
    const second = source("second", text);
    for (const flags of [["-O0"], ["-O2", "-flto"], ["-Wl,--strip-all,--gc-sections"], ["-std=c17"], ["-std=c23"]]) {
      const module = made("other", [`${port}/hello.c`, second], ...flags);
      assert.ok(linesOf(module).includes(String.raw`export second() -> str "Of \"another\" file: { $1 } %s é \u00e9."`), flags.join(" "));
      const { exports, host } = await instantiate(module);
      assert.deepEqual([exports.greet("World"), exports.second(), exports.area({ width: 2, height: 3 }), host.handles.live], ["Hello, World!", "second", 6, 0], flags.join(" "));
    }
  });

  test("numbers need neither info record nor allocator, and import nothing", async () => {
    const module = made("numbers", [source("numbers", '#include "handwire.h"\nint32_t twice(int32_t n);\nHW_EXPORT(twice) int32_t twice(int32_t n) { return 2 * n; }\n')], "-Wl,--strip-all");
    const { exports } = await instantiate(module);
    assert.deepEqual([exports.twice(21), WebAssembly.Module.imports(new WebAssembly.Module(module))], [42, []]);
  });

  test("without an allocator, a text too long for the arena is refused, and the guest lives on", async () => {
    const text = '#include "handwire.h"\nHW_GUEST(64);\nHW_LINE("export measure(text: str) -> u32");\nuint32_t measure(const char *text, uint32_t len);\nHW_EXPORT(measure) uint32_t measure(const char *text, uint32_t len) { return len + !text; }\n';
    const { exports, raw } = await instantiate(made("arena", [source("arena", text)]));
    assert.equal(raw.hw_alloc, undefined);
    for (const length of [0, 21, 22, 64]) assert.equal(exports.measure("a".repeat(length)), length);
    assert.throws(() => exports.measure("a".repeat(65)), (/** @type {any} */ error) => error instanceof WireError && error.code === "no-allocator");
    assert.equal(exports.measure("again"), 5);
  });

  const probe = async () => instantiate(made("probe", [`${root}tests/port-c/probe.c`]), { debug: true });

  test("the info record and its parts lie in memory as the contract says", async () => {
    const { raw } = await probe();
    const at = raw.hw_info();
    const view = new DataView(raw.memory.buffer);
    const fields = wire.infoFields().map(({ offset, type, name }) => [name, type === "u16" ? view.getUint16(at + offset, true) : view.getUint32(at + offset, true)]);
    const { arena_ptr, return_ptr, status_ptr, ...known } = Object.fromEntries(fields);
    const { magic, major, minor } = wire.numbers();
    assert.deepEqual(known, { magic, major, minor, features: 0, arena_len: 256, reserved: 0 });
    assert.deepEqual([at % 4, arena_ptr % 8, return_ptr % 8, status_ptr % 4], [0, 0, 0, 0]);
    const parts = [[at, 32], [arena_ptr, 256], [return_ptr, 16], [status_ptr, 4]].sort(([a], [b]) => a - b);
    parts.reduce((end, [start, size]) => (assert.ok(start >= end && start > 0, "they don't overlap"), start + size), 0);
  });

  test("every kind of slot, every way to return", async () => {
    const { exports, host } = await probe();
    const given = { given: true };
    const all = exports.every_slot(given);
    assert.deepEqual(all, [undefined, undefined, null, true, false, -0.5, -(2n ** 63n), 2n ** 64n - 1n, "a\0é", "", "\ud83dx", new Uint8Array([1, 2]), {}, given]);
    assert.equal(all[13], given);
    for (const n of [0, 1, 1000]) assert.deepEqual(exports.squares(n), Float64Array.from({ length: n }, (_, i) => i * i));
    assert.deepEqual(exports.kept(), new Uint8Array([0, 255]));
    assert.deepEqual(exports.words(), ["one", "tén"]);
    assert.deepEqual(exports.middle({ x: 1, y: 2 }, { x: 2, y: -4 }), { x: 1.5, y: -1 });
    assert.deepEqual([exports.half(9), exports.half(undefined), exports.half()], [4n, undefined, undefined]);
    assert.deepEqual([exports.next("red", 1), exports.next("green", 1), exports.next("red", -128)], ["green", "red", "red"]);
    assert.equal(exports.refuse(undefined), undefined);
    for (const value of [null, 0, "text", given]) throwsAsIs(() => exports.refuse(value), value);
    exports.drop_all();
    assert.deepEqual([host.handles.live, host.dead], [0, null]);
  });

  test("a class", async () => {
    const { exports } = /** @type {Record<string, any>} */ (await probe());
    const [one, two] = [new exports.Tally(1), new exports.Tally(20)];
    assert.deepEqual([one.add(2), two.add(-5), exports.tallies()], [3, 15, 2]);
    one.free();
    assert.throws(() => one.add(1), { code: "dropped" });
    assert.deepEqual([exports.tallies(), two.add(0)], [1, 15]);
  });

  test("an empty text may have any pointer", async () => {
    const { raw, exports } = await probe();
    const { raw: hello } = await open();
    for (const ptr of [0, 1, -1]) {
      raw.echo(ptr, 0);
      assert.equal(hello.greet(ptr, 0), 1);
    }
    assert.deepEqual([exports.echo(""), exports.echo("\0é")], ["", "\0é"]);
  });

  test("running out of stack is a trap", async () => {
    const { exports, host } = await probe();
    assert.throws(() => exports.sink(1_000_000), (/** @type {any} */ error) => error.name === "PanicError" && error.cause instanceof WebAssembly.RuntimeError);
    assert.ok(host.dead);
  });

  test("last words", async () => {
    const { exports } = await probe();
    assert.throws(() => exports.die(), (/** @type {any} */ error) => error.name === "PanicError" && error.message.includes("no way on"));
    assert.throws(() => exports.kept(), { name: "PoisonedError" });
  });

  test("the allocator: aligned, grows, used again from the start when all is back, 0 when there is no more", async () => {
    const { raw } = await probe();
    const { hw_alloc, hw_free, memory } = raw;
    const first = hw_alloc(3, 1);
    const blocks = [8, 4, 2, 1].map((align) => ({ align, ptr: hw_alloc(5, align) }));
    let end = first + 3;
    for (const { align, ptr } of blocks) {
      assert.equal(ptr % align, 0);
      assert.ok(ptr >= end, "above the one before");
      end = ptr + 5;
    }
    const last = blocks[3];
    hw_free(last.ptr, 5, 1);
    assert.equal(hw_alloc(7, 1), last.ptr, "the last block's place is used again");
    hw_free(last.ptr, 7, 1);
    for (const { align, ptr } of blocks.slice(0, 3)) hw_free(ptr, 5, align);
    hw_free(first, 3, 1);
    assert.equal(hw_alloc(1, 1), first, "all of it, when all are back");
    const { byteLength } = memory.buffer;
    const large = hw_alloc(byteLength, 8);
    assert.ok(large > first && memory.buffer.byteLength >= large + byteLength);
    for (const size of [-1, -8, -65536]) assert.equal(hw_alloc(size, 8), 0, `${size}`);
    hw_free(large, byteLength, 8);
    hw_free(first, 1, 1);
    assert.equal(hw_alloc(8, 8), Math.ceil(first / 8) * 8, "what was refused isn't counted");
  });

  test("no memory left: an error before the guest runs, or one of the guest's, and it lives on", async () => {
    const { exports, host } = await instantiate(made("small", [`${port}/hello.c`], "-Wl,--max-memory=262144"));
    assert.throws(() => exports.greet("a".repeat(262144)), (/** @type {any} */ error) => error instanceof WireError && error.code === "out-of-memory");
    assert.throws(() => exports.greet("a".repeat(100_000)), /^Error: no memory is left for the greeting$/);
    assert.equal(exports.greet("World"), "Hello, World!");
    assert.deepEqual([host.handles.live, host.dead], [0, null]);
  });

  test("declared imports and inline code", async () => {
    /** @type {{ answer: (question: string) => any }} */
    const app = { answer: (question) => `${question} so` };
    const imports = { app: { ask: (/** @type {string} */ question) => app.answer(question) } };
    const { exports, host } = await instantiate(made("declared", [`${root}tests/port-c/declared.c`]), { imports, with: [inline], debug: true });
    assert.equal(exports.consult(), "why? so");
    for (const length of [85, 86, 256, 257, 5000]) {
      app.answer = () => "a".repeat(length);
      assert.equal(exports.consult(), "a".repeat(length));
    }
    for (const value of [new Error("mine"), undefined, 7]) {
      app.answer = () => { throw value; };
      throwsAsIs(() => exports.consult(), value);
    }
    app.answer = () => 7;
    assert.throws(() => exports.consult(), TypeError);
    assert.equal(exports.hypot(3, 4), 5);
    assert.deepEqual([exports.pick({ "a b": 7 }), exports.pick({ "a b": app }), exports.pick("")], [7, app, undefined]);
    throwsAsIs(() => exports.pick({ get "a b"() { throw app; } }), app);
    assert.deepEqual([host.handles.live, host.dead], [0, null]);
  });
}

if (findClang() || process.env.CI) tests();
