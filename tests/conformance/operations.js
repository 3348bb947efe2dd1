// @ts-check
// Runs the vectors of the operations: through a guest whose exports are the operations, so that
// every wire really crosses.

import assert from "node:assert/strict";
import { breach, load, thrownBy } from "../hostile/breach.js";
import { everyOperation } from "../support/wat.js";
import { operations } from "../support/wire.js";
import { bytesOf, make, same } from "./value.js";

/** @typedef {import("./value.js").Json} Json */
/** @typedef {Record<string, any>} Forms bytes by their address */
/**
 * @typedef {object} Call
 * @property {string} call the operation
 * @property {Json[]} with its wires
 * @property {Json} [gives]
 * @property {string} [as]
 * @property {Forms} [memory] afterwards
 * @property {Json} [thrown]
 * @property {string[]} [ends] handles that are stale afterwards
 * @property {string} [breach]
 * @property {boolean} [trap] in place of `call`: the guest traps
 * @property {string} [message]
 * @typedef {{ name: string, values?: Record<string, Json>, memory?: Forms, calls: Call[] }} Vector
 */

/** What the guest implements of its interface, under both names. */
const methods = ["I.f", "I@a::b.f"].map((name) => `(func (export "${name}") (param i32 f64) (result f64) local.get 1)`).join("\n");
const module = new WebAssembly.Module(everyOperation(`
  ${methods}
  (func (export "trap") unreachable)
  (func (export "hw_call4i") (param i32 i32 i32 i32 i32) (result i32)
    (i32.store (i32.const 4096) (local.get 0))
    (i32.store (i32.const 4104) (local.get 1))
    (i32.store (i32.const 4108) (local.get 2))
    (i32.store (i32.const 4112) (local.get 3))
    (i32.store (i32.const 4116) (local.get 4))
    (i32.load (i32.const 4136)))
  (func (export "hw_call4") (param i32 f64 f64 f64 f64) (result f64)
    (i32.store (i32.const 4096) (local.get 0))
    (f64.store (i32.const 4104) (local.get 1))
    (f64.store (i32.const 4112) (local.get 2))
    (f64.store (i32.const 4120) (local.get 3))
    (f64.store (i32.const 4128) (local.get 4))
    (f64.load (i32.const 4136)))
  (func (export "hw_call") (param i32 i32 i32 i32 i32) (result i32)
    (i32.store (i32.const 4096) (local.get 0))
    (memory.copy (i32.const 4104) (local.get 1) (i32.const 32))
    (i32.store (i32.const 4144) (local.get 2))
    (i32.store (i32.const 4148) (i32.ne (local.get 3) (i32.const 0)))
    (i32.store (i32.const 4152) (local.get 4))
    (i32.load (i32.const 4156)))
  (func (export "hw_drop") (param i32) (i32.store (i32.const 4096) (local.get 0)))`, { contract: "interface I { f(n: f64) -> f64 }" }));
const signatures = new Map(operations().map((operation) => [operation.name, operation]));

/** @param {Vector} vector */
export function runOperation({ values = {}, memory = {}, calls }) {
  const instance = load(module, { global: {}, extras: {}, onError() {} });
  const { host, exports } = instance;
  /** @type {Record<string, number>} */
  const handles = {};
  /** @type {Record<string, unknown>} */
  const names = {};
  for (const [name, json] of Object.entries(values)) {
    names[name] = make(json, names);
    handles[name] = host.handle(names[name]);
  }
  let live = host.handles.live;
  for (const [at, form] of Object.entries(memory)) {
    const bytes = bytesOf(form, handles);
    host.bytes(Number(at), bytes.length).set(bytes);
  }

  for (const call of calls) {
    if (call.trap) {
      assert.equal(thrownBy(() => exports.trap()).message, `trap: panic ${call.message}`);
      return;
    }
    const { types } = signatures.get(call.call) ?? assert.fail(`no operation ${call.call}`);
    assert.equal(call.with.length, types.length, `${call.call} takes ${types.length} wires`);
    const wires = call.with.map((wire, i) => (typeof wire === "string" && wire.startsWith("$") ? handles[wire.slice(1)] : types[i] === "i64" ? BigInt(wire) : make(wire)));
    if (call.breach) {
      breach(instance, call.call, wires, call.breach);
      return;
    }
    const wire = exports[call.call](...wires);
    if (call.gives === undefined) assert.equal(wire, undefined, call.call);
    else live += given(call, wire);
    if ("thrown" in call) {
      const handle = exports.error_take();
      same(host.value(handle), call.thrown, "what was thrown");
      if (handle >>> 0 > 7) exports.handle_release(handle);
      assert.equal(exports.error_take(), 1, "it is taken once");
    }
    for (const name of call.ends ?? []) {
      assert.equal(thrownBy(() => host.value(handles[name])).code, "stale-handle", `${name} is stale`);
      live--;
    }
    for (const [at, form] of Object.entries(call.memory ?? {})) {
      const want = bytesOf(form, handles);
      const got = host.bytes(Number(at), want.length);
      if (form.f64?.some((/** @type {Json} */ number) => number.number === "NaN")) assert.ok(Number.isNaN(new DataView(got.slice().buffer).getFloat64(0, true)));
      else assert.deepEqual(got, want, `memory at ${at}`);
    }
    assert.equal(host.handles.live, live, `handles alive after ${call.call}`);
  }

  /** Looks at a result. @param {Call} call @param {any} wire @returns {number} how many handles it made */
  function given({ call, gives, as }, wire) {
    if (typeof gives !== "object" || gives === null) {
      assert.equal(wire, gives, call);
      return 0;
    }
    if ("f64" in gives) {
      same(wire, gives.f64, call);
      return 0;
    }
    const value = host.value(wire);
    if ("same" in gives) {
      assert.equal(value, names[gives.same], call);
      assert.notEqual(wire, handles[gives.same], "a handle of its own");
    } else same(value, gives.handle, call);
    if (as) {
      names[as] = value;
      handles[as] = wire;
    }
    return wire >>> 0 > 7 ? 1 : 0;
  }
}
