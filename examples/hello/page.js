// @ts-check
// The page of the guest `hello`: one call, and what it throws.

import { instantiate } from "../../host-js/core.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const name = /** @type {HTMLInputElement} */ (element("name"));

const opening = instantiate(fetch("./hello.wasm"));

/** Greets, or shows why not. @param {string} name */
async function greet(name) {
  element("greeting").textContent = element("error").textContent = "";
  try {
    const { exports } = await opening;
    element("greeting").textContent = exports.greet(name);
  } catch (error) {
    element("error").textContent = `${error}`;
  }
}

/** What a button does. Its form is never sent. @param {string} id @param {() => void} act */
function onClick(id, act) {
  element(id).addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
}

onClick("greet", () => greet(name.value));
onClick("fail", () => greet(""));

opening.catch((error) => (element("error").textContent = `hello.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
