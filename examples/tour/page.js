// @ts-check
// The page of the tour: takes the text of the contract, or a file of the visitor's.

import { instantiate } from "./host.js";
import { facts, number, text, wordsTitle } from "./report.js";
import { PIECE, defaults, tour } from "./tour.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const button = /** @type {HTMLButtonElement} */ (element("run"));
const picker = /** @type {HTMLInputElement} */ (element("file"));
const bar = /** @type {HTMLProgressElement} */ (element("progress"));

const opening = instantiate(fetch("./tour.wasm"));

/** Piece by piece, so that a file larger than memory will do. @param {Blob} blob @returns {AsyncGenerator<Uint8Array>} */
async function* pieces(blob) {
  for (let at = 0; at < blob.size; at += PIECE) yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer());
}

/** @param {string} id of a table @param {[string, string][]} rows */
function fill(id, rows) {
  const cells = (/** @type {[string, string]} */ [name, value]) => {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    const data = document.createElement("td");
    head.scope = "row";
    head.textContent = name;
    data.textContent = value;
    row.append(head, data);
    return row;
  };
  element(id).replaceChildren(...rows.map(cells));
}

/** @param {string} name @param {Blob} blob */
async function run(name, blob) {
  const instance = await opening;
  const live = element("live");
  const progress = (/** @type {number} */ done, /** @type {number} */ size) => {
    bar.value = done / size;
    live.textContent = number(instance.host.handles.live);
  };
  const file = { size: blob.size, pieces: pieces(blob), inflater: () => new DecompressionStream("deflate") };
  const report = await tour(instance, file, { ...defaults, progress });
  bar.value = 1;
  live.textContent = number(report.live);
  element("name").textContent = name;
  element("title").textContent = wordsTitle(report, defaults.shortest);
  element("log").textContent = text(name, report, defaults.shortest);
  fill("facts", facts(report));
  fill("common", report.common.map(([word, times]) => [word, number(times)]));
}

/** One run at a time; what goes wrong is shown. @param {string} name @param {() => Promise<Blob>} get */
async function start(name, get) {
  const shown = ["results", "words", "told"].map(element);
  const busy = (/** @type {boolean} */ is) => {
    button.disabled = picker.disabled = is;
  };
  busy(true);
  for (const section of shown) section.hidden = true;
  element("problem").textContent = "";
  element("status").textContent = `Reading ${name}.`;
  bar.value = 0;
  try {
    await run(name, await get());
    for (const section of shown) section.hidden = false;
    element("status").textContent = "Done.";
  } catch (error) {
    element("status").textContent = "Not done.";
    element("problem").textContent = `${name}: ${error}`;
  }
  busy(false);
}

/** @returns {Promise<Blob>} */
async function contract() {
  const response = await fetch("../../WIRE.md");
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.blob();
}

button.addEventListener("click", () => start("WIRE.md", contract));
picker.addEventListener("change", () => {
  const [file] = picker.files ?? [];
  if (file) start(file.name, async () => file);
});

opening.catch((error) => (element("problem").textContent = `tour.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
