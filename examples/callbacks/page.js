// @ts-check
// The page of the steps: a card for each, and the handle map, which stays in sight.

import { held, open, outcome, show, steps } from "./callbacks.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** Each run has a guest of its own, so that nothing of the one before is held. */
let opening = open(fetch("./callbacks.wasm"));

/** @param {string} tag @param {string} text @param {...(Node | string)} inside */
function make(tag, text, ...inside) {
  const made = document.createElement(tag);
  made.textContent = text;
  made.append(...inside);
  return made;
}

/** The steps that were not taken yet. @type {import("./callbacks.js").Step[]} */
let waiting = [];

/** Takes the next step: its calls one after the other, each with what it gave and what was heard later. */
async function next() {
  const button = /** @type {HTMLButtonElement} */ (element("next"));
  const callbacks = await opening;
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

/** Begins anew. */
async function start() {
  const callbacks = await opening;
  waiting = steps(callbacks);
  element("steps").replaceChildren();
  element("left").textContent = `Next: ${waiting[0].title}`;
  /** @type {HTMLButtonElement} */ (element("next")).disabled = false;
  showHeld(callbacks);
}

element("next").addEventListener("click", () => next());
element("all").addEventListener("click", async () => {
  const all = /** @type {HTMLButtonElement} */ (element("all"));
  all.disabled = true;
  opening = open(fetch("./callbacks.wasm"));
  await start();
  while (waiting.length > 0) await next();
  all.disabled = false;
});
start().catch((error) => (element("problem").textContent = `callbacks.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
