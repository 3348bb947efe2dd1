// @ts-check
// Compiles glue and a guest's inline code when it is instantiated: for embedders who trust the
// guest with that, on pages whose policy allows it. Elsewhere the same text is a file, written
// by `handwire freeze`.

import { badInline } from "./declared.js";
import { WireError } from "./errors.js";
import { glueText, inlineText } from "./glue.js";

/** Runs text as the body of a function, strict as a module is. @param {string} name of its parameter @param {string} body */
function run(name, body) {
  try {
    return new Function(name, `"use strict";\n${body}`);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw cause;
    throw new WireError("missing-import", "compile", "new Function, which the policy here forbids; write the glue with `handwire freeze`", { cause });
  }
}

/** @type {import("./core.js").Group} */
export const compile = {
  name: "compile",
  imports: () => ({}),
  glue: (module, kit) => run("kit", glueText(module).join("\n"))(kit),
  inline(key, count, host) {
    const text = inlineText(key, count);
    try {
      return run("$host", `return (${text})($host)`)(host);
    } catch (cause) {
      throw cause instanceof WireError ? cause : badInline(key, cause);
    }
  },
};
