// @ts-check
// A guest as hooks.js has it: errors of its own are told apart from all other exceptions, for
// `host.call`, and whoever waits hears of its death.

import { Guest } from "./guest.js";

export class WholeGuest extends Guest {
  /** The error that the last failed call threw. @type {{ thrown: unknown } | undefined} */
  error;

  /** @override @template T @param {T} result */
  settle(result) {
    if (this.failed) this.error = { thrown: result };
    return super.settle(result);
  }

  /** Whoever waits for something of the instance hears of its death, once that is written down. @override @param {any} cause @param {string} name */
  die(cause, name) {
    const death = super.die(cause, name);
    for (const mourn of this.handles?.mourners.splice(0) ?? []) mourn(death);
    return death;
  }
}
