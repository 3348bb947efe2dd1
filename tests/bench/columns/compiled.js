// @ts-check
// The column `handwire compiled`: the same program, with glue that is compiled when the guest
// is instantiated.

import { compile } from "../../../host-js/compile.js";
import { openWith } from "./handwire.js";

/** @type {import("./column.js").Open} */
export const open = (modules) => openWith(modules, [compile]);
