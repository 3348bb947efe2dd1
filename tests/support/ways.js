// @ts-check
// The three ways in which the facade is made: plain closures, compiled glue, frozen glue. Loaded
// before anything else (`node --import`), it makes every host of this process in the way that
// HANDWIRE_WAY names, so that the same tests run on all three.

import { compile } from "../../host-js/compile.js";
import { makeFrozen } from "../../host-js/freeze.js";
import { Host } from "../../host-js/host.js";

/** @typedef {import("../../host-js/core.js").Group} Group */

/** @type {WeakMap<WebAssembly.Module, Group>} */
const frozen = new WeakMap();

/** The group of a module's frozen file, whose text is run in place instead of imported. @param {WebAssembly.Module} module */
export function frozenGroup(module) {
  const group = frozen.get(module) ?? new Function(`"use strict";\n${makeFrozen("test.wasm", module).replace("export default {", "return {")}`)();
  frozen.set(module, group);
  return group;
}

/** What each way adds to the groups of a host. @type {Record<string, Pick<Group, "glue" | "inline">>} */
const ADDED = {
  plain: { glue: undefined },
  compiled: { glue: compile.glue },
  frozen: {
    glue: (module, kit) => frozenGroup(module).glue?.(module, kit) ?? { exports: new Map(), imports: new Map() },
    inline: (key, count, host) => /** @type {Required<Group>} */ (frozenGroup(host.module)).inline(key, count, host),
  },
};
export const ways = Object.keys(ADDED);

const { HANDWIRE_WAY: way } = process.env;
if (way) {
  const prototype = /** @type {any} */ (Host.prototype);
  const { own } = prototype;
  // Where glue and inline code are looked for: among the groups that the embedder passes.
  prototype.own = function () {
    const given = this.options.with ?? [];
    const { inline, ...added } = { name: way, imports: () => ({}), ...ADDED[way] };
    // Inline code is made only where the test allows it, but then in this way.
    this.options = { ...this.options, with: [...given, inline && given.some((/** @type {Group} */ group) => group.inline) ? { ...added, inline } : added] };
    return own.call(this);
  };
}
