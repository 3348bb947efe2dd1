// @ts-check
// The page of the guest `bare`: opens the module as a browser does, and wires up two forms.

import { shout } from "./bare.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (element(id));

const opening = open();

/** @returns {Promise<import("./bare.js").Bare>} */
async function open() {
  const { instance, module } = await WebAssembly.instantiateStreaming(fetch("./bare.wasm"));
  const { length: imports } = WebAssembly.Module.imports(module);
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function").length;
  element("size").textContent = `a module of ${functions} functions and ${imports} imports`;
  return /** @type {any} */ (instance.exports);
}

/**
 * What a button does. Its form is never sent; a click before the module is there waits for it.
 * @param {string} id
 * @param {(guest: import("./bare.js").Bare) => void} act
 */
function onClick(id, act) {
  element(id).addEventListener("click", (event) => {
    event.preventDefault();
    opening.then(act).catch((error) => (element("problem").textContent = `${error}`));
  });
}

// A number that is no i32 becomes one as JavaScript does it: modulo 2^32, without its fraction.
onClick("add", (guest) => (element("sum").textContent = `${guest.add(Number(input("a").value), Number(input("b").value))}`));
onClick("upper", (guest) => (element("shout").textContent = shout(guest, input("text").value)));

opening.catch((error) => (element("problem").textContent = `bare.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
