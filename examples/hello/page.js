// @ts-check
// The page of the guest `hello`: one call, and what it throws.

import { instantiate } from "../../host-js/core.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** What a button does; its form is never sent. @param {string} id @param {() => void} act */
function onClick(id, act) {
  element(id).addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
}

/** Greets, or shows why not. @param {(name: string) => string} greet @param {string} name */
function show(greet, name) {
  element("greeting").textContent = element("error").textContent = "";
  try {
    element("greeting").textContent = greet(name);
  } catch (error) {
    element("error").textContent = `${error}`;
  }
}

try {
  const { exports } = await instantiate(fetch("./hello.wasm"));
  const greet = /** @type {(name: string) => string} */ (exports.greet);
  const name = /** @type {HTMLInputElement} */ (element("name"));
  onClick("greet", () => show(greet, name.value));
  onClick("fail", () => show(greet, ""));
} catch (error) {
  element("error").textContent = `hello.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`;
}
