// @ts-check
// Whether a module can run on this version of the host: what `handwire check` finds, without
// running any of it.

import { Host, WireError } from "../host.js";
import { contractOf, straysOf } from "../inspect.js";
import { contractProblems } from "../signature.js";

/** @typedef {import("../module.js").Module} Module */

/** What the runtime's own exports have to be. @type {Record<string, [number, number]>} parameters and results */
const RUNTIME = { hw_info: [0, 1], hw_alloc: [2, 1], hw_free: [3, 0] };

/**
 * @typedef {object} Verdict
 * @property {string[]} problems whatever keeps the module from running here, one line each
 * @property {string[]} needs what the embedder has to supply: `module.name`
 */

/** @param {unknown} error */
const message = (error) => (error instanceof Error ? error.message : String(error));

/**
 * What the host itself says, from everything that it does before a call but the handshake, which runs the guest.
 * @param {WebAssembly.Module} compiled
 * @returns {string[]}
 */
function hostProblems(compiled) {
  const supplied = () => Object.create(null);
  /** @type {Record<string, Record<string, any>>} */
  const imports = supplied();
  for (const { module, name, kind } of WebAssembly.Module.imports(compiled))
    if (module !== "handwire" && module !== "declared") (imports[module] ??= supplied())[name] = kind === "function" ? () => 0 : new WebAssembly.Memory({ initial: 0 });
  const exports = WebAssembly.Module.exports(compiled).filter(({ name, kind }) => kind === "function" && name !== "hw_info");
  try {
    new Host(compiled, { imports }).attach({ exports: Object.fromEntries(exports.map(({ name }) => [name, () => 0])) });
    return [];
  } catch (error) {
    return [message(error)];
  }
}

/**
 * @param {Module} module
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Verdict>}
 */
export async function check(module, bytes) {
  /** @type {import("../grammar.js").Contract | null} */
  let contract;
  try {
    contract = contractOf(module);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { problems: [error.message], needs: [] };
  }
  const runtime = module.exports.flatMap(({ name, type }) => {
    const [params, results] = RUNTIME[name] ?? [];
    const right = type && type.params.length === params && type.results.length === results && [...type.params, ...type.results].every((wire) => wire === "i32");
    return params === undefined || right ? [] : [`the export ${name} isn't the function that WIRE.md, section 2, says`];
  });
  const wbindgen = straysOf(module).filter((stray) => stray.module.startsWith("__wbindgen_"));
  const strays = wbindgen.length > 0 ? [`${wbindgen.length} imports of wasm-bindgen, which nobody can supply: ${wbindgen[0].advice}`] : [];
  const own = [...runtime, ...strays, ...(contract ? contractProblems(contract, module) : [])];
  const inline = contract?.imports.filter((call) => call.module === "js").map(({ key }) => key) ?? [];
  const needs = module.imports.flatMap(({ module: from, name }) => {
    const declared = from === "declared" && contract?.imports.find(({ key }) => key === name);
    if (declared) return inline.includes(name) ? [] : [`${declared.module}.${declared.name}`];
    return from === "handwire" ? [] : [`${from}.${name}`];
  });
  // The host stops at its first problem, and names it in its own words: it is asked last.
  const problems = own.length > 0 ? own : hostProblems(await WebAssembly.compile(bytes));
  return { problems, needs: [...new Set(needs)] };
}
