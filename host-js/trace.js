// @ts-check
// Tells of every crossing, with the values that cross rather than their numbers. A group
// like any other: pass it in `options.with`, and a function in `options.trace`.

import { show } from "./errors.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { alignedAt, u32 } from "./memory.js";
import { NUMBER } from "./slab.js";
import { SLOT, readSlot } from "./slot.js";
import { readText16 } from "./utf16.js";

/**
 * @typedef {object} Crossing one step of a call across the wire
 * @property {"call" | "return" | "throw"} step
 * @property {"import" | "export"} side whose function it is: an import is called by the guest
 * @property {string} name of the operation (imports of other modules as `module.name`)
 * @property {unknown[]} values the arguments, or the one result, or what was thrown
 * @property {number} depth how many calls wait further out
 */

/**
 * What the wires of each operation are, and after the colon its result: `h` handle, `l` handles (pointer and count), `t` text (pointer and length), `u`
 * UTF-16 text, `n` number, `s` slot, `a` slots (pointer and count), `o` where a number result goes, `-` nothing to show.
 * @type {Record<string, string>}
 */
export const shapes = {
  handle_clone: "h:h", handle_release: "h:", handle_release_all: "l:",
  value_kind: "h:n", value_class: "h:n", value_number: "h:n", value_from_number: "n:h", value_equal: "hh:n", value_same: "hh:n",
  value_truthy: "h:n", value_to_string: "h:h", value_to_number: "h-:n",
  bigint_from_i64: "n:h", bigint_from_u64: "n:h", bigint_to_i64: "h-:n", bigint_to_u64: "h-:n", bigint_parse: "t:h",
  string_from_utf8: "t:h", string_from_utf16: "u:h", string_write_utf8: "h-n:n", string_write_utf16: "h-n:n",
  error_take: ":h", error_new: "t:h", error_message: "h:h", error_stack: "h:h", error_panic: "t:", error_misuse: "nt:",
  bytes_new: "n-n:h", bytes_length: "h:n", bytes_write: "h-n:n", bytes_set: "hn-n:n",
  object_new: ":h", object_get: "hho:h", object_get_named: "hto:h", object_set: "hhs:n", object_set_named: "hts:n", object_has: "hh:n",
  object_delete: "hh:n", object_keys: "h:h", object_call: "hhao:h", object_call_named: "htao:h", object_instance_of: "hh:n",
  array_from: "a:h", array_length: "ho:h", array_get: "hno:h", array_set: "hns:n", array_push: "hs:n",
  date_new: "n:h", date_time: "h:n", symbol_new: "t:h", symbol_for: "t:h", json_parse: "t:h", json_stringify: "h:h",
  data_to_value: "-n:h", data_from_value: "h-n-:n", data_part: "hnn:h", data_form: "n-n:", data_error: "t:h",
  function_call: "hhao:h", function_construct: "ha:h",
  promise_await: "hn:", promise_await_number: "hn:", promise_call: "han:", promise_forget: "n:", task_wake: ":", task_settle: "nn:",
  stream_open: "h:h", stream_next: "hn:", stream_close: "h:", stream_new: "n:h",
  batch_run: "-nt-nn:n",
  closure_new: "nt:h", closure_give: "h:", closure_end: "h:", external_new: "n:h", external_id: "h:n",
  interface_new: "nt:h", interface_release: "h:",
};

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {(...wires: any[]) => any} Raw */

/** @type {import("./core.js").Group} */
export const trace = {
  name: "trace",
  imports: () => ({}),
  wrap(tell, guest, imports) {
    let depth = 0;
    /** @param {"import" | "export"} side @param {string} name @param {Raw} call @param {(wires: any[]) => unknown[]} args @param {(wire: any, wires: any[]) => unknown[]} result */
    const told = (side, name, call, args, result) => {
      const wrapped = (/** @type {any[]} */ ...wires) => {
        const level = depth;
        tell({ step: "call", side, name, values: args(wires), depth: level });
        let wire;
        depth++;
        try {
          wire = call(...wires);
        } catch (thrown) {
          depth = level;
          tell({ step: "throw", side, name, values: [thrown], depth });
          throw thrown;
        }
        depth = level;
        tell({ step: "return", side, name, values: result(wire, wires), depth });
        return wire;
      };
      return Object.defineProperties(wrapped, { name: { value: call.name }, length: { value: call.length } });
    };
    for (const [module, functions] of Object.entries(imports))
      for (const [name, given] of Object.entries(functions)) {
        if (typeof given !== "function") continue;
        if (module !== "handwire") functions[name] = told("import", `${module}.${name}`, given, (wires) => wires, (wire) => [wire]);
        else {
          const [params, result] = (shapes[name] ?? ":").split(":");
          functions[name] = told("import", name, given, (wires) => lift(guest, params, wires), (wire, wires) => liftResult(guest, params, result, wire, wires));
        }
      }
    return (name, facade) => told("export", name, facade, (values) => values, (value) => [value]);
  },
};

/**
 * A crossing as one line of text.
 * @param {Crossing} crossing
 * @example instantiate(source, { with: [trace], trace: (crossing) => console.log(line(crossing)) })
 */
export function line({ step, side, name, values, depth }) {
  const indent = "  ".repeat(depth);
  const text = values.map(show).join(", ");
  if (step === "call") return `${indent}${side === "export" ? "→ " : "← "}${name}(${text})`;
  return `${indent}${step === "throw" ? "! " : "= "}${text || "()"}`;
}

/** The arguments of an operation. Nothing here may fail or change anything: what can't be lifted is left to the operation itself. @param {Guest} guest @param {string} params @param {any[]} wires */
function lift(guest, params, wires) {
  /** @type {unknown[]} */
  let values = [];
  let at = 0;
  for (const shape of params) {
    const wire = wires[at++];
    if (shape === "-" || shape === "o") continue;
    if (shape === "n") values.push(wire);
    else if (shape === "h") values.push(attempt(() => handlesOf(guest).slab.get(wire, "trace")));
    else if (shape === "s") values.push(attempt(() => peek(guest, wire)));
    else {
      const len = wires[at++];
      if (shape === "t") values.push(attempt(() => guest.text(wire, len, "trace")));
      else if (shape === "l") values = values.concat(attempt(() => peekHandles(guest, wire, len)));
      else if (shape === "u") values.push(attempt(() => readText16(guest.memory, wire, len, "trace")));
      else values = values.concat(attempt(() => peekAll(guest, wire, len)));
    }
  }
  return values;
}

/** The result of an operation. @param {Guest} guest @param {string} params @param {string} result @param {any} wire @param {any[]} wires */
function liftResult(guest, params, result, wire, wires) {
  if (result === "") return [];
  if (result === "n") return [wire];
  // The out parameter is the last, where there is one.
  if (wire === NUMBER && params.endsWith("o")) return [guest.memory.view.getFloat64(u32(wires[wires.length - 1]), true)];
  return wire === 0 ? ["failed"] : [attempt(() => handlesOf(guest).slab.get(wire, "trace"))];
}

/** The values in slots, if all of them lie in memory. @param {Guest} guest @param {number} ptr @param {number} count */
function peekAll(guest, ptr, count) {
  alignedAt(guest.memory, ptr, count, "trace", SLOT, 8);
  return Array.from({ length: u32(count) }, (_, i) => attempt(() => peek(guest, ptr + i * SLOT)));
}

/** The values of handles in a row, if all of them lie in memory. @param {Guest} guest @param {number} ptr @param {number} count */
function peekHandles(guest, ptr, count) {
  const start = guest.memory.at(ptr, count, "trace", 4);
  const { view } = guest.memory;
  return Array.from({ length: u32(count) }, (_, i) => attempt(() => handlesOf(guest).slab.get(view.getInt32(start + i * 4, true), "trace")));
}

/** The value in a slot, without taking a handle that is given away. @param {Guest} guest @param {number} ptr */
function peek(guest, ptr) {
  const { view } = guest.memory;
  const at = alignedAt(guest.memory, ptr, 1, "trace", SLOT, 8);
  return view.getUint32(at, true) === kind.HANDLE ? handlesOf(guest).slab.get(view.getInt32(at + 8, true), "trace") : readSlot(guest, ptr, "trace");
}

/** @param {() => unknown} lifting */
function attempt(lifting) {
  try {
    return lifting();
  } catch (problem) {
    return problem;
  }
}
