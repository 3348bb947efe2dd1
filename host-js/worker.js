// @ts-check
// A pool of workers, each with an instance of one module, which is compiled once: a call runs on
// whichever is free, while this thread goes on with its own work.

import { readExports, readTypes } from "./contract.js";
import { arity } from "./exports.js";
import { Calls } from "./pool.js";
import { bound, port } from "./portable.js";
import { compileSource } from "./source.js";
import { base, parallelism, starter } from "./thread.js";

export { PanicError, PoisonedError, WireError } from "./errors.js";
export { PoolError } from "./pool.js";

/**
 * @typedef {object} PoolOptions
 * @property {number} [size] how many workers; as many as threads run at once here, if left out
 * @property {string | URL} [imports] the address of a module, which each worker loads: its default export is what `imports` of
 *   `instantiate` would be, its export `options`, if it has one, holds the other options (`with`, `extras`, `global`). A relative
 *   address is relative to the page, in Node to where the process was started: `new URL("./app-imports.js", import.meta.url)` is right
 *   everywhere
 * @property {boolean} [debug] as for `instantiate`
 *
 * @typedef {{ signal?: AbortSignal }} CallOptions
 */
/**
 * @template {Record<string, any>} [E=Record<string, (...args: any[]) => any>] the exports, as `npx handwire types` writes them
 * @typedef {{ [K in keyof E as E[K] extends (...args: any[]) => any ? K : never]: (...args: [...Parameters<E[K]>, options?: CallOptions]) => Promise<Awaited<ReturnType<E[K]>>> }} PoolExports
 */

/**
 * @template {Record<string, any>} [E=Record<string, (...args: any[]) => any>]
 */
export class Pool {
  #calls;

  /** Made by `pool`. @param {Calls} calls @param {PoolExports<E>} exports */
  constructor(calls, exports) {
    this.#calls = calls;
    /**
     * The functions of the guest, each with a promise for its result. `{ signal }` may stand behind the last parameter: an abort takes a
     * call out that waits, and ends the worker of one that runs, in whose place another starts. Of an async export that runs, it drops the
     * future; its worker is ended only if it doesn't come to that.
     */
    this.exports = exports;
  }

  /** How many workers there are. */
  get size() {
    return this.#calls.size;
  }

  /** How many calls run now. */
  get running() {
    return this.#calls.state.running;
  }

  /** How many calls wait for a worker. */
  get queued() {
    return this.#calls.state.queued;
  }

  /** Rejects what runs and what waits, and ends the workers. @returns {Promise<void>} fulfilled when they have ended */
  close() {
    return this.#calls.close();
  }

  /** For `await using`. @returns {Promise<void>} */
  [/** @type {any} */ (Symbol).asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    return this.close();
  }
}

/** The result of an async export. */
const ASYNC = /^async (?:result<)?([^<>,]+)/;

/** What a worker can't be given from here, functions among it. */
const ELSEWHERE = ["with", "extras", "global", "memory", "trace"];

/**
 * Starts a pool of workers.
 *
 * Arguments and results are data: numbers, text, bytes, lists, records. Buffers are moved, not copied, so that whoever passes one
 * doesn't have it any more. What belongs to one instance (handles, functions, objects of classes) is refused with a `TypeError` that names it.
 * What an export throws arrives with its class, message, stack and cause.
 *
 * Each worker has a state of its own, and a call gets any worker. One that ends in the middle of a call is replaced, and that call is
 * rejected with a `PoolError`; a panic rejects its call with a `PanicError`, and the worker makes a fresh instance for the next.
 * @template {Record<string, any>} [E=Record<string, (...args: any[]) => any>] the exports, as `npx handwire types` writes them
 * @param {import("./core.js").Source} source
 * @param {PoolOptions} [options]
 * @returns {Promise<Pool<E>>}
 * @throws {PoolError | Error} what kept a worker from being ready
 * @example
 * const workers = await pool(fetch("app.wasm"), { size: 4, imports: new URL("./app-imports.js", import.meta.url) });
 * const pixels = await workers.exports.render(tile, { signal: AbortSignal.timeout(1000) });
 */
export async function pool(source, options = {}) {
  const { imports, debug } = options;
  for (const key of ELSEWHERE) if (key in options) throw new TypeError(`pool: ${key} can't go to a worker: make it in the module that \`imports\` is the address of`);
  if (imports !== undefined && typeof imports !== "string" && !(imports instanceof URL)) throw new TypeError("pool: imports must be the address of a module: functions can't go to a worker");
  const { size = await parallelism() } = options;
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`pool: size must be an integer from 1, got ${String(size)}`);
  const [module, start, from] = await Promise.all([compileSource(source), starter(), base()]);
  const address = imports && new URL(imports, from).href;
  const calls = new Calls(start, { module, imports: address, debug }, size);
  return new Pool(calls, facade(module, calls, await calls.open()));
}

/** The functions of the pool. @param {WebAssembly.Module} module @param {Calls} calls @param {[name: string, length: number][]} names of a worker's */
function facade(module, calls, names) {
  const declared = readExports(module);
  const lines = readTypes(module);
  const functions = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  const exports = Object.create(null);
  for (const [name, length] of names) {
    // What is no function of the module is a class: its instances would belong to the worker that made them.
    if (!functions.has(name)) continue;
    const { params = [], result = "()" } = declared.get(name) ?? {};
    // An async export takes a signal itself.
    const [soft, inner] = ASYNC.exec(result) ?? [null, result];
    const where = Array.from({ length }, (_, i) => `${name}: ${params[i]?.name ?? `argument ${i + 1}`}`);
    const [problem] = params.flatMap(({ type }, i) => {
      const found = bound(type, lines);
      return found ? [`${where[i]} can't go to a worker: of its type ${type}, ${found}`] : [];
    });
    const copy = bound(inner, lines) !== undefined;
    const call = async (/** @type {any[]} */ ...args) => {
      if (problem) throw new TypeError(problem);
      const [options, ...more] = args.splice(length);
      if (more.length > 0 || (options !== undefined && !isOptions(options, name))) throw arity(name, length, length + more.length + 1);
      /** @type {Set<ArrayBuffer>} */
      const moved = new Set();
      const message = { call: name, args: args.map((arg, i) => port(arg, where[i], moved)), soft: soft !== null, copy };
      return calls.run({ name, message, moved: [...moved], soft: soft !== null, signal: options?.signal });
    };
    exports[name] = Object.defineProperties(call, { name: { value: name }, length: { value: length } });
  }
  return exports;
}

/** @param {any} value @param {string} name @returns {value is CallOptions} */
function isOptions(value, name) {
  if (Object(value) !== value || Object.keys(value).some((key) => key !== "signal")) return false;
  const { signal } = value;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") throw new TypeError(`${name}: signal must be an AbortSignal`);
  return true;
}
