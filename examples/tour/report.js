// @ts-check
// The report of a tour as text, the same in the terminal and in the page.

/** @typedef {import("./tour.js").Report} Report */

/** Lines of a stack that are shown. */
const FRAMES = 4;

/** @param {number} count */
export const number = (count) => count.toLocaleString("en-US");

/** @param {number} count @param {string} noun */
const many = (count, noun) => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;

/**
 * The facts, by name.
 * @param {Report} report
 * @returns {[name: string, fact: string][]}
 */
export function facts(report) {
  const { bytes, broken, deflated, same } = report;
  const share = bytes > 0 ? ` (${((deflated / bytes) * 100).toFixed(1)} %)` : "";
  return [
    ["size", many(bytes, "byte")],
    ["counted in the guest", `${many(report.lines, "line")}, ${many(report.words, "word")}, ${many(report.characters, "character")}`],
    ...(broken > 0 ? [/** @type {[string, string]} */ (["not UTF-8", `${many(broken, "sequence")} of bytes, each counted as one character`])] : []),
    ["deflated in the guest", `${many(deflated, "byte")}${share}`],
    ["inflated by the host", same ? "the same bytes" : "NOT the same bytes"],
    ["progress", `${many(report.calls, "call")} of a host function`],
    ["guest memory", `${(report.memory / 2 ** 20).toFixed(1)} MiB`],
  ];
}

/** What the list of words is of. @param {Report} report @param {number} shortest */
export function wordsTitle({ crowded }, shortest) {
  const bound = crowded ? " (among the first million different ones)" : "";
  return `most frequent words of ${shortest} or more letters${bound}`;
}

/** An error as one side saw it: its message, and where it comes from. @param {import("./tour.js").Told} told @returns {string[]} */
function told({ message, stack }) {
  // V8 begins a stack with the message, others don't.
  const frames = stack.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.includes(message));
  const rest = frames.length - FRAMES;
  return [`  ${message}`, ...frames.slice(0, FRAMES).map((frame) => `    ${frame}`), ...(rest > 0 ? [`    and ${rest} more`] : [])];
}

/**
 * The report as lines of text.
 * @param {string} name of the file
 * @param {Report} report
 * @param {number} shortest of the words that were asked for
 * @returns {string}
 */
export function text(name, report, shortest) {
  const all = facts(report);
  const width = Math.max(...all.map(([fact]) => fact.length));
  const { common } = report;
  const digits = Math.max(0, ...common.map(([, times]) => number(times).length));
  const words = common.map(([word, times]) => `  ${number(times).padStart(digits)}  ${word}`);
  return [
    name,
    ...all.map(([fact, value]) => `  ${fact.padEnd(width)}  ${value}`),
    "",
    wordsTitle(report, shortest),
    ...(words.length > 0 ? words : ["  none"]),
    "",
    "an error of the guest, as JavaScript catches it",
    ...told(report.fromGuest),
    "",
    "an exception of JavaScript, as the guest catches it",
    ...told(report.fromHost),
    "",
    `live handles: ${number(report.live)}`,
  ].join("\n");
}
