// @ts-check
// Interfaces: objects of the embedder whose methods the guest calls. What the guest holds is a
// handle of an entry in the slab that has the object and its interface: so each time that an object is passed it has a
// life of its own, and a handle of anything else is found out.

import { bad, readFields, readTypes } from "./contract.js";
import { detachedOf, forget } from "./detached.js";
import { WireError, show } from "./errors.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { readResult } from "./named.js";
import { payload, wrongType } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {{ name: string, params: import("./contract.js").Param[], result: string, error: string | undefined, fallible: string | undefined, detached: boolean }} Method */
/** @typedef {{ name: string, methods: Method[] }} Interface */

const METHOD = /^(\w+)\((.*?)\)(?: -> ([^&]+)| (detached))?$/;
const { call } = Function.prototype;

/** The name of a declared import that is a method. */
const KEY = /^interface (\w+)\.(\w+)(?:\(|$)/;

/** What a line says between its braces. @param {string} name @param {string} body @returns {Interface} */
export function readInterface(name, body) {
  const methods = body.split("; ").map((text) => {
    const [, method, params, result, detached] = METHOD.exec(text) ?? [];
    if (!method) throw bad(`interface ${name}: ${text}`);
    return { name: method, params: readFields(params), ...readResult(result), fallible: /^result</.exec(result)?.[0], detached: Boolean(detached) };
  });
  return { name, methods };
}

/** An object that implements an interface, for as long as the guest holds it. */
export class Implementor {
  /** How many detached calls of it are still to be made. */
  waiting = 0;
  #brand = true;

  /** @param {Interface} of @param {any} object */
  constructor(of, object) {
    this.of = of;
    this.object = object;
  }

  /** Whether a value is one; nothing of the value runs for it, as it would for `instanceof`. @param {any} value @returns {value is Implementor} */
  static is(value) {
    return Object(value) === value && #brand in value;
  }
}

/** The implementor of a handle. @param {Guest} guest @param {number} handle @param {string} op @param {string} [name] of the interface, where it must be this one @returns {Implementor} */
export function implementorOf(guest, handle, op, name) {
  const value = handlesOf(guest).slab.get(handle, op);
  if (Implementor.is(value) && (name === undefined || value.of.name === name)) return value;
  throw new WireError("wrong-kind", op, `${Implementor.is(value) ? value.of.name : show(value)} as ${name ?? "an implementor"}`);
}

/** An interface as a type: of objects that have all of its methods. @param {Interface} of @returns {Type} */
const interfaceType = (of) => ({
  check(value, where) {
    if (Object(value) !== value) throw wrongType(where, `an object that implements ${of.name}`, value);
    for (const { name } of of.methods) if (typeof value[name] !== "function") throw lacking(value, where, of);
    return new Implementor(of, value);
  },
  lower: (guest, checked, name) => handlesOf(guest).grant(checked, name),
  lift: (wire, guest, name) => back(guest, wire, name, of),
  kind: kind.HANDLE,
  read: (guest, at, name) => back(guest, handleAt(guest, at, name), name, of),
});

/** What an object lacks of an interface: all of it. @param {any} value @param {string} where @param {Interface} of */
function lacking(value, where, of) {
  const wrong = of.methods.flatMap(({ name }) => {
    const method = value[name];
    return typeof method === "function" ? [] : [`${name} is ${method === undefined ? "missing" : `${show(method)}, no function`}`];
  });
  return new TypeError(`${where} must implement ${of.name}: ${wrong.join(", ")}`);
}

/** The receiver of a method: an implementor that the guest goes on holding. @param {string} of @returns {Type} */
const receiverType = (of) => ({
  check: (value) => value,
  borrowed: true,
  accept: (guest, wire, _, name) => implementorOf(guest, wire, name, of),
  kind: -1, // a result is never borrowed
  read: (value) => value,
});

/** What the guest gives back: an object that it was given, or one of its own. @param {Guest} guest @param {number} handle @param {string} name @param {Interface} of */
function back(guest, handle, name, of) {
  const handles = handlesOf(guest);
  const value = handles.take(handle, name);
  if (Implementor.is(value) && value.of.name === of.name) return value.object;
  for (const family of handles.families.values()) if (family.name === of.name && value instanceof family.made) return value;
  throw new WireError("wrong-kind", name, `${Implementor.is(value) ? value.of.name : show(value)} as ${of.name}`);
}

/** @param {Guest} guest @param {number} at of a slot @param {string} name */
const handleAt = (guest, at, name) => guest.memory.view.getInt32(payload(guest, at, kind.HANDLE, name), true);

/**
 * The function that calls a method: its first argument is the implementor, of which the method is looked up each time.
 * @param {Guest} guest @param {Interface} of @param {string} name of the method
 * @returns {(it: Implementor, ...args: any[]) => any}
 */
function callerOf(guest, of, name) {
  const { params, detached, result } = /** @type {Method} */ (of.methods.find((method) => method.name === name));
  // One that is async is told of its call, behind its arguments.
  const count = params.length + Number(result.startsWith("async "));
  if (!detached) return callers[count]?.(name) ?? ((it, ...args) => Reflect.apply(methodOf(it, name), it.object, args));
  const where = { interface: of.name, method: name };
  return (it, ...args) => {
    it.waiting++;
    detachedOf(guest).add(() => {
      it.waiting--;
      forget(guest, where, () => Reflect.apply(methodOf(it, name), it.object, args));
    });
  };
}

/** Without a list of arguments, where there are few. @type {((name: string) => (it: Implementor, a?: any, b?: any, c?: any) => any)[]} */
const callers = [
  (name) => (it) => call.call(methodOf(it, name), it.object),
  (name) => (it, a) => call.call(methodOf(it, name), it.object, a),
  (name) => (it, a, b) => call.call(methodOf(it, name), it.object, a, b),
  (name) => (it, a, b, c) => call.call(methodOf(it, name), it.object, a, b, c),
];

/** @param {Implementor} it @param {string} name */
function methodOf({ of, object }, name) {
  const method = object[name];
  if (typeof method === "function") return method;
  throw new TypeError(`${of.name}.${name} is ${method === undefined ? "missing" : `${show(method)}, no function`} by now: the object had it when it was passed`);
}

/** Ends the life of an implementor: behind the calls that it is still to get. @param {Guest} guest @param {Implementor} it */
export function dispose(guest, it) {
  if (it.waiting > 0) detachedOf(guest).add(() => end(guest, it));
  else end(guest, it);
}

/** @param {Guest} guest @param {Implementor} it */
function end(guest, { of, object }) {
  try {
    if (object.dispose === undefined) return;
  } catch {
    // It throws when it is read: once more, where that is told.
  }
  forget(guest, { interface: of.name, method: "dispose" }, () => (typeof object.dispose === "function" ? object.dispose() : undefined));
}

/** The names of the interfaces among the lines of a module. @param {Map<string, string>} lines */
const namesOf = (lines) => [...lines.keys()].filter((key) => key.startsWith("interface ")).map((key) => key.slice("interface ".length)).sort();

/** @param {Map<string, string>} lines what `readTypes` gave @param {string} name */
export function interfaceOf(lines, name) {
  const methods = lines.get(`interface ${name}`);
  return methods === undefined ? undefined : readInterface(name, methods);
}

/** The method that a declared import is, if it is one. @type {import("./declared.js").ReadMethod} */
export function readMethod(module, key) {
  const [, name, called] = KEY.exec(key) ?? [];
  const of = interfaceOf(readTypes(module), name);
  const method = of?.methods.find(({ name }) => name === called);
  return method && of && { ...method, module: name, key, params: [{ name: "self", type: `!${name}` }, ...method.params], caller: (guest) => callerOf(guest, of, called) };
}

/** The type of an interface's name, or of the receiver of a method, which no line can name. @param {string} type @param {WebAssembly.Module} module @returns {Type | undefined} */
export function resolveInterface(type, module) {
  if (type.startsWith("!")) return receiverType(type.slice(1));
  const of = interfaceOf(readTypes(module), type);
  return of && interfaceType(of);
}

/** Whether an export is a method that the guest implements: `Name.method`, or `Name@more.method`. @param {string} name @param {Map<string, string>} lines what `readTypes` gave */
export const isMethod = (name, lines) => lines.has(`interface ${/^(\w+)(?:@.*)?\.\w+$/s.exec(name)?.[1]}`);

/**
 * The objects that the guest holds, by interface and handle.
 * @param {Map<string, string>} lines what `readTypes` gave
 * @param {{ handle: number, value: unknown }[]} handles that live
 */
export function interfacesOf(lines, handles) {
  /** @type {Record<string, Map<number, any>>} */
  const all = Object.create(null);
  for (const name of namesOf(lines)) all[name] = new Map();
  for (const { handle, value } of handles) if (Implementor.is(value)) all[value.of.name]?.set(handle, value.object);
  return all;
}
