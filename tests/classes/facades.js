// @ts-check
// The three ways in which the facade is made, as options of a host.

import { compile } from "../../host-js/compile.js";
import { frozenGroup } from "../support/ways.js";

/** A group that freezes the module that it is given. @type {import("../../host-js/core.js").Group} */
const freeze = {
  name: "frozen",
  imports: () => ({}),
  glue: (module, kit) => frozenGroup(module).glue?.(module, kit) ?? { exports: new Map(), imports: new Map() },
};

/** @type {[name: string, options: import("../../host-js/core.js").Options][]} */
export const facades = [["plain", {}], ["compiled", { with: [compile] }], ["frozen", { with: [freeze] }]];
