// @ts-check
// The text of an ES module that instantiates a wasm module beside it and exports its
// functions by name, and the .d.ts of that module.

import { callable, classNameOf, docComment, isIdentifier, makeDts, needsImports } from "./dts.js";
import { importGroups, neededGroups } from "./needs.js";
import { usesAsync } from "./signature.js";

/** @typedef {import("./grammar.js").Contract} Contract */
/** @typedef {import("./module.js").Module} Module */

/** What the module has names of its own for. */
const OURS = ["instantiate", "glue", "early", "init", "source", "fetch", "URL", "Error"];

/** Names that are the module's own, and can't be those of exports. */
const KEPT = ["default", "$instance"];

/**
 * @param {string} name of an export
 * @returns {{ binding: string, as: string }} the variable, and what it is exported as
 */
function nameOf(name) {
  // Reserved words can be exported, though not be variables.
  const free = isIdentifier(name) && !OURS.includes(name) && !name.startsWith("$");
  return { binding: free ? name : `$${name.replace(/[^A-Za-z0-9_]/g, (char) => `$${char.codePointAt(0)?.toString(16)}`)}`, as: /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name) };
}

/** Whether the guest has inline code, which the host compiles only if it is told to. @param {Contract} contract @param {Module} module */
const hasInline = ({ imports }, module) => imports.some(({ module: from, key }) => from === "js" && module.imports.some(({ name }) => name === key));

/** Whether the host is the package's own, or its file: then its parts are beside it. @param {string} host */
const isOurs = (host) => !/\.m?js$/.test(host) || /(?:^|\/)host\.m?js$/.test(host);

/**
 * What is imported for the module: the host of named groups with those that it needs; from a host of the embedder's own, what no host has by itself.
 * @param {Contract} contract @param {Module} module @param {Sources} sources
 * @returns {{ base: string, lines: string[], names: string[] }} where `instantiate` is, the lines, and the variables of the groups
 */
function importsFor(contract, module, { host, glue, small }) {
  const ours = isOurs(host);
  const needed = ours ? [...neededGroups(contract, module), ...(small ? [] : ["fast"])] : usesAsync(module) ? ["async"] : [];
  if (glue === undefined && hasInline(contract, module)) needed.push("compile");
  if (glue !== undefined && ours) needed.push("kit");
  const { lines, names, at } = importGroups(needed, host);
  if (glue !== undefined) {
    lines.push(`import glue from ${JSON.stringify(glue)};\n`);
    names.push("glue");
  }
  if (ours && !small) lines.push(`import ${JSON.stringify(at("advice"))};\n`);
  return { base: ours ? at("base") : host, lines, names };
}

/**
 * @typedef {object} Sources where the module imports what it needs from
 * @property {string} host "handwire", or a path of `host.js`; any other module that exports `instantiate` is taken as it is
 * @property {string} [glue] where the frozen glue is imported from; if left out, inline code is compiled
 * @property {boolean} [small] without what makes it fast, and without advice in errors
 */

/** @param {Contract} contract @param {Module} module @returns {{ name: string, doc: string, isClass: boolean }[]} */
const exported = (contract, module) =>
  [
    ...callable(contract, module).map(({ name, declared }) => ({ name, doc: declared?.doc ?? "", isClass: false })),
    ...contract.classes.map(({ name, doc }) => ({ name, doc, isClass: true })),
  ].filter(({ name }) => !KEPT.includes(name));

const INIT_DOC = {
  loaded: "Instantiates the module once more. From then on the functions that are exported here are those of the new instance.",
  waiting: "Instantiates the module: call it first. From then on the functions that are exported here are those of the new instance.",
};

/**
 * The text of the ES module. The functions are bound when it is loaded, or by its default export if the wasm module needs imports.
 * @param {string} wasm the name of the wasm file, beside it
 * @param {Contract} contract which has no problems
 * @param {Module} module
 * @param {Sources} sources
 */
export function makeEsm(wasm, contract, module, sources) {
  const waits = needsImports(contract, module);
  const { base, lines, names } = importsFor(contract, module, sources);
  const functions = exported(contract, module).map((item) => ({ ...item, ...nameOf(item.name) }));
  const bound = functions.map(({ name, binding, doc }) => ({
    text: `${docComment(doc)}${name === binding ? "export " : ""}let ${binding}${waits ? ` = early(${JSON.stringify(name)})` : ""};\n`,
    renamed: name === binding ? "" : `${binding} as ${nameOf(name).as}`,
    assigned: `  ${binding} = exports[${JSON.stringify(name)}];\n`,
  }));
  const renamed = bound.flatMap(({ renamed }) => (renamed ? [renamed] : []));
  const parts = [
    `// Made by \`handwire esm\` from ${JSON.stringify(wasm)}: instantiates it, and exports its functions.\n`,
    `import { instantiate } from ${JSON.stringify(base)};\n${lines.join("")}`,
    waits ? `/** @param {string} name */\nconst early = (name) => function () {\n  throw new Error(\`\${name}: await the default export of this module first: init({ imports })\`);\n};\n` : "",
    bound.map(({ text }) => text).join("") + (renamed.length > 0 ? `export { ${renamed.join(", ")} };\n` : ""),
    `/** The instance of those functions, as \`{ exports, raw, host }\`. */\nexport let $instance;\n`,
    `${docComment(waits ? INIT_DOC.waiting : INIT_DOC.loaded)}export default async function init(options) {\n` +
      `  $instance = await instantiate(source(), ${names.length > 0 ? `{ ...options, with: [${names.join(", ")}, ...(options?.with ?? [])] }` : "options"});\n` +
      (bound.length > 0 ? `  const { exports } = $instance;\n${bound.map(({ assigned }) => assigned).join("")}` : "") +
      `  return $instance;\n}\n`,
    `/** The bytes: a page fetches them, Node reads the file. */\nasync function source() {\n` +
      `  const url = new URL(${JSON.stringify(`./${wasm.split("/").map(encodeURIComponent).join("/")}`)}, import.meta.url);\n` +
      `  if (url.protocol !== "file:") return fetch(url);\n` +
      `  // A name in a variable, so that no bundler looks for it.\n` +
      `  const fs = "node:fs/promises";\n` +
      `  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ fs);\n` +
      `  return readFile(url);\n}\n`,
    waits ? "" : "await init();\n",
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/**
 * The .d.ts of that module: the types, and the functions as values.
 * @param {string} wasm
 * @param {Contract} contract
 * @param {Module} module
 * @param {Sources} sources
 */
export function makeEsmDts(wasm, contract, module, sources) {
  const waits = needsImports(contract, module);
  const { base } = importsFor(contract, module, sources);
  const values = exported(contract, module).map(({ name, doc, isClass }) => {
    const { binding, as } = nameOf(name);
    if (isClass) return classNameOf(contract, name) === as ? "" : `export { ${classNameOf(contract, name)} as ${as} };\n`;
    const value = `const ${binding}: Exports[${JSON.stringify(name)}];\n`;
    return docComment(doc) + (name === binding ? `export ${value}` : `declare ${value}export { ${binding} as ${as} };\n`);
  });
  const options = waits ? "options: Options & { imports: Imports }" : "options?: Options";
  return [
    makeDts(wasm, contract, module).replace("`handwire types`", "`handwire esm`"),
    `import type { Instance, Options } from ${JSON.stringify(base)};\n`,
    values.join(""),
    `/** The instance of those functions. */\nexport const $instance: Instance<Exports>;\n`,
    `${docComment(waits ? INIT_DOC.waiting : INIT_DOC.loaded)}export default function init(${options}): Promise<Instance<Exports>>;\n`,
  ].join("\n");
}
