// @ts-check
// The page of the guest `bare`: opens the module as a browser does, and wires up two forms.

import { shout } from "./bare.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (element(id));

/** What a button does; its form is never sent. @param {string} id @param {() => void} act */
function onClick(id, act) {
  element(id).addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
}

try {
  const { instance, module } = await WebAssembly.instantiateStreaming(fetch("./bare.wasm"));
  const guest = /** @type {import("./bare.js").Bare} */ (/** @type {unknown} */ (instance.exports));
  const imports = WebAssembly.Module.imports(module).length;
  element("size").textContent = `${WebAssembly.Module.exports(module).length} exports, ${imports} imports`;
  // A number that is no i32 becomes one as JavaScript does it: modulo 2^32, without its fraction.
  onClick("add", () => (element("sum").textContent = `${guest.add(Number(input("a").value), Number(input("b").value))}`));
  onClick("upper", () => (element("shout").textContent = shout(guest, input("text").value)));
} catch (error) {
  element("problem").textContent = `bare.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`;
}
