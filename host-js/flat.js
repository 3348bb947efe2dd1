// @ts-check
// Calls of closures without slots: of up to four numbers and booleans. There is one text for each
// number of arguments, so that what an engine learns of one closure serves all like it. They take
// what they need from the plan, and call its methods: what they took from around them an engine would look at each time.

import { OVERFLOW } from "./guest.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Made} Made */
/** @typedef {import("./callable.js").Callable} Callable */

/** What such a call gives: nothing, a value that is its wire, or one that has to be made of it. */
export const NOTHING = 0, WIRE = 1, LIFTED = 2;

/** The end of an instance in a call. @param {Plan} plan @param {unknown} cause */
function died({ guest, name }, cause) {
  guest.dead ??= OVERFLOW;
  return guest.die(cause, name);
}

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const integers0 = (plan) => (closure) => () => {
  const { guest } = plan;
  if (guest.dead !== null) throw guest.poisoned(plan.name);
  const { id } = closure;
  if (id === 0) throw plan.ended();
  let wire;
  try {
    wire = plan.call4i(id, 0, 0, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return plan.give(wire);
};

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const integers1 = (plan) => (closure) => (a) => {
  const { guest } = plan;
  if (guest.dead !== null) throw guest.poisoned(plan.name);
  const x0 = plan.first.integer(a);
  const { id } = closure;
  if (id === 0) throw plan.ended();
  let wire;
  try {
    wire = plan.call4i(id, x0, 0, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return plan.give(wire);
};

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const integers2 = (plan) => (closure) => (a, b) => {
  const { guest } = plan;
  if (guest.dead !== null) throw guest.poisoned(plan.name);
  const x0 = plan.first.integer(a);
  const x1 = plan.second.integer(b);
  const { id } = closure;
  if (id === 0) throw plan.ended();
  let wire;
  try {
    wire = plan.call4i(id, x0, x1, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return plan.give(wire);
};

// The same with floats: a function that calls one of two is slow at both.

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const floats0 = (plan) => (closure) => () => {
  const { guest } = plan;
  if (guest.dead !== null) throw guest.poisoned(plan.name);
  const { id } = closure;
  if (id === 0) throw plan.ended();
  let wire;
  try {
    wire = plan.call4(id, 0, 0, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return plan.give(wire);
};

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const floats1 = (plan) => (closure) => (a) => {
  const { guest } = plan;
  if (guest.dead !== null) throw guest.poisoned(plan.name);
  const x0 = plan.first.float(a);
  const { id } = closure;
  if (id === 0) throw plan.ended();
  let wire;
  try {
    wire = plan.call4(id, x0, 0, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return plan.give(wire);
};

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const floats2 = (plan) => (closure) => (a, b) => {
  const { guest } = plan;
  if (guest.dead !== null) throw guest.poisoned(plan.name);
  const x0 = plan.first.float(a);
  const x1 = plan.second.float(b);
  const { id } = closure;
  if (id === 0) throw plan.ended();
  let wire;
  try {
    wire = plan.call4(id, x0, x1, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return plan.give(wire);
};

/** The arguments of a call, checked. @param {Plan} plan @param {any[]} args @returns {any[]} */
export function check({ guest, name, params }, args) {
  if (guest.dead !== null) throw guest.poisoned(name);
  const checked = [];
  for (let i = 0; i < params.length; i++) checked.push(params[i].type.check(args[i], params[i].where));
  return checked;
}

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const numbers3 = (plan) => (closure) => (a, b, c) => run4(plan, closure, check(plan, [a, b, c]));

/** @param {Plan} plan @returns {(closure: Callable) => Made} */
const numbers4 = (plan) => (closure) => (a, b, c, d) => run4(plan, closure, check(plan, [a, b, c, d]));

/** Any number of arguments. @param {Plan} plan @param {Callable} closure @param {number[]} checked */
export function run4(plan, closure, [a = 0, b = 0, c = 0, d = 0]) {
  if (plan.guest.dead !== null) throw plan.guest.poisoned(plan.name);
  const id = closure.take(plan);
  let wire;
  try {
    wire = plan.integers ? plan.call4i(id, a, b, c, d) : plan.call4(id, a, b, c, d);
  } catch (cause) {
    throw died(plan, cause);
  }
  return plan.give(wire);
}

/** Makers of functions, by the number of arguments: of integers alone, and with a float. */
export const ofIntegers = [integers0, integers1, integers2, numbers3, numbers4];
export const ofFloats = [floats0, floats1, floats2, numbers3, numbers4];
