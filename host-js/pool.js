// @ts-check
// Calls for threads, and the threads for them: a call waits until one is free, a thread that
// ends is replaced and takes no call with it but its own. What a call does, and how a thread is
// started, is not known here.

import { pack, unpack } from "./thrown.js";

/**
 * @typedef {import("./thread.js").Start} Start
 * @typedef {import("./thread.js").Thread} Thread
 *
 * @typedef {object} Call
 * @property {string} name for errors
 * @property {unknown} message for the thread; its answer ends the call
 * @property {Transferable[]} moved buffers in it
 * @property {AbortSignal} [signal]
 * @property {boolean} [soft] whether it can be aborted from outside while it runs; if not, its thread is ended
 *
 * @typedef {Call & { member: Member | null, settle: (act: (value: any) => void, value: unknown) => void, resolve: (value: any) => void, reject: (error: unknown) => void }} Pending
 *
 * @typedef {object} Member one thread
 * @property {Thread} thread
 * @property {boolean} ready whether its instance is made
 * @property {Pending | null} call what it runs
 * @property {(answer: any) => void} started
 * @property {(error: unknown) => void} failed
 */

/** What the pool itself has against a call: `closed`, `crashed` (the thread ended during it) or `start` (no thread could be started). */
export class PoolError extends Error {
  /** @param {"closed" | "crashed" | "start"} code @param {string} where @param {string} what @param {ErrorOptions} [options] */
  constructor(code, where, what, options) {
    super(`${where}: ${what}`, options);
    this.code = code;
  }

  name = "PoolError";
}

/** How long a thread may take to end a call that can be aborted from outside, in milliseconds. */
const GRACE = 1000;

export class Calls {
  /** @type {Set<Member>} */
  #members = new Set();
  /** @type {Member[]} */
  #free = [];
  /** In the order in which they came. @type {Set<Pending>} */
  #queue = new Set();
  /** @type {Promise<void> | undefined} */
  #closing;

  /** @param {Start} start @param {unknown} setup the first message of each thread @param {number} size how many threads */
  constructor(start, setup, size) {
    this.start = start;
    this.setup = setup;
    this.size = size;
  }

  /** How many calls run, and how many wait for a thread. */
  get state() {
    let running = 0;
    for (const { call } of this.#members) if (call) running++;
    return { running, queued: this.#queue.size };
  }

  /** Starts all threads. @returns {Promise<any>} what the first has to say */
  async open() {
    try {
      return (await Promise.all(Array.from({ length: this.size }, () => this.#add())))[0];
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Runs a call on a thread that is free, or waits for one. @param {Call} call @returns {Promise<any>} */
  run(call) {
    return new Promise((resolve, reject) => {
      if (this.#closing) throw closed(call.name);
      const { signal } = call;
      signal?.throwIfAborted();
      const abort = () => this.#abort(pending);
      /** @type {Pending["settle"]} */
      const settle = (act, value) => {
        signal?.removeEventListener("abort", abort);
        act(value);
      };
      /** @type {Pending} */
      const pending = { ...call, member: null, settle, resolve, reject };
      const member = this.#free.pop();
      if (member) this.#give(member, pending);
      else {
        // What it is given is taken now, so that nobody changes it while it waits.
        const { message, moved } = call;
        Object.assign(pending, structuredClone({ message, moved }, { transfer: moved }));
        this.#queue.add(pending);
        // A thread that couldn't be started in place of another may be by now.
        if (this.#members.size < this.size) this.#replace();
      }
      signal?.addEventListener("abort", abort);
    });
  }

  /** Rejects all calls, and ends all threads. @returns {Promise<void>} fulfilled when they have ended */
  close() {
    return (this.#closing ??= this.#end());
  }

  async #end() {
    const members = [...this.#members];
    this.#members.clear();
    this.#free = [];
    for (const { call, failed } of members) {
      call?.settle(call.reject, closed(call.name));
      failed(closed("pool"));
    }
    for (const call of this.#queue) call.settle(call.reject, closed(call.name));
    this.#queue.clear();
    await Promise.all(members.map(({ thread }) => thread.end()));
  }

  /** One thread more. @returns {Promise<any>} */
  #add() {
    return new Promise((started, failed) => {
      /** @type {Member} */
      const member = {
        ready: false,
        call: null,
        started,
        failed,
        thread: this.start({ message: (message) => this.#hear(member, message), crash: (error) => this.#crash(member, error) }),
      };
      this.#members.add(member);
      member.thread.post(this.setup, []);
    });
  }

  /** One thread in place of another that has ended. */
  #replace() {
    if (this.#closing) return;
    this.#add().catch((error) => {
      // As long as others live, they take the calls. Without any, each try is for one call, so that there is an end to trying.
      if (this.#closing || this.#members.size > 0) return;
      for (const call of this.#queue) {
        this.#queue.delete(call);
        call.settle(call.reject, error);
        if (this.#queue.size > 0) this.#replace();
        return;
      }
    });
  }

  /** Takes a thread out, and ends it. @param {Member} member */
  #drop(member) {
    this.#members.delete(member);
    this.#free = this.#free.filter((free) => free !== member);
    const { call } = member;
    member.call = null;
    member.thread.end();
    return call;
  }

  /** @param {Member} member @param {any} message */
  #hear(member, message) {
    if ("ready" in message) {
      member.ready = true;
      member.started(message.ready);
      return this.#next(member);
    }
    if ("failed" in message) {
      this.#drop(member);
      return member.failed(unpack(message.failed));
    }
    const { call } = member;
    member.call = null;
    if ("thrown" in message) call?.settle(call.reject, unpack(message.thrown));
    else call?.settle(call.resolve, message.value);
    this.#next(member);
  }

  /** @param {Member} member @param {Error} cause */
  #crash(member, cause) {
    const call = this.#drop(member);
    if (!member.ready) return member.failed(new PoolError("start", "pool", `a worker ended before it was ready: ${cause.message}`, { cause }));
    if (!call) {
      // No call is there to be told of it, and somebody should be. The next that finds no thread free starts another: one that
      // always ends like this must not be started without end.
      console.error(new PoolError("crashed", "pool", `a worker ended between calls: ${cause.message}`, { cause }));
      return;
    }
    call.settle(call.reject, new PoolError("crashed", call.name, `the worker ended: ${cause.message}`, { cause }));
    this.#replace();
  }

  /** Gives a thread its next call. @param {Member} member */
  #next(member) {
    for (const call of this.#queue) {
      this.#queue.delete(call);
      return this.#give(member, call);
    }
    this.#free.push(member);
    member.thread.hold(false);
  }

  /** @param {Member} member which is free @param {Pending} call */
  #give(member, call) {
    try {
      member.thread.post(call.message, call.moved);
    } catch (error) {
      this.#free.push(member);
      throw error;
    }
    member.thread.hold(true);
    member.call = call;
    call.member = member;
  }

  /** @param {Pending} call that has not been settled */
  #abort(call) {
    call.settle(call.reject, call.signal?.reason);
    if (this.#queue.delete(call) || !call.member) return;
    // Until it has answered it is not free; the promise is settled, and what the answer is doesn't matter.
    const { member } = call;
    const end = () => {
      if (member.call !== call) return;
      this.#drop(member);
      this.#replace();
    };
    if (!call.soft) return end();
    member.thread.post({ abort: pack(call.signal?.reason) }, []);
    // In Node, the thread keeps the process up for as long as it is needed; the timer need not.
    /** @type {any} */ (setTimeout(end, GRACE)).unref?.();
  }
}

/** @param {string} where */
const closed = (where) => new PoolError("closed", where, "the pool is closed");
