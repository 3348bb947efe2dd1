// @ts-check
// Types of functions, `fn(i32,str)->bool`, taken apart.

/**
 * @typedef {object} FunctionText
 * @property {string[]} params
 * @property {string} result "()" for none
 * @property {boolean} fallible when it was `result<…>`
 * @property {string | undefined} error the name of its error, if that has one
 * @property {boolean} any whether it takes any arguments, and gives anything
 * @property {boolean} async whether it gives a promise of its result: `async<…>`
 */

/** @param {string} text with brackets in pairs @returns {string[] | undefined} its parts between commas that no bracket holds */
function parts(text) {
  const found = [""];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const arrow = c === ">" && text[i - 1] === "-";
    if ("([<".includes(c)) depth++;
    else if (")]>".includes(c) && !arrow && depth-- === 0) return undefined;
    if (c === "," && depth === 0) found.push("");
    else found[found.length - 1] += c;
  }
  return depth === 0 ? found : undefined;
}

/** The index of the bracket that closes the one before `from`; -1 if none does. @param {string} text @param {number} from */
function closing(text, from) {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")" && --depth === 0) return i;
  }
  return -1;
}

/**
 * Takes a type apart.
 * @param {string} type
 * @returns {FunctionText | undefined} undefined for what is no type of a function
 */
export function readFunction(type) {
  const end = type.startsWith("fn(") ? closing(type, 3) : -1;
  if (end < 0 || type.includes(" ")) return undefined;
  const inside = type.slice(3, end);
  const behind = type.slice(end + 1);
  const plain = { params: /** @type {string[]} */ ([]), result: "()", fallible: false, error: undefined, any: false, async: false };
  if (inside === "..") return behind ? undefined : { ...plain, any: true };
  const params = inside ? parts(inside) : [];
  if (!params || params.includes("") || (behind && !/^->./.test(behind))) return undefined;
  const later = /^async<(.+)>$/.exec(behind.slice(2));
  const result = later?.[1] ?? (behind.slice(2) || "()");
  const call = { ...plain, params, async: later !== null };
  const fallible = /^result<(.+)>$/.exec(result);
  if (!fallible) return { ...call, result };
  const [value, error, ...more] = parts(fallible[1]) ?? [];
  return value && error !== "" && more.length === 0 ? { ...call, result: value, fallible: true, error } : undefined;
}

/** A type without the brackets around it. @param {string} type */
export const unwrapped = (type) => (type.startsWith("(") && closing(type, 1) === type.length - 1 ? type.slice(1, -1) : type);
