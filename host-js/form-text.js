// @ts-check
// Writes functions that write the words of one form: straight-line code, as one would write it by hand for
// just these objects. They write what `words.js` writes, and are no values of the form where that finds none.
// What the guest says gets into the text as keys, which are quoted, and nowhere else.

import { BOOLEAN, LIST, MAP, NUMBER, OPTION, STRUCT, TEXT, TUPLE, holds, isOrdinary } from "./form.js";
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
/** How many objects that lack a field make it one whose objects differ. */
const LACKS = 8;

const NOT = "return null;";

/** Whether a value of this form is a text, or none. @param {Form} form @returns {boolean} */
const isText = ({ kind, parts }) => (kind === OPTION ? isText(parts[0]) : kind === TEXT);

class FormText {
  /** Structs, which are asked what an object lacks. @type {Form[]} */
  structs = [];
  names = 0;
  /** Texts whose words are written, in their order: they are put together where a block ends, as what an engine calls for it has it read again where words go. @type {string[]} */
  texts = [];

  /** @param {string} letter */
  name(letter) {
    return `${letter}${this.names++}`;
  }

  /** What writes a value. @param {Form} form @param {string} x the value's name @returns {string[]} */
  value(form, x) {
    switch (form.kind) {
      case BOOLEAN: return [`if (typeof ${x} !== "boolean") ${NOT}`, `f[at++] = ${x} ? 1 : 0;`];
      case NUMBER: return [`if (typeof ${x} !== "number") ${NOT}`, `f[at++] = ${x};`];
      case TEXT:
        this.texts.push(x);
        return [`if (typeof ${x} !== "string") ${NOT}`, `f[at++] = ${x}.length;`];
      case OPTION: return this.either(`${x} === null || ${x} === undefined`, "f[at++] = 0;", form.parts[0], x, ["f[at++] = 1;"]);
      case LIST: return this.list(form.parts[0], x);
      case TUPLE: return this.tuple(form.parts, x);
      case STRUCT: return this.struct(form, x);
      case MAP: return this.map(form.parts[0], x);
      default: return [NOT];
    }
  }

  /** What puts the texts together whose words are written. */
  together() {
    return this.texts.splice(0).map((text) => `t += ${text};`);
  }

  /**
   * What writes a value, or does something else if there is none.
   * @param {string} none @param {string} then @param {Form} form @param {string} x @param {string[]} [first]
   */
  either(none, then, form, x, first = []) {
    // Of a text that isn't there the empty one is put together with others.
    if (isText(form)) return [`if (${none}) { ${then} ${x} = ""; }`, "else {", ...first, ...this.value(form, x), "}"];
    if (!holds(form)) return [`if (${none}) ${then}`, "else {", ...first, ...this.value(form, x), "}"];
    return [...this.together(), `if (${none}) ${then}`, "else {", ...first, ...this.value(form, x), ...this.together(), "}"];
  }

  /** @param {Form} form of the items @param {string} x */
  list(form, x) {
    const [count, i, item] = [this.name("n"), this.name("i"), this.name("x")];
    return [
      ...this.together(),
      `if (!isArray(${x})) ${NOT}`,
      `const ${count} = ${x}.length;`,
      `f[at++] = ${count};`,
      `for (let ${i} = 0; ${i} < ${count}; ${i}++) {`,
      ...this.room,
      `let ${item} = ${x}[${i}];`,
      ...this.value(form, item),
      ...this.together(),
      "}",
    ];
  }

  /** @param {readonly Form[]} parts @param {string} x */
  tuple(parts, x) {
    const items = parts.map(() => this.name("x"));
    return [
      `if (!isArray(${x}) || ${x}.length !== ${parts.length}) ${NOT}`,
      ...parts.flatMap((part, i) => [`let ${items[i]} = ${x}[${i}];`, ...this.value(part, items[i])]),
    ];
  }

  /** @param {Form} form of the values @param {string} x */
  map(form, x) {
    const [start, count, key, item] = [this.name("a"), this.name("n"), this.name("k"), this.name("x")];
    return [
      ...this.together(),
      `if (typeof ${x} !== "object" || ${x} === null) ${NOT}`,
      `if (!isOrdinary()) ${NOT}`,
      ...this.plain(x),
      `const ${start} = at++;`,
      `let ${count} = 0;`,
      `for (const ${key} in ${x}) {`,
      ...this.room,
      `let ${item} = ${x}[${key}];`,
      `if (${item} === undefined) ${NOT}`,
      `f[at++] = ${key}.length;`,
      `t += ${key};`,
      ...this.value(form, item),
      ...this.together(),
      `${count}++;`,
      "}",
      `f[${start}] = ${count};`,
    ];
  }

  /**
   * The keys are held against those that were expected when this was written; then the fields are read by their names, which is what engines are fastest
   * at, if all objects have the same. Otherwise each is read with its key. Engines know the prototype of what has just been read.
   * @param {Form} form @param {string} x
   */
  struct(form, x) {
    const { keys, parts } = form;
    const [absent, missing, start] = ["b", "m", "a"].map((letter) => this.name(letter));
    const fields = keys.map(() => this.name("x"));
    const holds = keys.length > BITS ? `!within(${absent}, ${missing})` : `(${absent} & ~${missing}) !== 0`;
    return [
      `if (typeof ${x} !== "object" || ${x} === null) ${NOT}`,
      `let ${[absent, missing].map((mask) => `${mask} = 0`).concat(fields).join(", ")};`,
      ...this.fields(form, x, absent, fields),
      ...this.plain(x),
      `const ${start} = at++;`,
      ...fields.flatMap((field, i) => this.either(`${field} === undefined`, `${missing} += ${2 ** i};`, parts[i], field)),
      `if (${absent} !== 0 && ${holds}) ${NOT}`,
      `f[${start}] = ${missing};`,
    ];
  }

  /**
   * What reads the fields, and finds out which the object lacks: as the form's `absent` does, which is called where keys are in another order than is expected, or one
   * is no field. What every object seems to have comes last. Each key is constant text here: to compare it takes no look at what it is.
   * @param {Form} form @param {string} x @param {string} absent the mask's name @param {string[]} fields the names of their values
   */
  fields(form, x, absent, fields) {
    const { keys, order, places, lacks } = form;
    const { length } = keys;
    const reads = keys.map((key, n) => `${fields[n]} = ${x}[${JSON.stringify(key)}];`);
    const slowly = `if ((${absent} = s${this.structs.push(form) - 1}.absent(${x})) < 0) ${NOT}`;
    if (order.length !== length || length === 0) return [slowly, ...reads];
    const [i, key] = [this.name("i"), this.name("k")];
    const keyed = lacks >= LACKS;
    // Of fields from each one on.
    const behind = places.map((_, n) => places.slice(n).reduce((mask, place) => mask + 2 ** place, 0));
    const cases = order.map((name, n) => {
      const read = keyed ? `${fields[places[n]]} = ${x}[${key}]; ` : "";
      return `case ${n}: if (${key} === ${JSON.stringify(name)}) { ${read}${i} = ${n + 1}; continue; } ${absent} += ${2 ** places[n]};`;
    });
    return [
      `let ${i} = 0;`,
      `for (const ${key} in ${x}) {`,
      `switch (${i}) {`,
      ...cases,
      "}",
      `${i} = -1;`,
      "break;",
      "}",
      `if (${i} === ${length} ? ${JSON.stringify(order[length - 1])} in ordinary : ${i} < 0 || !isOrdinary()) {`,
      slowly,
      ...(keyed ? reads : []),
      "}",
      `else if (${i} !== ${length}) ${absent} += [${behind.join(", ")}][${i}];`,
      ...(keyed ? [] : reads),
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

const GIVEN = { getPrototypeOf: Object.getPrototypeOf, isArray: Array.isArray, isOrdinary, ordinary: Object.prototype, within };

/**
 * A function that writes the words of a form; null where a text would be too long.
 * @param {Form} form
 * @param {(names: string[], text: string) => (...args: any[]) => any} make `new Function`
 * @returns {FormWriter | null}
 */
export function formWriter(form, make) {
  if (form.nodes > MOST) return null;
  const text = new FormText();
  const lines = [...text.value(form, "v"), ...text.together()];
  const names = [...Object.keys(GIVEN), ...text.structs.map((_, i) => `s${i}`)];
  const body = ["return (w, v, f, at, end) => {", "const { most } = w;", 'let t = "";', ...lines, "w.count = at;", "return t;", "};"];
  return make(names, `"use strict";\n${body.join("\n")}`)(...Object.values(GIVEN), ...text.structs);
}
