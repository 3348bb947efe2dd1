// @ts-check
// The bar chart of the ratios to wasm-bindgen, by family: an SVG that is readable on light
// and on dark pages.

import { BASE, columns } from "./columns/column.js";
import { families, means } from "./report.js";
import { rows } from "./rows/all.js";

/** @typedef {import("./bench.js").Report} Report */

const WIDTH = 860;
const LEFT = 130;
const RIGHT = 60;
const BAR = 12;
const GAP = 14;
const TOP = 56;
/** The axis ends here; a longer bar is cut, and its number says how long it would be. */
const MOST = 1.5;
const COLOURS = new Map([
  ["handwire", "#2f81f7"],
  ["compiled", "#1a7f37"],
  ["raw", "#8250df"],
  ["sledgehammer", "#bf8700"],
  ["limit", "#8b949e"],
]);

/** @param {number} ratio */
const across = (ratio) => LEFT + (Math.min(ratio, MOST) / MOST) * (WIDTH - LEFT - RIGHT);

/** @param {number} x @param {number} y @param {string} text @param {string} [more] */
const label = (x, y, text, more = "") => `<text x="${x.toFixed(1)}" y="${y}" ${more}>${text}</text>`;

/** One Node's families. @param {string} name @param {Report} report @param {number} y @returns {{ parts: string[], y: number }} */
function section(name, report, y) {
  const parts = [label(0, y, `${name.replace("node-", "Node ")} (${report.versions.node}), ${report.date}`, 'class="head"')];
  const shown = columns.filter(({ id }) => id !== BASE);
  y += GAP;
  for (const [family, of] of [...families(rows), /** @type {const} */ (["all", rows])]) {
    const mean = means(report.rows, of);
    const present = shown.filter(({ id }) => mean[id] !== undefined);
    if (present.length === 0) continue;
    parts.push(label(LEFT - 8, y + (present.length * BAR) / 2 + 4, family, `text-anchor="end" class="${family === "all" ? "head" : ""}"`));
    for (const { id } of present) {
      const end = across(mean[id]);
      parts.push(`<rect x="${LEFT}" y="${y + 1}" width="${(end - LEFT).toFixed(1)}" height="${BAR - 2}" fill="${COLOURS.get(id)}"/>`);
      parts.push(label(end + 4, y + BAR - 2, mean[id].toFixed(2), 'class="small"'));
      y += BAR;
    }
    y += GAP;
  }
  return { parts, y: y + GAP };
}

/** @param {import("./bench.js").Reports} reports @returns {string} an SVG document */
export function chart(reports) {
  /** @type {string[]} */
  const parts = [];
  let y = TOP + GAP;
  for (const name of Object.keys(reports).toSorted()) {
    const made = section(name, reports[name], y);
    parts.push(...made.parts);
    y = made.y;
  }
  const { machine, versions } = Object.values(reports)[0];
  const legend = columns
    .filter(({ id }) => id !== BASE)
    .map(({ id, title }, i) => `<rect x="${LEFT + i * 105}" y="30" width="10" height="10" fill="${COLOURS.get(id)}"/>${label(LEFT + 14 + i * 105, 39, title)}`);
  const one = across(1).toFixed(1);
  const line = `<line x1="${one}" y1="${TOP - 6}" x2="${one}" y2="${y - 20}" class="one"/>${label(across(1) + 6, TOP, `wasm-bindgen ${versions["wasm-bindgen"]} = 1`, 'class="small"')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 10}" font-family="system-ui, sans-serif" font-size="12">
<style>
text { fill: #1f2328 } .small { font-size: 10px } .head { font-weight: 600 } .one { stroke: #cf222e; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .one { stroke: #ff7b72 } }
</style>
${label(0, 16, "Time of an operation beside wasm-bindgen: geometric means by family, shorter is faster", 'class="head"')}
${legend.join("\n")}
${line}
${parts.join("\n")}
${label(0, y + 2, machine, 'class="small"')}
</svg>
`;
}
