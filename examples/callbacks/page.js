// @ts-check
// The page of the steps: a card for each, and the handle map, which stays in sight.

import { held, open, outcome, show, steps } from "./callbacks.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/**
 * A run through the steps, with a guest of its own, so that nothing of the one before is held. Whoever awaits something looks whether it is
 * still the current one: another can be started at any time.
 * @typedef {{ callbacks: import("./callbacks.js").Callbacks, waiting: import("./callbacks.js").Step[] }} Run `waiting` has the steps that were not taken yet
 */
/** @type {Promise<Run>} */
let opening = begin();

/** @param {string} tag @param {string} text @param {...(Node | string)} inside */
function make(tag, text, ...inside) {
  const made = document.createElement(tag);
  made.textContent = text;
  made.append(...inside);
  return made;
}

/** Opens a guest. @returns {Promise<Run>} */
async function begin() {
  const callbacks = await open(fetch("./callbacks.wasm"));
  return { callbacks, waiting: steps(callbacks) };
}

/** Takes the next step: its calls one after the other, each with what it gave and what was heard later. @param {Promise<Run>} run */
async function next(run) {
  const button = /** @type {HTMLButtonElement} */ (element("next"));
  const { callbacks, waiting } = await run;
  if (run !== opening) return;
  const step = waiting.shift();
  if (!step) return;
  button.disabled = true;
  const list = make("dl", "");
  const section = make("section", "", make("h2", step.title), make("p", step.text), list);
  section.className = "card";
  element("steps").prepend(section);
  let before = held(callbacks);
  for (const call of step.calls) {
    const shown = await show(callbacks, call);
    if (run !== opening) return;
    list.append(make("dt", "", make("code", shown.code)));
    if (outcome(shown)) list.append(Object.assign(make("dd", "", make("code", outcome(shown))), { className: "thrown" in shown ? "bad" : "" }));
    for (const line of shown.log) list.append(Object.assign(make("dd", `later: ${line}`), { className: "later" }));
    if (shown.held !== before) list.append(Object.assign(make("dd", `the guest holds ${shown.held}`), { className: "later" }));
    before = shown.held;
    showHeld(callbacks);
  }
  button.disabled = waiting.length === 0;
  element("left").textContent = waiting.length === 0 ? `Done; live handles: ${callbacks.host.handles.live}` : `Next: ${waiting[0].title}`;
}

/** The handle map: a row for each interface. @param {import("./callbacks.js").Callbacks} callbacks */
function showHeld({ host }) {
  const rows = Object.entries(host.interfaces).map(([name, map]) => {
    const objects = Array.from(map, ([handle, object]) => `${handle} → ${object.constructor.name}`);
    return make("tr", "", make("th", name), make("td", objects.join(", ") || "none"));
  });
  element("held").replaceChildren(...rows);
}

/** Begins a run. @param {Promise<Run>} run */
async function start(run) {
  const { callbacks, waiting } = await run;
  if (run !== opening) return;
  element("steps").replaceChildren();
  element("left").textContent = `Next: ${waiting[0].title}`;
  /** @type {HTMLButtonElement} */ (element("next")).disabled = false;
  showHeld(callbacks);
}

element("next").addEventListener("click", () => next(opening));
element("all").addEventListener("click", async () => {
  const all = /** @type {HTMLButtonElement} */ (element("all"));
  all.disabled = true;
  const run = (opening = begin());
  await start(run);
  const { waiting } = await run;
  while (waiting.length > 0) await next(run);
  all.disabled = false;
});
start(opening).catch((error) => (element("problem").textContent = `callbacks.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
