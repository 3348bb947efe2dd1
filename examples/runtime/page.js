// @ts-check
// The page of runtime: a script, its lines, and a button that ends it.

import { evaluate, load, openFrame } from "./frame.js";
import { open, reportText } from "./runtime.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const script = /** @type {HTMLTextAreaElement} */ (element("script"));
const run = /** @type {HTMLButtonElement} */ (element("run"));
const stop = /** @type {HTMLButtonElement} */ (element("stop"));

/** The sample that is shown, as it was fetched. */
let sample = { url: "", text: "" };
/** The frame of the script that runs. @type {HTMLIFrameElement} */
let frame;

/** @param {string} line */
const print = (line) => void (element("lines").textContent += `${line}\n`);
const opening = open(fetch("./runtime.wasm"), {
  print,
  // A sample that nobody has changed is a file; what was typed is a text, which a policy may forbid to run.
  evaluate: (_, text) => (text === sample.text ? load(frame, sample.url) : void evaluate(frame, text)),
});

/** Shows a sample. @param {string} name */
async function show(name) {
  const url = new URL(`samples/${name}.js`, document.baseURI).href;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  sample = { url, text: await response.text() };
  script.value = sample.text;
  run.disabled = false;
}

/** Runs the script that is shown. */
async function start() {
  const { exports, host } = await opening;
  const controller = new AbortController();
  stop.onclick = () => controller.abort();
  run.disabled = true;
  stop.disabled = false;
  for (const id of ["lines", "report", "problem"]) element(id).textContent = "";
  frame = await openFrame();
  frame.contentWindow?.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    print(`Uncaught (in a promise) ${event.reason}`);
  });
  try {
    const report = await exports.run(frame.contentWindow, script.value, document.baseURI, { signal: controller.signal });
    element("report").textContent = `${reportText(report)}; tasks left: ${host.tasks}`;
  } catch (error) {
    if (error === controller.signal.reason) element("report").textContent = `Stopped; tasks left: ${host.tasks}`;
    else element("problem").textContent = String(error);
  }
  frame.remove();
  run.disabled = false;
  stop.disabled = true;
}

run.addEventListener("click", start);
element("samples").addEventListener("click", ({ target }) => {
  const name = target instanceof HTMLElement && target.dataset.sample;
  if (name) show(name).catch((error) => (element("problem").textContent = String(error)));
});
show("timers").catch((error) => (element("problem").textContent = String(error)));
opening.catch((error) => (element("problem").textContent = `runtime.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
