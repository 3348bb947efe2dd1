// @ts-check
// Functions of the guest that it may refuse to call with what it is given: instances, data, and
// whatever holds such.

import { makeGeneral } from "./exports.js";
import { late, refusable } from "./misuse.js";

/** A function of any arguments that the guest can refuse: what it was given goes back then. @type {import("./exports.js").Make} */
export const makeRefusable = (guest, raw, params, finish, name) => makeGeneral(guest, raw, params.map(late), refusable(guest, finish, name, true), name);
