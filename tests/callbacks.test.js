// @ts-check
// examples/callbacks: what each call of each step gives, what is heard later, what the guest
// holds from then on; and the terminal program.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { held, open, outcome, show, steps } from "../examples/callbacks/callbacks.js";
import { root, wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("callbacks")));
const NONE = "Keychain: none; Observer: none";
const BOTH = "Keychain: # → PageKeychain; Observer: # → Object";
const FOUR = "Keychain: # → PageKeychain, # → Keychain; Observer: # → Object, # → Object";

/** What each call gives, and what is heard later. @type {Record<string, [given: string | RegExp, ...later: string[]][]>} */
const EXPECTED = {
  "Register a handler": [["throws TypeError: new Authenticator: keychain must implement Keychain: get is 5, no function, put is missing"], [""]],
  "Calls with results": [["undefined"], ['"1815"'], ['"Welcome, Ada!"', "changed: Ada"], ['"Eve is unknown, or the password is wrong."']],
  "Fire and forget": [["[undefined, 0]", "changed: nobody", "changed: nobody", "changed: nobody"]],
  "Expected errors": [[""], ['"The keychain is locked: unlock it, and try again."'], ['throws "Locked"'], [""]],
  "Unexpected errors": [[""], ['"The keychain is broken: sector 7"'], [""], ['"The keychain is broken: 0"'], [""], [""], ['"Welcome, Ada!"', "onError: Observer.changed threw nobody is listening"], [""]],
  "The other way": [[""], ['[undefined, "y", undefined]'], ['throws "Full"'], [""], ['"Welcome, Bob!"', "changed: Bob"]],
  "Freed when dropped": [["undefined"], ["undefined"], ["undefined", "the keychain was disposed of"], [/^throws WireError: Keychain\.get: dropped Keychain/], ["1"]],
};
/** What the guest holds after each call of the steps that change it; of the others, what it held before. @type {Record<string, string[]>} */
const HELD = { "Register a handler": [NONE, BOTH], "The other way": [BOTH, BOTH, BOTH, FOUR, FOUR], "Freed when dropped": [BOTH, BOTH, NONE, NONE, NONE] };

test("every step gives what it should, twice in a row, and the guest holds nothing in the end", async () => {
  const callbacks = await open(module);
  for (let times = 0; times < 2; times++) {
    const all = steps(callbacks);
    assert.deepEqual(all.map(({ title }) => title), Object.keys(EXPECTED));
    for (const { title, calls } of all) {
      assert.equal(calls.length, EXPECTED[title].length);
      for (const [i, call] of calls.entries()) {
        const shown = await show(callbacks, call);
        const [given, ...later] = EXPECTED[title][i];
        if (typeof given === "string") assert.equal(outcome(shown), given, shown.code);
        else assert.match(outcome(shown), given, shown.code);
        assert.deepEqual(shown.log, later, shown.code);
        assert.equal(shown.held.replace(/\d+ →/g, "# →"), (HELD[title] ?? [BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, BOTH, BOTH])[i], shown.code);
      }
    }
    assert.equal(held(callbacks), NONE);
    assert.deepEqual([callbacks.host.handles.live, callbacks.host.dead], [0, null]);
  }
});

/** @param {...string} args */
const program = (...args) => spawnSync(process.execPath, [`${root}examples/callbacks/run.js`, ...args], { cwd: root, encoding: "utf8" });

test("run.js: all steps, with the handle map as it changes", () => {
  const { status, stdout, stderr } = program();
  assert.deepEqual([status, stderr], [0, ""]);
  for (const title of Object.keys(EXPECTED)) assert.ok(stdout.includes(`\n${title}\n`), title);
  assert.match(stdout, /^the guest holds {2}Keychain: none; Observer: none\n/);
  assert.match(stdout, / {2}auth\.free\(\)\n {4}undefined\n {4}later: the keychain was disposed of\n {4}the guest holds {2}Keychain: none; Observer: none\n/);
  assert.match(stdout, /\nlive handles: 0\n$/);
});

test("run.js: an argument is one line and exit code 1", () => {
  const { status, stdout, stderr } = program("a");
  assert.deepEqual([status, stdout, stderr], [1, "", "usage: node examples/callbacks/run.js\n"]);
});
