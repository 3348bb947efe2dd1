// @ts-check
// The column `handwire`: the default facade of the full host.

import { Host, instantiate } from "../../../host-js/host.js";
import * as user from "./user.js";

/** @type {import("./column.js").Open} */
export async function open({ guest, hello }) {
  const env = {
    add: user.add,
    add_i64: user.addI64,
    take_text: (/** @type {number} */ ptr, /** @type {number} */ len) => user.takeText(host.text(ptr, len)),
    take_bytes: (/** @type {number} */ ptr, /** @type {number} */ len) => user.takeBytes(host.bytes(ptr, len)),
  };
  const { exports, host } = await instantiate(guest, { imports: { env } });
  exports.start = () => {
    const module = /** @type {WebAssembly.Module} */ (hello);
    const fresh = new Host(module);
    return fresh.attach(new WebAssembly.Instance(module, fresh.imports)).exports.greet;
  };
  return { calls: exports, user };
}
