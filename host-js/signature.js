// @ts-check
// What declared types are on the wire, and what is wrong with a contract that can be read:
// names that nobody declared, types where they can't stand, signatures that the module's
// functions don't have. For tools; the tables are in WIRE.md, section 10.

import { showSignature } from "./module.js";
import { showCall, showType } from "./grammar.js";

/** @typedef {import("./grammar.js").Contract} Contract */
/** @typedef {import("./grammar.js").Type} Type */
/** @typedef {import("./grammar.js").Call} Call */
/** @typedef {import("./module.js").Signature} Signature */

/** What can stand after `js.`, in contract 1.0. */
export const NATURES = [
  "Object", "Function", "String", "BigInt", "Symbol", "Array", "Date", "Promise",
  "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array",
  "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
];
/** What a typed array has. */
const NUMBERS = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "f32", "f64"];
const WIDE = ["i64", "u64", "f32", "f64"];
/** Pointer and length. */
const POINTED = ["str", "bytes", "data"];

/**
 * What a name stands for: an alias is followed, a record, an enum, a class or an interface stays the name that it is, and so does `opaque`.
 * @param {Contract} contract
 * @param {Type} type
 * @returns {Type | undefined} undefined when nobody declared it, or it stands for itself
 */
export function resolve(contract, type) {
  const { records, enums, aliases, interfaces } = contract;
  for (let steps = 0; type.is === "name" && steps <= aliases.length; steps++) {
    const { name } = type;
    if ([...records, ...enums, ...interfaces].some((declared) => declared.name === name) || isInstance(contract, type)) return type;
    const alias = aliases.find((alias) => alias.name === name);
    if (!alias) return undefined;
    type = alias.type;
  }
  return type.is === "name" ? undefined : type;
}

/** Whether a name, followed to its end, is one wire both ways: an enum's, or an interface's. @param {Contract} contract @param {Type} type */
const isFlat = ({ enums, interfaces }, type) => type.is === "name" && [...enums, ...interfaces].some(({ name }) => name === type.name);

/** Whether a name is that of a class, or `opaque`. @param {Contract} contract @param {Type} type */
const isInstance = ({ classes }, type) => type.is === "name" && (type.name === "opaque" || classes.some(({ name }) => name === type.name));

/** The wires of a parameter. @param {Contract} contract @param {Type} type @returns {string[]} */
function paramWires(contract, type) {
  const known = resolve(contract, type);
  if (known?.is === "list" || known?.is === "lent") return ["i32", "i32"];
  if (known?.is !== "plain") return ["i32"];
  if (POINTED.includes(known.name)) return ["i32", "i32"];
  return [wire(known.name)];
}

/** @param {string} name of a scalar */
const wire = (name) => (name === "u64" ? "i64" : WIDE.includes(name) ? name : "i32");

/** The wasm result; undefined for what goes through a slot. @param {Contract} contract @param {Type} type */
function resultWire(contract, type) {
  const known = resolve(contract, type);
  if (known?.is === "plain") return POINTED.includes(known.name) ? undefined : wire(known.name);
  return known && (known.is === "js" || known.is === "function" || known.is === "stream" || isFlat(contract, known) || isInstance(contract, known)) ? "i32" : undefined;
}

/**
 * The signature of a declared export.
 * @param {Contract} contract
 * @param {Call} call
 * @returns {Signature & { slot: boolean }} `slot` when it needs the return slot
 */
export function exportSignature(contract, { params, result, fallible, async }) {
  const wires = params.flatMap(({ type }) => paramWires(contract, type));
  // A status, or a task.
  if (async) return { params: wires, results: ["i32"], slot: true };
  const flat = result ? resultWire(contract, result) : undefined;
  if (fallible) return { params: wires, results: ["i32"], slot: true };
  return { params: wires, results: flat ? [flat] : [], slot: result !== null && !flat };
}

/**
 * The signature of a declared import: a result that doesn't fit is written into a slot of the guest's.
 * @param {Contract} contract
 * @param {Call} call
 * @returns {Signature}
 */
export function importSignature(contract, { params, result, async }) {
  const wires = params.flatMap(({ type }) => paramWires(contract, type));
  // The waiter.
  if (async) return { params: [...wires, "i32"], results: [] };
  const flat = result ? resultWire(contract, result) : undefined;
  return { params: result && !flat ? [...wires, "i32"] : wires, results: flat ? [flat] : [] };
}

/** The signature of an interface's method: the implementor is before the arguments, by its handle or its id. @param {Signature} signature @returns {Signature} */
const received = ({ params, results }) => ({ params: ["i32", ...params], results });

/** What is wrong with a type where it stands. @param {Contract} contract @param {Type} type @param {boolean} outermost parameter @returns {string[]} */
function typeProblems(contract, type, outermost) {
  if (type.is === "plain") return [];
  if (type.is === "list" || type.is === "stream") return typeProblems(contract, type.of, false);
  if (type.is === "lent") {
    if (type.of.is !== "plain" || !NUMBERS.includes(type.of.name)) return [`${showType(type)} is lent, and no typed array has such elements`];
    return outermost ? [] : [`${showType(type)} is lent, and stands where only a parameter can`];
  }
  if (type.is === "option") {
    const inner = resolve(contract, type.of);
    return inner?.is === "option" ? [`${showType(type)} is an option of an option, which can't be said`] : typeProblems(contract, type.of, false);
  }
  if (type.is === "function") return functionProblems(contract, type, outermost);
  if (type.borrowed && !outermost) return [`${showType(type)} is borrowed, and stands where only a parameter can`];
  if (type.is === "js") return type.nature === "" || NATURES.includes(type.nature) ? [] : [`the type ${showType(type)} is unknown`];
  const known = resolve(contract, type);
  if (!known) return [`the type ${type.name} ${contract.aliases.some(({ name }) => name === type.name) ? "leads to no declaration" : "is declared nowhere"}`];
  if (isInstance(contract, known)) return [];
  if (type.changes) return [`${showType(type)} is to be changed, and is no instance`];
  return type.borrowed && known.is !== "js" ? [`${showType(type)} is borrowed, and is no handle`] : [];
}

/** @param {Contract} contract @param {import("./grammar.js").Fn} type @param {boolean} outermost parameter @returns {string[]} */
function functionProblems(contract, type, outermost) {
  const inner = [...type.params, ...(type.result ? [type.result] : [])].flatMap((inner) => typeProblems(contract, inner, false));
  const { records, enums } = contract;
  if (type.error && ![...records, ...enums].some(({ name }) => name === type.error)) inner.push(`the error: ${type.error} is no record and no enum`);
  return type.borrowed && !outermost ? [`${showType(type)} is lent, and stands where only a parameter can`, ...inner] : inner;
}

/** @param {Contract} contract @param {Call} call @returns {string[]} */
function callProblems(contract, { params, result, error }) {
  const given = params.flatMap(({ name, type }) => typeProblems(contract, type, true).map((problem) => `${name}: ${problem}`));
  if (error && ![...contract.records, ...contract.enums].some(({ name }) => name === error)) given.push(`the error: ${error} is no record and no enum`);
  return result ? [...given, ...typeProblems(contract, result, false).map((problem) => `the result: ${problem}`)] : given;
}

/** Arguments that an async call keeps, and can't. @param {Contract} contract @param {Call} call @returns {string[]} */
const keptProblems = ({ classes }, { async, params }) =>
  params.flatMap(({ name, type }) => {
    // An instance stays borrowed for as long as the call takes.
    const instance = type.is === "name" && (type.name === "opaque" || classes.some((of) => of.name === type.name));
    const how = type.is === "lent" ? "lent" : "borrowed" in type && type.borrowed && !instance && "borrowed";
    return async && how ? [`${name}: ${showType(type)} is ${how}, and an async call keeps its arguments`] : [];
  });

/** @param {string} what @param {Signature} wanted @param {Signature} found @param {Call} call */
function compare(what, wanted, found, call) {
  const [is, should] = [showSignature(found), showSignature(wanted)];
  return is === should ? [] : [`${what} is ${is} in the module, but declared as ${showCall(call)}, which is ${should}`];
}

/** What the host has itself in every class. */
const TAKEN = ["free", "constructor", "prototype", "__proto__"];

/** What is wrong with a member, but for its types. @param {Contract} contract @param {import("./grammar.js").Member} member @returns {string[]} */
function memberProblems({ classes }, { kind, of, member, receiver, params, result, async }) {
  const borrows = receiver.startsWith("&");
  return [
    ...(classes.some(({ name }) => name === of) ? [] : [`the class ${of} is declared nowhere`]),
    ...(TAKEN.includes(member) ? ["classes have something of their own under this name"] : []),
    ...(async && (kind !== "method" || (member === "new" && receiver === "")) ? ["constructors, getters and setters are not async"] : []),
    ...(kind === "get" && (receiver !== "&self" || params.length > 0) ? ["a getter takes &self, and nothing else"] : []),
    ...(kind === "set" && (!borrows || params.length !== 1 || !/^set_./.test(member)) ? ["a setter is called set_ and the name of the property, and takes &mut self or &self, and a value"] : []),
    ...(kind === "method" && member === "new" && receiver === "" && !(result?.is === "name" && result.name === of) ? [`the result of a constructor is ${of}`] : []),
  ];
}

/** Whether an export is a method that the guest implements: `Logger.log`, or `Logger@app.log`. @param {Contract["interfaces"]} interfaces @param {string} name */
export const isMethod = (interfaces, name) => interfaces.some((of) => of.methods.some((method) => methodOf(name) === `${of.name}.${method.name}`));

/** The method that an export is, without what tells two libraries apart: `Logger@app.log` is `Logger.log`. @param {string} name */
export const methodOf = (name) => name.replace(/^(\w+)@.*(\.\w+)$/s, "$1$2");

/**
 * Whatever keeps a module from what its contract says of it.
 * @param {Contract} contract
 * @param {import("./module.js").Module} module
 * @returns {string[]} one line each
 */
export function contractProblems(contract, module) {
  const exports = new Map(module.exports.flatMap(({ name, type }) => (type ? [[name, type]] : [])));
  const imports = new Map(module.imports.flatMap(({ module: from, name, type }) => (from === "declared" && type ? [[name, type]] : [])));
  const inside = (/** @type {string} */ what, /** @type {string[]} */ problems) => problems.map((problem) => `${what}: ${problem}`);
  const problems = [
    ...contract.records.flatMap(({ name, fields }) =>
      fields.flatMap((field) => inside(`record ${name}: ${field.name}`, typeProblems(contract, field.type, false))),
    ),
    ...contract.aliases.flatMap(({ name, type }) => inside(`type ${name}`, typeProblems(contract, type, false))),
    ...contract.exports.flatMap((call) => {
      const loans = call.params.filter(({ type }) => type.is === "function" && type.borrowed);
      const wrong = [...callProblems(contract, call), ...keptProblems(contract, call), ...loans.map(({ name, type }) => `${name}: ${showType(type)} is lent, and only an import can be lent a function`)];
      const found = exports.get(call.name);
      if (!found) return [`the contract declares an export ${call.name}, which the module doesn't have`, ...inside(`export ${call.name}`, wrong)];
      if (wrong.length > 0) return inside(`export ${call.name}`, wrong);
      return compare(`the export ${call.name}`, exportSignature(contract, call), found, call);
    }),
    ...contract.members.flatMap((call) => {
      const wrong = [...memberProblems(contract, call), ...callProblems(contract, call), ...keptProblems(contract, call)];
      const what = `${call.kind} ${call.name}`;
      const found = exports.get(call.name);
      if (!found) return [`the contract declares a member ${call.name}, which the module doesn't export`, ...inside(what, wrong)];
      if (wrong.length > 0) return inside(what, wrong);
      const wanted = exportSignature(contract, call);
      return compare(`the member ${call.name}`, call.receiver ? { ...wanted, params: ["i32", ...wanted.params] } : wanted, found, call);
    }),
    ...contract.classes.flatMap(({ name }) => [
      ...(contract.exports.some((item) => item.name === name) ? [`the export ${name} has the name of a class`] : []),
      ...(exports.has("hw_drop") ? [] : [`the module has a class ${name}, and no hw_drop that ends an instance`]),
    ]),
    ...contract.imports.flatMap((call) => {
      const what = `import ${call.module}.${call.name}`;
      const wrong = [...callProblems(contract, call), ...keptProblems(contract, call).filter((problem) => problem.includes(" lent,"))];
      const found = imports.get(call.key);
      return wrong.length > 0 || !found ? inside(what, wrong) : compare(what, importSignature(contract, call), found, call);
    }),
  ];
  const keys = contract.imports.map(({ key }) => key);
  for (const { name, methods } of contract.interfaces)
    for (const method of methods) {
      const what = `interface ${name}: ${method.name}`;
      const wrong = [...callProblems(contract, method), ...keptProblems(contract, method)];
      problems.push(...inside(what, wrong));
      if (wrong.length > 0) continue;
      for (const [key, found] of imports)
        if (methodOf(key.replace(/^interface /, "").replace(/\(.*/s, "")) === `${name}.${method.name}` && key.startsWith("interface ")) {
          keys.push(key);
          problems.push(...compare(`the import ${key}`, received(importSignature(contract, method)), found, method));
        }
      for (const [key, found] of exports) if (methodOf(key) === `${name}.${method.name}`) problems.push(...compare(`the export ${key}`, received(exportSignature(contract, method)), found, method));
    }
  for (const name of imports.keys()) if (!keys.includes(name)) problems.push(`the import ${name} has lost its declaration: no line of the contract has this key`);
  const slot = [...contract.exports, ...contract.members].find((call) => exportSignature(contract, call).slot);
  if (slot && !exports.has("hw_info")) problems.push(`the export ${slot.name} gives its result through the return slot, and the module has no hw_info that says where it is`);
  return problems;
}

/** Whether a module awaits, or has async exports: then the host needs the group `async_`. @param {import("./module.js").Module} module */
export const usesAsync = ({ imports }) => imports.some(({ module, name }) => module === "handwire" && /^(?:promise|stream|task)_/.test(name));
