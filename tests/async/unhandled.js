// @ts-check
// Prints the rejections that nobody handled, by what was done: a process of its own, because a
// test runner takes each for a failure.

import { settled, start, tick } from "./start.js";

/** @type {unknown[]} */
const unhandled = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));
process.on("uncaughtException", (reason) => unhandled.push(`uncaught: ${reason}`));

/** @type {Record<string, unknown[]>} */
const report = {};

/** @param {string} name @param {(instance: Awaited<ReturnType<typeof start>>) => unknown} act */
async function after(name, act) {
  const instance = await start();
  await act(instance);
  await tick();
  await tick();
  report[name] = unhandled.splice(0).map((reason) => (reason === instance.host.dead ? "the death" : String(reason)));
}

const never = new Promise(() => {});
await after("a rejected call", ({ exports }) => void exports.wait(Promise.reject("nobody looks")));
await after("a wrong argument", ({ exports }) => void exports.ready("no number"));
await after("a call that is aborted", ({ exports }) => {
  const abort = new AbortController();
  exports.wait(never, { signal: abort.signal });
  abort.abort("why");
});
await after("a task that dies", ({ exports }) => exports.detach_death());
await after("a task that dies beside a call", ({ exports }) => {
  exports.wait(never).catch(() => {});
  exports.detach_death();
});
await after("a promise that rejects after its future is gone", async ({ exports }) => {
  const late = settled();
  await exports.first(late.promise, Promise.resolve(1));
  late.reject(new Error("too late"));
});
console.log(JSON.stringify(report));
