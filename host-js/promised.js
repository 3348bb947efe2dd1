// @ts-check
// Async exports: functions of the host that give a promise.

import { makeFinish, makeGeneral } from "./exports.js";
import { handlesOf } from "./handles.js";
import { late, refusable } from "./misuse.js";
import { Pending } from "./pending.js";
import { aborted, tasksOf, Told } from "./task.js";
import { wrongType } from "./types.js";

/** @typedef {import("./types.js").Type} Type */
/** @typedef {import("./exports.js").Make} Make */

/** The options of a call, checked and read once. @param {any} options @param {string} name */
function readOptions(options, name) {
  if (options === undefined || options === null) return undefined;
  if (Object(options) !== options) throw wrongType(`${name}: options`, "an object", options);
  const { signal } = options;
  if (signal !== undefined && signal !== null && typeof signal.addEventListener !== "function") throw wrongType(`${name}: signal`, "an AbortSignal", signal);
  return options instanceof Told ? options : signal ? { signal } : undefined;
}

/**
 * Makes the async exports of one type of result.
 * @param {Type} result @param {string | undefined} error the type of its error, if it has one
 * @param {import("./exports.js").Find} find
 * @returns {Make}
 */
export const makeAsync = (result, error, find) => (guest, raw, params, _, name) => {
  const tasks = tasksOf(guest);
  const finish = makeFinish(guest, result, { fallible: "async", error }, name, find);
  const count = params.length;
  tasks.names.add(name);
  // All but how it ends is as in a call that isn't async.
  const shape = handlesOf(guest).shapeOf(params, name);
  // What the guest has may be refused, an instance that is in use; and data of another shape.
  const refuses = guest.raw.hw_drop !== undefined || params.some(({ type }) => type.choose);
  const make = shape ?? makeGeneral;
  /** The call, by what becomes of one that goes on. @param {(task: number) => any} begin */
  const callThat = (begin) => {
    const ends = (/** @type {number} */ wire) => (wire === 0 || wire === 1 ? finish(wire) : begin(wire));
    return make(guest, raw, shape ? params : params.map(late), refuses ? refusable(guest, ends, name, !shape) : ends, name);
  };
  const call = callThat((task) => tasks.begin(task, finish, name));
  /** The same with options: made when it is needed. @type {typeof call | undefined} */
  let callKnown;
  /** What became of a call without options. @param {any} value */
  const end = (value) => {
    if (tasks.begun === 0) return Promise.resolve(value);
    tasks.begun = 0;
    return value;
  };
  /** @param {unknown} thrown @param {any} options */
  const failed = (thrown, options) => {
    // What was lowered couldn't be given back: the instance died, when the call had begun.
    if (tasks.begun === 0 && options && isError(guest, thrown)) {
      if (options.signal?.aborted) return aborted(options);
      if (options instanceof Told) options.status = 1;
    }
    return tasks.failed(thrown);
  };
  /** @param {any[]} args */
  const withOptions = (args) => {
    let options;
    try {
      if (args.length === count + 1) options = readOptions(args.pop(), name);
      if (!options) return end(call(...args));
      if (options.signal?.aborted) return aborted(options);
      callKnown ??= callThat((task) => tasks.beginKnown(task, finish, name));
      const value = callKnown(...args);
      if (value instanceof Pending) return tasks.promise(value, options);
      return options.signal?.aborted ? aborted(options) : Promise.resolve(value);
    } catch (thrown) {
      return failed(thrown, options);
    }
  };
  return (facades[count] ?? anyCount)(call, end, failed, withOptions);
};

/**
 * Makes the function of the host.
 * @typedef {(call: (...args: any[]) => any, end: (value: any) => Promise<any>, failed: (thrown: unknown, options: any) => Promise<any>, withOptions: (args: any[]) => Promise<any>) => (...args: any[]) => Promise<any>} MakeFacade
 */

/** @type {MakeFacade} */
const anyCount = (_call, _end, _failed, withOptions) => (...args) => withOptions(args);

/** Those of few arguments, by their count: without options a call is made without lists, and no engine has to make one in case. @type {MakeFacade[]} */
const facades = [
  (call, end, failed, withOptions) =>
    function (/** @type {any} */ options) {
      if (arguments.length !== 0) return withOptions(arguments.length === 1 ? [options] : [...arguments]);
      try {
        return end(call());
      } catch (thrown) {
        return failed(thrown, undefined);
      }
    },
  (call, end, failed, withOptions) =>
    function (/** @type {any} */ a, /** @type {any} */ options) {
      if (arguments.length !== 1) return withOptions(arguments.length === 2 ? [a, options] : [...arguments]);
      try {
        return end(call(a));
      } catch (thrown) {
        return failed(thrown, undefined);
      }
    },
  (call, end, failed, withOptions) =>
    function (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ options) {
      if (arguments.length !== 2) return withOptions(arguments.length === 3 ? [a, b, options] : [...arguments]);
      try {
        return end(call(a, b));
      } catch (thrown) {
        return failed(thrown, undefined);
      }
    },
];

/** Whether what a call threw is an error of the guest's. @param {any} guest @param {unknown} thrown */
const isError = (guest, thrown) => guest.dead === null && guest.error && Object.is(guest.error.thrown, thrown);
