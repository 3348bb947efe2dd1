// @ts-check
// Writes functions that write the words of one form: straight-line code, as one would write it by hand for
// just these objects. They write what `words.js` writes, and are no values of the form where that finds none.
// What the guest says gets into the text as keys, which are quoted, and nowhere else.

import { BOOLEAN, LIST, MAP, NUMBER, OPTION, STRUCT, TEXT, TUPLE } from "./form.js";
import { PIECE } from "./words.js";

/** @typedef {import("./form.js").Form} Form */
/**
 * @typedef {object} Sink what a value is written to
 * @property {number} count where the words ended
 * @property {number} most how many words are written between two looks at how much room there is
 * @property {(count: number) => Float64Array | null} grow makes room behind so many words; null where there is none
 * @property {(text: string) => string | null} flushed takes texts, and gives what is left of them; null where there is no room for that
 */
/** @typedef {(sink: Sink, value: any, words: Float64Array, at: number, end: number) => string | null} FormWriter writes from one word to another; gives the texts, null if the value isn't of the form or has no room. (It leaves a number with the sink, and not a text: engines take notes of objects that come to lie in older ones.) */

/** The most forms that are in one of which a text is written. */
export const MOST = 512;
/** In a mask of so many bits there are integers only. */
const BITS = 31;

const NOT = "return null;";

class FormText {
  /** Structs, whose order of keys is asked for. @type {Form[]} */
  structs = [];
  names = 0;

  /** @param {string} letter */
  name(letter) {
    return `${letter}${this.names++}`;
  }

  /** What writes a value. @param {Form} form @param {string} x the value's name @returns {string[]} */
  value(form, x) {
    switch (form.kind) {
      case BOOLEAN: return [`if (typeof ${x} !== "boolean") ${NOT}`, `f[at++] = ${x} ? 1 : 0;`];
      case NUMBER: return [`if (typeof ${x} !== "number") ${NOT}`, `f[at++] = ${x};`];
      case TEXT: return [`if (typeof ${x} !== "string") ${NOT}`, `f[at++] = ${x}.length;`, `t += ${x};`];
      case OPTION: return [`if (${x} === null || ${x} === undefined) f[at++] = 0;`, "else {", "f[at++] = 1;", ...this.value(form.parts[0], x), "}"];
      case LIST: return this.list(form.parts[0], x);
      case TUPLE: return this.tuple(form.parts, x);
      case STRUCT: return this.struct(form, x);
      case MAP: return this.map(form.parts[0], x);
      default: return [NOT];
    }
  }

  /** @param {Form} form of the items @param {string} x */
  list(form, x) {
    const [count, i, item] = [this.name("n"), this.name("i"), this.name("x")];
    return [
      `if (!isArray(${x})) ${NOT}`,
      `const ${count} = ${x}.length;`,
      `f[at++] = ${count};`,
      `for (let ${i} = 0; ${i} < ${count}; ${i}++) {`,
      ...this.room,
      `const ${item} = ${x}[${i}];`,
      ...this.value(form, item),
      "}",
    ];
  }

  /** @param {readonly Form[]} parts @param {string} x */
  tuple(parts, x) {
    const items = parts.map(() => this.name("x"));
    return [
      `if (!isArray(${x}) || ${x}.length !== ${parts.length}) ${NOT}`,
      ...parts.flatMap((part, i) => [`const ${items[i]} = ${x}[${i}];`, ...this.value(part, items[i])]),
    ];
  }

  /** @param {Form} form of the values @param {string} x */
  map(form, x) {
    const [start, count, key, item] = [this.name("a"), this.name("n"), this.name("k"), this.name("x")];
    return [
      `if (typeof ${x} !== "object" || ${x} === null) ${NOT}`,
      ...this.plain(x),
      `const ${start} = at++;`,
      `let ${count} = 0;`,
      `for (const ${key} in ${x}) {`,
      ...this.room,
      `const ${item} = ${x}[${key}];`,
      `if (${item} === undefined) ${NOT}`,
      `f[at++] = ${key}.length;`,
      `t += ${key};`,
      ...this.value(form, item),
      `${count}++;`,
      "}",
      `f[${start}] = ${count};`,
    ];
  }

  /**
   * The keys are held against those of the last object of this form; then the fields are read by their names, which is
   * what engines are fastest at. They know the prototype of what has just been read.
   * @param {Form} form @param {string} x
   */
  struct(form, x) {
    const { keys, parts } = form;
    const [struct, order, i, key, absent, missing, start] = [`s${this.structs.push(form) - 1}`, ...["o", "i", "k", "b", "m", "a"].map((letter) => this.name(letter))];
    const fields = keys.map(() => this.name("x"));
    const holds = keys.length > BITS ? `!within(${absent}, ${missing})` : `(${absent} & ~${missing}) !== 0`;
    return [
      `if (typeof ${x} !== "object" || ${x} === null) ${NOT}`,
      `let ${i} = 0, ${absent} = 0, ${missing} = 0;`,
      `const ${order} = ${struct}.order;`,
      `for (const ${key} in ${x}) {`,
      `if (${i} === ${keys.length} || ${key} !== ${order}[${i}]) { ${i} = -1; break; }`,
      `${i}++;`,
      "}",
      `if ((${i} !== ${keys.length} || ${order}.length !== ${keys.length}) && (${absent} = ${struct}.absent(${x})) < 0) ${NOT}`,
      ...fields.map((field, i) => `const ${field} = ${x}[${JSON.stringify(keys[i])}];`),
      ...this.plain(x),
      `const ${start} = at++;`,
      ...fields.flatMap((field, i) => [`if (${field} === undefined) ${missing} += ${2 ** i};`, "else {", ...this.value(parts[i], field), "}"]),
      `if (${absent} !== 0 && ${holds}) ${NOT}`,
      `f[${start}] = ${missing};`,
    ];
  }

  /** @param {string} x */
  plain(x) {
    const prototype = this.name("p");
    return [`const ${prototype} = getPrototypeOf(${x});`, `if (${prototype} !== ordinary && ${prototype} !== null) ${NOT}`];
  }

  /** As `words.room` does. */
  room = [`if (at + most > end) { if ((f = w.grow(at)) === null) ${NOT} end = f.length; }`, `if (t.length > ${PIECE} && (t = w.flushed(t)) === null) ${NOT}`];
}

/** Whether all bits of a mask are in another, where there are more than an integer has. @param {number} mask @param {number} other */
const within = (mask, other) => (BigInt(mask) & ~BigInt(other)) === 0n;

const GIVEN = { getPrototypeOf: Object.getPrototypeOf, isArray: Array.isArray, ordinary: Object.prototype, within };

/**
 * A function that writes the words of a form; null where a text would be too long.
 * @param {Form} form
 * @param {(names: string[], text: string) => (...args: any[]) => any} make `new Function`
 * @returns {FormWriter | null}
 */
export function formWriter(form, make) {
  if (form.nodes > MOST) return null;
  const text = new FormText();
  const lines = text.value(form, "v");
  const names = [...Object.keys(GIVEN), ...text.structs.map((_, i) => `s${i}`)];
  // What every object seems to have that it hasn't is no part of it.
  const body = ["return (w, v, f, at, end) => {", `for (const k in ordinary) ${NOT}`, "const { most } = w;", 'let t = "";', ...lines, "w.count = at;", "return t;", "};"];
  return make(names, `"use strict";\n${body.join("\n")}`)(...Object.values(GIVEN), ...text.structs);
}
