// @ts-check
// Numbers and booleans, as types of exports and imports.

import { types } from "../scalar.js";

/** @type {import("../core.js").Group} */
export const scalar = { name: "scalar", types, imports: () => ({}) };
