// @ts-check
// What runs in a worker of a pool: one instance, and one call at a time. It is a program, not a
// module to import; `worker.js` starts it.

import { instantiate } from "./host.js";
import { port } from "./portable.js";
import { parent } from "./thread.js";
import { pack, unpack } from "./thrown.js";

const { post, listen } = await parent();

/** @type {import("./host.js").Host | undefined} */
let host;
/** Aborts the call that runs. @type {AbortController | undefined} */
let running;

/** @param {{ module: WebAssembly.Module, imports: string | undefined, debug: boolean | undefined }} setup */
async function start({ module, imports, debug }) {
  try {
    const { default: given, options } = imports === undefined ? {} : await import(/* webpackIgnore: true */ /* @vite-ignore */ imports);
    const instance = await instantiate(module, { debug, imports: given, ...options });
    host = instance.host;
    post({ ready: Object.entries(instance.exports).map(([name, { length }]) => [name, length]) }, []);
  } catch (thrown) {
    post({ failed: pack(thrown) }, []);
  }
}

/**
 * @typedef {object} Message a call
 * @property {string} call the export
 * @property {any[]} args
 * @property {boolean} soft whether it takes a signal
 * @property {boolean} copy whether the result may be of a value that somebody here keeps
 */

/** @param {import("./host.js").Host} host @param {Message} message */
async function run(host, { call: name, args, soft, copy }) {
  try {
    // An instance that died in the call before, or since, must not be this call's trouble.
    if (host.dead) await host.restart();
    running = soft ? new AbortController() : undefined;
    const value = await host.exports[name](...args, ...(running ? [{ signal: running.signal }] : []));
    /** @type {Set<ArrayBuffer>} */
    const moved = new Set();
    const result = port(value, `${name}: the result`, moved);
    post({ value: result }, copy ? [] : [...moved]);
  } catch (thrown) {
    post({ thrown: pack(thrown) }, []);
  }
}

listen((message) => {
  if ("module" in message) start(message);
  else if ("abort" in message) running?.abort(unpack(message.abort));
  else run(/** @type {import("./host.js").Host} */ (host), message);
});
