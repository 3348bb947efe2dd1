// @ts-check
// Makes the objects whose methods the guest implements: a class for each text that a guest
// names an interface by, when the first is wanted. Its methods are exports of the guest, with the id of the object
// before the arguments.

import { readTypes } from "./contract.js";
import { WireError } from "./errors.js";
import { makeFinish } from "./exports.js";
import { handlesOf } from "./handles.js";
import { Family, makeClass, receiverOf } from "./instance.js";
import { interfaceOf } from "./interface.js";
import { asyncMember, makeMethod } from "./method.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./interface.js").Interface} Interface */
/** @typedef {import("./exports.js").Find} Find */
/** @typedef {(id: number) => object} Offer makes an object */

/**
 * What makes the objects of a guest, by the text that it names an interface by: the name, or the name, `@` and more.
 * @param {Guest} guest @param {WebAssembly.Module} module
 * @returns {(text: string) => Offer}
 */
export function offersOf(guest, module) {
  /** @type {Map<string, Offer>} */
  const known = new Map();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const of = interfaceOf(readTypes(module), text.replace(/@.*$/s, ""));
    if (!of) throw bad(`no interface "${text}"`);
    const made = classOf(guest, of, text, handlesOf(guest).find);
    known.set(text, made);
    return made;
  };
}

/** @param {string} what */
const bad = (what) => new WireError("bad-contract", "interface_new", what);

/** @param {Guest} guest @param {Interface} of @param {string} text @param {Find} find @returns {Offer} */
function classOf(guest, of, text, find) {
  const family = new Family(guest, of.name);
  const members = of.methods.map((method) => {
    const { name, fallible, error } = method;
    const where = `${of.name}.${name}`;
    const raw = guest.raw[`${text}.${name}`];
    if (typeof raw !== "function") throw bad(`no export for the method ${where}`);
    const params = method.params.map((param) => ({ type: find(param.type, where), where: `${where}: ${param.name}` }));
    const result = find(method.result, where);
    const made = result.make
      ? asyncMember(family, raw, params, where, receiverOf(family, where), result.make)
      : makeMethod(family, raw, params, makeFinish(guest, result, { fallible, error }, where, find), where);
    return { kind: /** @type {const} */ ("method"), name, made };
  });
  const nobody = () => {
    throw new TypeError(`${of.name}: objects of this class are made by the guest`);
  };
  makeClass(family, nobody, 0, members);
  handlesOf(guest).families.set(text, family);
  return (id) => family.wrap(id, "interface_new");
}
