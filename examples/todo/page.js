// @ts-check
// The page of todo: what a click or a key means, and what goes wrong.

import { open } from "./todo.js";

/** @param {string} id @returns {any} */
const element = (id) => document.getElementById(id);
const list = element("list");

const opening = open(fetch("./todo.wasm"), localStorage, list, element("entry").content.firstElementChild);

/** Does something with the list, then shows how many there are, or what is wrong. @param {(exports: Record<string, any>) => void} act */
async function run(act) {
  element("problem").textContent = "";
  try {
    const { exports, host } = await opening;
    act(exports);
    const { open, done } = exports.counts();
    element("counts").textContent = `${open} to do, ${done} done`;
    element("clear").disabled = done === 0;
    element("live").textContent = `live handles: ${host.handles.live}`;
  } catch (error) {
    element("problem").textContent = `${error}`;
  }
}

element("form").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  run((exports) => {
    exports.add(element("title").value);
    element("title").value = "";
  });
});
element("clear").onclick = () => run((exports) => exports.clear_done());
element("filter").addEventListener("change", (/** @type {any} */ event) => run((exports) => exports.show(event.target.value)));

list.addEventListener("click", (/** @type {any} */ event) => {
  const index = Number(event.target.closest("li")?.dataset.index);
  if (event.target.matches("input")) run((exports) => exports.toggle(index));
  else if (event.target.matches("button")) run((exports) => exports.remove(index));
});

opening.then(
  ({ problem }) => run(() => {}).then(() => problem && (element("problem").textContent = problem)),
  (error) => (element("problem").textContent = `todo.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`),
);
