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

/** The numbers that go to `hw_call4` as they are, by their type: what is in range and, of integers, whole. @type {Record<string, [low: number, high: number, whole: boolean]>} */
const NUMBERS = {
  i8: [-0x80, 0x7f, true], u8: [0, 0xff, true], i16: [-0x8000, 0x7fff, true], u16: [0, 0xffff, true],
  i32: [-0x80000000, 0x7fffffff, true], u32: [0, 0xffffffff, true], usize: [0, 0xffffffff, true],
  f32: [-Infinity, Infinity, false], f64: [-Infinity, Infinity, false],
  bool: [1, 0, true], // no number is
};
/** What `hw_call4` gives. */
const NOTHING = 0, INTEGER = 1, FLOAT = 2, BOOL = 3;
/** Set when a function of any arguments was called with `new`. */
const NEW = 1;

/** A parameter. All have one form, whatever their types: the check of a number is the same code for all. */
class Param {
  /** @param {Type} type @param {string} name of the type @param {string} where */
  constructor(type, name, where) {
    const [low, high, whole] = NUMBERS[name] ?? NUMBERS.bool;
    this.low = low;
    this.high = high;
    this.whole = whole;
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
  flat = false;
  gives = NOTHING;
  low = 0;
  high = 0;
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
    const { hw_call4, hw_call } = guest.raw;
    this.call4 = /** @type {Made} */ (hw_call4);
    this.call = /** @type {Made} */ (hw_call);
    const find = (/** @type {string} */ inner) => {
      try {
        return this.handles.find(inner, op);
      } catch (cause) {
        throw new WireError("bad-contract", op, `type ${inner} in ${text}`, { cause });
      }
    };
    if (!said.any) {
      this.params = said.params.map((type, i) => new Param(find(type), type, `${this.name}: argument ${i + 1}`));
      this.flat = !said.fallible && said.params.length <= 4 && [...said.params, said.result].every((type) => type === "()" || Object.hasOwn(NUMBERS, type));
    }
    if (!(this.flat ? hw_call4 : hw_call)) throw new WireError("bad-contract", op, `no export ${this.flat ? "hw_call4" : "hw_call"}`);
    if (this.flat) {
      this.gives = said.result === "()" ? NOTHING : said.result === "bool" ? BOOL : /^f/.test(said.result) ? FLOAT : INTEGER;
      [this.low, this.high] = NUMBERS[said.result] ?? NUMBERS.bool;
    } else {
      const result = said.any ? any : find(said.result);
      // What fails is told by the status, whether the type says so or not.
      this.finish = makeFinish(guest, result, { fallible: "()", error: said.error }, this.name, this.handles.find);
    }
    /** Makes a function for an id. @type {(plan: Plan, id: number) => Made} */
    this.make = said.any ? anyOf : how === "once" ? onceOf : !this.flat ? slotsOf : [of0, of1, of2, of3, of4][this.params.length];
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
const take = (param, value) => (typeof value === "number" && value >= param.low && value <= param.high && (!param.whole || (value | 0) === value) ? value : param.type.check(value, param.where));

/** What a call gave. @param {Plan} plan @param {number} wire */
function give(plan, wire) {
  if (plan.handles.misuse !== null) throw plan.refused();
  if (plan.gives === INTEGER && (wire | 0) === wire && wire >= plan.low && wire <= plan.high) return wire | 0;
  return plan.gives === FLOAT ? wire : plan.gives === NOTHING ? undefined : rare(plan, wire);
}

/** @param {Plan} plan @param {number} wire */
function rare(plan, wire) {
  if (plan.gives === BOOL && (wire === 0 || wire === 1)) return wire === 1;
  if (plan.gives === INTEGER && wire >= plan.low && wire <= plan.high && Number.isInteger(wire)) return wire;
  throw plan.guest.die(new WireError("wrong-kind", plan.name, `result ${wire}`), plan.name);
}

/** The end of an instance in a call. @param {Plan} plan @param {unknown} cause */
function died({ guest, name }, cause) {
  guest.dead ??= OVERFLOW;
  return guest.die(cause, name);
}

/** @param {Plan} plan @param {number} id @returns {Made} */
const of0 = (plan, id) => () => {
  if (plan.guest.dead !== null) throw plan.guest.poisoned(plan.name);
  let wire;
  try {
    wire = plan.call4(id, 0, 0, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return give(plan, wire);
};

/** @param {Plan} plan @param {number} id @returns {Made} */
const of1 = (plan, id) => (a) => {
  if (plan.guest.dead !== null) throw plan.guest.poisoned(plan.name);
  const x = take(plan.params[0], a);
  let wire;
  try {
    wire = plan.call4(id, x, 0, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return give(plan, wire);
};

/** @param {Plan} plan @param {number} id @returns {Made} */
const of2 = (plan, id) => (a, b) => {
  if (plan.guest.dead !== null) throw plan.guest.poisoned(plan.name);
  const x = take(plan.params[0], a);
  const y = take(plan.params[1], b);
  let wire;
  try {
    wire = plan.call4(id, x, y, 0, 0);
  } catch (cause) {
    throw died(plan, cause);
  }
  return give(plan, wire);
};

/** @param {Plan} plan @param {number} id @returns {Made} */
const of3 = (plan, id) => (a, b, c) => run4(plan, id, [take(plan.params[0], a), take(plan.params[1], b), take(plan.params[2], c)]);

/** @param {Plan} plan @param {number} id @returns {Made} */
const of4 = (plan, id) => (a, b, c, d) => run4(plan, id, [take(plan.params[0], a), take(plan.params[1], b), take(plan.params[2], c), take(plan.params[3], d)]);

/** @param {Plan} plan @param {number} id @param {number[]} checked */
function run4(plan, id, [a = 0, b = 0, c = 0, d = 0]) {
  if (plan.guest.dead !== null) throw plan.guest.poisoned(plan.name);
  let wire;
  try {
    wire = plan.call4(id, a, b, c, d);
  } catch (cause) {
    throw died(plan, cause);
  }
  return give(plan, wire);
}

// All other calls.

/** Any types. @param {Plan} plan @param {number} id @returns {Made} */
const slotsOf = (plan, id) => (...args) => runSlots(plan, id, check(plan, args));

/** One that ends with its call. @param {Plan} plan @param {number} id @returns {Made} */
function onceOf(plan, id) {
  /** @type {Made} */
  const made = (...args) => {
    const checked = check(plan, args);
    try {
      return plan.flat ? run4(plan, id, checked) : runSlots(plan, id, checked);
    } finally {
      /** @type {any} */ (made).free?.();
    }
  };
  return made;
}

/** Any arguments. @param {Plan} plan @param {number} id @returns {Made} */
const anyOf = (plan, id) =>
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
