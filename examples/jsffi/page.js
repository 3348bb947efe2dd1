// @ts-check
// The page of the steps: a card for each, with its calls and what they gave.

import { open, show, steps } from "./jsffi.js";
import { outcome } from "./text.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const name = /** @type {HTMLInputElement} */ (element("name"));
const opening = open(fetch("./jsffi.wasm"), () => name.value);

/** @param {string} tag @param {string} text @param {...(Node | string)} inside */
function make(tag, text, ...inside) {
  const made = document.createElement(tag);
  made.textContent = text;
  made.append(...inside);
  return made;
}

/** One call, with what it gave below. @param {import("./jsffi.js").Shown} shown */
function call(shown) {
  const code = make("dt", "", make("code", shown.code));
  const given = make("dd", "", make("code", outcome(shown)));
  if ("thrown" in shown) given.className = "bad";
  return [code, given];
}

/** @param {import("./jsffi.js").Step} step */
function card({ title, file, text, calls }) {
  const source = /** @type {HTMLAnchorElement} */ (make("a", `src/${file}`));
  source.href = `src/${file}`;
  const section = make("section", "", make("h2", title), make("p", `${text} The guest's part is in `, source, "."), make("dl", "", ...calls.flatMap((one) => call(show(one)))));
  section.className = "card";
  return section;
}

/** Runs all steps anew. */
async function run() {
  const jsffi = await opening;
  element("steps").replaceChildren(...steps(jsffi).map(card));
  element("live").textContent = `live handles: ${jsffi.host.handles.live}`;
}

element("run").addEventListener("click", (event) => {
  event.preventDefault();
  run();
});
run().catch((error) => (element("problem").textContent = `jsffi.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
