// @ts-check
// Runs the vectors that are about a module as a whole: its info record, its contract section,
// and the arguments and results of a declared export.

import assert from "node:assert/strict";
import { PanicError, WireError } from "../../host-js/host.js";
import { load, thrownBy } from "../hostile/breach.js";
import { data, info, wat } from "../support/wat.js";
import { bytesOf, fromHex, make, same } from "./value.js";

/** @typedef {import("./value.js").Json} Json */

/** An error that ends nothing. @param {unknown} error @param {string} code */
function refusal(error, code) {
  assert.ok(error instanceof WireError && !(error instanceof PanicError), String(error));
  assert.equal(error.code, code);
}

/** @param {{ at: number, memory: Record<string, Json>, gives?: { arena: [number, number], return: number }, error?: string }} vector */
export function runInfo({ at, memory, gives, error }) {
  const segments = Object.entries(memory).map(([at, form]) => data(Number(at), bytesOf(form)));
  const bytes = wat(`(func (export "hw_info") (result i32) (i32.const ${at | 0})) ${segments.join("\n")}`);
  if (error) return refusal(thrownBy(() => load(bytes)), error);
  const { guest } = load(bytes).host;
  assert.deepEqual({ arena: [guest.memory.top, guest.memory.end - guest.memory.top], return: guest.returnSlot }, gives);
}

/** @param {{ sections: (string | { hex: string })[], exports: string[], gives?: Record<string, string[]>, error?: string }} vector */
export function runContract({ sections, exports, gives, error }) {
  const contract = sections.map((section) => (typeof section === "string" ? section : fromHex(section.hex)));
  const bytes = wat(exports.map((name) => `(func (export "${name}") (result i32) (i32.const 3))`).join("\n"), { contract });
  if (error) return refusal(thrownBy(() => load(bytes)), error);
  const instance = load(bytes);
  assert.deepEqual(Object.keys(instance.exports).sort(), [...exports].sort());
  for (const name of exports) {
    const params = gives?.[name];
    if (!params) assert.equal(instance.exports[name]("no", "check"), 3, `${name} is a function of numbers`);
    else {
      assert.equal(instance.exports[name].length, params.length);
      const error = thrownBy(() => instance.exports[name](...params, "one too many"));
      assert.ok(error instanceof TypeError, `${name} is declared`);
      if (params.length > 0) assert.match(thrownBy(() => instance.exports[name](...params.map(() => Symbol()))).message, new RegExp(`^${name}: ${params[0]} `));
    }
  }
}

/** The wasm type of each type's wires. @param {string} type */
const wiresOf = (type) => (/^[iu]64$/.test(type) ? ["i64"] : /^f\d/.test(type) ? [type] : /^(str|bytes|data|\[.*\])$/.test(type) ? ["i32", "i32"] : ["i32"]);

/**
 * @typedef {object} ExportVector
 * @property {string} declares
 * @property {string[]} [lines] more of the contract
 * @property {Json[]} with the arguments
 * @property {Json[]} [wires] what the guest gets
 * @property {Record<string, Json>} [memory] what it finds
 * @property {Record<string, Json>} [writes] what it writes
 * @property {Json} [returns] its wasm result
 * @property {Json} [gives]
 * @property {Json} [throws]
 * @property {string} [breach]
 * @property {string} [error]
 * @property {number} [live]
 */

/** Of a guest with a class A: ids from 1 on. */
const CLASS = `(global $last (mut i32) (i32.const 0)) (func (export "hw_drop") (param i32))
  (func (export "A.new") (result i32) (global.set $last (i32.add (global.get $last) (i32.const 1))) (global.get $last))`;

/** @param {ExportVector} vector */
export function runExport({ declares, lines = [], with: values, wires, memory = {}, writes = {}, returns, gives, throws, breach, error, live }) {
  const [, list, result] = /^export f\((.*?)\)(?: -> (.*))?$/.exec(declares) ?? assert.fail(declares);
  const params = list === "" ? [] : list.split(", ").flatMap((param) => wiresOf(param.split(": ")[1]));
  const direct = result === undefined || result === "str" || result === "bytes" ? [] : wiresOf(result.startsWith("result<") ? "i32" : result);
  const type = `(param ${params.join(" ")}) ${direct.length > 0 ? `(result ${direct[0]})` : ""}`;
  const bytes = wat(`(import "env" "f" (func $f ${type})) ${info()} (func (export "f") ${type} ${params.map((_, i) => `(local.get ${i})`).join(" ")} (call $f))
    ${lines.length > 0 ? CLASS : ""}`, { contract: [declares, ...lines].join("\n") });
  let entered = 0;
  const f = (/** @type {any[]} */ ...got) => {
    entered++;
    assert.equal(got.length, wires?.length, "as many wires");
    wires?.forEach((wire, i) => {
      if (wire?.handle !== undefined) same(host.value(got[i]), wire.handle, `wire ${i}`, known);
      else if (wire !== "any") same(got[i], wire, `wire ${i}`);
    });
    for (const [at, form] of Object.entries(memory)) assert.deepEqual(host.bytes(Number(at), bytesOf(form).length), bytesOf(form), `memory at ${at}`);
    for (const [at, form] of Object.entries(writes)) host.bytes(Number(at), bytesOf(form, { 0: got[0] }).length).set(bytesOf(form, { 0: got[0] }));
    return returns === "$0" ? got[0] : make(returns);
  };
  const { exports, host } = load(bytes, { imports: { env: { f } } });
  /** @type {any} */
  const { A } = exports;
  /** @type {Record<string, any>} */
  const known = A ? { a: new A(), b: new A(), freed: new A() } : {};
  known.freed?.free();
  known.g = make({ function: "first" });
  known.object = { g: known.g };
  const args = values.map((json) => make(json, known));
  const call = () => exports.f(...args);

  if (error) {
    const thrown = thrownBy(call);
    assert.ok(thrown.name === error || thrown.code === error, String(thrown));
    assert.equal(host.dead, null);
  } else if (breach) {
    const thrown = thrownBy(call);
    assert.ok(thrown instanceof PanicError, String(thrown));
    assert.equal(/** @type {any} */ (thrown.cause).code, breach);
  } else if (throws !== undefined) same(thrownBy(call), throws, "what is thrown");
  else same(call(), gives === undefined ? { undefined: true } : gives, "what the call gives", known);
  assert.equal(entered, error ? 0 : 1, "the guest runs once, and not at all when the call is refused");
  if (error || live !== undefined) assert.equal(host.handles.live, live ?? 0, "handles alive");
}
