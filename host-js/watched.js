// @ts-check
// A guest whose errors are told apart from all other exceptions, for `host.call`.

import { Guest } from "./guest.js";

export class WatchedGuest extends Guest {
  /** The error that the last failed call threw. @type {{ thrown: unknown } | undefined} */
  error;

  /** @override @template T @param {T} result */
  settle(result) {
    if (this.failed) this.error = { thrown: result };
    return super.settle(result);
  }
}
