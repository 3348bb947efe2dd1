// @ts-check
/// <reference path="./bundled.d.ts" />
// The column `sledgehammer`: its batches, in the glue of wasm-bindgen.

import * as glue from "bench:sledgehammer";
import * as user from "./user.js";

/** @type {import("./column.js").Open} */
export async function open({ guest }) {
  glue.initSync({ module: guest });
  const { hold_text, set_labels, call_texts } = glue;
  return { calls: { hold_text, set_labels, call_texts }, user };
}
