// @ts-check
// The page of the pool: a picture by one worker, the same by all of them, and how the page fares
// meanwhile.

import { pool } from "../../host-js/worker.js";
import { closer, figure, render, whole } from "./mandelbrot.js";

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const canvas = /** @type {HTMLCanvasElement} */ (element("picture"));
const cancel = /** @type {HTMLButtonElement} */ (element("cancel"));
const bar = /** @type {HTMLProgressElement} */ (element("frames"));
const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

const module = WebAssembly.compileStreaming(fetch("./pool.wasm"));
const opening = Promise.all([pool(module, { size: 1 }), pool(module)]);
let view = whole(canvas.width, canvas.height);
/** Ends what is being rendered. @type {AbortController | undefined} */
let rendering;

/** Runs the bar frame by frame until it is told to stop, and gives the longest pause between two frames. */
function frames() {
  let longest = 0;
  let last = performance.now();
  let next = requestAnimationFrame(function frame(now) {
    longest = Math.max(longest, now - last);
    last = now;
    bar.value = (now / 1000) % 1;
    next = requestAnimationFrame(frame);
  });
  return () => (cancelAnimationFrame(next), longest);
}

/** @param {import("./mandelbrot.js").Band} band */
const show = ({ pixels, first, rows }) => context.putImageData(new ImageData(pixels, canvas.width, rows), 0, first);

/** Renders the view: with all workers, and before that with one if the two are to be compared. @param {boolean} [compare] */
async function run(compare = false) {
  rendering?.abort();
  const controller = (rendering = new AbortController());
  const { signal } = controller;
  cancel.disabled = false;
  element("problem").textContent = "";
  element("figure").textContent = "Rendering…";
  const stop = frames();
  try {
    const [one, all] = await opening;
    context.clearRect(0, 0, canvas.width, canvas.height);
    const slow = compare ? await render(one, view, show, signal) : 0;
    if (compare) context.clearRect(0, 0, canvas.width, canvas.height);
    const fast = await render(all, view, show, signal);
    element("figure").textContent = compare ? figure(all.size, slow, fast) : `${all.size} workers: ${fast.toFixed(0)} ms`;
  } catch (error) {
    if (!signal.aborted) element("problem").textContent = String(error);
    else if (rendering === controller) element("figure").textContent = "Cancelled.";
  }
  const longest = stop();
  if (rendering !== controller) return;
  bar.value = 0;
  element("pause").textContent = `The page's longest pause between two frames: ${longest.toFixed(0)} ms.`;
  cancel.disabled = true;
}

element("run").addEventListener("click", () => run(true));
element("reset").addEventListener("click", () => {
  view = whole(canvas.width, canvas.height);
  run();
});
cancel.addEventListener("click", () => rendering?.abort());
canvas.addEventListener("click", (event) => {
  const scale = canvas.width / canvas.clientWidth;
  view = closer(view, event.offsetX * scale, event.offsetY * scale);
  run();
});

opening.catch((error) => (element("problem").textContent = `pool.wasm can't be opened: ${error}. \`make guests\` puts it next to this page.`));
run(true);
