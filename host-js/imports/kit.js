// @ts-check
// What glue calls: for guests whose glue is a file, as `handwire freeze` writes it.

import * as functions from "../kit.js";

/** @type {import("../core.js").Group} */
export const kit = { name: "kit", imports: () => ({}), kit: functions };
