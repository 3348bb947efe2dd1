// @ts-check
// The set-up on machines that lack something: one line that says what, and what to do. Each
// machine is a folder of programs, the only one on its PATH.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import test from "node:test";
import { root, target } from "../scripts/guests.js";

const folder = `${target}/machines`;
const SYSROOT = `${folder}/sysroot`;
const RUST = { cargo: "exit 0", rustc: `case $1 in --version) echo "rustc 1.95.0 (abc 2026-01-01)";; *) echo ${SYSROOT};; esac` };
const NODE = { node: "echo v20.11.1", npm: "exit 0" };

/**
 * Runs the set-up on a machine.
 * @param {string[]} tools what to ask for
 * @param {Record<string, string>} programs by name, as shell scripts
 * @param {Record<string, string>} [env]
 * @returns {{ status: number | null, output: string }}
 */
function setUp(tools, programs, env = {}) {
  rmSync(`${folder}/bin`, { recursive: true, force: true });
  mkdirSync(`${folder}/bin`, { recursive: true });
  symlinkSync(spawnSync("sh", ["-c", "command -v sed"], { encoding: "utf8" }).stdout.trim(), `${folder}/bin/sed`);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(`${folder}/bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${folder}/bin/${name}`, 0o755);
  }
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["scripts/setup.sh", ...tools], { cwd: root, env: { PATH: `${folder}/bin`, ...env }, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

rmSync(SYSROOT, { recursive: true, force: true });

/** @type {[name: string, tools: string[], programs: Record<string, string>, message: RegExp, env?: Record<string, string>][]} */
const MACHINES = [
  ["no Rust", ["rust"], {}, /^handwire: Rust is missing: install it from https:\/\/rustup\.rs\n$/],
  ["an old Rust", ["rust"], { ...RUST, rustc: 'echo "rustc 1.70.0 (abc 2023-01-01)"' }, /^handwire: rustc 1\.70\.0 .*is too old: run `rustup update` \(1\.88 or newer is needed\)\n$/],
  ["no wasm target and no rustup", ["rust"], RUST, /^handwire: the target wasm32-unknown-unknown is missing, and there is no rustup to add it: .*\n$/],
  ["no wasm target and no network", ["rust"], { ...RUST, rustup: "exit 1" }, /^handwire: the target wasm32-unknown-unknown could not be added: run `rustup target add wasm32-unknown-unknown` .*\n$/],
  ["no Node", ["node"], {}, /^handwire: Node is missing: install version 20 or newer from https:\/\/nodejs\.org\n$/],
  ["an old Node", ["node"], { ...NODE, node: "echo v18.20.4" }, /^handwire: Node v18\.20\.4 is too old: install version 20 or newer from .*\n$/],
  ["no npm", ["node"], { node: NODE.node }, /^handwire: npm is missing: .*\n$/],
  ["no Chromium", ["chromium"], {}, /^handwire: no Chromium found: install it \(`apt-get install chromium`\) or set CHROMIUM to its path\n$/],
  ["a wrong CHROMIUM", ["chromium"], { chromium: "" }, /^handwire: CHROMIUM=\/none is no program: set it to the path of a Chromium\n$/, { CHROMIUM: "/none" }],
  ["no Miri", ["miri"], { rustup: "exit 0", cargo: "exit 1" }, /^handwire: Miri is missing: run `rustup toolchain install nightly --component miri,rust-src`\n$/],
];

for (const [name, tools, programs, message, env] of MACHINES) {
  test(`${name}: one line that says what to do`, () => {
    const { status, output } = setUp(tools, programs, env);
    assert.match(output, message);
    assert.equal(status, 1);
  });
}

test("a machine that lacks only the target gets it from rustup", () => {
  const { status, output } = setUp(["rust", "node"], { ...RUST, ...NODE, rustup: 'echo "asked for $*"' });
  assert.deepEqual([status, output], [0, "asked for target add wasm32-unknown-unknown\n"]);
});

test("a machine that has all is told nothing", () => {
  mkdirSync(`${SYSROOT}/lib/rustlib/wasm32-unknown-unknown/lib`, { recursive: true });
  const { status, output } = setUp(["rust", "node", "chromium", "miri"], { ...RUST, ...NODE, rustup: "exit 1", chromium: "" });
  assert.deepEqual([status, output], [0, ""]);
  rmSync(SYSROOT, { recursive: true });
});
