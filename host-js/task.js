// @ts-check
// The tasks of the guest that calls under way wait for.

import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import { u32 } from "./memory.js";
import { Pending, promiseIn, rejectBy } from "./pending.js";
import { Waiters, later } from "./promise.js";
import { report } from "./report.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./whole.js").WholeGuest} WholeGuest */

/** Smaller results of an async export are statuses; tasks are below the other. */
const FIRST_TASK = 8, MOST = 1 << 22;

/** What `host.call` passes as the options of a call, to be told how it ended: 1 is an error of the guest's, 3 an abort. */
export class Told {
  /** @type {0 | 1 | 3} */
  status = 0;

  /** @param {AbortSignal | undefined} signal */
  constructor(signal) {
    this.signal = signal;
  }
}

/** The calls under way and the waits of one instance. */
export class Tasks {
  /** What settles the promises of the calls, by their tasks, which are small numbers. @type {(import("./pending.js").Resolve | undefined)[]} */
  calls = [];
  /** How calls end, by their tasks, too. @type {import("./exports.js").Finish[]} */
  ends = [];
  /** The calls that may end otherwise, by their tasks. @type {Map<number, Pending>} */
  known = new Map();
  /** The calls under way by their signals, each of which has one listener: it may be that of thousands. @type {Map<AbortSignal, { calls: Set<Pending>, listener: () => void }>} */
  signals = new Map();
  /** The task of a call that began, and of which nobody has the promise yet: it may still fail. */
  begun = 0;
  /** A call that is kept, and never made: with the last of them an engine would forget how they look, and all code that it has compiled for that. */
  model = new Pending(0, Promise.resolve(), () => {}, 0);
  /** The names of the exports that are async. @type {Set<string>} */
  names = new Set();
  /** Deaths that some promise has told of. @type {WeakSet<Error>} */
  told = new WeakSet();

  /** Closes the streams that nobody can ask any more, where the engine says which. @type {FinalizationRegistry<number> | undefined} */
  streams = globalThis.FinalizationRegistry && new FinalizationRegistry((number) => {
    try {
      this.closeStream(number, "stream, forgotten");
    } catch (death) {
      this.lost(/** @type {Error} */ (death), { interface: "stream", method: "drop" });
    }
  });

  /** @param {WholeGuest} guest */
  constructor(guest) {
    this.guest = guest;
    this.waiters = new Waiters(guest, this);
  }

  /** Asks for a turn. */
  wake() {
    later(() => {
      const { guest } = this;
      if (guest.dead !== null) return;
      try {
        guest.enter(guest.raw.hw_run, "hw_run");
      } catch (death) {
        this.lost(/** @type {Error} */ (death));
      }
    });
  }

  /** A death that no caller sees, in a turn of the guest's most often: if no promise tells of it, the embedder is told. @param {Error} death @param {import("./report.js").Where} [where] */
  lost(death, where = { interface: "task", method: "run" }) {
    if (!this.told.has(death)) report(this.guest, death, where);
  }

  /** A call that goes on: its promise. Whoever takes that says so by `begun`. @param {number} wire @param {import("./exports.js").Finish} finish @param {string} name @returns {Promise<any>} */
  begin(wire, finish, name) {
    if (wire < FIRST_TASK || wire >= MOST || this.calls[wire]) throw new WireError("bad-task", name, u32(wire));
    this.ends[wire] = finish;
    this.begun = wire;
    return promiseIn(this.calls, wire);
  }

  /** A call that goes on, for somebody who may end it. @param {number} wire @param {import("./exports.js").Finish} finish @param {string} name @param {number} [last] */
  beginKnown(wire, finish, name, last = 1) {
    const promise = this.begin(wire, finish, name);
    const call = new Pending(wire, promise, /** @type {import("./pending.js").Resolve} */ (this.calls[wire]), last);
    this.known.set(wire, call);
    return call;
  }

  /** The end of a call. @param {number} wire @param {number} status */
  settle(wire, status) {
    const { guest } = this;
    const resolve = this.calls[wire];
    if (resolve === undefined || status < 0 || (status > 1 && status !== this.known.get(wire)?.last)) throw new WireError("bad-task", "task_settle", `${u32(wire)}, status ${status}`);
    const value = this.ends[wire](status);
    const call = this.known.size === 0 ? undefined : this.known.get(wire);
    this.calls[wire] = undefined;
    if (call !== undefined) this.forget(call);
    if (!guest.failed) return resolve(value);
    guest.failed = false;
    if (call?.options instanceof Told) call.options.status = 1;
    rejectBy(resolve, value);
  }

  /** @param {Pending} call */
  abort(call) {
    if (!this.end(call)) return;
    const { guest } = this;
    let { reason } = call.options.signal;
    try {
      guest.enter(() => guest.raw.hw_cancel(call.task), "hw_cancel");
      if (call.options instanceof Told) call.options.status = 3;
    } catch (death) {
      reason = death;
    }
    rejectBy(call.resolve, reason);
  }

  /** Ends a call that nobody wants any more. @param {Pending} call @param {any} value what its promise gives */
  drop(call, value) {
    const { guest } = this;
    if (!this.end(call)) return;
    call.resolve(value);
    guest.enter(() => guest.raw.hw_cancel(call.task), "hw_cancel");
  }

  /** Takes a call out of those under way, if it is one of them. @param {Pending} call */
  end(call) {
    if (this.known.get(call.task) !== call) return false;
    this.calls[call.task] = undefined;
    this.forget(call);
    return true;
  }

  /** A signal may live for longer than its calls. @param {Pending} call */
  forget(call) {
    this.known.delete(call.task);
    const signal = call.options?.signal;
    const known = signal && this.signals.get(signal);
    if (!known?.calls.delete(call) || known.calls.size > 0) return;
    this.signals.delete(signal);
    signal.removeEventListener("abort", known.listener);
  }

  /** Gives a stream back to the guest. @param {number} number @param {string} [name] of what ends it */
  closeStream(number, name = "hw_close") {
    const { guest } = this;
    if (guest.dead === null) guest.enter(() => guest.raw.hw_close(number), name);
  }

  /** The instance died: nothing of it comes back. @param {Error} death */
  die(death) {
    const { calls, signals, begun } = this;
    this.calls = [];
    this.known = new Map();
    this.signals = new Map();
    this.waiters.end();
    for (const [signal, { listener }] of signals) signal.removeEventListener("abort", listener);
    calls.forEach((resolve, task) => {
      if (!resolve) return;
      this.told.add(death);
      // Whoever began that one has the death thrown at him.
      if (task !== begun) rejectBy(resolve, death);
    });
  }

  /** @param {Pending} call @param {AbortSignal} signal */
  listen(call, signal) {
    const known = this.signals.get(signal);
    if (known) {
      known.calls.add(call);
      return;
    }
    const calls = new Set([call]);
    const listener = () => calls.forEach((call) => this.abort(call));
    this.signals.set(signal, { calls, listener });
    signal.addEventListener("abort", listener);
  }

  /**
   * Calls an async export, and tells how it ended by a status: 0 with the value, 1 with the guest's error, 3 with the signal's reason.
   * @param {(...args: any[]) => Promise<any>} facade @param {any[]} args @param {AbortSignal | undefined} signal
   * @returns {Promise<{ status: 0 | 1 | 3, value: any }>}
   */
  async call(facade, args, signal) {
    const told = new Told(signal);
    // The options come behind all parameters.
    const left = new Array(Math.max(0, facade.length - args.length)).fill(undefined);
    this.guest.error = undefined;
    try {
      return { status: 0, value: await facade(...args, ...left, told) };
    } catch (thrown) {
      if (told.status === 0) throw thrown;
      return { status: told.status, value: thrown };
    }
  }

  /** The promise of a call that has begun. @param {Pending} call @param {any} options */
  promise(call, options) {
    this.begun = 0;
    if (options !== undefined) this.heed(call, options);
    return call.promise;
  }

  /** @param {Pending} call @param {any} options */
  heed(call, options) {
    call.options = options;
    if (!options.signal || this.known.get(call.task) !== call) return;
    if (options.signal.aborted) this.abort(call);
    else this.listen(call, options.signal);
  }

  /** The promise of a call that threw, or failed when the guest had returned. @param {unknown} thrown @returns {Promise<any>} */
  failed(thrown) {
    this.begun = 0;
    return Promise.reject(thrown);
  }
}

/** The tasks of a guest. @param {Guest} guest @returns {Tasks} */
export function tasksOf(guest) {
  const handles = handlesOf(guest);
  if (handles.tasks) return handles.tasks;
  const tasks = (handles.tasks = new Tasks(/** @type {WholeGuest} */ (guest)));
  handles.mourners.push((death) => tasks.die(death));
  return tasks;
}

/** A call that is aborted and has no task. @param {any} options @returns {Promise<any>} */
export function aborted(options) {
  if (options instanceof Told) options.status = 3;
  return Promise.reject(options.signal.reason);
}
