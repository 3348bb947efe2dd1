// @ts-check
// Imports that the guest declares with types: the embedder's functions, and inline code. For
// each, a function of wires that lifts the arguments, calls, checks what came back and lowers
// that. What is thrown goes into the guest's status word.

import { Callable } from "./callable.js";
import { bad, importsOf, once, readFields, readLines } from "./contract.js";
import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import { lacking } from "./lacking.js";
import * as kind from "./kind.js";
import { alignedAt, copyAt, u32 } from "./memory.js";
import { Named, naming, readResult } from "./named.js";
import { put } from "./put.js";
import { NUMBER } from "./slab.js";
import { ending } from "./view.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {(...args: any[]) => any} Given */

const IMPORT = /^import (\w+)\.(\w+)\((.*?)\)(?: -> ((?:async )?(?:[^&\s]+|result<\S+, \w+>)))? as (".*")$/;
/** The address of the status word in the info record. */
const STATUS_PTR = 24;

/**
 * @typedef {{ module: string, name: string, key: string, params: import("./contract.js").Param[], result: string, error: string | undefined, caller?: (guest: Guest) => Given }} Declared
 * an import with its result, "()" for none, and the error that its line names; `caller` makes its function, if it is a method of an interface
 * @typedef {(guest: Guest, given: Given, params: Type[], result: Type | null, name: string) => Given} Bind makes the function of wires of an import
 */

/** @typedef {(module: string, name: string, key: string, count: number) => Given | undefined} Supply gives the function that the embedder has under a name */
/** @typedef {(module: WebAssembly.Module, key: string) => Declared | undefined} ReadMethod reads the method of an interface that a key names */

/** The declarations of the imports that a module has; of methods of interfaces with what reads those. @type {(module: WebAssembly.Module, readMethod?: ReadMethod) => Declared[]} */
export const readImports = /* @__PURE__ */ once((module, readMethod) => {
  const wanted = new Set(importsOf(module).filter((wanted) => wanted.module === "declared").map(({ name }) => name));
  /** @type {Declared[]} */
  const declared = [];
  for (const line of new Set(readLines(module))) {
    if (!line.startsWith("import ")) continue;
    const match = IMPORT.exec(line);
    if (!match) throw bad(line);
    const [, from, name, list, result, json] = match;
    const key = JSON.parse(json);
    // A line whose function is not used any more stays behind: it asks for nothing.
    if (wanted.delete(key)) declared.push({ module: from, name, key, params: readFields(list), ...readResult(result) });
  }
  for (const key of wanted) {
    const method = readMethod?.(module, key);
    if (method && wanted.delete(key)) declared.push(method);
  }
  for (const key of wanted) throw key.startsWith("interface ") && !readMethod ? lacking("module", ["interface"]) : bad(`no line for the import ${key}`);
  return declared;
});

/**
 * The functions of the module `declared`, by their keys.
 * @param {WebAssembly.Module} module
 * @param {Guest} guest
 * @param {import("./exports.js").Find} find
 * @param {Supply} supply
 * @param {ReadMethod} [readMethod] of interfaces, if there are any
 */
export function makeDeclared(module, guest, find, supply, readMethod) {
  /** @type {Record<string, Given>} */
  const made = Object.create(null);
  for (const { module: from, name, key, params, result, error, caller } of readImports(module, readMethod)) {
    const types = params.map(({ type }) => find(type, key));
    const given = caller ? caller(guest) : supply(from, name, key, types.length);
    const throws = given && error ? naming(given, find(error, key), error) : given;
    const type = result === "()" ? null : find(result, key);
    if (!throws) continue;
    const own = handlesOf(guest).glue?.imports.get(key);
    const bound = (own ?? type?.bind ?? bind)(guest, throws, types, type, `${from}.${name}`);
    // Text of its own ends the closures that it is lent, and so does `bind` where it has a case for them.
    const ends = own !== undefined || (!type?.bind && /^fs?$/.test(formOf(types)));
    made[key] = types.some(({ lends, lend }) => lends && !(ends && lend)) ? ending(guest, bound) : bound;
  }
  return made;
}

/**
 * Few arguments have functions without lists, by what they are. The wire behind them is where a slot for the result
 * is, if it has one.
 * @type {Bind}
 */
function bind(guest, given, params, result, name) {
  const placeholder = result && (result.kind === kind.I64 || result.kind === kind.U64) ? 0n : 0;
  const handles = handlesOf(guest);
  const where = `${name}: result`;
  const inSlot = result && !result.lift;
  const owned = result?.kind === kind.HANDLE;
  const moves = result?.kind === kind.INSTANCE;
  const all = params.map((type) => acceptor(guest, type, name));
  const [x, y] = all;
  /** @param {number} out */
  const place = (out) => (inSlot ? alignedAt(guest.memory, out, 1, name, 16, 8) : 0);
  /** @param {any} value @param {number} at */
  const end = (value, at) => {
    if (guest.dead !== null) throw guest.dead;
    if (result === null) return;
    const checked = result.check(value, where);
    if (guest.dead !== null) throw guest.dead; // again: reading a value may run getters
    if (inSlot) giveSlot(guest, result, checked, at, name);
    else return owned ? handles.slab.add(checked) : moves ? giveId(guest, result, checked, name) : checked;
  };
  /** @param {unknown} thrown */
  const failed = (thrown) => {
    fail(guest, thrown);
    return placeholder;
  };
  /** Known when the first is lent. @type {ReturnType<typeof planOf> | null} */
  let plan = null;
  switch (formOf(params)) {
    // A closure that is lent ends here, and not with what else is.
    case "f":
      return (id, out) => {
        const closure = new Callable(id);
        if (plan === null) plan = planOf(guest, params[0], name);
        const first = plan.make(closure);
        const at = place(out);
        try {
          return end(given(first), at);
        } catch (thrown) {
          return failed(thrown);
        } finally {
          closure.end();
        }
      };
    case "fs":
      return (id, b, out) => {
        const closure = new Callable(id);
        if (plan === null) plan = planOf(guest, params[0], name);
        const first = plan.make(closure);
        const second = y(b, 0);
        const at = place(out);
        try {
          return end(given(first, second), at);
        } catch (thrown) {
          return failed(thrown);
        } finally {
          closure.end();
        }
      };
    case "":
      return (out) => {
        const at = place(out);
        try {
          return end(given(), at);
        } catch (thrown) {
          return failed(thrown);
        }
      };
    case "s":
      return (a, out) => {
        const first = x(a, 0);
        const at = place(out);
        try {
          return end(given(first), at);
        } catch (thrown) {
          return failed(thrown);
        }
      };
    case "w":
      return (a, aLen, out) => {
        const first = x(a, aLen);
        const at = place(out);
        try {
          return end(given(first), at);
        } catch (thrown) {
          return failed(thrown);
        }
      };
    case "ss":
      return (a, b, out) => {
        const first = x(a, 0);
        const second = y(b, 0);
        const at = place(out);
        try {
          return end(given(first, second), at);
        } catch (thrown) {
          return failed(thrown);
        }
      };
    case "sw":
      return (a, b, bLen, out) => {
        const first = x(a, 0);
        const second = y(b, bLen);
        const at = place(out);
        try {
          return end(given(first, second), at);
        } catch (thrown) {
          return failed(thrown);
        }
      };
  }
  return (...wires) => {
    let next = 0;
    const args = params.map(({ wide }, i) => all[i](wires[next++], wide ? wires[next++] : 0));
    const at = place(wires[next]);
    try {
      return end(given(...args), at);
    } catch (thrown) {
      return failed(thrown);
    }
  };
}

/** What the parameters are: each a letter, `s` for one wire, `w` for two, `f` for a closure that is lent. @param {Type[]} params */
const formOf = (params) => params.map(({ wide, lend }) => (wide ? "w" : lend ? "f" : "s")).join("");

/** How closures are called that are lent. @param {Guest} guest @param {Type} type @param {string} name */
const planOf = (guest, { lend }, name) => /** @type {NonNullable<Type["lend"]>} */ (lend)(guest, name);

/** What gives the value of an argument. @param {Guest} guest @param {Type} type @param {string} name @returns {(wire: any, len: number) => any} */
export function acceptor(guest, type, name) {
  const { accept, lift } = type;
  if (accept) return (wire, len) => accept.call(type, guest, wire, len, name);
  if (type.kind === kind.STRING) return (wire, len) => guest.text(wire, len, name);
  if (type.kind === kind.BYTES) return (wire, len) => copyAt(guest.memory, wire, len, name);
  return (wire) => lift?.(wire, guest, name);
}

/** An instance that is the guest's from now on. @param {Guest} guest @param {Type} type @param {any} checked @param {string} name */
function giveId(guest, type, checked, name) {
  const mark = guest.leftovers.length;
  const id = type.lower?.(guest, checked, name);
  guest.leftovers.length = mark;
  return id;
}

/**
 * Writes a result where the guest wants it. What it points to stays in the arena until the next crossing, without being in use
 * there; what the arena has no room for is the guest's.
 * @param {Guest} guest @param {Type} type @param {any} checked @param {number} at @param {string} name
 */
export function giveSlot(guest, type, checked, at, name) {
  const handles = handlesOf(guest);
  const { top } = guest.memory;
  const mark = guest.leftovers.length;
  handles.resultStart = top;
  try {
    put(guest, type, checked, at, name);
    guest.leftovers.length = mark;
  } finally {
    handles.resultStart = -1;
    guest.memory.top = top;
    guest.leave(mark);
  }
}

/** Leaves what was thrown in the guest's status word; in the return slot, if it is what the line names. @param {Guest} guest @param {unknown} thrown */
export function fail(guest, thrown) {
  if (guest.dead !== null) throw guest.dead;
  const { slab, status } = handlesOf(guest);
  const named = Named.is(thrown);
  if (status === 0) throw named ? thrown.thrown : thrown;
  const word = named ? give(guest, thrown) : slab.add(thrown);
  // Giving may have grown the memory: the view is fetched after it.
  guest.memory.view.setUint32(status, word, true);
}

/** Puts an error that the line names into the return slot. @param {Guest} guest @param {Named} error @returns {number} what the status word says then */
function give(guest, { type, checked, where }) {
  try {
    giveSlot(guest, type, checked, guest.returnSlot, where);
    return NUMBER;
  } catch (problem) {
    if (guest.dead !== null) throw guest.dead;
    return handlesOf(guest).slab.add(problem);
  }
}

/** Where a guest has its status word, which the handshake has looked at; 0 if nowhere. @param {Guest} guest */
export const statusOf = (guest) =>
  guest.raw.hw_info ? guest.memory.view.getUint32(u32(guest.enter(guest.raw.hw_info, "hw_info")) + STATUS_PTR, true) : 0;

/** The source of inline code, which is all behind the first ` = ` of a key. @param {string} key */
export const sourceOf = (key) => key.slice(key.indexOf(" = ") + 3);

/** An inline function that can't be made. @param {string} key @param {unknown} cause */
export const badInline = (key, cause) => new WireError("bad-contract", key, cause instanceof Error ? cause.message : "", { cause });
