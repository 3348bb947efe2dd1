// @ts-check
// Types that are made of others: `T?`, lists, records and enums, and handles of a known
// class. What has no flat form on the wire crosses as slots; each value is written where its
// slot is, and what the slot points to goes into the arena beside it.

import { bytesOf, classOf, classes, elementNames, elementOf, elements } from "./brand.js";
import { readFields } from "./contract.js";
import { WireError, show } from "./errors.js";
import * as kind from "./kind.js";
import { alignedAt, u32 } from "./memory.js";
import { put, putRange, putSlots } from "./put.js";
import { makeRefusable } from "./refusable.js";
import { SLOT } from "./slot.js";
import { payload, readRange, refined, wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */

/** As `Object(value) === value`, for which an engine makes a call. @param {any} value */
const isObject = (value) => (typeof value === "object" ? value !== null : typeof value === "function" || Object(value) === value);

/** What a handle must be, by the name after `js.`; any typed array by its own name. @type {Record<string, (value: any) => boolean>} */
const natures = {
  Object: isObject,
  Function: (value) => typeof value === "function",
  String: (value) => typeof value === "string",
  BigInt: (value) => typeof value === "bigint",
  Symbol: (value) => typeof value === "symbol",
  Array: (value) => classOf(value) === classes.Array,
  Date: (value) => classOf(value) === classes.Date,
  // By what it can do, as `await` sees it: there is no nature to ask for.
  Promise: (value) => isObject(value) && typeof value.then === "function",
};
elements.forEach((type, element) => {
  if (type) natures[type.name] = (value) => classOf(value) === classes.typedArray + element;
});

/** For parameters that hold, somewhere, what the guest may refuse. */
const anyRefusable = () => makeRefusable;

/** `T?`: `undefined` and `null` are nothing. @param {Type} inner @returns {Type} */
const option = (inner) => ({
  check: (value, where) => (value === undefined || value === null ? undefined : { some: inner.check(value, where) }),
  lower(guest, checked, name) {
    const ptr = guest.reserve(SLOT, 8, name);
    this.put?.(guest, checked, ptr, name);
    return ptr;
  },
  optional: true,
  choose: inner.choose && anyRefusable,
  kind: kind.NONE,
  read: (guest, at, name) => (at && guest.memory.view.getUint32(at, true) === kind.NONE ? undefined : inner.read(guest, at, name)),
  accept: (guest, wire, _, name) => (guest.memory.view.getUint32(alignedAt(guest.memory, wire, 1, name, SLOT, 8), true) === kind.NONE ? undefined : inner.read(guest, u32(wire), name)),
  put: (guest, checked, at, name) => (checked ? put(guest, inner, checked.some, at, name) : putRange(guest, at, kind.NONE, 0, 0, 0)),
});

/** A list of anything, as an array. @param {Type} inner @returns {Type} */
function list(inner) {
  const type = () => inner;
  /** @param {Guest} guest @param {any[]} checked @param {string} name */
  const lower = (guest, checked, name) => {
    const ptr = putSlots(guest, checked, name, type);
    guest.len = checked.length;
    return ptr;
  };
  return {
    check(value, where) {
      if (!Array.isArray(value)) throw wrongType(where, "an array", value);
      // A hole is `undefined`, and an array that changes while it is read gives as many as it had at first.
      const values = [];
      const { length } = value;
      for (let i = 0; i < length; i++) values.push(inner.check(value[i], `${where}[${i}]`));
      return values;
    },
    lower,
    wide: true,
    choose: inner.choose && anyRefusable,
    kind: kind.LIST,
    read: (guest, at, name) => readSlots(guest, at, kind.LIST, name, type),
    accept: (guest, wire, len, name) => readRow(guest, wire, len, name, type),
    put: (guest, checked, at, name) => putRange(guest, at, kind.LIST, 0, lower(guest, checked, name), checked.length),
  };
}

/** A list of numbers, as a typed array; an array of such numbers is taken as well. @param {number} element @param {Type} inner @returns {Type} */
function array(element, inner) {
  const Typed = /** @type {any} */ (elements[element]);
  const size = Typed.BYTES_PER_ELEMENT;
  /** @param {Guest} guest @param {number} ptr @param {number} len @param {string} name */
  const copy = (guest, ptr, len, name) => {
    const start = alignedAt(guest.memory, ptr, len, name, size, size);
    return new Typed(guest.memory.u8.slice(start, start + u32(len) * size).buffer);
  };
  return {
    check(value, where) {
      if (ArrayBuffer.isView(value) && elementOf(value) === element) return bytesOf(value);
      if (!Array.isArray(value)) throw wrongType(where, `a ${Typed.name} or an array of numbers`, value);
      return bytesOf(Typed.from(value, (/** @type {any} */ number, /** @type {number} */ i) => inner.check(number, `${where}[${i}]`)));
    },
    lower(guest, checked, name) {
      const ptr = guest.lowerBytes(checked, name, size);
      guest.len /= size;
      return ptr;
    },
    wide: true,
    kind: kind.ARRAY,
    read: (guest, at, name) => readRange(guest, at, kind.ARRAY, size, name, (ptr, len) => copy(guest, ptr, len, name)),
    accept: copy,
    put(guest, checked, at, name) {
      const ptr = this.lower?.(guest, checked, name);
      putRange(guest, at, kind.ARRAY, element << 8, ptr, guest.len);
    },
  };
}

/** The values in the slots that a slot points to. @param {Guest} guest @param {number} at @param {number} tag @param {string} name @param {(i: number) => Type} type */
function readSlots(guest, at, tag, name, type) {
  const from = payload(guest, at, tag, name);
  const { view } = guest.memory;
  return readRow(guest, view.getUint32(from, true), view.getUint32(from + 4, true), name, type);
}

/** The values in slots in a row. @param {Guest} guest @param {number} ptr @param {number} count @param {string} name @param {(i: number) => Type} type */
function readRow(guest, ptr, count, name, type) {
  const start = alignedAt(guest.memory, ptr, count, name, SLOT, 8);
  const end = u32(count);
  const values = [];
  for (let i = 0; i < end; i++) values.push(type(i).read(guest, start + i * SLOT, name));
  return values;
}

/** A record, as an object. Its fields are found when it is used first: a record may hold lists of itself. @param {() => { name: string, type: Type }[]} find @returns {Type} */
function record(find) {
  /** @type {{ name: string, type: Type }[]} */
  let known;
  const fields = () => (known ??= find());
  /** Whether the guest may refuse a call because of what a field holds. @type {boolean | undefined} */
  let refuses;
  /** @param {number} i */
  const type = (i) => known[i].type;
  /** @param {Guest} guest @param {any[]} checked @param {string} name */
  const lower = (guest, checked, name) => putSlots(guest, checked, name, type);
  /** @param {Guest} guest @param {number} wire @param {string} name */
  const lift = (guest, wire, name) => {
    const names = fields();
    const values = readRow(guest, wire, names.length, name, type);
    /** @type {Record<string, any>} */
    const object = {};
    for (let i = 0; i < names.length; i++) {
      const { name } = names[i];
      if (name === "__proto__") Object.defineProperty(object, name, { value: values[i], writable: true, enumerable: true, configurable: true });
      else object[name] = values[i];
    }
    return object;
  };
  return {
    check(value, where) {
      if (Object(value) !== value) throw wrongType(where, "an object", value);
      const values = [];
      for (const { name, type } of fields()) values.push(type.check(value[name], `${where}.${name}`));
      return values;
    },
    lower,
    get choose() {
      if (refuses === undefined) {
        // What it has of itself adds nothing.
        refuses = false;
        refuses = fields().some(({ type }) => type.choose);
      }
      return refuses ? anyRefusable : undefined;
    },
    kind: kind.RECORD,
    read: (guest, at, name) => lift(guest, guest.memory.view.getUint32(payload(guest, at, kind.RECORD, name), true), name),
    accept: (guest, wire, _, name) => lift(guest, wire, name),
    put: (guest, checked, at, name) => putRange(guest, at, kind.RECORD, 0, lower(guest, checked, name), checked.length),
  };
}

/** An enum, as the name of a variant; a number on the wire. @param {string[]} variants @param {Type} number @returns {Type} */
function choice(variants, number) {
  /** @param {number} which @param {string} name */
  const variant = (which, name) => {
    if (which in variants) return variants[which];
    throw new WireError("wrong-kind", name, `${which} as a variant`);
  };
  return {
    check(value, where) {
      const found = variants.indexOf(value);
      if (found < 0) throw wrongType(where, `one of ${variants.map(show).join(", ")}`, value);
      return found;
    },
    lift: (wire, _, name) => variant(wire, name),
    kind: kind.NUMBER,
    read: (guest, at, name) => variant(number.read(guest, at, name), name),
  };
}

/** A handle whose value is of some nature. @param {Type} handle @param {string} name */
const known = (handle, name) => refined(handle, natures[name], `of type ${name}`, name === "Promise" ? natures.Object : undefined);

/**
 * Makes the type of a name that is made of others.
 * @param {string} type
 * @param {import("./exports.js").Find} find
 * @param {Map<string, string>} lines what `readTypes` gave
 * @param {string} name who wants it
 * @returns {Type | undefined}
 */
export function resolve(type, find, lines, name) {
  const of = (/** @type {string} */ inner) => find(inner, name);
  if (type.endsWith("?")) return option(of(type.slice(0, -1)));
  if (type.startsWith("[")) {
    const inner = type.slice(1, -1);
    const element = elementNames.indexOf(inner);
    return element > 0 ? array(element, of(inner)) : list(of(inner));
  }
  const [, borrowed, nature] = /^(&?)js\.(\w+)$/.exec(type) ?? [];
  if (nature && Object.hasOwn(natures, nature)) return known(of(borrowed + "js"), nature);
  const plain = type.replace("&", "");
  const key = "type " + plain;
  const alias = lines.get(key);
  if (alias) {
    // It is not there while it is looked up, so that one that stands for itself ends as unknown.
    lines.delete(key);
    const found = of(type === plain ? alias : "&" + alias);
    lines.set(key, alias);
    return found;
  }
  const fields = lines.get("record " + type);
  if (fields) return record(() => readFields(fields).map((field) => ({ name: field.name, type: of(field.type) })));
  const variants = lines.get("enum " + type);
  return variants ? choice(variants.split(", "), of("u32")) : undefined;
}
