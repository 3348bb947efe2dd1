// @ts-check
// The column `handwire`: the default facade of the full host.

import { async_ } from "../../../host-js/async.js";
import { data } from "../../../host-js/data.js";
import { Host, instantiate } from "../../../host-js/host.js";
import * as user from "./user.js";

/** @type {import("./column.js").Open} */
export const open = (modules) => openWith(modules, []);

/** @typedef {import("./user.js").Point} Point */

/** What typed bindings are to a user: a function of the embedder's for each. */
const point = {
  x: (/** @type {Point} */ point) => point.x,
  set_x(/** @type {Point} */ point, /** @type {number} */ x) {
    point.x = x;
  },
  scaled: (/** @type {Point} */ point, /** @type {number} */ factor) => point.scaled(factor),
};

/** @param {import("./column.js").Modules} modules @param {import("../../../host-js/core.js").Group[]} groups */
export async function openWith({ guest, hello }, groups) {
  const env = {
    add: user.add,
    add_i64: user.addI64,
    take_text: user.takeText,
    take_bytes: (/** @type {number} */ ptr, /** @type {number} */ len) => user.takeBytes(host.bytes(ptr, len)),
    attempt_ok: user.attemptOk,
    attempt_ready: user.attemptReady,
    attempt_new: user.attemptNew,
  };
  const { exports, host } = await instantiate(guest, { imports: { env, point, calls: { call_with: user.callWith, call_lent: user.callWith } }, with: [async_, data, ...groups] });
  exports.start = () => {
    const module = /** @type {WebAssembly.Module} */ (hello);
    const fresh = new Host(module, { with: groups });
    return fresh.attach(new WebAssembly.Instance(module, fresh.imports)).exports.greet;
  };
  return { calls: exports, user };
}
