// @ts-check
/// <reference path="./bundled.d.ts" />
// The column `wasm-bindgen`: its glue as it is generated, for the web.

import * as glue from "bench:bindgen";
import * as helloGlue from "bench:hello-bindgen";
import * as user from "./user.js";

/** @type {import("./column.js").Open} */
export async function open({ guest, hello }) {
  glue.initSync({ module: guest });
  /** @type {import("./column.js").Calls} */
  const calls = {};
  // As imports are used, without the object of the module's name space.
  for (const [name, value] of Object.entries(glue)) if (typeof value === "function") calls[name] = value;
  calls.start = () => {
    helloGlue.initSync({ module: hello });
    return helloGlue.greet;
  };
  return { calls, user };
}
