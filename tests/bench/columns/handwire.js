// @ts-check
// The column `handwire`: the default facade of the full host.

import { Host, instantiate } from "../../../host-js/host.js";
import * as user from "./user.js";

/** @type {import("./column.js").Open} */
export const open = (modules) => openWith(modules, []);

/** @param {import("./column.js").Modules} modules @param {import("../../../host-js/core.js").Group[]} groups */
export async function openWith({ guest, hello }, groups) {
  const env = {
    add: user.add,
    add_i64: user.addI64,
    take_text: (/** @type {number} */ ptr, /** @type {number} */ len) => user.takeText(host.text(ptr, len)),
    take_bytes: (/** @type {number} */ ptr, /** @type {number} */ len) => user.takeBytes(host.bytes(ptr, len)),
  };
  const { exports, host } = await instantiate(guest, { imports: { env }, with: groups });
  exports.start = () => {
    const module = /** @type {WebAssembly.Module} */ (hello);
    const fresh = new Host(module, { with: groups });
    return fresh.attach(new WebAssembly.Instance(module, fresh.imports)).exports.greet;
  };
  return { calls: exports, user };
}
