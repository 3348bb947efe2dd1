// @ts-check
// Calls of closures with slots: of any types, of any arguments; and of closures that end with
// their call, whatever their types.

import { put } from "./put.js";
import { check, run4 } from "./flat.js";
import * as kind from "./kind.js";
import { SLOT } from "./slot.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Made} Made */
/** @typedef {import("./callable.js").Callable} Callable */

/** Set when a function of any arguments was called with `new`. */
const NEW = 1;

/** Any types. @param {Plan} plan @returns {(closure: Callable) => Made} */
export const slots = (plan) => (closure) => (...args) => runSlots(plan, closure, check(plan, args));

/** One that gives a promise, and throws nothing. @param {Plan} plan @returns {(closure: Callable) => Made} */
export const promising = (plan) => (closure) => {
  const { params, how } = plan;
  const { length } = params;
  const promises = /** @type {NonNullable<Plan["promises"]>} */ (plan.promises);
  /** @type {Made} */
  const made = (...args) => {
    try {
      const options = args.length > length ? promises.options(args[length]) : undefined;
      if (options?.signal.aborted) return promises.aborted(options);
      const checked = check(plan, args);
      let value;
      try {
        value = runSlots(plan, closure, checked);
      } finally {
        if (how === "once") /** @type {any} */ (made).free?.();
      }
      return promises.end(value, options);
    } catch (thrown) {
      return promises.failed(thrown);
    }
  };
  return made;
};

/** One that ends with its call. @param {Plan} plan @returns {(closure: Callable) => Made} */
export const once = (plan) => (closure) => {
  /** @type {Made} */
  const made = (...args) => {
    const checked = check(plan, args);
    try {
      return plan.integers || plan.floats ? run4(plan, closure, checked) : runSlots(plan, closure, checked);
    } finally {
      /** @type {any} */ (made).free?.();
    }
  };
  return made;
};

/** Any arguments. @param {Plan} plan @returns {(closure: Callable) => Made} */
export const variadic = (plan) => (closure) =>
  /** @this {any} @param {any[]} args */
  function (...args) {
    const { guest, handles, name } = plan;
    if (guest.dead !== null) throw guest.poisoned(name);
    const { memory } = guest;
    const { top } = memory;
    const mark = guest.leftovers.length;
    try {
      const at = guest.reserve(args.length * SLOT, 8, name);
      const receiver = handles.grant(this, name);
      args.forEach((value, i) => {
        const number = typeof value === "number";
        const handle = number ? 0 : handles.grant(value, name);
        const { view } = memory;
        view.setUint32(at + i * SLOT, number ? kind.NUMBER : kind.HANDLE, true);
        view.setUint32(at + i * SLOT + 4, 0, true);
        if (number) view.setFloat64(at + i * SLOT + 8, value, true);
        else view.setInt32(at + i * SLOT + 8, handle, true);
      });
      return enter(plan, closure, at, args.length, receiver, new.target ? NEW : 0);
    } finally {
      memory.top = top;
      guest.leave(mark);
    }
  };

/** @param {Plan} plan @param {Callable} closure @param {any[]} checked */
function runSlots(plan, closure, checked) {
  const { guest, name, params } = plan;
  // A check may have run code of the host, a getter, which killed the instance.
  if (guest.dead !== null) throw guest.poisoned(name);
  const { memory } = guest;
  const { top } = memory;
  const mark = guest.leftovers.length;
  try {
    const at = guest.reserve(checked.length * SLOT, 8, name);
    for (let i = 0; i < checked.length; i++) put(guest, params[i].type, checked[i], at + i * SLOT, name);
    return enter(plan, closure, at, checked.length, 0, 0);
  } finally {
    memory.top = top;
    guest.leave(mark);
  }
}

/** @param {Plan} plan @param {Callable} closure @param {number} at where the slots are @param {number} argc @param {number} self @param {number} flags */
function enter(plan, closure, at, argc, self, flags) {
  const { guest, handles, name } = plan;
  const id = closure.take(plan);
  guest.entered++;
  const result = guest.enter(() => {
    const status = plan.call(id, at, argc, self, flags);
    return handles.misuse === null ? plan.finish(status) : undefined;
  }, name);
  if (handles.misuse === null) return guest.settle(result);
  // What was lowered for a call that the guest refused is not the guest's: it goes back.
  guest.entered--;
  throw plan.refused();
}
