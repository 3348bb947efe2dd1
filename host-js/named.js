// @ts-check
// What a declared call into the host throws: an error that its line names, which the guest gets
// by value, or anything else, which it gets as it is.

import { classes, classOf } from "./brand.js";

/** @typedef {import("./types.js").Type} Type */

/** A thrown value that is of the type that the line names, checked and ready to be lowered. */
export class Named {
  #brand = true;

  /** Whether a value is one; nothing of the value runs for it, as it would for `instanceof`. @param {any} value @returns {value is Named} */
  static is(value) {
    return Object(value) === value && #brand in value;
  }

  /** @param {Type} type @param {any} checked @param {unknown} thrown @param {string} where */
  constructor(type, checked, thrown, where) {
    this.type = type;
    this.checked = checked;
    this.thrown = thrown;
    this.where = where;
  }
}

/**
 * A result as its line has it: `result<T, E>`, `result<T>` or `T`, and "()" for none.
 * @param {string} [text]
 * @returns {{ result: string, error: string | undefined }}
 */
export function readResult(text = "()") {
  const [, result = text, error] = /^result<(.+?)(?:, (\w+))?>$/.exec(text) ?? [];
  return { result, error };
}

/**
 * A function that throws a `Named` where the function that it calls throws an error of a type.
 * @param {(...args: any[]) => any} given @param {Type} type @param {string} name of the type
 * @returns {(...args: any[]) => any}
 */
export const naming = (given, type, name) =>
  function (...args) {
    try {
      return given(...args);
    } catch (thrown) {
      throw named(thrown, type, name) ?? thrown;
    }
  };

/** A thrown value, if it is an error of a type. @param {any} thrown @param {Type} type @param {string} name of the type */
export function named(thrown, type, name) {
  try {
    // An Error has fields that a record may have, too, its message: it says what it is by its name.
    if (classOf(thrown) === classes.Error && thrown.name !== name) return undefined;
    return new Named(type, type.check(thrown, name), thrown, name);
  } catch {
    return undefined; // it is of another type, or throws when it is looked at: it stays what it is
  }
}
