// @ts-check
// Classes: what the contract section says of them, and what they are to the rest of the host:
// types, and the classes that the exports offer.

import { bad, once, readFields, readLines } from "./contract.js";
import { makeFinish, named } from "./exports.js";
import { handlesOf } from "./handles.js";
import { Family, borrowedType, idOf, makeClass, newId, ownedType, receiverOf } from "./instance.js";
import * as kind from "./kind.js";
import { asyncMember, makeMethod } from "./method.js";
import { refusable, refuse } from "./misuse.js";
import { makeRefusable } from "./refusable.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./exports.js").Find} Find */
/** @typedef {import("./contract.js").Declaration} Declaration */
/** @typedef {import("./types.js").Type} Type */

/**
 * @typedef {object} Declared a member of a class
 * @property {"method" | "get" | "set"} kind
 * @property {string} name
 * @property {string} receiver empty for a static function and the constructor
 * @typedef {Declaration & Declared} Member
 */

/** What the host has itself in every class. */
const TAKEN = ["free", "constructor", "prototype", "__proto__"];
const CLASS = /^class (\w+)(?: ".*")?$/;
const MEMBER = /^(method|get|set) (\w+)\.(\w+)\((?:((?:&|&mut )?self)(?:, |(?=\))))?(.*?)\)(?: -> (?:result<([^&"]+?)(?:, (\w+))?>|([^&"]+?)))?(?: ".*")?$/;
/** The declared classes of a module with their members. */
export const readClasses = once((module) => {
  /** @type {Map<string, Member[]>} */
  const classes = new Map();
  const lines = [...new Set(readLines(module))].filter((line) => /^(?:class|method|get|set) /.test(line));
  /** @type {Map<string, string>} */
  const seen = new Map();
  const first = (/** @type {string} */ key, /** @type {string} */ line) => {
    if (seen.has(key)) throw bad(`${seen.get(key)} | ${line}`);
    seen.set(key, line);
  };
  for (const line of lines.filter((line) => line.startsWith("class "))) {
    const [, name] = CLASS.exec(line) ?? [];
    if (!name) throw bad(line);
    first(name, line);
    classes.set(name, []);
  }
  for (const line of lines.filter((line) => !line.startsWith("class "))) {
    const [, kind, of, name, receiver = "", list, fallible, error, result = "()"] = MEMBER.exec(line) ?? [];
    const members = classes.get(of);
    if (!members || TAKEN.includes(name)) throw bad(line);
    first(`${of}.${name}`, line);
    const params = readFields(list);
    const wrong = (kind === "get" && (receiver !== "&self" || params.length !== 0)) || (kind === "set" && (receiver === "" || receiver === "self" || params.length !== 1 || !/^set_./.test(name)));
    if (wrong || (kind !== "method" && result.startsWith("async "))) throw bad(line);
    members.push({ kind: /** @type {Member["kind"]} */ (kind), name, receiver, line, params, result: fallible ?? result, fallible, error });
  }
  return classes;
});

/** The wasm exports that are members of classes. */
export const memberExports = once((module) => new Set(Array.from(readClasses(module), ([of, members]) => members.map(({ name }) => `${of}.${name}`)).flat()));

/** The family of a class's instances in one guest. @param {Guest} guest @param {string} name */
export function familyOf(guest, name) {
  const handles = handlesOf(guest);
  const { families } = handles;
  let family = families.get(name);
  if (!family) families.set(name, (family = new Family(guest, name)));
  handles.lending = lending;
  return family;
}

/** The type of instances, if that is what a name stands for. @param {WebAssembly.Module} module @param {Guest} guest @param {string} type @returns {Type | undefined} */
export function instanceType(module, guest, type) {
  const [, borrowed, name] = /^(&(?:mut )?)?(\w+)$/.exec(type) ?? [];
  if (name !== "opaque" && !readClasses(module).has(name)) return undefined;
  const family = familyOf(guest, name);
  return borrowed ? borrowedType(family) : ownedType(family);
}

/**
 * The classes that a guest offers, by name.
 * @param {WebAssembly.Module} module @param {Guest} guest @param {Find} find
 * @param {(name: string, made: (...args: any[]) => any) => (...args: any[]) => any} [traced]
 */
export function makeClasses(module, guest, find, traced) {
  /** @type {Record<string, any>} */
  const made = Object.create(null);
  for (const [name, members] of readClasses(module)) made[name] = declaredClass(guest, familyOf(guest, name), members, find, traced);
  const { families } = handlesOf(guest);
  if (families.size > 0 && !guest.raw.hw_drop) throw bad("no export hw_drop");
  // What is opaque has a class that nobody can make.
  const opaque = families.get("opaque");
  if (opaque) makeClass(opaque, noConstructor("Opaque"), 0, []);
  return made;
}

/** @param {string} name */
const noConstructor = (name) => () => {
  throw new TypeError(`${name} has no constructor`);
};

/** @param {Guest} guest @param {Family} family @param {Member[]} members @param {Find} find @param {Parameters<typeof makeClasses>[3]} traced */
function declaredClass(guest, family, members, find, traced) {
  /** @type {import("./instance.js").Method} */
  let make = noConstructor(family.name);
  let length = 0;
  /** @type {import("./instance.js").Member[]} */
  const list = [];
  for (const member of members) {
    const { kind, name, receiver } = member;
    const full = `${family.name}.${name}`;
    const raw = guest.raw[full];
    if (!raw?.call) throw bad(`no export ${full}`);
    const constructs = kind === "method" && name === "new" && receiver === "";
    const property = kind === "set" ? name.slice(4) : name;
    const label = constructs ? `new ${family.name}` : `${family.name}.${property}`;
    const params = member.params.map((param) => ({ type: find(param.type, label), where: `${label}: ${param.name}` }));
    if (constructs && member.result !== family.name) throw bad(member.line);
    const finish = makeFinish(guest, constructs ? newId : find(member.result, label), member, label, find);
    const own = handlesOf(guest).glue?.exports.get(full);
    if (constructs) {
      make = (own ?? makeStatic)(guest, raw, params, finish, label);
      length = params.length;
      continue;
    }
    const moved = receiver === "self" ? find(family.name, label) : undefined;
    const result = find(member.result, label);
    const { make: makeAsync } = result;
    const self = receiver && receiverOf(family, label, moved);
    const plain = makeAsync
      ? asyncMember(family, raw, params, label, self, makeAsync)
      : own
        ? own(guest, raw, self ? [self, ...params] : params, finish, label)
        : receiver === ""
          ? makeStatic(guest, raw, params, finish, label)
          : makeMethod(family, raw, params, finish, label, moved, member.fallible ? undefined : result);
    const told = !traced ? plain : receiver === "" ? traced(label, plain) : traceable(label, plain, traced);
    list.push({ kind: receiver === "" ? "static" : kind, name: property, made: named(told, kind === "method" ? name : `${kind} ${property}`, params.length) });
  }
  return makeClass(family, traced ? traced(`new ${family.name}`, make) : make, length, list);
}

/** A function that has no instance. @type {import("./exports.js").Make} */
const makeStatic = (guest, raw, params, finish, name) => (refusableShape(params, name, guest) ?? makeRefusable)(guest, raw, params, finish, name);

/**
 * The shape of a function, which the guest can refuse if it borrows an instance.
 * @param {import("./exports.js").Param[]} params @param {string} name @param {Guest} guest
 * @returns {import("./exports.js").Make | undefined}
 */
export function refusableShape(params, name, guest) {
  const shape = handlesOf(guest).shapeOf(params, name);
  if (!shape || params.every(({ type }) => type.kind !== kind.INSTANCE)) return shape;
  return (guest, raw, params, finish, name) => shape(guest, raw, params, refusable(guest, finish, name), name);
}

/** What the text of glue calls for instances. @typedef {typeof lending} Lending */
const lending = {
  idOf,
  refuse,
  /** The closure that does what the text of a function leaves to it. @type {import("./exports.js").Make} */
  refusing: makeStatic,
  /** The same of a method, whose first parameter is the instance that it is called on. @type {import("./exports.js").Make} */
  member: (guest, raw, [receiver, ...params], finish, name) => makeMethod(/** @type {any} */ (receiver.type).family, raw, params, finish, name),
};

/** A method whose calls are told, with the instance as their first value. @param {string} name @param {(...args: any[]) => any} method @param {NonNullable<Parameters<typeof makeClasses>[3]>} traced */
function traceable(name, method, traced) {
  const told = traced(name, (self, ...args) => Reflect.apply(method, self, args));
  return {
    method(/** @type {any[]} */ ...args) {
      return told(this, ...args);
    },
  }.method;
}
