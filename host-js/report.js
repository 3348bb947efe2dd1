// @ts-check
// Errors that no caller is there for: of detached calls, of tasks beside the calls, of the ends of
// values that the engine has collected.

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {{ interface: string, method: string }} Where a call that threw: an interface and its method, or a class, `closure`, `external` or `stream`, and `drop`; or `task` and `run` */

/** Tells the embedder of an error that no caller is there for; if he has no `onError`, whoever looks after uncaught ones. @param {Guest} guest @param {unknown} error @param {Where} where */
export function report({ options: { onError } }, error, where) {
  let uncaught = error;
  if (onError)
    try {
      return onError(error, where);
    } catch (thrown) {
      uncaught = thrown;
    }
  void Promise.resolve().then(() => {
    if (typeof reportError === "function") reportError(uncaught);
    else throw uncaught;
  });
}
