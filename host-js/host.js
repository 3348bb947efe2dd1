// @ts-check
// The host with all groups of operations, but for those of their own entry points: async functions, data, inline code,
// tracing.

import "./advice.js";
import { once } from "./contract.js";
import { all, groupsOf, types } from "./groups.js";
import * as hooks from "./hooks.js";
import { lacking } from "./lacking.js";

export { PanicError, PoisonedError, WireError } from "./errors.js";

/** @typedef {import("./core.js").Options} Options */
/** @typedef {import("./core.js").Source} Source */
/**
 * @template {Record<string, any>} [E=Record<string, import("./core.js").Facade>] the exports, as `npx handwire types` writes them
 * @typedef {Omit<import("./core.js").Instance<E>, "host"> & { host: Host }} Instance
 */

/**
 * One instance of a module, and the slab of what it holds.
 * @example
 * const host = new Host(module, options);
 * const { exports } = host.attach(await WebAssembly.instantiate(module, host.imports));
 */
export class Host extends hooks.Host {
  /** @override @protected @param {keyof import("./core.js").Group} key */
  always(key) {
    return (having[key] ??= all.filter((group) => key in group));
  }

  /** @override @protected @param {string} type @param {string} name */
  find(type, name) {
    return types[type] ?? super.find(type, name);
  }

  /** @override @protected @param {string} type @param {string} name @returns {import("./types.js").Type} */
  unknown(type, name) {
    const home = type === "data" ? type : /^async |^stream</.test(type) ? "async" : undefined;
    if (home && !this.groups.some(({ name }) => name === home)) throw lacking(name, [home], [`type ${type}`]);
    return super.unknown(type, name);
  }

  /** @override @protected @param {string} missing */
  owners(missing) {
    const [, data, js] = /^(?:handwire\.(?:(data)|promise|stream|task)_|declared\.(?:async )?(js)\.)/.exec(missing) ?? [undefined, "none"];
    return data === "none" ? [] : [data ?? (js ? "compile" : "async")];
  }

  /** @override @protected */
  operations() {
    return super.operations(groupsOf(this.module));
  }

  /** What the groups of a page make no difference to. @override @protected */
  plain() {
    return plainOf(this.module, () => super.plain());
  }
}

/** The groups that have a property. @type {Partial<Record<keyof import("./core.js").Group, import("./core.js").Group[]>>} */
const having = {};

const plainOf = once((module, read) => read());

/**
 * Instantiates a module.
 * @template {Record<string, any>} [E=Record<string, import("./core.js").Facade>] the exports, as `npx handwire types` writes them
 * @param {Source} source
 * @param {Options} [options]
 * @returns {Promise<Instance<E>>}
 * @example const { exports, raw, host } = await instantiate(fetch("app.wasm"));
 */
export const instantiate = (source, options) => /** @type {any} */ (Host.instantiate(source, options));
