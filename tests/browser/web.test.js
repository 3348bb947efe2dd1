// @ts-check
// handwire-web on a page, in Chromium: under a policy that compiles no text, with frozen code.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { makeFrozen } from "../../host-js/freeze.js";
import { root, wasmPath } from "../../scripts/guests.js";
import { serve } from "../../scripts/serve.js";
import { launch, openPage } from "../support/chromium.js";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
const wasm = readFileSync(wasmPath("test-web"));
const glue = makeFrozen("test-web.wasm", new WebAssembly.Module(wasm));

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
 * What a program gives that runs on a page, with the guest.
 * @template T
 * @param {(guest: { exports: any, host: any }) => T} program
 * @param {string} [path]
 * @returns {Promise<Awaited<T>>}
 */
async function run(program, path = "examples/index.html") {
  const { page, complaints } = await openPage(browser);
  const headers = { "content-security-policy": POLICY };
  await page.route("**/test-web.wasm", (route) => route.fulfill({ contentType: "application/wasm", headers, body: wasm }));
  await page.route("**/test-web.js", (route) => route.fulfill({ contentType: "text/javascript", headers, body: glue }));
  await page.goto(server.url + path);
  const [given, live] = await page.evaluate(`(async () => {
    const { default: glue } = await import("/test-web.js");
    const { async_ } = await import("/host-js/async.js");
    const { instantiate } = await import("/host-js/host.js");
    const { exports, host } = await instantiate(fetch("/test-web.wasm"), { with: [async_, glue] });
    const given = await (${program})({ exports, host });
    return [given, host.handles.live + host.tasks];
  })()`);
  await page.close();
  // Chromium says so of every request with a signal whose body a reader has read, to its end, too.
  assert.deepEqual(complaints.filter((complaint) => !complaint.endsWith("net::ERR_ABORTED")), []);
  assert.equal(live, 0);
  return /** @type {any} */ (given);
}

test("elements: made, placed, changed, found, taken away", async () => {
  assert.deepEqual(await run(({ exports }) => exports.list(["Ada", "Grace"])), [
    "AdaGrace",
    "ul 2",
    'GraceAda Some("the <first>") None',
    "true false",
    "false None",
    "true",
    "true",
    "1 Grace<i> None",
    'Some("by HTML") 1',
    "0 false None",
  ]);
});

test("inputs: what stands in them, focus, clicks, style and place", async () => {
  assert.deepEqual(await run(({ exports }) => exports.form()), ['Some("Ada") None true', "false", "false ", "true ", "false ", "120px 120 true", "0"]);
});

test("what goes wrong is an error with the platform's name for it", async () => {
  const names = await run(({ exports }) => exports.wrong(document.querySelector("dl")));
  assert.deepEqual(names, ["SyntaxError", "SyntaxError", "InvalidCharacterError", "InvalidCharacterError", "InvalidCharacterError", "SyntaxError", "HierarchyRequestError"]);
});

test("stores: texts by key, what is full", async () => {
  const visit = ["None 0 true", 'Some("1") Some("🦀") ["Grüße", "visits"]', "None 1", "QuotaExceededError", "0"];
  assert.deepEqual(await run(({ exports }) => [exports.visit(false), exports.visit(true)]), [visit, visit]);
});

test("title and address", async () => {
  const [title, address, now] = await run(({ exports }) => [exports.titled("changed"), exports.address(), document.title], "examples/index.html?a=1%202#here");
  assert.deepEqual([title, now], ["handwire: examples", "changed"]);
  assert.deepEqual(address, ["/examples/index.html", "?a=1%202", "#here", 'Some("1 2") None', "#there", 'Some("3") Some("")', "true", 'Err(Ok("SecurityError"))']);
});

test("what Node has, too: clocks, random values", async () => {
  const [clocks, bytes, uuid, body, page] = await run(({ exports }) => [[...exports.clocks(performance.now(), Date.now())], exports.random_bytes(100_000).length, exports.uuid(), exports.body_tag(), exports.is_page()]);
  assert.ok(clocks[0] > 0 && clocks[2] >= 0);
  assert.deepEqual([bytes, uuid.length, body, page], [100_000, 36, "body", true]);
});

test("what waits: a timer, two frames, a response with its body in chunks", async () => {
  const [nap, frames, [bytes, chunks], text, none] = await run(async ({ exports }) => [
    await exports.nap(30),
    await exports.two_frames(),
    await exports.count("/WIRE.md", Infinity),
    (await exports.text_of("/README.md")).slice(0, 10),
    await exports.head_of("/README.md"),
  ]);
  assert.ok(nap >= 25 && frames > 0, `${nap} ms, ${frames} ms`);
  assert.equal(bytes, readFileSync(`${root}WIRE.md`).length);
  assert.ok(chunks >= 1);
  assert.deepEqual([text, none], ["# handwire\n".slice(0, 10), 200]);
});

test("listeners: capture, target, position, and the next key", async () => {
  const [told, key] = await run(async ({ exports }) => {
    /** @type {string[]} */
    const told = [];
    const list = /** @type {Element} */ (document.querySelector("dl"));
    const link = /** @type {Element} */ (document.querySelector("dl a"));
    const end = exports.capture(list, link, (/** @type {string} */ what) => void told.push(what));
    const click = { bubbles: true, cancelable: true, clientX: 3, clientY: 4 };
    link.addEventListener("click", (event) => event.preventDefault());
    link.dispatchEvent(new MouseEvent("click", click));
    list.dispatchEvent(new MouseEvent("click", click));
    end();
    end.free();
    list.dispatchEvent(new MouseEvent("click", click));
    const next = exports.next_key(document);
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    return [told, await next];
  });
  assert.deepEqual(told, ["capture", "in", "capture", "out Some((3.0, 4.0))"]);
  assert.equal(key, "Enter");
});
