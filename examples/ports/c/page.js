// @ts-check
// The page of the guest `hello-c`: calls it like any other guest, by functions of JavaScript values.

import { instantiate } from "../../../host-js/host.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const text = (id) => /** @type {HTMLInputElement} */ (element(id)).value;

const opening = instantiate(fetch("./hello-c.wasm"));

/**
 * Shows what the guest answers, or why it doesn't.
 * @param {string} answer the element of an answer
 * @param {string} failure that of an error
 * @param {(exports: Record<string, (...args: any[]) => any>) => string} ask
 */
async function show(answer, failure, ask) {
  element(answer).textContent = element(failure).textContent = "";
  try {
    const { exports } = await opening;
    element(answer).textContent = ask(exports);
  } catch (error) {
    element(failure).textContent = `${error}`;
  }
}

/** What a button does. Its form is never sent. @param {string} id @param {() => void} act */
function onClick(id, act) {
  element(id).addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
}

onClick("greet", () => show("greeting", "error", ({ greet }) => greet(text("name"))));
onClick("fail", () => show("greeting", "error", ({ greet }) => greet("")));
onClick("measure", () =>
  show("size", "misshapen", ({ count_keys, area }) => {
    const shape = JSON.parse(text("shape"));
    return `${count_keys(shape)} keys, an area of ${area(shape)}`;
  }),
);

opening.catch((error) => (element("error").textContent = `hello-c.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
