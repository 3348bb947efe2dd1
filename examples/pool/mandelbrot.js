// @ts-check
// A picture in bands, each a call of the pool: whichever worker is free takes the next. The page
// and run.js share this.

/**
 * @typedef {{ center_x: number, center_y: number, step: number, width: number, height: number, limit: number }} View
 * @typedef {import("../../host-js/worker.js").Pool} Pool
 * @typedef {{ pixels: Uint8ClampedArray<ArrayBuffer>, first: number, rows: number }} Band
 */

/** How many rows a band has: enough bands for workers that are unequally fast, few enough that calls cost nothing. */
const ROWS = 8;

/** The whole set. @param {number} width in pixels @param {number} height @returns {View} */
export const whole = (width, height) => ({ center_x: -0.75, center_y: 0, step: 3.2 / width, width, height, limit: 3000 });

/** The view around a pixel of another, four times as close. @param {View} view @param {number} x @param {number} y @returns {View} */
export const closer = (view, x, y) => ({
  ...view,
  center_x: view.center_x + (x - view.width / 2) * view.step,
  center_y: view.center_y + (y - view.height / 2) * view.step,
  step: view.step / 4,
});

/**
 * Renders a picture.
 * @param {Pool} pool
 * @param {View} view
 * @param {(band: Band) => void} show told of each band, in the order in which they are done
 * @param {AbortSignal} [signal] ends what is not done
 * @returns {Promise<number>} how many milliseconds it took
 */
export async function render(pool, view, show, signal) {
  const start = performance.now();
  const bands = Array.from({ length: Math.ceil(view.height / ROWS) }, async (_, i) => {
    const first = i * ROWS;
    const rows = Math.min(ROWS, view.height - first);
    const { buffer } = await pool.exports.band(view, first, rows, { signal });
    show({ pixels: new Uint8ClampedArray(buffer), first, rows });
  });
  await Promise.all(bands);
  return performance.now() - start;
}

/** What two times say, in words. @param {number} workers @param {number} one @param {number} all in milliseconds */
export const figure = (workers, one, all) => `1 worker: ${one.toFixed(0)} ms; ${workers} workers: ${all.toFixed(0)} ms, ${(one / all).toFixed(1)} times as fast`;
