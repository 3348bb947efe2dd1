// @ts-check
// Misuse of what the guest has: of a closure that was dropped, an instance that is in use. The
// guest says so and returns; the call ends with an error here, and nothing else ends by it.

import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {{ code: string, what: string }} Misuse the code of the error, and the name of what was misused */

/** The codes of errors, by the codes of misuse. @type {readonly (string | undefined)[]} */
export const MISUSES = [undefined, "re-entered", "dropped", "moved", "wrong-value", "shared", "wrong-data"];

/** @param {string} code one of `MISUSES` @param {string} where the call @param {string} what was misused */
export const misuseError = (code, where, what) => (code === "wrong-data" ? new TypeError(`${where}: ${what}`) : new WireError(code, where, what));

/** @param {string} where the call @param {string} what belongs to another instance */
export const wrongInstance = (where, what) => new WireError("wrong-instance", where, what);

/** What a call that the guest refused throws. @param {Guest} guest @param {import("./handles.js").Handles} handles @param {string} name */
export function refuse(guest, handles, name) {
  const { code, what } = /** @type {Misuse} */ (handles.misuse);
  handles.misuse = null;
  guest.failed = true;
  return misuseError(code, name, what);
}

/**
 * The end of a call that the guest can refuse: what it returned then is no result.
 * @param {Guest} guest @param {import("./exports.js").Finish} finish @param {string} name
 * @param {boolean} [whole] whether the call counts as entered, as one that gives something away does: it was not, then
 * @returns {import("./exports.js").Finish}
 */
export function refusable(guest, finish, name, whole = false) {
  const handles = handlesOf(guest);
  return (wire) => {
    if (handles.misuse === null) return finish(wire);
    if (whole) guest.entered--;
    return refuse(guest, handles, name);
  };
}

/** A parameter of a call in which code of the host may run between its check and the call, that of the checks of other arguments. @param {import("./exports.js").Param} param */
export const late = ({ type, where }) => ({ type: type.own?.() ?? type.late ?? type, where });
