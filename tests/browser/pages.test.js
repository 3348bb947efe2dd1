// @ts-check
// Every example page in headless Chromium, used as a visitor would: what it shows is checked,
// and that the console stays clean. Pictures of the pages go to target/screenshots.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import test, { after, before } from "node:test";
import { findClang } from "../../scripts/clang.js";
import { target } from "../../scripts/guests.js";
import { serve } from "../../scripts/serve.js";
import { launch, openPage } from "../support/chromium.js";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Browser} Browser
 */

/** @type {Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** The same pages under a policy that lets nothing in from outside, and compiles wasm but no text. @type {Awaited<ReturnType<typeof serve>>} */
let strict;
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

before(async () => {
  mkdirSync(`${target}/screenshots`, { recursive: true });
  browser = await launch();
  server = await serve();
  strict = await serve({ headers: { "content-security-policy": POLICY } });
});
after(async () => {
  await browser?.close();
  await server?.close();
  await strict?.close();
});

/**
 * Waits until an element shows a text.
 * @param {Page} page
 * @param {string} selector
 * @param {string | RegExp} text the whole text without spaces around it, or a pattern
 */
async function shows(page, selector, text) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const shown = (await page.locator(selector).innerText()).trim();
    if (typeof text === "string" ? shown === text : text.test(shown)) return;
    if (Date.now() > deadline) assert.fail(`${selector} shows ${JSON.stringify(shown)}, not ${text}`);
    await page.waitForTimeout(50);
  }
}

/** What a visitor does on each page. @type {Record<string, (page: Page) => Promise<void>>} */
const visits = {
  async bare(page) {
    await page.fill("#a", "20");
    await page.fill("#b", "22");
    await page.click("#add");
    await shows(page, "#sum", "42");
    await page.fill("#text", "handwire, bare");
    await page.click("#upper");
    await shows(page, "#shout", "HANDWIRE, BARE");
  },
  async hello(page) {
    await page.fill("#name", "Grüße 🦀");
    await page.click("#greet");
    await shows(page, "#greeting", /Grüße 🦀/);
    await page.click("#fail");
    await shows(page, "#error", /\w/);
  },
  async counter(page) {
    const live = async () => {
      const [, handles, closures, given] = /^handles: (\d+), closures: (\d+), of these given to the page: (\d+)$/.exec(await page.locator("#live").innerText()) ?? [];
      return [handles, closures, given].map(Number);
    };
    await shows(page, "#live", /closures: 1, of these given to the page: 1/);
    const start = await live();
    await page.click("#add");
    await page.click("#add");
    await shows(page, "#live", /closures: 7,/);
    await page.locator("#counters li").nth(1).getByText("+").click({ clickCount: 3 });
    await page.locator("#counters li").nth(1).getByText("\u2212").click();
    await shows(page, "#counters li:nth-child(2) output", "2");
    await shows(page, "#counters li:nth-child(1) output", "0");
    await page.locator("#counters li").nth(0).getByText("remove").click();
    await shows(page, "#counters li:nth-child(1) output", "2");
    await shows(page, "#live", /closures: 4,/);
    await page.getByText("remove", { exact: true }).click();
    await shows(page, "#live", /closures: 1,/);
    assert.deepEqual(await live(), start, "what lived at the start lives now, and no more");
  },
  async tour(page) {
    await page.click("#run");
    await shows(page, "#log", /live handles: 0/);
    await shows(page, "#log", /\d+ lines/);
  },
  async jsffi(page) {
    await shows(page, "#live", "live handles: 0");
    await shows(page, "#steps", /exports\.factorial\(20n\)\s+→?\s*2432902008176640000n/);
    await shows(page, "#steps", /exports\.relay\(.*\)\s+→?\s*throws RangeError: the page's own/);
    await page.fill("#name", "Grüße 🦀");
    await page.click("#run");
    await shows(page, "#steps", /"This is Grüße 🦀\."/);
    await shows(page, "#live", "live handles: 0");
    await page.click("#steps a >> nth=0");
    await page.waitForURL(/src\/values\.rs$/);
    await page.goBack();
    await shows(page, "#live", "live handles: 0");
  },
  async callbacks(page) {
    await shows(page, "#held", /^Keychain\s+none\s+Observer\s+none$/);
    await page.click("#next");
    await shows(page, "#held", /^Keychain\s+\d+ → PageKeychain\s+Observer\s+\d+ → Object$/);
    await shows(page, "#steps", /throws TypeError: new Authenticator: keychain must implement Keychain: get is 5, no function, put is missing/);
    await page.click("#next");
    await shows(page, "#steps", /"Welcome, Ada!"\s+later: changed: Ada/);
    await page.click("#all");
    await shows(page, "#left", "Done; live handles: 0");
    await shows(page, "#steps", /later: onError: Observer\.changed threw nobody is listening/);
    await shows(page, "#steps", /later: the keychain was disposed of/);
    await shows(page, "#held", /^Keychain\s+none\s+Observer\s+none$/);
  },
  async fetch(page) {
    await page.fill("#url", "../../README.md?rate=1000000");
    await page.click("#start");
    await shows(page, "#result", /^\d+ (?:bytes|KB) in \d+ chunks, \d+ ms; CRC-32 [\da-f]{8}$/);
    // The one is what the closure keeps.
    await shows(page, "#live", "tasks: 0, live handles: 1");
    assert.equal(await page.locator("#bar").evaluate((bar) => /** @type {HTMLProgressElement} */ (bar).value), 1);
    await page.fill("#url", "../../README.md?rate=500");
    await page.click("#start");
    await shows(page, "#status", /^\d+ bytes of /);
    const aborted = page.waitForEvent("requestfailed");
    await page.click("#cancel");
    await shows(page, "#result", "Cancelled.");
    await shows(page, "#live", "tasks: 0, live handles: 1");
    assert.match((await aborted).url(), /rate=500$/);
  },
  async pool(page) {
    await shows(page, "#figure", /^1 worker: \d+ ms; \d+ workers: \d+ ms, \d+\.\d times as fast$/);
    await shows(page, "#pause", /longest pause .*: \d+ ms\./);
    await page.click("#picture", { position: { x: 100, y: 100 } });
    await shows(page, "#figure", /^\d+ workers: \d+ ms$/);
    // In one go, so that it is never done before.
    await page.evaluate(() => ["run", "cancel"].forEach((id) => document.getElementById(id)?.click()));
    await shows(page, "#figure", "Cancelled.");
    await page.click("#reset");
    await shows(page, "#figure", /^\d+ workers: \d+ ms$/);
    const pixel = await page.evaluate(() => [...(document.querySelector("canvas")?.getContext("2d")?.getImageData(384, 200, 1, 1).data ?? [])]);
    assert.deepEqual(pixel, [0, 0, 0, 255]);
  },
  async runtime(page) {
    const run = async (/** @type {string} */ sample) => {
      await page.click(`[data-sample=${sample}]`);
      await page.waitForFunction((sample) => document.querySelector("textarea")?.value.toLowerCase().startsWith(`// ${sample}`), sample);
      await page.click("#run");
    };
    await run("timers");
    await shows(page, "#report", "5 lines, 2 timers, 0 requests, 0 uncaught errors; tasks left: 0");
    await shows(page, "#lines", /^first\n.*\nsecond\na promise of the script, in between\nthird: 42$/);
    await run("requests");
    await shows(page, "#report", "3 lines, 0 timers, 2 requests, 0 uncaught errors; tasks left: 0");
    await shows(page, "#lines", /^samples\/timers\.js 200 true \/\/ Timers.*\nsamples\/requests\.js 200 true .*\ncaught: TypeError$/);
    await run("errors");
    await shows(page, "#report", "3 lines, 2 timers, 0 requests, 2 uncaught errors; tasks left: 0");
    await shows(page, "#lines", /\nUncaught ReferenceError: undefinedVariable is not defined\nUncaught RangeError: nobody catches this\nthe others go on$/);
    assert.equal(await page.locator("iframe").count(), 0);
  },
  async table(page) {
    const html = () => page.evaluate(() => ["guest", "plain"].map((id) => document.querySelector(`#${id} tbody`)?.innerHTML));
    const both = async (/** @type {number} */ rows) => {
      await shows(page, "#live", new RegExp(`^rows: ${rows}, live handles: [1-9]\\d?$`));
      const [guest, plain] = await html();
      assert.equal(guest, plain);
      assert.equal(guest?.match(/<tr/g)?.length ?? 0, rows);
    };
    for (const [button, rows] of /** @type {const} */ ([["create", 1000], ["update", 1000], ["swap", 1000], ["select", 1000], ["remove", 999], ["many", 10_000], ["append", 2000], ["clear", 0], ["replace", 1000]])) {
      await page.click(`#${button}`);
      await both(rows);
      await shows(page, `#${button}-time`, /\d+\.\d+ ms\s+\d+\.\d+ ms$/);
    }
    await page.click("#guest tr:nth-child(3) td:nth-child(2)");
    await page.click("#plain tr:nth-child(2) td:nth-child(1)");
    await both(999);
    assert.equal(await page.locator("tr.danger").count(), 2);
    await page.click("#all");
    // A table of 10,000 rows takes the browser its time to lay out.
    await page.locator("#done", { hasText: "Medians of 5 turns each." }).waitFor({ timeout: 60_000 });
    await both(0);
    assert.equal(await page.locator("#problem").innerText(), "");
  },
  async todo(page) {
    await shows(page, "#counts", /to do/);
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await shows(page, "#counts", "0 to do, 0 done");
    for (const title of ["buy milk", "Grüße 🦀", "third"]) {
      await page.fill("#title", title);
      await page.press("#title", "Enter");
    }
    await shows(page, "#counts", "3 to do, 0 done");
    await page.click("#list li:nth-child(2) input");
    await shows(page, "#list .done", /^Grüße 🦀/);
    await page.selectOption("#filter", "Open");
    assert.equal(await page.locator("#list li").count(), 2);
    await page.click("#list li:nth-child(2) button");
    await shows(page, "#counts", "1 to do, 1 done");
    await page.reload();
    await shows(page, "#counts", "1 to do, 1 done");
    assert.deepEqual(await page.locator("#list span").allInnerTexts(), ["buy milk", "Grüße 🦀"]);
    assert.equal(await page.locator("#list li:nth-child(2) input").isChecked(), true);
    await page.click("#clear");
    await shows(page, "#counts", "1 to do, 0 done");
    await page.fill("#title", " ");
    await page.click("#add");
    await shows(page, "#problem", "Error: there is nothing to do in it");
    await page.evaluate(() => localStorage.setItem("handwire.todo", '[{"title":1}]'));
    await page.reload();
    await shows(page, "#problem", /^What was kept here is no list: .*\[0\]\.title/);
  },
  async "ports/c"(page) {
    await page.fill("#name", "Grüße 🦀");
    await page.click("#greet");
    await shows(page, "#greeting", "Hello, Grüße 🦀!");
    await page.click("#fail");
    await shows(page, "#error", "Error: a greeting needs a name");
    await page.click("#measure");
    await shows(page, "#size", "3 keys, an area of 42");
    await page.fill("#shape", '{ "width": "6" }');
    await page.click("#measure");
    await shows(page, "#misshapen", "Error: a shape needs a width and a height, both numbers");
  },
};

/** Whether a page's guest can be built here: the one in C needs a clang, which continuous integration has. @param {string} name */
const isBuilt = (name) => name !== "ports/c" || findClang() !== undefined || Boolean(process.env.CI);

test("the index links every page that is tested, and no other", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${server.url}examples/index.html`);
  const links = await page.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(links, Object.keys(visits).map((name) => `${name}/`));
  await page.screenshot({ path: `${target}/screenshots/index.png`, fullPage: true });
  await page.close();
  assert.deepEqual(complaints, []);
});

/**
 * Visits a page from the index.
 * @param {string} name @param {string} url of the server @param {string} picture where the last sight of it goes
 */
async function visiting(name, url, picture) {
  const { page, complaints } = await openPage(browser);
  try {
    await page.goto(`${url}examples/index.html`);
    await page.click(`a[href="${name}/"]`);
    await page.waitForURL(`${url}examples/${name}/`);
    await visits[name](page);
  } catch (error) {
    throw new Error([/** @type {Error} */ (error).message, ...complaints].join("\n"), { cause: error });
  } finally {
    await page.screenshot({ path: `${target}/screenshots/${picture}.png`, fullPage: true });
    await page.close();
  }
  // Of the index's icon, if it was left before that was there.
  // Chromium says so of a request that was aborted, and of any with a signal whose body a reader has read.
  assert.deepEqual(complaints.filter((complaint) => !complaint.endsWith("icon.svg: net::ERR_ABORTED") && (name !== "fetch" || !complaint.endsWith("net::ERR_ABORTED"))), []);
}

for (const name of Object.keys(visits).filter(isBuilt)) {
  test(`${name}: a visit, with a clean console`, () => visiting(name, server.url, name));
  test(`${name}: the same under a strict policy`, () => visiting(name, strict.url, `${name}-strict`));
}

test("under a strict policy, code that is to be compiled is one named error, and the page goes on", async () => {
  const { page } = await openPage(browser);
  await page.goto(`${strict.url}examples/index.html`);
  const answer = await page.evaluate(async () => {
    const [{ compile }, { instantiate }] = await Promise.all(["compile", "host"].map((name) => import(`/host-js/${name}.js`)));
    const { code, message, cause } = await instantiate(fetch("/examples/jsffi/jsffi.wasm"), { with: [compile] }).catch((/** @type {any} */ error) => error);
    const { exports } = await instantiate(fetch("/examples/hello/hello.wasm"));
    return [code, message, cause.name, exports.greet("policy")];
  });
  await page.close();
  assert.equal(answer[0], "missing-import");
  assert.match(answer[1], /^compile: missing-import new Function, which the policy here forbids; `handwire freeze`/);
  assert.deepEqual(answer.slice(2), ["EvalError", "Hello, policy!"]);
});

test("runtime: a script that a visitor has typed, and Stop", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${server.url}examples/runtime/`);
  await page.waitForSelector("#run:enabled");
  await page.fill("#script", "let n = 0; const tick = () => { print(n++, globalThis === top); setTimeout(tick, 5); }; tick(); Promise.reject(7)");
  await page.click("#run");
  await shows(page, "#lines", /^0 false\nUncaught \(in a promise\) 7\n1 false\n2 false/);
  await page.click("#stop");
  await shows(page, "#report", "Stopped; tasks left: 0");
  await page.fill("#script", "print(1");
  await page.click("#run");
  await shows(page, "#lines", /^Uncaught SyntaxError: /);
  await page.close();
  assert.deepEqual(complaints, []);
});

test("callbacks: a run that another has overtaken shows nothing any more, however slow it is", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${server.url}examples/callbacks/`);
  await page.click("#next");
  await shows(page, "#held", /PageKeychain/);
  const late = await page.evaluate(async () => {
    const { setTimeout: now } = window;
    // The next step's first call is done; what comes behind it waits until the other run is over.
    let first = true;
    const late = new Promise((resolve) => {
      window.setTimeout = /** @type {any} */ ((/** @type {() => void} */ act, /** @type {number} */ ms) => {
        if (!first) return now(act, ms);
        first = false;
        return now(() => resolve(act()), 1500);
      });
    });
    /** @type {HTMLButtonElement} */ (document.querySelector("#next")).click();
    await new Promise((resolve) => now(resolve, 50));
    /** @type {HTMLButtonElement} */ (document.querySelector("#all")).click();
    await late;
    await new Promise((resolve) => now(resolve, 200));
    return /** @type {HTMLElement} */ (document.querySelector("#left")).innerText;
  });
  assert.equal(late, "Done; live handles: 0");
  await page.close();
  assert.deepEqual(complaints, []);
});

test("a page that complains is noticed", async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${server.url}examples/index.html`);
  await page.evaluate(async () => {
    console.error("an error");
    console.warn("a warning");
    console.log("no complaint");
    setTimeout(() => {
      throw new Error("nobody catches this");
    });
    await fetch("/no/such/file.wasm");
  });
  await page.waitForTimeout(100);
  await page.close();
  const expected = [/^console error: an error/, /^console warning: a warning/, /^uncaught: .*nobody catches/s, /^404: .*file\.wasm$/];
  for (const pattern of expected) assert.ok(complaints.some((complaint) => pattern.test(complaint)), `${pattern} in ${complaints.join("\n")}`);
  assert.ok(complaints.every((complaint) => !complaint.includes("no complaint")));
});
