// @ts-check
// The page of counter: starts the guest, and shows after each click what lives.

import { instantiate } from "./host.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

try {
  const { exports, host } = await instantiate(fetch("./counter.wasm"));
  const show = () => {
    element("live").textContent = `handles: ${host.handles.live}, closures: ${exports.closures()}, of these given to the page: ${host.closures.live}`;
  };
  exports.start(document);
  show();
  // A click arrives here after it has arrived at its button, and at the guest.
  addEventListener("click", show);
} catch (error) {
  element("problem").textContent = String(error);
}
