// @ts-check
// Symbols: new ones, and those of the registry.

import { handlesOf } from "../handles.js";

/** @type {import("../core.js").Group} */
export const symbol = {
  name: "symbol",
  imports: (guest) => {
    const { slab } = handlesOf(guest);
    return {
      symbol_new(ptr, len) {
        return slab.add(Symbol(guest.text(ptr, len, "symbol_new")));
      },
      symbol_for(ptr, len) {
        return slab.add(Symbol.for(guest.text(ptr, len, "symbol_for")));
      },
    };
  },
};
