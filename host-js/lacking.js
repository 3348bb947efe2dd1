// @ts-check
// What a host says that was not given a group which the module needs: which, and the line that imports it.

import { WireError } from "./errors.js";

/** Groups with an entry point of their own; the others are in `imports`. */
const OWN = ["async", "compile", "data", "trace"];

/** Where a group is. @param {string} group its name @returns {string} behind the name of the package */
export const pathOf = (group) => (OWN.includes(group) ? group : `imports/${group}`);

/** Its variable: words that the language has end in `_`. @param {string} group its name */
export const bindingOf = (group) => (/^(?:async|class|function|interface)$/.test(group) ? `${group}_` : group);

/** @param {string} where @param {string[]} groups @param {string[]} [missing] imports */
export const lacking = (where, groups, missing = []) =>
  new WireError("missing-import", where, [...missing, ...groups.map((group) => `the group ${group}, import { ${bindingOf(group)} } from "handwire/${pathOf(group)}"`)].join("; "));
