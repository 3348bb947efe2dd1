// @ts-check
// Compiles glue and a guest's inline code when it is instantiated: for embedders who trust the
// guest with that, on pages whose policy allows it. Elsewhere the same text is a file, written
// by `handwire freeze`. What no file can have, as it depends on the values that cross, are the
// functions that build objects of data, and those that write them in a form.

import { once } from "./contract.js";
import { badInline } from "./declared.js";
import { WireError } from "./errors.js";
import { formWriter } from "./form-text.js";
import { glueText, inlineText } from "./glue.js";
import * as functions from "./kit.js";
import { objectText } from "./object-text.js";

/** @param {unknown} cause what `new Function` threw */
const forbidden = (cause) => new WireError("missing-import", "compile", "new Function, which the policy here forbids; `handwire freeze` writes the same as a file", { cause });

/** @type {import("./core.js").Group} */
export const compile = {
  name: "compile",
  imports: () => ({}),
  kit: functions,
  glue: once((module, kit) => {
    const text = glueText(module).join("\n");
    let make;
    try {
      make = new Function("kit", `"use strict";\n${text}`);
    } catch (cause) {
      throw forbidden(cause);
    }
    return make(kit);
  }),
  maker: (keys, tags) => /** @type {any} */ (new Function("keys", "reader", "depth", objectText(keys, tags))),
  formWriter: (form) => formWriter(form, (names, text) => /** @type {any} */ (new Function(...names, text))),
  inline(key, count, host) {
    try {
      // Strict, as a module is.
      return new Function("$host", `"use strict"; return (${inlineText(key, count)})($host)`)(host);
    } catch (cause) {
      throw badInline(key, cause);
    }
  },
};
