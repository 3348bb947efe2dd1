// @ts-check
// Which group an import or a type of the contract is of, by its looks: for hosts that weren't given it.

import { readLines } from "./contract.js";

/** The groups whose name is that of their operations, before the underscore. */
export const NOUNS = "array batch bigint bytes closure data date error external function handle interface json object string symbol value".split(" ");

/** The groups of a missing import; none, if that is the embedder's. @param {string} missing `module.name` @returns {string[]} */
export function ownersOf(missing) {
  const [, noun = ""] = /^handwire\.([a-z]+)_/.exec(missing) ?? [];
  if (noun) return /^(?:promise|stream|task)$/.test(noun) ? ["async"] : NOUNS.includes(noun) ? [noun] : [];
  const [declared, word] = /^declared\.(?:async )?(interface |js\.)?/.exec(missing) ?? [];
  return !declared ? [] : word ? ["declared", word === "js." ? "compile" : "interface"] : ["declared"];
}

/** What types look like, by their group; what the names of others stand for is in lines. @type {Record<string, RegExp>} */
const LOOKS = {
  async: /^async |^stream<.*>$/,
  view: /^&mut \[/,
  closure: /^\(?&?fn\(/,
  types: /\?$|^\[|^&?js\./,
  handle: /^&?js$/,
  data: /^data$/,
  bytes: /^bytes$/,
  string: /^char$/,
  bigint: /^[iu]64$/,
  scalar: /^(?:bool|[iu]\d+|usize|f\d\d)$/,
  class: /^(?:&(?:mut )?)?opaque$/,
  error: /^!$/,
};

/** The group that a type is of; undefined for what is none. @param {WebAssembly.Module} module @param {string} type @returns {string | undefined} */
export function homeOf(module, type) {
  const [, name] = /^(?:!|&(?:mut )?)?(\w+)$/.exec(type) ?? [];
  const [, word] = new RegExp(`^(class|interface|record|enum|type) ${name}(?: |$)`, "m").exec(readLines(module).join("\n")) ?? [];
  return Object.keys(LOOKS).find((group) => LOOKS[group].test(type)) ?? (/^[ret]/.test(word) ? "types" : word);
}
