// @ts-check
// README.md: its guest is built and its host run, as printed; its figures are those of today;
// its links lead somewhere.

import assert from "node:assert/strict";
import { execSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { root } from "../scripts/guests.js";
import { sizes } from "../scripts/size.js";

const readme = readFileSync(`${root}README.md`, "utf8");

/** The one block of a language. @param {string} language @returns {string} */
function block(language) {
  const blocks = [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, text]) => text);
  assert.equal(blocks.length, 1, `${blocks.length} blocks of ${language}`);
  return blocks[0];
}

test("twelve lines of Rust and six of JavaScript run as printed", () => {
  const [rust, js] = [block("rust"), block("js")];
  assert.deepEqual([rust, js].map((text) => text.split("\n").length - 1), [12, 6]);
  const folder = mkdtempSync(join(tmpdir(), "handwire-readme-"));
  try {
    const greet = `${folder}/greet`;
    mkdirSync(`${greet}/src`, { recursive: true });
    symlinkSync(root, `${folder}/handwire`);
    writeFileSync(`${greet}/Cargo.toml`, block("toml"));
    writeFileSync(`${greet}/src/lib.rs`, rust);
    writeFileSync(`${greet}/greet.mjs`, js);
    // The same versions as here, so that nothing has to be asked for.
    copyFileSync(`${root}Cargo.lock`, `${greet}/Cargo.lock`);
    const { CARGO_TARGET_DIR: _elsewhere, ...env } = process.env;
    // What cargo says goes unheard unless it fails: then it is in the error's message.
    const output = execSync(`set -e\n${block("sh")}`, { cwd: greet, env: { ...env, RUSTFLAGS: "-D warnings" }, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    const promised = [...js.matchAll(/\/\/ (.*)$/gm)].map(([, line]) => line);
    assert.ok(promised.length > 0, "the lines say what they print");
    assert.deepEqual(output.trimEnd().split("\n"), promised);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the sizes are those of today, within a twentieth", async () => {
  const rows = [...readme.matchAll(/^\| ([^|]+) \| ([\d,]+) \| ([\d,]*) \|$/gm)];
  assert.ok(rows.length > 0, "there is a table of sizes");
  const all = await sizes();
  for (const [, name, ...figures] of rows) {
    const size = all.find((size) => size.name === name);
    assert.ok(size, `${name} is none of those that make size prints`);
    for (const [i, actual] of [size.raw, size.gzipped].entries()) {
      const printed = Number(figures[i].replaceAll(",", ""));
      if (figures[i] !== "") assert.ok(Math.abs(printed - actual) <= actual / 20, `${name}: ${printed} in the README, ${actual} in fact`);
    }
  }
});

test("links lead to files, and named targets are in the Makefile", () => {
  for (const [, path] of readme.matchAll(/\]\(([^)#]+)\)/g)) assert.ok(existsSync(root + path), path);
  const makefile = readFileSync(`${root}Makefile`, "utf8");
  const help = new Map([...makefile.matchAll(/^([a-z-]+):.*?## (.*)$/gm)].map(([, name, text]) => [name, text]));
  for (const [, name] of readme.matchAll(/`make ([a-z-]+)`/g)) assert.ok(help.has(name), `make ${name}`);
  const commands = [...readme.matchAll(/^make ([a-z-]+) +(.*)$/gm)];
  assert.equal(commands.length, 2);
  for (const [, name, text] of commands) assert.equal(text, help.get(name), `what make says of ${name}`);
});
