// @ts-check
// Makes the objects whose methods the guest implements: a class for each text that a guest
// names an interface by, when the first is wanted. Its methods are exports of the guest, with the id of the object
// before the arguments.

import { WireError } from "./errors.js";
import { arity, makeFinish, makeGeneral } from "./exports.js";
import * as kind from "./kind.js";
import { refusable } from "./misuse.js";
import { Offered } from "./offered.js";
import { shapeOf } from "./shapes.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {import("./interface.js").Interface} Interface */
/** @typedef {import("./interface.js").Method} Method */
/** @typedef {import("./exports.js").Find} Find */
/** @typedef {(id: number) => object} Offer makes an object */

/**
 * What makes the objects of a guest, by the text that it names an interface by: the name, or the name, `@` and more.
 * @param {Guest} guest @param {(name: string) => Interface | undefined} interfaceOf @param {Find} find
 * @returns {(text: string) => Offer}
 */
export function offersOf(guest, interfaceOf, find) {
  /** @type {Map<string, Offer>} */
  const known = new Map();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const of = interfaceOf(text.replace(/@.*$/s, ""));
    if (!of) throw bad(`no interface "${text}"`);
    const made = classOf(guest, of, text, find);
    known.set(text, made);
    return made;
  };
}

/** @param {string} what */
const bad = (what) => new WireError("bad-contract", "interface_new", what);

/** @param {Guest} guest @param {Interface} of @param {string} text @param {Find} find @returns {Offer} */
function classOf(guest, of, text, find) {
  const { name } = of;
  const made = { [name]: class extends Offered {} }[name];
  for (const method of of.methods) {
    const value = methodOf(guest, of, method, guest.raw[`${text}.${method.name}`], find);
    Object.defineProperty(made.prototype, method.name, { value, writable: true, configurable: true });
  }
  return (id) => new made(guest, name, id);
}

/** @param {Guest} guest @param {Interface} of @param {Method} method @param {import("./exports.js").Raw | undefined} raw @param {Find} find */
function methodOf(guest, of, method, raw, find) {
  const name = `${of.name}.${method.name}`;
  if (typeof raw !== "function") throw bad(`no export for the method ${name}`);
  const params = method.params.map((param) => ({ type: find(param.type, name), where: `${name}: ${param.name}` }));
  /** The receiver, as a parameter like any other: its wire is the id. @type {Type} */
  const self = { check: (value) => Offered.id(value, guest, of.name, name), kind: kind.NUMBER, read: (value) => value };
  const all = [{ type: self, where: name }, ...params];
  const finish = refusable(guest, makeFinish(guest, find(method.result, name), method, name, find), name);
  const call = (shapeOf(all, name) ?? makeGeneral)(guest, raw, all, finish, name);
  const most = params.length;
  const least = params.findLastIndex(({ type }) => !type.optional) + 1;
  const facade = /** @this {unknown} @param {any[]} args */ function (...args) {
    if (args.length < least || args.length > most) throw arity(name, most, args.length);
    switch (most) {
      case 0: return call(this);
      case 1: return call(this, args[0]);
      case 2: return call(this, args[0], args[1]);
    }
    args.length = most;
    return call(this, ...args);
  };
  return Object.defineProperties(facade, { name: { value: method.name }, length: { value: least } });
}
