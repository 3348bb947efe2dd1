// @ts-check
// What a module says of itself, for a person and for tools: its contract, its raw imports and
// exports, the size of each section, and imports that got in by accident, with what to do.

import { parseContract, showType } from "./grammar.js";
import { readModule, showSignature } from "./module.js";
import { utf8 } from "./string.js";

/** @typedef {import("./grammar.js").Contract} Contract */
/** @typedef {import("./module.js").Module} Module */
/** @typedef {{ name: string, type: string }} Field the type as the section writes it */
/** @typedef {{ name: string, kind: string, params?: string[], results?: string[], pages?: import("./module.js").Limits }} Raw */

/**
 * @typedef {object} Inspection
 * @property {number} size in bytes
 * @property {{ exports: Call[], imports: (Call & { module: string, key: string })[], records: { name: string, fields: Field[] }[],
 *   enums: { name: string, variants: string[] }[], aliases: Field[], classes: Class[], interfaces: { name: string, methods: (Call & { detached: boolean })[] }[] } | null} contract null when the module has none
 * @property {(Raw & { module: string })[]} imports
 * @property {Raw[]} exports
 * @property {{ name: string, size: number }[]} sections `size` is that of the content in bytes
 * @property {{ module: string, name: string, advice: string }[]} strays imports that got in by accident
 */
/** @typedef {{ name: string, doc: string, members: (Call & { kind: string, receiver: string })[] }} Class */
/** @typedef {{ name: string, params: Field[], result: string | null, fallible: boolean, error?: string, async?: boolean, doc?: string }} Call */

/** Where imports come from that nobody means to have, and how to get rid of them. @type {[RegExp, string][]} */
const STRAYS = [
  [
    /^__wbindgen_/,
    "a crate here is made for wasm-bindgen, often through a feature of getrandom, chrono, instant or uuid; " +
      "`cargo tree --target wasm32-unknown-unknown -i wasm-bindgen` names it: turn that feature off, or take another crate",
  ],
  [/^wbg$|_bg\.js$/, "this module went through the wasm-bindgen CLI and needs the script that it wrote: take the one that cargo wrote, without wasm-bindgen"],
  [/^wasi_/, "this module is made for WASI: build it for wasm32-unknown-unknown"],
  [
    /^env$/,
    "nobody declared it: an `extern` block without a module name, or a symbol of C that isn't linked; " +
      "declare it with import!, link what defines it, or pass a function of numbers in options.imports.env",
  ],
];

/**
 * The contract of a module, with types as trees.
 * @param {Module} module
 * @returns {Contract | null} null when it has no section
 * @throws {import("./errors.js").WireError} `bad-contract`
 */
export function contractOf({ customs }) {
  const texts = customs.filter(({ name }) => name === "handwire").map(({ bytes }) => utf8.read(bytes, 0, bytes.length));
  return texts.length > 0 ? parseContract(texts) : null;
}

/** Imports that got in by accident. @param {Module} module @returns {Inspection["strays"]} */
export const straysOf = ({ imports }) =>
  imports.flatMap(({ module, name, kind }) => {
    const advice = kind === "function" && STRAYS.find(([pattern]) => pattern.test(module))?.[1];
    return advice ? [{ module, name, advice }] : [];
  });

/**
 * Reads a module.
 * @param {Uint8Array} bytes
 * @returns {Inspection}
 * @throws {Error} when it is no module, or damaged, or its contract can't be read
 */
export function inspect(bytes) {
  const module = readModule(bytes);
  const contract = contractOf(module);
  const field = (/** @type {import("./grammar.js").Field} */ { name, type }) => ({ name, type: showType(type) });
  const call = (/** @type {import("./grammar.js").Call} */ { params, result, fallible, error, async }) => ({ params: params.map(field), result: result && showType(result), fallible, ...(error && { error }), ...(async && { async }) });
  const raw = (/** @type {import("./module.js").Entity & { name: string }} */ { name, kind, type, limits }) => ({ name, kind, ...type, ...(limits && { pages: limits }) });
  return {
    size: bytes.length,
    contract: contract && {
      exports: contract.exports.map((item) => ({ name: item.name, ...call(item), doc: item.doc })),
      imports: contract.imports.map((item) => ({ module: item.module, name: item.name, ...call(item), key: item.key })),
      records: contract.records.map(({ name, fields }) => ({ name, fields: fields.map(field) })),
      enums: contract.enums,
      aliases: contract.aliases.map(field),
      classes: contract.classes.map(({ name, doc }) => ({
        name,
        doc,
        members: contract.members.filter(({ of }) => of === name).map((item) => ({ kind: item.kind, name: item.member, receiver: item.receiver, ...call(item), doc: item.doc })),
      })),
      interfaces: contract.interfaces.map(({ name, methods }) => ({ name, methods: methods.map((method) => ({ name: method.name, ...call(method), detached: method.detached })) })),
    },
    imports: module.imports.map((item) => ({ module: item.module, ...raw(item) })),
    exports: module.exports.map(raw),
    sections: module.sections.map(({ name, bytes }) => ({ name, size: bytes.length })),
    strays: straysOf(module),
  };
}

/** @param {Call & { receiver?: string }} call */
const showDeclared = ({ params, result, fallible, error, async, receiver }) => {
  const wait = async ? "async " : "";
  const arrow = fallible ? ` -> ${wait}result<${result ?? "()"}${error ? `, ${error}` : ""}>` : result || async ? ` -> ${wait}${result ?? "()"}` : "";
  return `(${[receiver, showFields(params)].filter(Boolean).join(", ")})${arrow}`;
};
/** @param {Field[]} fields */
const showFields = (fields) => fields.map(({ name, type }) => `${name}: ${type}`).join(", ");
/** Names and docs come out of a file that anybody may have made: a terminal must not obey them. @param {string} text */
const harmless = (text) => text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`);
/** @param {string} text @param {string} margin */
const indent = (text, margin) => text.split("\n").map((line) => (line ? margin + line : line)).join("\n");

/** @param {Raw} raw */
function showRaw({ kind, params, results, pages }) {
  if (params && results) return ` ${showSignature({ params, results })}`;
  if (!pages) return ` (${kind})`;
  return ` (memory of ${pages.min}${pages.max === undefined ? " or more" : ` to ${pages.max}`} pages)`;
}

/** @param {{ doc?: string }} of */
const showDoc = ({ doc }) => (doc ? [indent(doc, "    ")] : []);

/** @param {NonNullable<Inspection["contract"]>} contract @returns {string[]} */
const showContract = ({ exports, imports, records, enums, aliases, classes, interfaces }) => [
  ...exports.flatMap((item) => [`export ${item.name}${showDeclared(item)}`, ...showDoc(item)]),
  ...classes.flatMap((of) => [`class ${of.name}`, ...showDoc(of), ...of.members.flatMap((item) => [`${item.kind} ${of.name}.${item.name}${showDeclared(item)}`, ...showDoc(item)])]),
  ...imports.map((item) => `import ${item.module}.${item.name}${showDeclared(item)}${item.module === "js" ? `  as ${JSON.stringify(item.key)}` : ""}`),
  ...records.map(({ name, fields }) => `record ${name} { ${showFields(fields)} }`),
  ...enums.map(({ name, variants }) => `enum ${name} { ${variants.join(", ")} }`),
  ...aliases.map(({ name, type }) => `type ${name} = ${type}`),
  ...interfaces.map(({ name, methods }) => `interface ${name} { ${methods.map((method) => `${method.name}${showDeclared(method)}${method.detached ? " detached" : ""}`).join("; ")} }`),
];

/** Each advice once, below the imports that it is for. @param {Inspection["strays"]} strays */
const showStrays = (strays) =>
  [...new Set(strays.map(({ advice }) => advice))].flatMap((advice) => [
    ...strays.filter((stray) => stray.advice === advice).map(({ module, name }) => `${module}.${name}`),
    `    ${advice}`,
  ]);

/**
 * The same for a person.
 * @param {string} file the name of the module
 * @param {Inspection} inspection
 */
export function showInspection(file, { size, contract, imports, exports, sections, strays }) {
  const number = (/** @type {number} */ n) => n.toLocaleString("en");
  const widest = Math.max(0, ...sections.map(({ name }) => name.length));
  const digits = Math.max(0, ...sections.map(({ size }) => number(size).length));
  const parts = [
    ["contract", contract ? showContract(contract) : ["none: there is no contract section, and the exports are functions of numbers"]],
    ["imports", imports.map((item) => `${item.module}.${item.name}${showRaw(item)}`)],
    ["exports", exports.map((item) => `${item.name}${showRaw(item)}`)],
    ["sections, in bytes", sections.map(({ name, size }) => `${name.padEnd(widest)}  ${number(size).padStart(digits)}`)],
    ["stray imports", showStrays(strays)],
  ];
  const shown = parts.filter(([, lines]) => lines.length > 0).map(([title, lines]) => `\n${title}\n${/** @type {string[]} */ (lines).map((line) => indent(line, "  ")).join("\n")}`);
  return harmless([`${file}: ${number(size)} bytes`, ...shown].join("\n"));
}
