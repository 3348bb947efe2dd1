// @ts-check
// The worker pool on web workers, in Chromium, on a page whose policy allows no script but files
// of its own server.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { readFileSync } from "node:fs";
import { makeFrozen } from "../../host-js/freeze.js";
import { wasmPath } from "../../scripts/guests.js";
import { serve } from "../../scripts/serve.js";
import { launch, openPage } from "../support/chromium.js";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const wasm = readFileSync(wasmPath("test-pool"));

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  browser = await launch();
  server = await serve({ headers: { "content-security-policy": POLICY } });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/**
 * What a program on a page gives, which makes pools with `open(options)`.
 * @template T
 * @param {(open: (options?: object, imports?: string) => Promise<any>, rejection: (call: Promise<unknown>) => Promise<any>) => Promise<T>} program
 */
async function run(program) {
  const { page, complaints } = await openPage(browser);
  const headers = { "content-security-policy": POLICY };
  await page.context().route("**/test-pool.wasm", (route) => route.fulfill({ contentType: "application/wasm", headers, body: wasm }));
  // What compiles inline code elsewhere is a file here.
  const body = makeFrozen("test-pool.wasm", new WebAssembly.Module(wasm)).replace("export default", "export const compile =");
  await page.context().route("**/host-js/compile.js", (route) => route.fulfill({ contentType: "text/javascript", headers, body }));
  await page.goto(`${server.url}examples/index.html`);
  const given = await page.evaluate(`(async () => {
    const { pool } = await import("/host-js/worker.js");
    const open = (options, imports = "../tests/pool/imports.js") => pool(fetch("/test-pool.wasm"), { size: 1, imports, ...options });
    const rejection = (call) => call.then((value) => "it gave " + value, ({ name, code, message, stack }) => ({ name, code, message, stack }));
    return (${program})(open, rejection);
  })()`);
  await page.close();
  assert.deepEqual(complaints, []);
  return /** @type {T} */ (given);
}

test("values go there and back, buffers are moved, errors keep what they are", async () => {
  const given = await run(async (open, rejection) => {
    const { exports, ...pool } = await open({ size: 2 });
    const bytes = Uint8Array.of(0, 1);
    const call = exports.inverted(bytes);
    const left = bytes.length;
    const range = await exports.noted("range").catch((/** @type {any} */ error) => [error instanceof RangeError, error.message, error.cause.message, /imports\.js/.test(error.stack)]);
    return [left, [...(await call)], String(await exports.factorial(20n)), range, (await rejection(exports.call(() => 1))).message, (await rejection(exports.explode("bang"))).name, await exports.count(), Object.keys(pool)];
  });
  assert.deepEqual(given, [0, [255, 254], "2432902008176640000", [true, "out of range", "the cause", true], "call: with can't go to a worker: of its type &js.Function, js.Function belongs to one instance", "PanicError", 1, []]);
});

test("an abort ends a call that never would, and close the rest", async () => {
  const given = await run(async (open, rejection) => {
    const pool = await open();
    const { exports } = pool;
    await exports.count();
    const spinning = rejection(exports.spin({ signal: AbortSignal.timeout(50) }));
    const next = exports.count();
    const first = (await spinning).name;
    const second = await next;
    const calls = [exports.spin(), exports.count()].map(rejection);
    await pool.close();
    return [first, second, ...(await Promise.all(calls)).map(({ code }) => code)];
  });
  assert.deepEqual(given, ["TimeoutError", 1, "closed", "closed"]);
});

test("an error that nobody catches in a worker is told of, and the worker replaced", async () => {
  const given = await run(async (open) => {
    /** @type {any} */
    let told;
    const { error } = console;
    console.error = (/** @type {any} */ why) => (told = why);
    const { exports } = await open();
    await exports.count();
    await exports.noted("throw later");
    while (!told) await new Promise((resolve) => setTimeout(resolve, 5));
    console.error = error;
    return [told.code, told.message, await exports.count()];
  });
  assert.deepEqual(given, ["crashed", "pool: a worker ended between calls: Uncaught RangeError: out of range", 1]);
});

test("two workers work at the same time, and the page meanwhile", async () => {
  const [took, ticks] = await run(async (open) => {
    const { exports } = await open({ size: 2 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const start = performance.now();
    await Promise.all([exports.wait(300), exports.wait(300)]);
    clearInterval(timer);
    return [performance.now() - start, ticks];
  });
  assert.ok(took < 590, `${took} ms for two waits of 300 ms`);
  assert.ok(ticks > 10, `${ticks} ticks`);
});

test("a module for imports that isn't there is the error of the pool", async () => {
  const { page } = await openPage(browser);
  await page.goto(`${server.url}examples/index.html`);
  const message = await page.evaluate(async () => {
    const { pool } = await import(/** @type {any} */ ("/host-js/worker.js"));
    return pool(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), { size: 1, imports: "./no/such.js" }).catch((/** @type {any} */ error) => `${error.name}: ${error.message}`);
  });
  await page.close();
  assert.match(message, /^TypeError: Failed to fetch dynamically imported module: .*\/examples\/no\/such\.js/);
});

test("a policy that allows no workers is one named error", async () => {
  const none = await serve({ headers: { "content-security-policy": `${POLICY}; worker-src 'none'` } });
  const { page } = await openPage(browser);
  await page.goto(`${none.url}examples/index.html`);
  const [name, code, message] = await page.evaluate(async () => {
    const { pool } = await import(/** @type {any} */ ("/host-js/worker.js"));
    return pool(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), { size: 2 }).then(String, (/** @type {any} */ { name, code, message }) => [name, code, message]);
  });
  await page.close();
  await none.close();
  assert.deepEqual([name, code, message], ["PoolError", "start", "pool: a worker ended before it was ready: the worker's script can't be loaded"]);
});
