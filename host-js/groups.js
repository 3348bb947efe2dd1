// @ts-check
// All groups of operations, and what of a module is the same for all its instances: the groups
// that it needs, its declared exports, those without a declaration. It is found out once.

import { memberExports } from "./class.js";
import { readTypes } from "./composite.js";
import { importsOf, once, readExports } from "./contract.js";
import { array } from "./imports/array.js";
import { batch } from "./imports/batch.js";
import { bigint } from "./imports/bigint.js";
import { bytes } from "./imports/bytes.js";
import { closure } from "./imports/closure.js";
import { date } from "./imports/date.js";
import { error } from "./imports/error.js";
import { external } from "./imports/external.js";
import { function_ } from "./imports/function.js";
import { handle } from "./imports/handle.js";
import { interface_ } from "./imports/interface.js";
import { json } from "./imports/json.js";
import { object } from "./imports/object.js";
import { string } from "./imports/string.js";
import { symbol } from "./imports/symbol.js";
import { value } from "./imports/value.js";
import { isMethod } from "./interface.js";
import { scalar } from "./scalar.js";

/** @type {import("./core.js").Group[]} */
export const all = [scalar, handle, value, bigint, error, string, bytes, object, array, date, symbol, json, function_, batch, closure, external, interface_];
/** Their types, by name. @type {Record<string, import("./types.js").Type>} */
export const types = Object.assign(Object.create(null), ...all.map(({ types }) => types));

/** The groups that a module imports operations of: each operation's name begins with its group's. */
export const groupsOf = once((module) => {
  const wanted = new Set(importsOf(module).map(({ module, name }) => (module === "handwire" ? name.split("_", 1)[0] : "")));
  return all.filter(({ name }) => wanted.has(name));
});

/** The declared exports of a module. */
export const contractOf = once(readExports);

/** The functions that a module exports without a declaration, but for those that are for its host. */
export const plainExports = once((module) => {
  const lines = readTypes(module);
  const members = memberExports(module);
  const declared = contractOf(module);
  const names = WebAssembly.Module.exports(module).flatMap(({ name, kind }) => (kind === "function" ? [name] : []));
  return names.filter((name) => !name.startsWith("hw_") && !members.has(name) && !isMethod(name, lines) && !declared.has(name));
});
