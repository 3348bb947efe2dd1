// @ts-check
// The facade: one function for each export, which checks its arguments, lowers them, calls
// the guest, lifts the result and throws. They are plain closures.

import { bad, readContract } from "./contract.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./guest.js").Raw} Raw */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {import("./contract.js").Declaration} Declaration */

/**
 * The facade of all exports that are functions, but those of the runtime.
 * @param {WebAssembly.Module} module
 * @param {Guest} guest
 * @param {Record<string, Type>} types by name
 * @param {{ shape?: Shape, resolve?: Resolve }} better ways than the general one, and more types
 * @returns {Record<string, (...args: any[]) => any>}
 */
export function makeExports(module, guest, types, { shape, resolve }) {
  const contract = readContract(module);
  const find = makeFind(types, contract, resolve);
  /** @type {Record<string, (...args: any[]) => any>} */
  const exports = Object.create(null);
  for (const { name, kind } of WebAssembly.Module.exports(module)) {
    if (kind !== "function" || name.startsWith("hw_")) continue;
    const raw = guest.raw[name];
    const declaration = contract.get("export " + name);
    contract.delete("export " + name);
    const made = declaration ? makeDeclared(guest, raw, name, declaration, find, types, shape) : makePlain(guest, raw, name);
    exports[name] = Object.defineProperties(made, { name: { value: name }, length: { value: (declaration?.params ?? raw).length } });
  }
  for (const key of contract.keys()) if (/^export/.test(key)) throw bad(`no ${key}`);
  return exports;
}

/** Finds types by name, and makes those that are made of others. @param {Record<string, Type>} types @param {Map<string, Declaration>} contract @param {Resolve} [resolve] @returns {Find} */
export function makeFind(types, contract, resolve) {
  /** @type {Find} */
  const find = (type, name) => {
    const found = types[type] ?? resolve?.(type, find, contract, name);
    if (!found) throw bad(`${name}: type ${type}`);
    return (types[type] = found);
  };
  return find;
}

/** An export without a declaration: numbers, and the death rule. @param {Guest} guest @param {Raw} raw @param {string} name */
const makePlain = (guest, raw, name) =>
  function (/** @type {any[]} */ ...wires) {
    if (guest.dead !== null) throw guest.poisoned(name);
    return guest.enter(() => raw(...wires), name);
  };

/** @param {Guest} guest @param {Raw} raw @param {string} name @param {Declaration} declaration @param {Find} find @param {Record<string, Type>} types @param {Shape} [shape] */
function makeDeclared(guest, raw, name, declaration, find, types, shape) {
  const params = declaration.params.map((param) => ({ type: find(param.type, name), where: `${name}: ${param.name}` }));
  const result = declaration.result === "()" ? null : find(declaration.result, name);
  const finish = makeFinish(guest, result, declaration.fallible, name, types);
  return (shape?.(params) ?? makeGeneral)(guest, raw, params, finish, name);
}

/** @typedef {(type: string, name: string) => Type} Find gives the type of that name; `name` is who wants it, for the error */
/** @typedef {(type: string, find: Find, contract: Map<string, Declaration>, name: string) => Type | undefined} Resolve makes the type of a name that is made of others */
/** @typedef {{ type: Type, where: string }} Param */
/** @typedef {(guest: Guest, raw: Raw, params: Param[], finish: Finish, name: string) => (...args: any[]) => any} Make makes the function of an export */
/** @typedef {(params: Param[]) => Make | undefined} Shape chooses a maker by the parameters */
/** @typedef {(wire: any) => any} Finish lifts the result of a call; of one that failed, what it throws, with `guest.failed` set */

/**
 * A function of anything: all arguments are checked before the first is lowered, and what was
 * lowered for the call is given back when it ends, however it ends.
 * @type {Make}
 */
const makeGeneral = (guest, raw, params, finish, name) =>
  function (...args) {
    // Only options may be left out, and only at the end.
    if (args.length > params.length || params.slice(args.length).some(({ type }) => !type.optional)) throw arity(name, params.length, args.length);
    if (guest.dead !== null) throw guest.poisoned(name);
    const checked = params.map(({ type, where }, i) => type.check(args[i], where));
    const { top } = guest.memory;
    const mark = guest.leftovers.length;
    try {
      /** @type {any[]} */
      const wires = [];
      params.forEach(({ type }, i) => {
        wires.push(type.lower ? type.lower(guest, checked[i], name) : checked[i]);
        if (type.wide) wires.push(guest.len);
      });
      guest.entered++;
      return guest.settle(guest.enter(() => finish(raw(...wires)), name));
    } finally {
      guest.memory.top = top;
      guest.leave(mark);
    }
  };

/** How a call ends. @param {Guest} guest @param {Type | null} result @param {boolean} fallible @param {string} name @param {Record<string, Type>} types @returns {Finish} */
function makeFinish(guest, result, fallible, name, types) {
  if (fallible)
    return (status) => {
      if (status === 0) return result === null ? undefined : result.read(guest, guest.returnSlot, name);
      const error = readError(guest, types, name);
      guest.failed = true;
      return error;
    };
  if (result === null) return () => undefined;
  const { lift } = result;
  return lift ? (wire) => lift(wire, guest, name) : () => result.read(guest, guest.returnSlot, name);
}

/** What a guest's error is thrown as: a value as it is, a text as an Error. @param {Guest} guest @param {Record<string, Type>} types @param {string} name */
function readError(guest, { js, str }, name) {
  const at = guest.returnSlot;
  const isValue = js && guest.memory.view.getUint32(at, true) === js.kind;
  return isValue ? js.read(guest, at, name) : new Error(str.read(guest, at, name));
}

/** @param {string} name @param {number} want @param {number} got */
export const arity = (name, want, got) => new TypeError(`${name} takes ${want} arguments, got ${got}`);
