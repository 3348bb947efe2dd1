// @ts-check
// What a host says that was not given a group which the module needs: which, and the line that imports it.

import { readLines } from "./contract.js";
import { WireError } from "./errors.js";

/** Groups with an entry point of their own; the others are in `imports`. */
const OWN = ["async", "compile", "data", "trace"];

/** Where a group is. @param {string} group its name @returns {string} behind the name of the package */
export const pathOf = (group) => (OWN.includes(group) ? group : `imports/${group}`);

/** Its variable: words that the language has end in `_`. @param {string} group its name */
export const bindingOf = (group) => (/^(?:async|class|function|interface)$/.test(group) ? `${group}_` : group);

/** @param {string} where @param {string[]} groups @param {string[]} [missing] imports */
export const lacking = (where, groups, missing = []) =>
  new WireError("missing-import", where, [...missing, ...groups.map((group) => `the group ${group}, import { ${bindingOf(group)} } from "handwire/${pathOf(group)}"`)].join("; "));

/** The groups whose name is that of their operations, before the underscore. */
export const NOUNS = "array batch bigint bytes closure data date error external function handle interface json object string symbol value".split(" ");

/** The groups of a missing import; none, if that is the embedder's. @param {string} missing `module.name` @returns {string[]} */
export function ownersOf(missing) {
  const [, noun = ""] = /^handwire\.([a-z]+)_/.exec(missing) ?? [];
  if (noun) return /^(?:promise|stream|task)$/.test(noun) ? ["async"] : NOUNS.includes(noun) ? [noun] : [];
  const [declared, word] = /^declared\.(?:async )?(interface |js\.)?/.exec(missing) ?? [];
  return !declared ? [] : word ? ["declared", word === "js." ? "compile" : "interface"] : ["declared"];
}

/** What types look like; what the names of others stand for is in lines. @type {[pattern: RegExp, group: string][]} */
const LOOKS = [
  [/^async |^stream<.*>$/, "async"],
  [/^&mut \[/, "view"],
  [/^\(?&?fn\(/, "closure"],
  [/\?$|^\[|^&?js\./, "types"],
  [/^&?js$/, "handle"],
  [/^data$/, "data"],
  [/^bytes$/, "bytes"],
  [/^char$/, "string"],
  [/^[iu]64$/, "bigint"],
  [/^(?:bool|[iu]\d+|usize|f\d\d)$/, "scalar"],
  [/^(?:&(?:mut )?)?opaque$/, "class"],
  [/^!$/, "error"],
];

/** The group that a type is of; undefined for what is none. @param {WebAssembly.Module} module @param {string} type */
export function homeOf(module, type) {
  const look = LOOKS.find(([pattern]) => pattern.test(type));
  if (look || !type) return look?.[1];
  const name = type.replace(/^!|^&(?:mut )?/, "");
  const lines = readLines(module);
  const home = ["class", "interface", "record", "enum", "type"].find((word) => lines.some((line) => line === `${word} ${name}` || line.startsWith(`${word} ${name} `)));
  return home === "class" || home === "interface" ? home : home && "types";
}
