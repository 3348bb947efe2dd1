// @ts-check
// Which groups of the host a module needs, read off its imports and its contract. For tools; a host that was given too
// few names what is missing when it is.

import { NOUNS } from "./homes.js";
import { bindingOf, pathOf } from "./lacking.js";
import { utf8 } from "./string.js";

/** @typedef {import("./grammar.js").Contract} Contract */
/** @typedef {import("./grammar.js").Type} Type */
/** @typedef {import("./grammar.js").Call} Call */
/** @typedef {import("./module.js").Module} Module */

/** The groups of the types that are whole words; text needs none. @type {Record<string, string>} */
const PLAIN = { str: "", data: "data", bytes: "bytes", char: "string", i64: "bigint", u64: "bigint" };

/**
 * @param {Contract} contract
 * @param {Module} module
 * @returns {string[]} their names, sorted; without the groups for speed and debug mode, which no guest needs, and that for inline code, of which there are two
 */
export function neededGroups(contract, module) {
  /** @type {Set<string>} */
  const needed = new Set();
  /** Records, enums and aliases that were looked into. @type {Set<string>} */
  const seen = new Set();
  const add = (/** @type {string} */ group) => void (group && needed.add(group));
  const name = (/** @type {string} */ name) => {
    if (name === "opaque" || contract.classes.some((declared) => declared.name === name)) return add("class");
    if (contract.interfaces.some((declared) => declared.name === name)) return add("interface");
    add("types");
    if (seen.has(name)) return;
    seen.add(name);
    const fields = contract.records.filter((declared) => declared.name === name).flatMap(({ fields }) => fields);
    const aliases = contract.aliases.filter((declared) => declared.name === name);
    for (const { type } of [...fields, ...aliases]) add_type(type);
    // The number of a variant.
    if (contract.enums.some((declared) => declared.name === name)) add("scalar");
  };
  const add_type = (/** @type {Type} */ type) => {
    if (type.is === "plain") add(PLAIN[type.name] ?? "scalar");
    else if (type.is === "js") add("handle"), add(type.nature && "types");
    else if (type.is === "stream") add("async"), add("handle"), add_type(type.of);
    else if (type.is === "lent") add("view");
    else if (type.is === "name") name(type.name);
    else if (type.is === "function") add("closure"), add("handle"), call(type);
    else add("types"), add_type(type.of);
  };
  const call = (/** @type {{ params: (Type | { type: Type })[], result: Type | null, fallible: boolean, error?: string, async?: boolean }} */ { params, result, fallible, error, async }) => {
    for (const param of params) add_type("type" in param ? param.type : param);
    if (result) add_type(result);
    if (error) name(error);
    // What an export throws is in no line: it may be a chain of causes.
    if (fallible) add("error");
    if (async) add("async");
  };

  for (const { module: from, name } of module.imports) {
    const noun = from === "handwire" ? (/^([a-z]+)_/.exec(name)?.[1] ?? "") : "";
    if (name !== "error_panic" && NOUNS.includes(noun)) add(noun);
    else if (/^(?:promise|stream|task)$/.test(noun)) add("async");
    if (from === "declared") add("declared"), add(name.startsWith("interface ") ? "interface" : "");
  }
  for (const declared of contract.exports) call(declared);
  for (const declared of contract.members) call(declared);
  for (const declared of contract.imports) if (module.imports.some(({ module: from, name }) => from === "declared" && name === declared.key)) call(declared);
  if (contract.classes.length > 0 || contract.members.length > 0) add("class");
  if (needed.has("interface")) for (const { methods } of contract.interfaces) for (const method of methods) call(method);
  if (needed.has("closure")) for (const word of closureWords(module)) word in PLAIN ? add(PLAIN[word]) : /^(?:bool|[iuf]\d\d?|usize)$/.test(word) ? add("scalar") : closureWord(word, contract, add, name);
  return [...needed].sort();
}

/** The rest of what stands in the type of a closure. @param {string} word @param {Contract} contract @param {(group: string) => void} add @param {(name: string) => void} name */
function closureWord(word, contract, add, name) {
  if (word === "js") add("handle");
  else if (word === "result") add("error");
  else if (word === "async" || word === "stream") add("async");
  else if (/^[?[.]$/.test(word)) add("types");
  else if ([...contract.records, ...contract.enums, ...contract.aliases, ...contract.classes, ...contract.interfaces].some((declared) => declared.name === word)) name(word);
}

/**
 * The words in the types of closures, and what makes other types of types. These texts stand in the module's data, and nothing says where: whatever
 * looks like one counts.
 * @param {Module} module
 */
function closureWords({ sections }) {
  const data = sections.filter(({ name }) => name === "data").map(({ bytes }) => utf8.read(bytes, 0, bytes.length)).join(" ");
  return new Set([...data.matchAll(/fn\([\w.,()[\]<>?&-]*/g)].flatMap(([text]) => text.match(/\w+|[?[]|(?<=js)\./g) ?? []));
}

/**
 * The lines that import groups, under names that no export of a module has.
 * @param {string[]} groups @param {string} host "handwire", or the path of its `host.js`
 * @returns {{ lines: string[], names: string[], at: (path: string) => string }} `at` is where any part of the host is
 */
export function importGroups(groups, host) {
  const folder = host.replace(/[^/]*\.m?js$/, "");
  const extension = /\.m?js$/.exec(host)?.[0] ?? "";
  const at = (/** @type {string} */ path) => (extension ? `${folder}${path}${extension}` : `${host}/${path}`);
  return {
    lines: groups.map((group) => `import { ${bindingOf(group)} as $$${group} } from ${JSON.stringify(at(pathOf(group)))};\n`),
    names: groups.map((group) => `$$${group}`),
    at,
  };
}
