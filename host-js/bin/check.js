// @ts-check
// Whether a module can run on this version of the host: what `handwire check` finds, without
// running any of it.

import { async_ } from "../async.js";
import { data } from "../data.js";
import { sourceOf } from "../declared.js";
import { inlineText } from "../glue.js";
import { parseContract } from "../grammar.js";
import { Host, WireError } from "../host.js";
import { contractOf, straysOf } from "../inspect.js";
import { showSignature } from "../module.js";
import { contractProblems, usesAsync } from "../signature.js";

/** @typedef {import("../module.js").Module} Module */
/** @typedef {import("../grammar.js").Import} Call */

/** What the runtime's own exports have to be, but for those that take floats. @type {Record<string, [number, number]>} parameters and results */
const RUNTIME = { hw_info: [0, 1], hw_alloc: [2, 1], hw_free: [3, 0], hw_drop: [1, 0], hw_call: [5, 1], hw_call4i: [5, 1], hw_settle: [3, 1], hw_run: [0, 0], hw_cancel: [1, 0], hw_tasks: [0, 1], hw_next: [1, 1], hw_close: [1, 0] };
/** Those that take floats. @type {Record<string, string>} */
const FLOATS = { hw_call4: "(i32, f64, f64, f64, f64) -> f64", hw_settle_number: "(i32, f64) -> i32" };

/** Where WIRE.md has an export of the runtime. @param {string} name */
const sectionOf = (name) => (["hw_info", "hw_alloc", "hw_free"].includes(name) ? 2 : ["hw_drop", "hw_call", "hw_call4", "hw_call4i"].includes(name) ? 11 : 12);

/**
 * @typedef {object} Verdict
 * @property {string[]} problems whatever keeps the module from running here, one line each
 * @property {string[]} needs what the embedder has to supply: `module.name`
 */

/** Any value that is data, as the contract's types have it. @type {import("../grammar.js").Plain} */
const DATA = { is: "plain", name: "data" };

/** @param {unknown} error */
const message = (error) => (error instanceof Error ? error.message : String(error));

/** Stands for the compiler of inline code, which `check` must not run. @type {import("../core.js").Group} */
const uncompiled = { name: "uncompiled", imports: () => ({}), inline: () => () => undefined };

/**
 * What the host itself says, from everything that it does before a call but the handshake, which runs the guest.
 * @param {WebAssembly.Module} compiled
 * @param {Call[]} declared imports
 * @returns {string[]}
 */
function hostProblems(compiled, declared) {
  const supplied = () => Object.create(null);
  /** @type {Record<string, Record<string, any>>} */
  const imports = supplied();
  for (const { module, name } of declared) if (module !== "js") (imports[module] ??= supplied())[name] = () => undefined;
  for (const { module, name, kind } of WebAssembly.Module.imports(compiled))
    if (module !== "handwire" && module !== "declared") (imports[module] ??= supplied())[name] = kind === "memory" ? new WebAssembly.Memory({ initial: 0 }) : () => 0;
  const exports = WebAssembly.Module.exports(compiled).filter(({ name, kind }) => kind === "function" && name !== "hw_info");
  try {
    new Host(compiled, { imports, with: [uncompiled, async_, data] }).attach({ exports: Object.fromEntries(exports.map(({ name }) => [name, () => 0])) });
    return [];
  } catch (error) {
    return [message(error)];
  }
}

/** Inline code that doesn't parse. It is not run: a function's text is only read. @param {Call[]} inline @returns {string[]} */
const inlineProblems = (inline) =>
  inline.flatMap(({ name, key, params }) => {
    try {
      inlineText(key, params.length);
      return [];
    } catch (error) {
      return [`the inline code of js.${name} doesn't parse: ${message(error)}: ${sourceOf(key)}`];
    }
  });

/**
 * @param {Module} module
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Verdict>}
 */
export async function check(module, bytes) {
  let contract;
  try {
    // A module that declares nothing can run, too.
    contract = contractOf(module) ?? parseContract([]);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { problems: [error.message], needs: [] };
  }
  const runtime = module.exports.flatMap(({ name, type }) => {
    const [params, results] = RUNTIME[name] ?? [];
    if (FLOATS[name] && type && showSignature(type) !== FLOATS[name]) return [`the export ${name} isn't the function that WIRE.md, section ${sectionOf(name)}, says`];
    const right = type && type.params.length === params && type.results.length === results && [...type.params, ...type.results].every((wire) => wire === "i32");
    return params === undefined || right ? [] : [`the export ${name} isn't the function that WIRE.md, section ${sectionOf(name)}, says`];
  });
  const wbindgen = straysOf(module).filter((stray) => stray.module.startsWith("__wbindgen_"));
  const strays = wbindgen.length > 0 ? [`${wbindgen.length} imports of wasm-bindgen, which nobody can supply: ${wbindgen[0].advice}`] : [];
  const { imports: declared } = contract;
  const inline = declared.filter(({ module: from, key }) => from === "js" && module.imports.some(({ name }) => name === key));
  const own = [...runtime, ...strays, ...contractProblems(contract, module), ...inlineProblems(inline)];
  const needs = module.imports.flatMap(({ module: from, name }) => {
    const call = from === "declared" && declared.find(({ key }) => key === name);
    if (call) return call.module === "js" ? ["options.with: [compile] for its inline code"] : [`${call.module}.${call.name}`];
    // Methods of interfaces are the host's own.
    return from === "handwire" || (from === "declared" && name.startsWith("interface ")) ? [] : [`${from}.${name}`];
  });
  // The host stops at its first problem, and names it in its own words: it is asked last.
  const problems = own.length > 0 ? own : hostProblems(await WebAssembly.compile(bytes), declared);
  if (usesAsync(module)) needs.push("options.with: [async_] for its async functions");
  if (JSON.stringify(contract).includes(JSON.stringify(DATA))) needs.push("options.with: [data] for what serde carries");
  return { problems, needs: [...new Set(needs)] };
}
