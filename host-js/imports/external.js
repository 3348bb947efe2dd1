// @ts-check
// Externals: objects that carry a value of the guest, of which a program sees nothing.

import { externalsOf } from "../external.js";
import { handlesOf } from "../handles.js";

/** @type {import("../core.js").Group} */
export const external = {
  name: "external",
  imports: (guest) => {
    const externals = externalsOf(guest);
    const { slab } = handlesOf(guest);
    return {
      external_new(id) {
        return slab.add(externals.make(id));
      },
      external_id(handle) {
        return externals.idOf(slab.get(handle, "external_id"));
      },
    };
  },
};
