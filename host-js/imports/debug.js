// @ts-check
// Debug mode, for `options.debug`: handles that are never given out twice and know where they were made, and text that
// is held against UTF-8.

import { DebugGuest, DebugSlab } from "../debug.js";

/** @type {import("../core.js").Group} */
export const debug = { name: "debug", imports: () => ({}), debug: { Guest: DebugGuest, Slab: DebugSlab } };
