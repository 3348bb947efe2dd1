// @ts-check
// Types that are made of others: options, lists, records, enums, aliases, and handles of a known nature.

import { resolve } from "../composite.js";
import { readTypes } from "../contract.js";

/** @type {import("../core.js").Group} */
export const types = {
  name: "types",
  imports: () => ({}),
  resolve: (type, find, name, module) => resolve(type, find, readTypes(module), name),
  // A line that can't be read is found at once, whether it is used or not.
  attach: (module) => void readTypes(module),
};
