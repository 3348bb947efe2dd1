// @ts-check
// What a breach of the contract must look like from outside: the error, the dead instance, and
// everything around it that lives on.

import assert from "node:assert/strict";
import { async_ } from "../../host-js/async.js";
import { data } from "../../host-js/data.js";
import { Host, PanicError, PoisonedError, WireError } from "../../host-js/host.js";

/** @typedef {{ exports: Record<string, (...args: any[]) => any>, raw: Record<string, any>, host: Host }} Instance */

/**
 * An instance, made without waiting.
 * @param {WebAssembly.Module | Uint8Array<ArrayBuffer>} source
 * @param {import("../../host-js/core.js").Options} [options]
 * @returns {Instance}
 */
export function load(source, options) {
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  const host = new Host(module, { ...options, with: [async_, data, ...(options?.with ?? [])] });
  return /** @type {Instance} */ (/** @type {unknown} */ (host.attach(new WebAssembly.Instance(module, host.imports))));
}

/** What a call throws. @param {() => unknown} act @returns {any} */
export function thrownBy(act) {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  return assert.fail("nothing was thrown");
}

/**
 * Calls an export, which must end its instance by a `WireError`.
 * @param {Instance} instance
 * @param {string} name of the export
 * @param {unknown[]} args
 * @param {string} code
 * @param {RegExp} [object] what the message must name
 * @param {string} [where] the operation that the message must name, the export if left out
 * @returns {WireError} the cause
 */
export function breach({ exports, host }, name, args, code, object = /./, where = name) {
  const error = thrownBy(() => exports[name](...args));
  const said = `${name}(${args.map(String).join(", ")}): ${error}`;
  assert.ok(error instanceof PanicError, said);
  assert.equal(error.code, "panic", said);
  const cause = /** @type {WireError} */ (error.cause);
  assert.ok(cause instanceof WireError, `${said}, caused by ${cause}`);
  assert.equal(cause.code, code, said);
  assert.ok(cause.message.startsWith(`${where}: ${code} `), `"${cause.message}" names ${where} and ${code}`);
  assert.match(cause.message, object);
  assert.ok(error.message.includes(cause.message), `"${error.message}" says why`);
  dead(host, error, () => exports[name](...args));
  return cause;
}

/** Looks at an instance that died by an error: all of its exports are closed. @param {Host} host @param {unknown} error @param {() => unknown} again another call */
export function dead(host, error, again) {
  assert.equal(host.dead, error);
  const poisoned = thrownBy(again);
  assert.ok(poisoned instanceof PoisonedError, `after death: ${poisoned}`);
  assert.equal(poisoned.code, "poisoned");
  assert.equal(poisoned.cause, error);
}

/**
 * Calls an export, which must be refused with a `WireError` while the instance lives on.
 * @param {Instance} instance @param {() => unknown} act @param {string} code @param {RegExp} [message]
 */
export function refused({ host }, act, code, message = /./) {
  const error = thrownBy(act);
  assert.ok(error instanceof WireError && !(error instanceof PanicError), String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  assert.equal(host.dead, null, "the instance lives");
}
