// @ts-check
// `make bench-browser`: builds, opens the page in headless Chromium, and prints its table.

import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.js";
import { findChromium } from "../support/chromium.js";
import { build } from "./build.js";

const query = new URLSearchParams({ rows: process.argv.slice(2).join(" ") });
if (process.env.QUICK) query.set("quick", "");
/** Longer than all rows take on a slow machine. */
const PATIENCE = 30 * 60_000;

/** A page that is isolated has a clock of 5 µs; others have one of 100. @param {import("playwright-core").Route} route */
async function isolate(route) {
  const response = await route.fetch();
  const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  await route.fulfill({ response, headers: { ...response.headers(), ...isolated } });
}

try {
  await build();
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"],
  });
  try {
    const page = await browser.newPage();
    await page.route("**/*", isolate);
    await page.goto(`${server.url}tests/bench/page.html?${query}`);
    const status = page.locator("#status", { hasText: /^(done|failed)/ });
    await status.waitFor({ timeout: PATIENCE });
    const text = await status.textContent();
    if (text !== "done") throw new Error(`the page ${text}`);
    console.log(await page.locator("#table").textContent());
  } finally {
    await browser.close();
    await server.close();
  }
} catch (error) {
  console.error(`browser.js: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
