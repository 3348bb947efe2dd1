// @ts-check
// The group of async functions: promises that a guest awaits, async exports and imports. A page
// whose guest has none of them doesn't load it.

import { makeFinish } from "./exports.js";
import { handlesOf } from "./handles.js";
import { bytes } from "./imports/bytes.js";
import { error } from "./imports/error.js";
import { handle } from "./imports/handle.js";
import * as kind from "./kind.js";
import { bindAsync, Call, NOTHING } from "./promise.js";
import { makeAsync } from "./promised.js";
import { promisesOf } from "./promising.js";
import { NONE } from "./slab.js";
import { readSlot, readSlots } from "./slot.js";
import { streamType } from "./stream-type.js";
import { GuestStream, Source, sourceOf } from "./stream.js";
import { tasksOf } from "./task.js";
import { text } from "./types.js";

const ASYNC = /^async (?:result<(.+?)(?:, (\w+))?>|(.+))$/;
const STREAM = /^stream<(.+)>$/;

/** An item of a stream, in a slot of any kind; what is handed over is freed. @type {any} */
const anything = {
  read(/** @type {import("./guest.js").Guest} */ guest, /** @type {number} */ at, /** @type {string} */ name) {
    const tag = guest.memory.view.getUint32(at, true);
    if (tag === kind.STRING) return text.read(guest, at, name);
    return tag === kind.BYTES ? known.bytes.read(guest, at, name) : readSlot(guest, at, name);
  },
};
/** What an item or an error of a stream can be. @type {Record<string, import("./types.js").Type>} */
const known = { str: text, ...bytes.types, ...handle.types, ...error.types };

/**
 * @type {import("./core.js").Group}
 * @example const { exports } = await instantiate(source, { with: [async_] });
 */
export const async_ = {
  name: "async",
  resolve(type, find, name) {
    const items = STREAM.exec(type);
    if (items) return streamType(find(items[1], name), (type) => known[type]);
    const match = ASYNC.exec(type);
    if (!match) return undefined;
    const [, fallible, error, plain] = match;
    const inner = fallible ?? plain;
    const result = find(inner, name);
    return {
      make: makeAsync(result, error, find),
      promises: (guest, name) => promisesOf(guest, result, error, find, name),
      bind: bindAsync(inner === "()" ? NOTHING : result, error ? { type: find(error, name), name: error } : null, (guest) => tasksOf(guest).waiters),
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
    const item = makeFinish(guest, anything, { fallible: "stream", error: undefined }, "hw_next", (type) => known[type]);
    return {
      promise_await(promise, waiter) {
        waiters.take(waiter, "promise_await").watch(handles.take(promise, "promise_await"));
      },
      promise_await_number(promise, waiter) {
        const waits = waiters.take(waiter, "promise_await_number");
        waits.numbers = true;
        waits.watch(handles.take(promise, "promise_await_number"));
      },
      promise_call(callee, args, argc, waiter) {
        const op = "promise_call";
        const target = handles.slab.get(callee, op);
        const list = readSlots(guest, args, argc, op);
        const waits = waiters.take(waiter, op);
        list.push((waits.call = new Call()));
        let value;
        try {
          value = Reflect.apply(target, undefined, list);
        } catch (thrown) {
          value = Promise.reject(thrown);
        }
        waits.watchUnlessGone(value);
        handles.alive();
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
      stream_open(items) {
        const op = "stream_open";
        const iterated = handles.slab.get(items, op);
        let source;
        try {
          source = Source.open(iterated);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
        return handles.own(source);
      },
      stream_next(stream, waiter) {
        const op = "stream_next";
        const source = sourceOf(guest, handles.slab.get(stream, op), op);
        const waits = waiters.take(waiter, op);
        waits.type = source.items;
        let item;
        try {
          item = source.next();
        } catch (thrown) {
          item = Promise.reject(thrown);
        }
        waits.watchUnlessGone(item);
        handles.alive();
      },
      stream_close(stream) {
        sourceOf(guest, handles.take(stream, "stream_close"), "stream_close").close();
        handles.alive();
      },
      stream_new(number) {
        return handles.slab.add(new GuestStream(tasks, number, item));
      },
    };
  },
};
