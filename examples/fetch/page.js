// @ts-check
// The page of fetch: a progress bar over a download, and a button that stops it.

import { open, progressText, resultText } from "./download.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const url = /** @type {HTMLInputElement} */ (element("url"));
const start = /** @type {HTMLButtonElement} */ (element("start"));
const cancel = /** @type {HTMLButtonElement} */ (element("cancel"));
const bar = /** @type {HTMLProgressElement} */ (element("bar"));

const opening = open(fetch("./fetch.wasm"));
/** A closure of the guest's, which keeps `progress`. */
const loading = opening.then(({ exports }) => exports.downloader(progress));

/** Told by the guest, chunk by chunk. @param {number} bytes @param {number | undefined} total */
function progress(bytes, total) {
  if (total === undefined) bar.removeAttribute("value");
  else bar.value = Math.min(1, bytes / total);
  element("status").textContent = progressText(bytes, total);
}

/** One download; what it gives or what is wrong with it is shown. */
async function download() {
  const { host } = await opening;
  const load = await loading;
  const controller = new AbortController();
  cancel.onclick = () => controller.abort();
  start.disabled = true;
  cancel.disabled = false;
  for (const id of ["result", "problem", "live"]) element(id).textContent = "";
  bar.value = 0;
  element("status").textContent = "Waiting for the server.";
  try {
    // Relative to the page; to the guest a URL is a text.
    const address = new URL(url.value, document.baseURI).href;
    element("result").textContent = resultText(await load(address, { signal: controller.signal }));
  } catch (error) {
    if (error === controller.signal.reason) element("result").textContent = "Cancelled.";
    else element("problem").textContent = String(error);
  }
  element("live").textContent = `tasks: ${host.tasks}, live handles: ${host.handles.live}`;
  start.disabled = false;
  cancel.disabled = true;
}

element("form").addEventListener("submit", (event) => {
  event.preventDefault();
  download();
});
loading.catch((error) => (element("problem").textContent = `fetch.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
