// @ts-check
// A destructor that panics when the engine has collected what held the value: nobody called, so the
// embedder is told, by `onError` or as an uncaught error; and the instance, alone, has ended.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { root, wasmPath } from "../scripts/guests.js";

/** What makes each, as an expression of its exports, and what the embedder is told of. @type {[make: string, where: string][]} */
const table = [
  ["new exports.Fragile()", "Fragile"],
  ["exports.fragile_closure()", "closure"],
  ["exports.fragile_external()", "external"],
  ["exports.fragile_vase()", "Vase"],
  ["exports.fragile_stream()", "stream"],
];

/** Runs a program with --expose-gc in which `forget()` makes some and forgets them. @param {string} make @param {string} options @param {string} body */
const run = (make, options, body) =>
  spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", `
    import { readFileSync } from "node:fs";
    import { async_ } from ${JSON.stringify(`${root}host-js/async.js`)};
    import { data } from ${JSON.stringify(`${root}host-js/data.js`)};
    import { instantiate } from ${JSON.stringify(`${root}host-js/host.js`)};
    const app = Object.fromEntries(["find", "list", "maybe", "order", "failing", "held", "baskets", "sure", "list_later", "failing_later"].map((name) => [name, () => {}]));
    const module = new WebAssembly.Module(readFileSync(${JSON.stringify(wasmPath("test-misfits"))}));
    const start = (options) => instantiate(module, { imports: { app }, with: [async_, data], ...options });
    const told = [];
    const { exports, host } = await start(${options});
    const other = await start({});
    const forget = () => void [${Array(5).fill(make).join(", ")}].length;
    const until = async (holds) => { for (let i = 0; i < 200 && !holds(); i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 1)); } };
    ${body}`], { encoding: "utf8" });

for (const [make, what] of table) {
  test(`${what}: onError is told once, by name; the instance has ended by it, and no other`, () => {
    const { status, stdout, stderr } = run(make, "{ onError: (error, where) => told.push([error, where]) }", `
      forget();
      await until(() => told.length > 0);
      await until(() => false);
      let later;
      try { exports.live_values(); } catch (error) { later = error; }
      console.log(JSON.stringify([told.length, told[0][0] === host.dead, told[0][0].name, told[0][0].message, told[0][1], later.code, later.cause === host.dead, other.exports.live_values(), other.host.dead]));`);
    assert.equal(status, 0, stderr);
    const [count, same, name, message, where, code, cause, alive, dead] = JSON.parse(stdout);
    assert.deepEqual([count, same, name, where, code, cause, alive, dead], [1, true, "PanicError", { interface: what, method: "drop" }, "poisoned", true, 0, null]);
    assert.match(message, new RegExp(`^${what}, forgotten: panic .*it broke`, "s"));
  });

  test(`${what}: without onError it is an uncaught error, which ends a program that looks after none`, () => {
    const { status, stderr } = run(make, "{}", 'forget(); await until(() => host.dead !== null); await until(() => false); console.log("not reached");');
    assert.notEqual(status, 0);
    assert.match(stderr, new RegExp(`PanicError: ${what}, forgotten: panic .*it broke`, "s"));
    const { status: caught, stdout } = run(make, "{}", `
      process.on("uncaughtException", (error) => told.push(error === host.dead));
      forget();
      await until(() => told.length > 0);
      console.log(JSON.stringify(told));`);
    assert.deepEqual([caught, stdout], [0, "[true]\n"]);
  });
}
