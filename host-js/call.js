// @ts-check
// Calls of host functions with any number of arguments. `Reflect.apply` has no limit of its
// own on their number and makes no closure.

import { show } from "./errors.js";

/**
 * @param {any} target
 * @param {PropertyKey} key
 * @param {any[]} args
 */
export function callOn(target, key, args) {
  const method = target[key];
  if (typeof method !== "function") throw new TypeError(`property ${show(key)} is ${show(method)}, not a function`);
  return Reflect.apply(method, target, args);
}

/**
 * @param {any} callee
 * @param {any} self
 * @param {any[]} args
 */
export function call(callee, self, args) {
  if (typeof callee !== "function") throw new TypeError(`${show(callee)} is not a function`);
  return Reflect.apply(callee, self, args);
}
