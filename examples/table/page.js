// @ts-check
// The page of table: two tables, one drawn by the guest and one by plain.js, and the times of both.

import { actions, median, time } from "./actions.js";
import { instantiate } from "./host.js";
import { PlainTable } from "./plain.js";

/** @typedef {import("./actions.js").Table} Table */

const SEED = 1;
/** How often `all` does each, the first times to warm up. */
const ROUNDS = 5;

/** @param {string} id @returns {any} */
const element = (id) => document.getElementById(id);
const template = element("row").content.firstElementChild;

/** Both tables, the guest's first. @returns {Promise<{ tables: Table[], host: import("../../host-js/base.js").Host }>} */
async function open() {
  const { exports, host } = await instantiate(fetch("./table.wasm"));
  const [guest, plain] = ["guest", "plain"].map((id) => element(id).tBodies[0]);
  exports.open(guest, template, SEED);
  const { create, append, update, swap, select, remove, clear, rows } = exports;
  return { tables: [{ create, append, update, swap, select, remove, clear, rows }, new PlainTable(plain, template, SEED)], host };
}

const opening = open();

/** Shows times: of the guest, and of plain JavaScript. @param {string} id @param {number[]} ms */
function show(id, ms) {
  ms.forEach((ms, i) => (element(`${id}-time`).cells[i + 1].textContent = `${ms.toFixed(ms < 10 ? 2 : 1)} ms`));
}

/** Does something, and shows what goes wrong. @param {(opened: Awaited<typeof opening>) => void | Promise<void>} act */
async function run(act) {
  try {
    const opened = await opening;
    await act(opened);
    element("live").textContent = `rows: ${opened.tables[0].rows()}, live handles: ${opened.host.handles.live}`;
  } catch (error) {
    element("problem").textContent = `${error}`;
  }
}

for (const [id, action] of Object.entries(actions)) {
  const row = element("times").tBodies[0].insertRow();
  row.id = `${id}-time`;
  const button = document.createElement("button");
  Object.assign(button, { id, type: "button", className: "quiet", textContent: action.title });
  row.appendChild(document.createElement("th")).append(button);
  row.insertCell();
  row.insertCell();
  button.onclick = () => run(({ tables }) => show(id, tables.map((table) => time(table, action))));
}

element("all").onclick = () =>
  run(async ({ tables }) => {
    element("all").disabled = true;
    for (const [id, action] of Object.entries(actions)) {
      const times = tables.map(() => /** @type {number[]} */ ([]));
      for (let i = 0; i < ROUNDS; i++) {
        // Who comes first changes, and the page lives on in between.
        for (const which of i % 2 ? [1, 0] : [0, 1]) times[which].push(time(tables[which], action));
        await new Promise((done) => setTimeout(done));
      }
      show(id, times.map(median));
    }
    element("all").disabled = false;
    element("done").textContent = `Medians of ${ROUNDS} turns each.`;
  });

/** A click on a row selects it, one on its number removes it: in both tables. */
for (const id of ["guest", "plain"])
  element(id).addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const cell = /** @type {HTMLElement} */ (event.target).closest("td");
    if (!cell) return;
    const index = /** @type {HTMLTableRowElement} */ (cell.parentElement).sectionRowIndex;
    run(({ tables }) => tables.forEach((table) => (cell.cellIndex === 0 ? table.remove(index) : table.select(index))));
  });

opening.catch((error) => (element("problem").textContent = `table.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
