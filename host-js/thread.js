// @ts-check
// A thread of its own for an instance: web workers (browsers, Deno, Bun) and Node's worker
// threads behind one name. What runs in it is `worker-script.js`, a file, so that a strict
// policy has nothing to forbid. Nothing here knows what the messages mean.

/**
 * @typedef {object} Thread
 * @property {(message: unknown, transfer: Transferable[]) => void} post
 * @property {(busy: boolean) => void} hold whether a process may not end meanwhile; pages know no such thing
 * @property {() => Promise<void>} end stops it at once, whatever it is doing; it tells nothing after that
 *
 * @typedef {object} Told what a thread tells
 * @property {(message: any) => void} message
 * @property {(error: Error) => void} crash it ended by itself, or an error went uncaught in it; told once
 *
 * @typedef {(told: Told) => Thread} Start
 */

/** Whether threads are web workers; else they are Node's. */
const isWeb = () => typeof globalThis.Worker === "function";

/** A module of Node's. The name is a variable's, so that no bundler looks for it. @param {string} name @returns {Promise<any>} */
const node = (name) => import(/* webpackIgnore: true */ /* @vite-ignore */ name);

/** What starts a thread here. @returns {Promise<Start>} */
export async function starter() {
  if (isWeb()) return startWeb;
  const { Worker } = await node("node:worker_threads");
  return (told) => startNode(Worker, told);
}

/** How many threads run at once here. @returns {Promise<number>} */
export async function parallelism() {
  const count = globalThis.navigator?.hardwareConcurrency;
  return count ?? (await node("node:os")).availableParallelism();
}

/** What the address of a module is relative to, if it is relative: the page, or where the process was started. @returns {Promise<string>} */
export async function base() {
  const address = globalThis.document?.baseURI ?? globalThis.location?.href;
  return address ?? `${(await node("node:url")).pathToFileURL(/** @type {any} */ (globalThis).process.cwd())}/`;
}

/** @type {Start} */
function startWeb(told) {
  // Bundlers know this line by its form, and take the script along.
  const worker = new Worker(new URL("./worker-script.js", import.meta.url), { type: "module", name: "handwire" });
  let over = false;
  const crash = (/** @type {Error} */ error) => {
    if (!over) told.crash(error);
    over = true;
  };
  worker.onmessage = ({ data }) => {
    if (!over) told.message(data);
  };
  worker.onmessageerror = () => crash(new Error("a message of the worker can't be read here"));
  worker.onerror = (event) => {
    // It is told of here: no need for the console to have it, too.
    event.preventDefault?.();
    crash(uncaught(event));
  };
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    hold() {},
    async end() {
      over = true;
      worker.terminate();
    },
  };
}

/** The error of an event, which has no more than text of it; without any, the script itself was not there. @param {ErrorEvent} event */
function uncaught({ message, filename, lineno, colno }) {
  const error = new Error(message ?? "the worker's script can't be loaded");
  if (message) error.stack = `${message}\n    at ${filename}:${lineno}:${colno}`;
  return error;
}

/** @param {any} Worker @param {Told} told @returns {Thread} */
function startNode(Worker, told) {
  // It gets the flags of this process, but for one that is about a program on the command line.
  const execArgv = /** @type {any} */ (globalThis).process.execArgv.filter((/** @type {string} */ flag) => !flag.startsWith("--input-type="));
  const worker = new Worker(new URL("./worker-script.js", import.meta.url), { name: "handwire", execArgv });
  let over = false;
  const crash = (/** @type {Error} */ error) => {
    if (!over) told.crash(error);
    over = true;
  };
  worker.on("message", (/** @type {unknown} */ message) => {
    if (!over) told.message(message);
  });
  worker.on("messageerror", crash);
  worker.on("error", (/** @type {unknown} */ thrown) => crash(thrown instanceof Error ? thrown : new Error(`uncaught: ${String(thrown)}`)));
  worker.on("exit", (/** @type {number} */ code) => crash(new Error(`the thread ended with code ${code}`)));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
    async end() {
      over = true;
      await worker.terminate();
    },
  };
}

/**
 * The other end, inside of a thread.
 * @returns {Promise<{ post: (message: unknown, transfer: Transferable[]) => void, listen: (act: (message: any) => void) => void }>}
 */
export async function parent() {
  const self = /** @type {any} */ (globalThis);
  if (typeof self.postMessage === "function") {
    return {
      post: (message, transfer) => self.postMessage(message, transfer),
      listen: (act) => self.addEventListener("message", (/** @type {MessageEvent} */ { data }) => act(data)),
    };
  }
  const { parentPort } = await node("node:worker_threads");
  return { post: (message, transfer) => parentPort.postMessage(message, transfer), listen: (act) => parentPort.on("message", act) };
}
