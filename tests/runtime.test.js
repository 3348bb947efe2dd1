// @ts-check
// examples/runtime: scripts in a realm, their timers and requests through the event loop of the
// guest, what they throw, and what an abort leaves: nothing.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { createContext, runInContext } from "node:vm";
import { open, reportText } from "../examples/runtime/runtime.js";
import { root, wasmPath } from "../scripts/guests.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("runtime")));

/** Told when a connection closes before its answer was complete. @type {() => void} */
let closed = () => {};
const server = createServer((request, response) => {
  response.on("close", () => response.writableFinished || closed());
  if (request.url === "/base/a.txt") response.end("Grüße");
  else if (request.url === "/slow") setTimeout(() => response.end("slow"), 50);
  else if (request.url === "/stalls") response.writeHead(200).write("some");
  else response.writeHead(404).end("none");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
after(() => server.close().closeAllConnections());

/** Scripts in one instance, each in a realm of its own. */
async function start() {
  /** @type {string[]} */
  const lines = [];
  /** @type {WeakMap<object, import("node:vm").Context>} */
  const contexts = new WeakMap();
  const evaluate = (/** @type {object} */ realm, /** @type {string} */ script) => void runInContext(script, /** @type {any} */ (contexts.get(realm)));
  const { exports, host } = await open(module, { evaluate, print: (line) => void lines.push(line) });
  const realm = () => {
    const context = createContext();
    const global = runInContext("globalThis", context);
    contexts.set(global, context);
    return global;
  };
  /** What is left of all scripts: nothing. */
  const clean = () => assert.deepEqual([host.dead, host.tasks, host.handles.live, host.closures.live], [null, 0, 0, 0]);
  return { lines, realm, clean, host, exports, run: (/** @type {string} */ script, /** @type {object[]} */ ...more) => exports.run(realm(), script, `${origin}/base/x.js`, ...more) };
}

/** Runs one script to its end. @param {string} script */
async function output(script) {
  const { run, lines, clean } = await start();
  const report = await run(script);
  clean();
  return { lines, report };
}

test("print: all values, as JavaScript makes texts of them", async () => {
  const { lines, report } = await output('print("a", 1, null, [2, 3], { toString: () => "t" }, 4n, undefined); print(); print(Symbol("s").toString())');
  assert.deepEqual(lines, ["a 1 null 2,3 t 4 undefined", "", "Symbol(s)"]);
  assert.deepEqual(report, { lines: 3, timers: 0, requests: 0, uncaught: 0 });
});

test("natives: the code of a script that one runs calls it again", async () => {
  const { lines, report } = await output(`
    const text = (name) => ({ toString() { print("in", name); return name; } });
    print("a", text("b"), text("c"));
    setTimeout(() => print("late"), { valueOf() { setTimeout(print, 0, "early"); return 30; } });
    fetch({ toString() { fetch("a.txt").then((reply) => reply.text()).then(print); return "a.txt"; } }).then((reply) => print(reply.status));
    try { print({ toString() { print("thrown"); throw new Error("no text"); } }); } catch (error) { print(error.message); }
  `);
  assert.deepEqual(lines.slice(0, 5), ["in b", "in c", "a b c", "thrown", "no text"]);
  assert.deepEqual(lines.slice(5).sort(), ["200", "Grüße", "early", "late"]);
  assert.deepEqual(report, { lines: 9, timers: 2, requests: 2, uncaught: 0 });
});

test("timers: in the order of their times, then of their ids; with arguments; from within others", async () => {
  const { lines, report } = await output(`
    setTimeout(print, 30, "c", 3);
    setTimeout(print, 10, "a");
    setTimeout(print, 10, "b");
    setTimeout(() => { print("0"); setTimeout(() => print("inner"), 1); });
    print("script");
  `);
  assert.deepEqual([lines.slice(0, 2), lines.at(-1)], [["script", "0"], "c 3"]);
  assert.ok(lines.indexOf("a") < lines.indexOf("b"));
  assert.deepEqual(report, { lines: 6, timers: 5, requests: 0, uncaught: 0 });
});

test("clearTimeout: an id, from the script and from a callback; twice; of no timer", async () => {
  const { lines, report } = await output(`
    const id = setTimeout(() => print("never"), 5);
    const other = setTimeout(() => print("never"), 40);
    print(typeof id, id === other);
    clearTimeout(id); clearTimeout(id); clearTimeout(99); clearTimeout("x"); clearTimeout();
    setTimeout(() => { clearTimeout(other); print("cleared"); }, 10);
  `);
  assert.deepEqual(lines, ["number false", "cleared"]);
  assert.equal(report.timers, 1);
});

test("a timer that is cleared keeps nobody waiting", async () => {
  const before = performance.now();
  await output("clearTimeout(setTimeout(print, 60000)); setTimeout(print, 1);");
  assert.ok(performance.now() - before < 5000);
});

test("promises of the script go on before the next timer, however many there are", async () => {
  const { lines } = await output(`
    setTimeout(() => { print("one"); let p = Promise.resolve(); for (let i = 0; i < 50; i++) p = p.then(() => i); p.then((i) => print("promise", i)); });
    setTimeout(() => print("two"));
  `);
  assert.deepEqual(lines, ["one", "promise 49", "two"]);
});

test("fetch: a promise of the realm, for a reply with status and text; addresses relative to the base", async () => {
  const { lines, report } = await output(`
    const promise = fetch("a.txt");
    print(promise instanceof Promise, typeof fetch);
    promise.then(async (reply) => {
      print(reply.status, reply.ok, reply instanceof Object, reply.text() instanceof Promise, await reply.text(), await reply.text());
      const none = await fetch("/none");
      print(none.status, none.ok, await none.text());
    });
  `);
  assert.deepEqual(lines, ["true function", "200 true true true Grüße Grüße", "404 false none"]);
  assert.equal(report.requests, 2);
});

test("many requests and timers at once: each result finds its own by its id", async () => {
  const { lines, report } = await output(`
    for (let i = 0; i < 30; i++) {
      fetch(i % 2 ? "a.txt" : "/none").then(async (reply) => print(i, reply.status, await reply.text()));
      setTimeout((n) => print(i, n), i % 7, i * i);
    }
  `);
  assert.deepEqual([report.requests, report.timers, lines.length], [30, 30, 60]);
  for (let i = 0; i < 30; i++) assert.ok(lines.includes(i % 2 ? `${i} 200 Grüße` : `${i} 404 none`) && lines.includes(`${i} ${i * i}`));
});

test("what native functions are called wrongly with is thrown, and what a request fails with rejects", async () => {
  const { lines } = await output(`
    for (const wrong of [() => setTimeout("code"), () => setTimeout(), () => fetch("http://"), () => print({ toString() { throw new RangeError("mine"); } })]) {
      try { wrong(); print("nothing"); } catch (error) { print(error.name, error instanceof TypeError); }
    }
    fetch("http://127.0.0.1:1/").catch((error) => print("rejected", error.name));
  `);
  assert.deepEqual(lines, ["TypeError true", "TypeError true", "TypeError false", "RangeError false", "rejected TypeError"]);
});

test("what nobody catches is told, and the others go on", async () => {
  const { lines, report } = await output(`
    setTimeout(() => { throw new RangeError("in a timer"); }, 1);
    setTimeout(() => { throw undefined; }, 2);
    setTimeout(() => { throw { toString() { throw 1; } }; }, 3);
    setTimeout(() => print("still here"), 20);
    throw new Error("in the script");
  `);
  assert.deepEqual([lines[0], lines[1], lines[2], lines[4]], ["Uncaught Error: in the script", "Uncaught RangeError: in a timer", "Uncaught undefined", "still here"]);
  assert.match(lines[3], /^Uncaught /);
  assert.equal(report.uncaught, 4);
  assert.match((await output("(")).lines[0], /^Uncaught SyntaxError/);
});

test("two scripts at once don't meet: realms, ids, reports", async () => {
  const { run, lines, clean } = await start();
  const script = (/** @type {string} */ name) => `globalThis.mine ??= "${name}"; const id = setTimeout(() => print(mine, id), 10); fetch("a.txt").then(() => print(mine, "fetched"));`;
  const reports = await Promise.all([run(script("a")), run(script("b"))]);
  assert.deepEqual(lines.sort(), ["a 1", "a fetched", "b 1", "b fetched"]);
  assert.deepEqual(reports, Array(2).fill({ lines: 2, timers: 1, requests: 1, uncaught: 0 }));
  clean();
});

test("after the end, native functions are dead", async () => {
  const { exports, realm, clean } = await start();
  const global = realm();
  await exports.run(global, "", origin);
  for (const name of ["print", "setTimeout", "clearTimeout", "fetch"]) assert.throws(() => global[name](() => {}), /dropped/, name);
  clean();
});

test("an abort ends a script with its timers and its requests; the server sees the connection close", async () => {
  const { run, lines, clean } = await start();
  const gone = new Promise((/** @type {(value: void) => void} */ resolve) => (closed = resolve));
  const controller = new AbortController();
  const running = run('setTimeout(print, 60000, "never"); fetch("/stalls").then(print, print); const tick = () => { print("tick"); setTimeout(tick, 5); }; tick();', { signal: controller.signal });
  setTimeout(() => controller.abort("enough"), 60);
  await assert.rejects(running, (reason) => reason === "enough");
  await gone;
  assert.ok(lines.length > 1 && lines.every((line) => line === "tick"), String(lines));
  clean();
});

test("a hundred scripts, aborted at seeded moments, leave nothing", async () => {
  const { run, clean } = await start();
  let seed = 3;
  const random = (/** @type {number} */ below) => (seed = (seed * 48271) % 2147483647) % below;
  await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const controller = new AbortController();
      const script = `setTimeout(() => fetch("a.txt").then((reply) => reply.text()).then(print), ${random(20)}); setTimeout(print, ${random(40)}, ${i})`;
      setTimeout(() => controller.abort(i), random(60));
      await run(script, { signal: controller.signal }).catch((/** @type {unknown} */ reason) => assert.equal(reason, i));
    }),
  );
  clean();
});

/** The terminal program. @param {string[]} args @param {(child: import("node:child_process").ChildProcess) => void} [act] @returns {Promise<{ code: number, out: string, err: string }>} */
function program(args, act) {
  const child = spawn(process.execPath, [`${root}examples/runtime/run.js`, ...args]);
  const told = { out: "", err: "" };
  child.stdout.on("data", (text) => (told.out += text));
  child.stderr.on("data", (text) => (told.err += text));
  act?.(child);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? -1, ...told })));
}
const sample = (/** @type {string} */ name) => `${root}examples/runtime/samples/${name}.js`;

test("the samples in the terminal program", async () => {
  const timers = await program([sample("timers")]);
  assert.deepEqual(timers, { code: 0, out: "first\nthe script is over, its timers are not\nsecond\na promise of the script, in between\nthird: 42\n", err: `${reportText({ lines: 5, timers: 2, requests: 0, uncaught: 0 })}\n` });
  const errors = await program([sample("errors")]);
  assert.deepEqual(errors, { code: 1, out: "caught: TypeError true\nundefined\nUncaught ReferenceError: undefinedVariable is not defined\nUncaught RangeError: nobody catches this\nthe others go on\n", err: `${reportText({ lines: 3, timers: 2, requests: 0, uncaught: 2 })}\n` });
  const requests = await program([sample("requests"), `${origin}/`]);
  assert.deepEqual([requests.code, requests.out], [0, "samples/timers.js 404 false none\nsamples/requests.js 404 false none\ncaught: TypeError\n"]);
});

test("the terminal program: Ctrl-C, no script, wrong arguments", async () => {
  const endless = `${root}target/runtime-endless.js`;
  writeFileSync(endless, 'print("started"); setTimeout(print, 60000)');
  const interrupted = await program([endless], (child) => child.stdout?.once("data", () => child.kill("SIGINT")));
  rmSync(endless);
  assert.deepEqual(interrupted, { code: 130, out: "started\n", err: "interrupted\n" });
  assert.deepEqual(await program(["/no/such.js"]), { code: 1, out: "", err: "runtime: there is no /no/such.js\n" });
  assert.deepEqual(await program([]), { code: 1, out: "", err: "usage: node examples/runtime/run.js SCRIPT [BASE]\n" });
});
