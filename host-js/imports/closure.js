// @ts-check
// Closures: functions that call the guest.

import { closuresOf, functionType } from "../closure.js";

/** @type {import("../core.js").Group} */
export const closure = {
  name: "closure",
  resolve: functionType,
  imports: (guest) => {
    const closures = closuresOf(guest);
    return {
      closure_new(id, ptr, len) {
        return closures.add(closures.planAt(ptr, len, "closure_new"), id);
      },
      closure_give(handle) {
        closures.give(handle, "closure_give");
      },
      closure_end(handle) {
        closures.finish(handle, "closure_end");
      },
    };
  },
};
