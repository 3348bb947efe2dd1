// @ts-check
// Inline code of a guest, compiled when it is instantiated: for embedders who trust the guest
// with that, on pages whose policy allows it. Each source is one function of its own; arguments
// are its parameters, never text.

import { badInline, sourceOf } from "./declared.js";

const ARROW = /^\s*(?:async\s*)?(?:\([^()]*\)|[A-Za-z_$][\w$]*)\s*=>/;

/** @type {import("./core.js").Group} */
export const compile = {
  name: "compile",
  imports: () => ({}),
  inline(key, count, host) {
    const source = sourceOf(key);
    const names = Array.from({ length: count }, (_, i) => `$${i + 1}`);
    try {
      // The line break ends a comment that the source may end in.
      const make = new Function("$host", ARROW.test(source) ? `return (${source}\n)` : `return (${names}) => (${source}\n)`);
      return make(host);
    } catch (cause) {
      throw badInline(key, cause);
    }
  },
};
