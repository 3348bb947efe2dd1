// @ts-check
// Errors: what the last failed operation threw, and what can be read of a thrown value.

import { handlesOf } from "../handles.js";
import { UNDEFINED } from "../slab.js";

/** @type {import("../core.js").Group} */
export const error = {
  name: "error",
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
      error_stack(handle) {
        const stack = stackOf(slab.get(handle, "error_stack"));
        handles.alive();
        return stack === undefined ? UNDEFINED : slab.add(stack);
      },
    };
  },
};

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
