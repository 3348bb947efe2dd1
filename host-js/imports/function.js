// @ts-check
// Functions of the host, called by the guest.

import { callSlots, ITSELF } from "../call.js";
import { handlesOf } from "../handles.js";
import { NONE } from "../slab.js";
import { readSlots } from "../slot.js";

/** @type {import("../core.js").Group} */
export const function_ = {
  name: "function",
  imports: (guest) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    return {
      function_call(callee, self, args, argc, out) {
        const op = "function_call";
        return callSlots(guest, slab.get(callee, op), ITSELF, slab.get(self, op), args, argc, out, op);
      },
      function_construct(callee, args, argc) {
        const target = slab.get(callee, "function_construct");
        const values = readSlots(guest, args, argc, "function_construct");
        let made;
        try {
          made = Reflect.construct(target, values);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return handles.own(made);
      },
    };
  },
};
