// @ts-check
// Imports that the guest declares with types.

import { makeDeclared, statusOf } from "../declared.js";
import { handlesOf } from "../handles.js";

/** @type {import("../core.js").Group} */
export const declared = {
  name: "declared",
  imports: () => ({}),
  declared: makeDeclared,
  attach(module, guest) {
    handlesOf(guest).status = statusOf(guest);
  },
};
