// @ts-check
// Speed: text the fast way, and functions of their own for the exports that are called most. What a guest can do is
// the same without.

import { FastGuest } from "../fast.js";
import { shapeOf } from "../shapes.js";

/** @type {import("../core.js").Group} */
export const fast = {
  name: "fast",
  imports: () => ({}),
  Guest: FastGuest,
  shapeOf,
};
