// @ts-check
// The host of a page that names the groups which its guest needs. What it left out is named, with the line that
// imports it.

import { once, readLines } from "./contract.js";
import { homeOf, ownersOf } from "./homes.js";
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
  /** @override @protected @param {string} type @param {string} name @returns {import("./types.js").Type} */
  unknown(type, name) {
    const home = homeOf(this.module, type);
    if (home && !this.has(home)) throw lacking(name, [home], [`type ${type}`]);
    return super.unknown(type, name);
  }

  /** @override @protected @param {string} missing */
  owners(missing) {
    return ownersOf(missing);
  }

  /** @protected @param {string} name */
  has(name) {
    return this.groups.some((group) => group.name === name);
  }

  /** @override @param {WebAssembly.Instance} instance */
  attach(instance) {
    if (hasClasses(this.module) && !this.has("class")) this.lack("module", "class");
    return super.attach(instance);
  }
}

/** Whether a module has classes. */
const hasClasses = once((module) => readLines(module).some((line) => /^(?:class|method|[gs]et) /.test(line)));

/**
 * Instantiates a module.
 * @template {Record<string, any>} [E=Record<string, import("./core.js").Facade>] the exports, as `npx handwire types` writes them
 * @param {Source} source
 * @param {Options} [options]
 * @returns {Promise<Instance<E>>}
 * @example const { exports, raw, host } = await instantiate(fetch("app.wasm"));
 */
export const instantiate = (source, options) => /** @type {any} */ (Host.instantiate(source, options));
