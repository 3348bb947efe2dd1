// @ts-check
// Values that cross as handles, for one instance: what the groups of operations share. A page
// whose guest has only text and numbers doesn't load this.

import { WireError } from "./errors.js";
import { u32 } from "./memory.js";
import { NUMBER, Slab } from "./slab.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** The handles of a guest. @param {Guest} guest @returns {Handles} */
export const handlesOf = (guest) => (guest.handles ??= new Handles(guest));

/** Makes a guest's slab, where the host hasn't. @param {Guest} guest */
const makeSlab = ({ options }, extras = options.extras ?? {}) => new Slab("global" in options ? options.global : globalThis, extras);

export class Handles {
  /** What the last failed operation threw. @type {unknown} */
  thrown = undefined;
  /** While a result is lowered for the guest: where in the arena it begins. What lies elsewhere is handed over. -1 at all other times. */
  resultStart = -1;
  /** What calls under way were lent: views of guest memory, closures. @type {{ end(): void }[]} */
  lent = [];
  /** Where the guest's status word is; 0 if it has none. */
  status = 0;
  /** What the guest refused the call that is about to return for. @type {import("./misuse.js").Misuse | null} */
  misuse = null;
  /** The calls under way and the waits, if the guest has async functions. @type {import("./task.js").Tasks | undefined} */
  tasks;
  /** Told of the instance's death, once. @type {((death: Error) => void)[]} */
  mourners = [];
  /** The calls that nobody waits for, once there was one. @type {import("./detached.js").Detached | undefined} */
  detached;
  /** Chooses makers of exports by the forms of their parameters, if a group has such. @type {import("./exports.js").Shape} */
  shapeOf = () => undefined;
  /** What makes a traced export of an export, if the embedder traces. @type {((name: string, facade: import("./core.js").Facade) => import("./core.js").Facade) | undefined} */
  traced;
  /** Functions of their own for what the module declares, if a group has them. @type {import("./kit.js").Glue | undefined} */
  glue;
  /** Compiles functions that build objects of data, if a group does. @type {import("./core.js").Group["maker"]} */
  maker;
  /** Compiles functions that write data of a form, likewise. @type {import("./core.js").Group["formWriter"]} */
  formWriter;
  /** What the instances of each class have in common, by its name. @type {Map<string, import("./instance.js").Family>} */
  families = new Map();
  /** What the text of glue calls for instances, if there are any. @type {import("./class.js").Lending | undefined} */
  lending;
  /** Types that were made for this guest alone, or of such types. @type {Record<string, import("./types.js").Type>} */
  types = Object.create(null);

  /** Closures of the guest, once there are any. @type {import("./closure.js").Closures | undefined} */
  closures;
  /** Gives the type of a name in the contract, for a host that has types. @type {import("./exports.js").Find} */
  find = (type, name) => {
    throw new WireError("bad-contract", name, `type ${type}`);
  };
  /** What data keeps, if the group is loaded. @type {import("./data.js").State | undefined} */
  data;

  /** @param {Guest} guest @param {Slab} [slab] */
  constructor(guest, slab = makeSlab(guest)) {
    this.guest = guest;
    this.slab = slab;
  }

  /** The instance may have died while host code ran: then its frames must not run on. */
  alive() {
    if (this.guest.dead !== null) throw this.guest.dead;
  }

  /** A result as a handle, or a number at `out`, which was checked before. @param {unknown} value @param {number} out */
  give(value, out) {
    const { guest } = this;
    if (guest.dead !== null) throw guest.dead;
    if (typeof value !== "number") return this.slab.add(value);
    guest.memory.view.setFloat64(u32(out), value, true);
    return NUMBER;
  }

  /** A result as a handle. @param {unknown} value */
  own(value) {
    if (this.guest.dead !== null) throw this.guest.dead;
    return this.slab.add(value);
  }

  /** Keeps what host code threw until the guest takes it. @param {unknown} thrown @param {number} result what the operation returns then */
  fail(thrown, result) {
    if (this.guest.dead !== null) throw this.guest.dead;
    this.thrown = thrown;
    return result;
  }

  /** The value of a handle that the guest gives away. @param {number} handle @param {string} op */
  take(handle, op) {
    return this.slab.take(handle, op);
  }

  /** A handle that is the guest's once the call is under way; if it doesn't get so far, it goes back. @param {unknown} value @param {string} name of the export */
  grant(value, name) {
    const { guest, slab } = this;
    const { entered } = guest;
    const handle = slab.add(value);
    if (u32(handle) > NUMBER)
      guest.leftovers.push(() => {
        if (guest.entered === entered) slab.release(handle, name);
      });
    return handle;
  }

  /** A handle that the guest may use until the call returns. @param {unknown} value @param {string} name of the export */
  lend(value, name) {
    const handle = this.slab.add(value);
    if (u32(handle) > NUMBER) this.guest.leftovers.push(() => this.guest.enter(() => this.slab.release(handle, name), name));
    return handle;
  }
}
