// @ts-check
// Where in a value something is wrong: an error gets its path on its way out, so that what is
// right costs nothing.

import { show } from "./errors.js";

/** What went wrong with a value, and on the way out where: from the inside, with the containers. */
export class Located {
  /** @type {(string | number)[]} */
  steps = [];
  /** @type {unknown[]} */
  containers = [];

  /** @param {unknown} cause @param {string} [what] */
  constructor(cause, what) {
    this.cause = cause;
    this.what = what;
  }
}

/** The same, one step further out. @param {unknown} error @param {unknown} container @param {string | number} step */
export function within(error, container, step) {
  const located = error instanceof Located ? error : new Located(error);
  located.steps.push(step);
  located.containers.push(container);
  return located;
}

/** The error for whoever gave the value. @param {unknown} error @param {string} where what comes before the path */
export function explain(error, where) {
  if (!(error instanceof Located)) return error;
  const steps = error.steps.toReversed();
  const containers = error.containers.toReversed();
  // In a circle, the shortest way to a value that it is inside of.
  const closed = containers.findIndex((container, i) => containers.indexOf(container) < i);
  const path = where + (closed < 0 || !error.what ? steps : steps.slice(0, closed)).map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  const what = !error.what ? `reading it threw ${message(error.cause)}` : closed < 0 ? error.what : "it is inside of itself: data has no cycles";
  return new TypeError(`${where ? path : path.replace(/^\./, "")}: ${what}`, error.what ? undefined : { cause: error.cause });
}

/** @param {any} thrown */
function message(thrown) {
  if (Object(thrown) !== thrown) return show(thrown);
  try {
    return JSON.stringify(String(thrown.message));
  } catch {
    return show(thrown);
  }
}
