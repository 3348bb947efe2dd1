// @ts-check
// Errors that the host raises of its own accord. Each has a `code`, the same in every host,
// and says where it was raised and what about. What to do about it is in `advice.js`, which
// a page that counts bytes can leave out.

/** What to do about each code, if `advice.js` is loaded. @type {Record<string, string>} */
export const advice = {};

export class WireError extends Error {
  /**
   * @param {string} code one of the codes of WIRE.md, section 9
   * @param {string} where the operation or export
   * @param {unknown} [what] the object
   * @param {ErrorOptions} [options]
   */
  constructor(code, where, what = "", options) {
    super(`${where}: ${code} ${what}${advice[code] ?? ""}`, options);
    this.code = code;
  }

  name = "WireError";
}

/** The instance died in this call: a trap, a panic, a breach of the contract. `cause` is the first cause. */
export class PanicError extends WireError {
  name = "PanicError";
}

/** The instance died in an earlier call. `cause` is the `PanicError` of that call. */
export class PoisonedError extends WireError {
  name = "PoisonedError";
}

/**
 * How a message shows a value: short, and safe for any value.
 * @param {unknown} value
 * @returns {string}
 */
export const show = (value) => (Object(value) === value ? typeof value : typeof value === "string" ? `"${value.slice(0, 40)}"` : String(value));
