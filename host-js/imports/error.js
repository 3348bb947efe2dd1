// @ts-check
// Errors: what the last failed operation threw, and what can be read of a thrown value.

import { WireError } from "../errors.js";
import { handlesOf } from "../handles.js";
import * as kind from "../kind.js";
import { alignedAt } from "../memory.js";
import { UNDEFINED } from "../slab.js";
import { SLOT } from "../slot.js";
import { MISUSES } from "../misuse.js";
import { payload, text } from "../types.js";

/** @type {import("../core.js").Group} */
export const error = {
  name: "error",
  types: {
    // No type of the contract, whose names have letters: an error that no line describes, as its name, its text and the texts of what it comes from.
    "!": {
      check: (value) => value,
      kind: kind.LIST,
      read(guest, at, name) {
        const from = payload(guest, at, kind.LIST, name);
        const { view } = guest.memory;
        const count = view.getUint32(from + 4, true);
        const start = alignedAt(guest.memory, view.getUint32(from, true), count, name, SLOT, 8);
        const texts = Array.from({ length: count }, (_, i) => text.read(guest, start + i * SLOT, name));
        return causes(texts);
      },
    },
  },
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    return {
      error_take() {
        const { thrown } = handles;
        handles.thrown = undefined;
        return slab.add(thrown);
      },
      error_new(ptr, len) {
        return slab.add(new Error(guest.text(ptr, len, "error_new")));
      },
      error_message(handle) {
        return handles.own(messageOf(slab.get(handle, "error_message")));
      },
      error_misuse(code, ptr, len) {
        const misuse = MISUSES[code];
        if (!misuse) throw new WireError("unknown-kind", "error_misuse", code);
        handles.misuse = { code: misuse, what: guest.text(ptr, len, "error_misuse") };
      },
      error_stack(handle) {
        const stack = stackOf(slab.get(handle, "error_stack"));
        handles.alive();
        return stack === undefined ? UNDEFINED : slab.add(stack);
      },
    };
  },
};

/** An Error of a name and a text, and of the texts of its causes. @param {string[]} texts */
function causes([name, message, ...sources]) {
  const cause = sources.reduceRight((/** @type {Error | undefined} */ cause, source) => new Error(source, cause && { cause }), undefined);
  const error = new Error(message, cause && { cause });
  return Object.defineProperty(error, "name", { value: name, writable: true, configurable: true });
}

/** The text of a thrown value, whatever it does when it is looked at. @param {any} thrown @returns {string} */
function messageOf(thrown) {
  try {
    const message = typeof thrown === "object" && thrown !== null ? thrown.message : undefined;
    return typeof message === "string" ? message : String(thrown);
  } catch {
    return "a value that throws when its text is asked for";
  }
}

/** @param {any} thrown @returns {string | undefined} */
function stackOf(thrown) {
  try {
    const stack = thrown.stack;
    return typeof stack === "string" ? stack : undefined;
  } catch {
    return undefined;
  }
}
