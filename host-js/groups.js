// @ts-check
// All groups of operations, but for those of entry points of their own, and what of a module is the same for all its
// instances. It is found out once.

import { importsOf, once } from "./contract.js";
import { array } from "./imports/array.js";
import { batch } from "./imports/batch.js";
import { bigint } from "./imports/bigint.js";
import { bytes } from "./imports/bytes.js";
import { class_ } from "./imports/class.js";
import { closure } from "./imports/closure.js";
import { date } from "./imports/date.js";
import { debug } from "./imports/debug.js";
import { declared } from "./imports/declared.js";
import { error } from "./imports/error.js";
import { external } from "./imports/external.js";
import { fast } from "./imports/fast.js";
import { function_ } from "./imports/function.js";
import { handle } from "./imports/handle.js";
import { interface_ } from "./imports/interface.js";
import { json } from "./imports/json.js";
import { kit } from "./imports/kit.js";
import { object } from "./imports/object.js";
import { scalar } from "./imports/scalar.js";
import { string } from "./imports/string.js";
import { symbol } from "./imports/symbol.js";
import { types as composite } from "./imports/types.js";
import { value } from "./imports/value.js";
import { view } from "./imports/view.js";

/** @type {import("./core.js").Group[]} */
export const all = [
  scalar, handle, value, bigint, error, string, bytes, object, array, date, symbol, json, function_, batch, closure, external, class_, interface_, composite, view, declared, fast,
  debug, kit,
];

/** Their types, by name. @type {Record<string, import("./types.js").Type>} */
export const types = Object.assign(Object.create(null), ...all.map(({ types }) => types));

/** The groups that a module imports operations of: each operation's name begins with its group's. */
export const groupsOf = once((module) => {
  const wanted = new Set(importsOf(module).map(({ module, name }) => (module === "handwire" ? name.split("_", 1)[0] : "")));
  return all.filter(({ name }) => wanted.has(name));
});
