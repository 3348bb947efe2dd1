// @ts-check
// The facade: one function for each export, which checks its arguments, lowers them, calls
// the guest, lifts the result and throws. They are plain closures.

import { bad } from "./contract.js";
import * as kind from "./kind.js";
import { text } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./guest.js").Raw} Raw */
/** @typedef {import("./types.js").Type} Type */

/**
 * The facade of the declared exports.
 * @param {Map<string, import("./contract.js").Declaration>} declared by name
 * @param {Guest} guest
 * @param {Find} find
 * @param {Shape} [shape]
 * @returns {Record<string, (...args: any[]) => any>}
 */
export function makeExports(declared, guest, find, shape) {
  /** @type {Record<string, (...args: any[]) => any>} */
  const exports = Object.create(null);
  for (const [name, declaration] of declared) {
    const raw = guest.raw[name];
    if (!raw?.call) throw bad(`no export ${name}`);
    const params = declaration.params.map((param) => ({ type: find(param.type, name), where: `${name}: ${param.name}` }));
    const result = find(declaration.result, name);
    const finish = makeFinish(guest, result, declaration, name, find);
    exports[name] = named((shape?.(params, name, result) ?? makeGeneral)(guest, raw, params, finish, name), name, params.length);
  }
  return exports;
}

/** An export without a declaration: numbers, and the death rule. @param {Guest} guest @param {Raw} raw @param {string} name */
export const makePlain = (guest, raw, name) =>
  named(
    function (/** @type {any[]} */ ...wires) {
      return guest.enter(() => raw(...wires), name);
    },
    name,
    raw.length,
  );

/** Gives a function the name and length that it would have if it were written by hand. @param {Raw} made @param {string} name @param {number} length */
export const named = (made, name, length) => Object.defineProperties(made, { name: { value: name }, length: { value: length } });

/** @typedef {(type: string, name: string) => Type} Find gives the type of that name; `name` is who wants it, for the error */
/** @typedef {{ type: Type, where: string }} Param */
/** @typedef {(guest: Guest, raw: Raw, params: Param[], finish: Finish, name: string) => (...args: any[]) => any} Make makes the function of an export */
/** @typedef {(params: Param[], name: string, result?: Type) => Make | undefined} Shape chooses a maker by the parameters, by the export's name, or by the result */
/** @typedef {(wire: any) => any} Finish lifts the result of a call; of one that failed, what it throws, with `guest.failed` set */

/**
 * A function of anything: all arguments are checked before the first is lowered, and what was
 * lowered for the call is given back when it ends, however it ends.
 * @type {Make}
 */
export const makeGeneral = (guest, raw, params, finish, name) =>
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

/**
 * How a call ends. A guest's error is thrown, a text as an Error, anything else as the value that it is; a chain of texts as the group `error` has it.
 * @param {Guest} guest @param {Type} result @param {Pick<import("./contract.js").Declaration, "fallible" | "error">} declaration @param {string} name @param {Find} find @returns {Finish} */
export function makeFinish(guest, result, { fallible, error = "!" }, name, find) {
  if (fallible)
    return (status) => {
      const at = guest.returnSlot;
      if (status === 0) return result.read(guest, at, name);
      const tag = guest.memory.view.getUint32(at, true);
      // Made here, as near to the caller as can be: an engine takes its time for each function that it notes for the stack.
      const thrown = tag === kind.STRING ? new Error(text.read(guest, at, name)) : find(tag === kind.HANDLE ? "js" : error, name).read(guest, at, name);
      guest.failed = true;
      return thrown;
    };
  const { lift } = result;
  return lift ? (wire) => lift(wire, guest, name) : () => result.read(guest, guest.returnSlot, name);
}

/** @param {string} name @param {number} want @param {number} got */
export const arity = (name, want, got) => new TypeError(`${name} takes ${want} arguments, got ${got}`);
