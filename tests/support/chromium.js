// @ts-check
// Headless Chromium for the browser tests, and a page of it that takes note of everything
// that a user with the console open would call an error.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];

/** @param {string} path */
function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser's path: CHROMIUM, or the first that PATH has.
 * @returns {string}
 * @throws {Error} in one line, when there is none
 */
export function findChromium() {
  const { CHROMIUM: given, PATH: path = "" } = process.env;
  if (given) {
    if (runs(given)) return given;
    throw new Error(`CHROMIUM=${given} is no program: set it to the path of a Chromium`);
  }
  const found = NAMES.flatMap((name) => path.split(delimiter).map((folder) => join(folder, name))).find(runs);
  if (found) return found;
  throw new Error("no Chromium found: install it (`apt-get install chromium`) or set CHROMIUM to its path");
}

/** @returns {Promise<import("playwright-core").Browser>} */
export const launch = () => chromium.launch({ executablePath: findChromium(), args: FLAGS });

/**
 * A page and its complaints: console errors and warnings, uncaught errors, failed requests, answers that are errors.
 * @param {import("playwright-core").Browser} browser
 * @returns {Promise<{ page: import("playwright-core").Page, complaints: string[] }>} `complaints` grows as they come
 */
export async function openPage(browser) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack ?? error}`));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return { page, complaints };
}
