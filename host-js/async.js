// @ts-check
// The group of async functions: promises that a guest awaits, async exports and imports. A page
// whose guest has none of them doesn't load it.

import { handlesOf } from "./handles.js";
import { bindAsync, NOTHING } from "./promise.js";
import { makeAsync, tasksOf } from "./task.js";

const ASYNC = /^async (?:result<(.+?)(?:, (\w+))?>|(.+))$/;

/**
 * @type {import("./core.js").Group}
 * @example const { exports } = await instantiate(source, { with: [async_] });
 */
export const async_ = {
  name: "async",
  resolve(type, find, name) {
    const match = ASYNC.exec(type);
    if (!match) return undefined;
    const [, fallible, error, plain] = match;
    const inner = fallible ?? plain;
    const result = find(inner, name);
    return {
      make: makeAsync(result, error, find),
      bind: bindAsync(inner === "()" ? NOTHING : result, (guest) => tasksOf(guest).waiters),
      kind: 0,
      check() {},
      lift() {},
      read() {},
    };
  },
  imports(guest) {
    const tasks = tasksOf(guest);
    const { waiters } = tasks;
    const handles = handlesOf(guest);
    return {
      promise_await(promise, waiter) {
        waiters.take(waiter, "promise_await").watch(handles.take(promise, "promise_await"));
      },
      promise_forget(waiter) {
        waiters.forget(waiter);
      },
      task_wake() {
        tasks.wake();
      },
      task_settle(task, status) {
        tasks.settle(task, status);
      },
    };
  },
};
