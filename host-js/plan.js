// @ts-check
// How closures of the guest are called. For each type of closure there is one plan: how its
// arguments are checked, and how the call is made. The functions are closures over a plan and an
// id, made in few places, so that what an engine learns of one serves all.

import { put } from "./composite.js";
import { WireError } from "./errors.js";
import { makeFinish } from "./exports.js";
import { readFunction } from "./function.js";
import { OVERFLOW } from "./guest.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { misuseError } from "./misuse.js";
import { readSlot, SLOT } from "./slot.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {(...args: any[]) => any} Made */

/** The integers that go without slots: those that are known at a glance, in the range of engines' small integers; the type has the last word. @type {Record<string, [low: number, high: number]>} */
const INTEGERS = {
  i8: [-0x80, 0x7f], u8: [0, 0xff], i16: [-0x8000, 0x7fff], u16: [0, 0xffff], i32: [-0x80000000, 0x7fffffff], u32: [0, 0x7fffffff], usize: [0, 0x7fffffff],
};
/** The other types of this sort, of which no number is at a glance an integer. */
const OTHERS = ["f32", "f64", "bool"];
const NEVER = [1, 0];
/** @param {string} type */
const goesFlat = (type) => type === "()" || Object.hasOwn(INTEGERS, type) || OTHERS.includes(type);
/** What a call without slots gives: nothing, a value that is its wire, or one that has to be made of it. */
const NOTHING = 0, WIRE = 1, LIFTED = 2;
/** Set when a function of any arguments was called with `new`. */
const NEW = 1;

/** A parameter. All have one form, whatever their types: the check of a number is the same code for all. */
class Param {
  /** @param {Type} type @param {string} name of the type @param {string} where */
  constructor(type, name, where) {
    const [low, high] = INTEGERS[name] ?? NEVER;
    this.low = low;
    this.high = high;
    this.float = name === "f32" || name === "f64";
    this.type = type;
    this.where = where;
  }
}

/** What all closures of one type have in common. */
export class Plan {
  /** How often it can be called: "", "once" or "lent". */
  how = "";
  /** @type {Param[]} */
  params = [];
  gives = NOTHING;
  /** @type {(wire: number) => any} */
  lift = () => undefined;
  /** @type {import("./exports.js").Finish} */
  finish = () => undefined;

  /** @param {Guest} guest @param {string} text @param {string} op who wants it */
  constructor(guest, text, op) {
    const [, how, type] = /^(?:(once|lent) )?(.+)$/.exec(text) ?? [];
    const said = type && readFunction(type);
    if (!said) throw new WireError("bad-contract", op, `type ${text}`);
    this.guest = guest;
    this.handles = handlesOf(guest);
    this.name = `closure ${text}`;
    this.how = how ?? "";
    const { hw_call4i, hw_call4, hw_call } = guest.raw;
    this.call4i = /** @type {Made} */ (hw_call4i);
    this.call4 = /** @type {Made} */ (hw_call4);
    this.call = /** @type {Made} */ (hw_call);
    const find = (/** @type {string} */ inner) => {
      try {
        return this.handles.find(inner, op);
      } catch (cause) {
        throw new WireError("bad-contract", op, `type ${inner} in ${text}`, { cause });
      }
    };
    this.params = said.params.map((type, i) => new Param(find(type), type, `${this.name}: argument ${i + 1}`));
    const types = [...said.params, said.result];
    const flat = !said.any && !said.fallible && said.params.length <= 4 && types.every(goesFlat);
    this.floats = flat && types.some((type) => type === "f32" || type === "f64");
    this.integers = flat && !this.floats;
    const needed = this.integers ? "hw_call4i" : flat ? "hw_call4" : "hw_call";
    if (!guest.raw[needed]) throw new WireError("bad-contract", op, `no export ${needed}`);
    const result = said.any ? any : find(said.result);
    if (flat && said.result !== "()") {
      this.gives = ["i32", "f64"].includes(said.result) && (this.integers || said.result === "f64") ? WIRE : LIFTED;
      this.lift = this.integers ? (wire) => result.lift(wire, guest, this.name) : (wire) => fromFloat(this, result, said.result, wire);
    }
    // What fails is told by the status, whether the type says so or not.
    if (!flat) this.finish = makeFinish(guest, result, { fallible: "()", error: said.error }, this.name, this.handles.find);
    const numbers = (this.integers ? [integers0, integers1, integers2] : [floats0, floats1, floats2]).concat(numbers3, numbers4);
    /** Makes a function for an id. */
    this.make = (said.any ? variadic : how === "once" ? once : flat ? numbers[said.params.length] : slots)(this);
  }

  /** The error of a call that the guest refused. */
  refused() {
    const { code, what } = /** @type {import("./misuse.js").Misuse} */ (this.handles.misuse);
    this.handles.misuse = null;
    const why = code === "re-entered" ? "while it runs" : code !== "dropped" ? what : this.how === "once" ? "after its only call" : this.how === "lent" ? "after the call that it was lent for" : "closure";
    return misuseError(code, this.name, why);
  }
}

/** A result of a closure of any arguments. @type {any} */
const any = { read: readSlot };

// The calls of closures of numbers, one text for each number of arguments.

/** @param {Param} param @param {any} value @returns {number} */
const takeInteger = (param, value) => (typeof value === "number" && (value | 0) === value && value >= param.low && value <= param.high ? value : param.type.check(value, param.where));

/** @param {Param} param @param {any} value @returns {number} */
const takeFloat = (param, value) => (param.float && typeof value === "number" ? value : param.type.check(value, param.where));

/** What a call gave. @param {Plan} plan @param {number} wire */
function give(plan, wire) {
  if (plan.handles.misuse !== null) throw plan.refused();
  return plan.gives === WIRE ? wire : plan.gives === NOTHING ? undefined : plan.lift(wire);
}

/** What is no f64, of a call that gives one. @param {Plan} plan @param {Type} result @param {string} type @param {number} wire */
function fromFloat(plan, result, type, wire) {
  if (type === "f32") return Math.fround(wire);
  if (type === "bool" && (wire === 0 || wire === 1)) return wire === 1;
  try {
    if (type !== "bool") return result.check(wire, plan.name);
  } catch {
    // The guest breaks its contract, not the caller: said below.
  }
  throw plan.guest.die(new WireError("wrong-kind", plan.name, `result ${wire}`), plan.name);
}

/** The end of an instance in a call. @param {Plan} plan @param {unknown} cause */
function died({ guest, name }, cause) {
  guest.dead ??= OVERFLOW;
  return guest.die(cause, name);
}

/** @param {Plan} plan @returns {(id: number) => Made} */
const integers0 = (plan) => {
  const { guest, call4i, name } = plan;
  return (id) => () => {
    if (guest.dead !== null) throw guest.poisoned(name);
    let wire;
    try {
      wire = call4i(id, 0, 0, 0, 0);
    } catch (cause) {
      throw died(plan, cause);
    }
    return give(plan, wire);
  };
};

/** @param {Plan} plan @returns {(id: number) => Made} */
const integers1 = (plan) => {
  const { guest, call4i, name } = plan;
  const p0 = plan.params[0];
  return (id) => (a) => {
    if (guest.dead !== null) throw guest.poisoned(name);
    const x0 = takeInteger(p0, a);
    let wire;
    try {
      wire = call4i(id, x0, 0, 0, 0);
    } catch (cause) {
      throw died(plan, cause);
    }
    return give(plan, wire);
  };
};

/** @param {Plan} plan @returns {(id: number) => Made} */
const integers2 = (plan) => {
  const { guest, call4i, name } = plan;
  const p0 = plan.params[0];
  const p1 = plan.params[1];
  return (id) => (a, b) => {
    if (guest.dead !== null) throw guest.poisoned(name);
    const x0 = takeInteger(p0, a);
    const x1 = takeInteger(p1, b);
    let wire;
    try {
      wire = call4i(id, x0, x1, 0, 0);
    } catch (cause) {
      throw died(plan, cause);
    }
    return give(plan, wire);
  };
};

// The same with floats: a function that calls one of two is slow at both.

/** @param {Plan} plan @returns {(id: number) => Made} */
const floats0 = (plan) => {
  const { guest, call4, name } = plan;
  return (id) => () => {
    if (guest.dead !== null) throw guest.poisoned(name);
    let wire;
    try {
      wire = call4(id, 0, 0, 0, 0);
    } catch (cause) {
      throw died(plan, cause);
    }
    return give(plan, wire);
  };
};

/** @param {Plan} plan @returns {(id: number) => Made} */
const floats1 = (plan) => {
  const { guest, call4, name } = plan;
  const p0 = plan.params[0];
  return (id) => (a) => {
    if (guest.dead !== null) throw guest.poisoned(name);
    const x0 = takeFloat(p0, a);
    let wire;
    try {
      wire = call4(id, x0, 0, 0, 0);
    } catch (cause) {
      throw died(plan, cause);
    }
    return give(plan, wire);
  };
};

/** @param {Plan} plan @returns {(id: number) => Made} */
const floats2 = (plan) => {
  const { guest, call4, name } = plan;
  const p0 = plan.params[0];
  const p1 = plan.params[1];
  return (id) => (a, b) => {
    if (guest.dead !== null) throw guest.poisoned(name);
    const x0 = takeFloat(p0, a);
    const x1 = takeFloat(p1, b);
    let wire;
    try {
      wire = call4(id, x0, x1, 0, 0);
    } catch (cause) {
      throw died(plan, cause);
    }
    return give(plan, wire);
  };
};

/** @param {Plan} plan @returns {(id: number) => Made} */
const numbers3 = (plan) => (id) => (a, b, c) => run4(plan, id, check(plan, [a, b, c]));

/** @param {Plan} plan @returns {(id: number) => Made} */
const numbers4 = (plan) => (id) => (a, b, c, d) => run4(plan, id, check(plan, [a, b, c, d]));

/** @param {Plan} plan @param {number} id @param {number[]} checked */
function run4(plan, id, [a = 0, b = 0, c = 0, d = 0]) {
  if (plan.guest.dead !== null) throw plan.guest.poisoned(plan.name);
  let wire;
  try {
    wire = plan.integers ? plan.call4i(id, a, b, c, d) : plan.call4(id, a, b, c, d);
  } catch (cause) {
    throw died(plan, cause);
  }
  return give(plan, wire);
}

// All other calls.

/** Any types. @param {Plan} plan @returns {(id: number) => Made} */
const slots = (plan) => (id) => (...args) => runSlots(plan, id, check(plan, args));

/** One that ends with its call. @param {Plan} plan @returns {(id: number) => Made} */
const once = (plan) => (id) => {
  /** @type {Made} */
  const made = (...args) => {
    const checked = check(plan, args);
    try {
      return plan.integers || plan.floats ? run4(plan, id, checked) : runSlots(plan, id, checked);
    } finally {
      /** @type {any} */ (made).free?.();
    }
  };
  return made;
};

/** Any arguments. @param {Plan} plan @returns {(id: number) => Made} */
const variadic = (plan) => (id) =>
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
      return enter(plan, id, at, args.length, receiver, new.target ? NEW : 0);
    } finally {
      memory.top = top;
      guest.leave(mark);
    }
  };

/** @param {Plan} plan @param {any[]} args @returns {any[]} */
function check({ guest, name, params }, args) {
  if (guest.dead !== null) throw guest.poisoned(name);
  const checked = [];
  for (let i = 0; i < params.length; i++) checked.push(params[i].type.check(args[i], params[i].where));
  return checked;
}

/** @param {Plan} plan @param {number} id @param {any[]} checked */
function runSlots(plan, id, checked) {
  const { guest, name, params } = plan;
  // A check may have run code of the host, a getter, which killed the instance.
  if (guest.dead !== null) throw guest.poisoned(name);
  const { memory } = guest;
  const { top } = memory;
  const mark = guest.leftovers.length;
  try {
    const at = guest.reserve(checked.length * SLOT, 8, name);
    for (let i = 0; i < checked.length; i++) put(guest, params[i].type, checked[i], at + i * SLOT, name);
    return enter(plan, id, at, checked.length, 0, 0);
  } finally {
    memory.top = top;
    guest.leave(mark);
  }
}

/** @param {Plan} plan @param {number} id @param {number} at where the slots are @param {number} argc @param {number} self @param {number} flags */
function enter(plan, id, at, argc, self, flags) {
  const { guest, handles, name } = plan;
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
