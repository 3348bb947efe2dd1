// @ts-check
// How closures of the guest are called. For each type of closure there is one plan: how its
// arguments are checked, and how the call is made. The functions are closures over a plan and an
// id, made in few places: `flat.js` has those of numbers, `slotted.js` all others.

import { WireError } from "./errors.js";
import { makeFinish } from "./exports.js";
import { LIFTED, NOTHING, ofFloats, ofIntegers, WIRE } from "./flat.js";
import { readFunction } from "./function.js";
import { handlesOf } from "./handles.js";
import { misuseError } from "./misuse.js";
import { readSlot } from "./slot.js";
import { once, promising, slots, variadic } from "./slotted.js";

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

/** A parameter. All have one form, whatever their types: the check of a number is the same code for all. */
export class Param {
  /** @param {Type} type @param {string} name of the type @param {string} where */
  constructor(type, name, where) {
    const [low, high] = INTEGERS[name] ?? NEVER;
    this.low = low;
    this.high = high;
    this.isFloat = name === "f32" || name === "f64";
    this.type = type;
    this.where = where;
  }

  /** An integer as a wire. @param {any} value @returns {number} */
  integer(value) {
    return typeof value === "number" && (value | 0) === value && value >= this.low && value <= this.high ? value : this.type.check(value, this.where);
  }

  /** A number as a float. @param {any} value @returns {number} */
  float(value) {
    return this.isFloat && typeof value === "number" ? value : this.type.check(value, this.where);
  }
}

/** What all closures of one type have in common. */
export class Plan {
  /** @type {(wire: number) => any} */
  lift = () => undefined;
  /** @type {import("./exports.js").Finish} */
  finish = () => undefined;
  /** What makes a promise of a call, if the type says that it gives one. @type {ReturnType<NonNullable<Type["promises"]>> | null} */
  promises = null;

  /** @param {Guest} guest @param {string} text @param {string} op who wants it */
  constructor(guest, text, op) {
    const [, how, type] = /^(?:(once|lent) )?(.+)$/.exec(text) ?? [];
    const said = type && readFunction(type);
    if (!said) throw new WireError("bad-contract", op, `type ${text}`);
    this.guest = guest;
    this.text = text;
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
    // Those that are looked at by name. What is set once, and here, an engine takes as given.
    this.first = this.params[0];
    this.second = this.params[1];
    const types = [...said.params, said.result];
    const flat = !said.any && !said.async && !said.fallible && said.params.length <= 4 && types.every(goesFlat);
    this.floats = flat && types.some((type) => type === "f32" || type === "f64");
    this.integers = flat && !this.floats;
    const needed = this.integers ? "hw_call4i" : flat ? "hw_call4" : "hw_call";
    if (!guest.raw[needed]) throw new WireError("bad-contract", op, `no export ${needed}`);
    const result = said.any ? any : find(said.result);
    const whole = said.result === "f64" || (this.integers && said.result === "i32");
    this.gives = !flat || said.result === "()" ? NOTHING : whole ? WIRE : LIFTED;
    if (this.gives !== NOTHING) {
      this.lift = this.integers ? (wire) => result.lift(wire, guest, this.name) : (wire) => fromFloat(this, result, said.result, wire);
    }
    // What fails is told by the status, whether the type says so or not.
    if (!flat) this.finish = makeFinish(guest, result, { fallible: "()", error: said.error }, this.name, this.handles.find);
    if (said.async) {
      const later = find(`async ${said.fallible ? `result<${said.result}${said.error ? `, ${said.error}` : ""}>` : said.result}`);
      this.promises = later.promises?.(guest, this.name) ?? null;
      if (this.promises) this.finish = this.promises.finish;
    }
    /** Makes a function for an id. */
    this.make = (said.any ? variadic : said.async ? promising : how === "once" ? once : flat ? (this.integers ? ofIntegers : ofFloats)[said.params.length] : slots)(this);
  }

  /** What a call gave. @param {number} wire */
  give(wire) {
    if (this.handles.misuse !== null) throw this.refused();
    return this.gives === WIRE ? wire : this.gives === NOTHING ? undefined : this.lift(wire);
  }

  /** The error of a call that the guest refused. */
  refused() {
    const { code, what } = /** @type {import("./misuse.js").Misuse} */ (this.handles.misuse);
    this.handles.misuse = null;
    // Of an argument the guest says what it is.
    const own = what === "closure" || what === this.text;
    return own && code === "dropped" ? this.ended() : misuseError(code, this.name, own && code === "re-entered" ? "while it runs" : what);
  }

  /** The error of a call of one that has ended. */
  ended() {
    return misuseError("dropped", this.name, this.how === "once" ? "after its only call" : this.how === "lent" ? "after the call that it was lent for" : "closure");
  }
}

/** A result of a closure of any arguments. @type {any} */
const any = { read: readSlot };

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
