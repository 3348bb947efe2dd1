// @ts-check
// A value as the words of its form, as in WIRE.md, section 13.4: what a guest takes that has told
// its form, and has no tags or keys to read then. Reading a value may run code of the host, so
// nothing here touches the guest. What is no value of the form is found out on the way.

import { BOOLEAN, LIST, MAP, NUMBER, OPTION, STRUCT, TEXT, TUPLE, isContainer, isOrdinary } from "./form.js";
import { Joined } from "./joined.js";

/** @typedef {import("./form.js").Form} Form */

const { getPrototypeOf } = Object;
const { isArray } = Array;
const ordinary = Object.prototype;
/** How many words there is room for at first. */
const ROOM = 128;
/** So many units are encoded at once, as in `joined.js`. */
export const PIECE = 4096;
/** How often an object's keys come in another order before they aren't held against the fields' one by one any more. */
const SHUFFLES = 8;

/** Whether a value is an object that has no properties but its own. @param {any} value */
const isPlain = (value) => {
  if (typeof value !== "object" || value === null) return false;
  const prototype = getPrototypeOf(value);
  return prototype === ordinary || prototype === null;
};

/** The words that were written, and their texts. */
export class Words extends Joined {
  words = new Float64Array(ROOM);
  count = 0;
  /** What there is always room for. */
  most = 0;
  /** What was written, until it is copied. @type {unknown} */
  root;

  /**
   * Writes a value; gives whether it is of the form.
   * @param {Form} form @param {any} value
   * @param {import("./form-text.js").FormWriter | null} compiled the same for this form alone
   */
  write(form, value, compiled) {
    this.text = "";
    this.at = this.units = this.count = 0;
    this.most = form.most;
    if (form.most > this.words.length) this.grow(0);
    try {
      if (compiled === null) return isOrdinary() && this.value(form, value);
      const text = compiled(this, value, this.words, 0, this.words.length);
      if (text === null) return false;
      this.text = text;
      return true;
    } catch {
      // Reading it threw, or there is no room for it: so it does as what it is written as then, where the error says where.
      return false;
    }
  }

  /** Makes room behind the words that there are. @param {number} count of them @returns {Float64Array} */
  grow(count) {
    const bigger = new Float64Array(Math.max(count + this.most, this.words.length * 2));
    bigger.set(this.words.subarray(0, count));
    return (this.words = bigger);
  }

  /** Lets go of large buffers. */
  shrink() {
    this.words = new Float64Array(ROOM);
    this.u8 = new Uint8Array(0);
  }

  /** Encodes texts that were put together. @param {string} text @returns {string} what is left */
  flushed(text) {
    this.text = text;
    this.flush();
    return "";
  }

  /** @param {Form} form @param {any} value @returns {boolean} */
  value(form, value) {
    switch (form.kind) {
      case NUMBER: return typeof value === "number" && this.put(value);
      case TEXT: return typeof value === "string" && this.addText(value);
      case BOOLEAN: return typeof value === "boolean" && this.put(value ? 1 : 0);
      case OPTION:
        if (value === null || value === undefined) return this.put(0);
        this.words[this.count++] = 1;
        return this.value(form.parts[0], value);
      case STRUCT: return isPlain(value) && this.struct(form, value);
      case LIST: return isArray(value) && this.list(form.parts[0], value);
      case TUPLE: return isArray(value) && this.tuple(form.parts, value);
      case MAP: return isPlain(value) && this.map(form.parts[0], value);
      // One that nothing is known of.
      default: return false;
    }
  }

  /** @param {number} word */
  put(word) {
    this.words[this.count++] = word;
    return true;
  }

  /** @param {string} text */
  addText(text) {
    this.words[this.count++] = text.length;
    this.text += text;
    return true;
  }

  /**
   * What is simple is written here, with all that it takes at hand; `value` does the rest.
   * @param {Form} form @param {any} object @returns {boolean}
   */
  struct(form, object) {
    if (form.shuffles === SHUFFLES) return this.shuffled(form, object, this.count++);
    const { keys, kinds, options, inner } = form;
    const { length } = keys;
    const { text: before, at, units } = this;
    let { words, count } = this;
    let text = before;
    const start = count++;
    let missing = 0;
    let i = 0;
    for (const key in object) {
      const value = object[key];
      if (i === length || keys[i] !== key) {
        const next = keys.indexOf(key, i);
        if (next < 0) {
          if (!form.index.has(key)) {
            // How it is read would say whether it can be.
            if (isContainer(value)) return false;
            continue;
          }
          // Of another order: once more.
          form.shuffles++;
          this.count = start + 1;
          this.text = before;
          this.at = at;
          this.units = units;
          return this.shuffled(form, object, start);
        }
        for (; i < next; i++) missing += 2 ** i;
      }
      const kind = kinds[i];
      if (value === undefined) missing += 2 ** i;
      else if (options[i] && value === null) words[count++] = 0;
      else {
        if (options[i]) words[count++] = 1;
        if (kind === NUMBER && typeof value === "number") words[count++] = value;
        else if (kind === TEXT && typeof value === "string") {
          words[count++] = value.length;
          text += value;
        } else if (kind === BOOLEAN && typeof value === "boolean") words[count++] = value ? 1 : 0;
        else {
          this.count = count;
          this.text = text;
          if (!this.value(inner[i], value)) return false;
          ({ words, count, text } = this);
        }
      }
      i++;
    }
    for (; i < length; i++) missing += 2 ** i;
    if (missing !== 0) form.lacks++;
    words[start] = missing;
    this.count = count;
    this.text = text;
    return true;
  }

  /** An object whose keys are not in the order of the fields. @param {Form} form @param {any} object @param {number} start @returns {boolean} */
  shuffled(form, object, start) {
    const { keys, parts, order, places } = form;
    const values = form.takeValues();
    let other = false;
    let i = 0;
    for (const key in object) {
      const value = object[key];
      let place = i < order.length && order[i] === key ? places[i++] : -2;
      if (place === -2) {
        place = form.index.get(key) ?? -1;
        other = true;
      }
      if (place >= 0) values[place] = value;
      else if (isContainer(value)) return false;
    }
    if (other) form.search(object);
    let missing = 0;
    for (let i = 0; i < keys.length; i++) {
      const value = values[i];
      values[i] = undefined;
      if (value === undefined) missing += 2 ** i;
      else if (!this.value(parts[i], value)) return false;
    }
    form.values = values;
    this.words[start] = missing;
    return true;
  }

  /** @param {Form} form @param {any[]} array @returns {boolean} */
  list(form, array) {
    const { length } = array;
    this.words[this.count++] = length;
    if (form.kind === TEXT) return this.texts(array, length);
    for (let i = 0; i < length; i++) {
      this.room();
      if (!this.value(form, array[i])) return false;
    }
    return true;
  }

  /** @param {any[]} array @param {number} length */
  texts(array, length) {
    for (let i = 0; i < length; i++) {
      const value = array[i];
      if (typeof value !== "string") return false;
      this.room();
      this.words[this.count++] = value.length;
      this.text += value;
    }
    return true;
  }

  /** @param {readonly Form[]} parts @param {any[]} array @returns {boolean} */
  tuple(parts, array) {
    const { length } = parts;
    if (array.length !== length) return false;
    for (let i = 0; i < length; i++) if (!this.value(parts[i], array[i])) return false;
    return true;
  }

  /** @param {Form} form @param {any} object @returns {boolean} */
  map(form, object) {
    const start = this.count++;
    let count = 0;
    for (const key in object) {
      this.room();
      const value = object[key];
      this.addText(key);
      if (value === undefined || !this.value(form, value)) return false;
      count++;
    }
    this.words[start] = count;
    return true;
  }

  /** Room for another item, and for all behind it till there is the next. */
  room() {
    if (this.count + this.most > this.words.length) this.grow(this.count);
    if (this.text.length > PIECE) this.flush();
  }
}
