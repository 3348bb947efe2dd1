// @ts-check
// Values as text, much as one would write them in a program.

const LONGEST = 160;

/** @param {string} text */
const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/**
 * @param {unknown} value
 * @returns {string}
 */
export function text(value) {
  if (typeof value === "string") return cut(JSON.stringify(value));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return `Date ${value.toISOString()}`;
  if (Array.isArray(value)) return `[${value.map(text).join(", ")}]`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${Array.from(/** @type {any} */ (value), text).join(", ")}]`;
  return `{ ${Object.entries(value).map(([key, content]) => `${key}: ${text(content)}`).join(", ")} }`;
}

/** What a call gave, or threw. @param {import("./jsffi.js").Shown} shown */
export const outcome = (shown) => ("thrown" in shown ? `throws ${text(shown.thrown)}` : text(shown.value));
