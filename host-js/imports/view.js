// @ts-check
// Numbers that are lent for the time of a call: `&mut [T]`.

import { elementNames } from "../brand.js";
import { lent } from "../view.js";

/** @type {import("../core.js").Group} */
export const view = {
  name: "view",
  imports: () => ({}),
  resolve(type) {
    const element = elementNames.indexOf(/^&mut \[(\w+)\]$/.exec(type)?.[1] ?? "");
    return element > 0 ? lent(element) : undefined;
  },
};
