// @ts-check
// Objects of the host that stand for values of the guest. Each carries an id, in a private
// field: programs can't read it, and can't make an object that has one. Here is what a class of
// such objects is made of, whatever declares it; `class.js` has what the contract says of classes.

import { collected } from "./drop.js";
import { WireError, show } from "./errors.js";
import { OVERFLOW } from "./guest.js";
import * as kind from "./kind.js";
import { misuseError, wrongInstance } from "./misuse.js";
import { payload } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */
/** @typedef {import("./exports.js").Param} Param */
/** @typedef {(...args: any[]) => any} Method */
/** @typedef {{ kind: "method" | "get" | "set" | "static", name: string, made: Method }} Member of a class, by the name that it has there */

/** What all instances of one class of one guest have in common. */
export class Family {
  /** How many instances live. */
  live = 0;
  /** Their class, once it is made. @type {any} */
  made = undefined;
  /** An instance that has ended. With the last instance an engine would forget how they look, and all code that it has compiled for that. @type {any} */
  model = undefined;

  /** @param {Guest} guest @param {string} name of the class, for errors */
  constructor(guest, name) {
    this.guest = guest;
    this.name = name;
    /** Ends what is forgotten, where there is such a thing. */
    this.registry =
      typeof FinalizationRegistry === "function"
        ? new FinalizationRegistry((/** @type {number} */ id) => {
            this.live--;
            collected(guest, name, () => this.drop(id, `${name}, forgotten`));
          })
        : undefined;
  }

  /** Tells the guest that an id has ended. One that died has nothing left to end. @param {number} id @param {string} name */
  drop(id, name) {
    const { guest } = this;
    if (guest.dead !== null) return;
    try {
      guest.raw.hw_drop(id);
    } catch (cause) {
      guest.dead ??= OVERFLOW;
      throw guest.die(cause, name);
    }
  }

  /** The instance of an id that the guest gave. @param {number} wire @param {string} name */
  wrap(wire, name) {
    return new this.made(GIVEN, idFrom(wire, name));
  }
}

/** In place of the arguments of a constructor: what follows is the id. */
const GIVEN = {};

/** An id as the guest gave it. @param {number} wire @param {string} name */
function idFrom(wire, name) {
  if (wire === 0) throw new WireError("wrong-kind", name, "0 as an id");
  return wire;
}

/** What reaches the private fields. @type {{ begin: (self: any, family: Family, id: number) => void, finish: (self: any, family: Family, end: string) => void, idOf: (self: any, family: Family, where: string) => number, move: (self: any, family: Family, where: string) => number }} */
const inside = /** @type {any} */ ({});

/** What every instance is: an id that ends once. */
class Instance {
  /** What it is of; null when it has ended, so that one look tells all that a call has to know. @type {Family | null} */
  #family = null;
  /** The same, for ever. @type {Family} */
  #of;
  /** As the wire has it, so signed. */
  #id = 0;
  /** How it ended. */
  #end = "dropped";

  /** @param {Family} family @param {number} id 0 for the family's model, which has ended */
  constructor(family, id) {
    if (!(family instanceof Family)) throw new TypeError("instances are made by the classes of a guest");
    this.#of = family;
    if (id !== 0) inside.begin(this, family, id);
  }

  /** Ends the value in the guest. Whatever has ended stays so. */
  free() {
    if (!(#of in this)) throw new TypeError(`free: this must be an instance, got ${show(this)}`);
    const family = this.#family;
    if (family === null) return;
    const id = this.#id;
    inside.finish(this, family, "dropped");
    family.drop(id, `${family.name}.free`);
  }

  static {
    // No private methods: each instance would carry what says that it has them.
    inside.begin = (self, family, id) => {
      self.#family = family;
      self.#id = id;
      family.live++;
      family.registry?.register(self, id, self);
    };
    inside.finish = (self, family, end) => {
      self.#family = null;
      self.#end = end;
      family.live--;
      family.registry?.unregister(self);
    };
    inside.idOf = (self, family, where) => {
      try {
        if (self.#family === family) return self.#id;
      } catch {
        // No instance at all: the error below says so.
      }
      throw refusal(self, family, where);
    };
    inside.move = (self, family, where) => {
      const id = inside.idOf(self, family, where);
      inside.finish(self, family, "moved");
      // If the call is not made, or refused, nothing has moved.
      const { guest } = family;
      const { entered } = guest;
      guest.leftovers.push(() => {
        if (guest.entered === entered) inside.begin(self, family, id);
      });
      return id;
    };
    /** Why a value is no instance that can be used. @param {any} self @param {Family} family @param {string} where */
    const refusal = (self, family, where) => {
      const must = `${where} must be ${/^[aeiou]/i.test(family.name) ? "an" : "a"} ${family.name}, got `;
      if (typeof self !== "object" || self === null || !(#of in self)) return new TypeError(must + show(self));
      const { name } = self.#of;
      if (name !== family.name) return new TypeError(must + name);
      const call = where.replace(/: this$/, "");
      return self.#of === family ? misuseError(self.#end, call, name) : wrongInstance(call, name);
    };
    const dispose = /** @type {any} */ (Symbol).dispose;
    if (dispose) Object.defineProperty(Instance.prototype, dispose, { value: Instance.prototype.free, writable: true, configurable: true });
  }
}

/** The id of a living instance of a family, or the error of what it is instead. */
export const { idOf } = inside;

/**
 * Makes the class of a family.
 * @param {Family} family
 * @param {Method} make the id of a new instance, from the constructor's arguments
 * @param {number} length how many those are
 * @param {Member[]} members
 * @returns {any} the class
 */
export function makeClass(family, make, length, members) {
  const { name } = family;
  const { [name]: made } = {
    [name]: class extends Instance {
      constructor(/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c) {
        const count = arguments.length;
        super(family, a === GIVEN ? b : count === 1 ? make(a) : count === 0 ? make() : count === 2 ? make(a, b) : count === 3 ? make(a, b, c) : make(...arguments));
      }
    },
  };
  Object.defineProperty(made, "length", { value: length, configurable: true });
  for (const { kind, name, made: member } of members) {
    if (kind === "get" || kind === "set") Object.defineProperty(made.prototype, name, { ...Object.getOwnPropertyDescriptor(made.prototype, name), [kind]: member, configurable: true });
    else Object.defineProperty(kind === "static" ? made : made.prototype, name, { value: member, writable: true, configurable: true });
  }
  family.made = made;
  family.model = new made(GIVEN, 0, undefined);
  return made;
}

/** The instance that a method is called on, as its first parameter. @param {Family} family @param {string} name @param {Type} [moved] @returns {Param} */
export function receiverOf(family, name, moved) {
  const where = `${name}: this`;
  return { type: moved ?? borrowedType(family), where };
}

/** The id that a constructor gives. @type {Type} */
export const newId = {
  check: (value) => value,
  kind: kind.INSTANCE,
  lift: (wire, _, name) => idFrom(wire, name),
  read: (guest, at, name) => idFrom(guest.memory.view.getInt32(payload(guest, at, kind.INSTANCE, name), true), name),
};

/** Instances as values: they are taken from whoever gives them. @param {Family} family @returns {Type} */
export const ownedType = (family) => ({
  check: (value, where) => (idOf(value, family, where), { value, where }),
  lower: (_, { value, where }) => inside.move(value, family, where),
  kind: kind.INSTANCE,
  lift: (wire, _, name) => family.wrap(wire, name),
  read: (guest, at, name) => family.wrap(guest.memory.view.getInt32(payload(guest, at, kind.INSTANCE, name), true), name),
});

/**
 * Instances for the time of a call. What is checked is an id, a wire like a number; where code of the host may run between that and the call,
 * which can end the instance, it is the instance.
 * @param {Family} family @returns {Type & { family: Family }}
 */
export const borrowedType = (family) => ({
  family,
  check: (value, where) => idOf(value, family, where),
  kind: kind.INSTANCE,
  read: isNoResult,
  late: {
    check: (value, where) => (idOf(value, family, where), { value, where }),
    lower: (_, { value, where }) => idOf(value, family, where),
    kind: kind.INSTANCE,
    read: isNoResult,
  },
});

/** @type {Type["read"]} */
function isNoResult(_, at, name) {
  throw new WireError("wrong-kind", name, "a borrowed instance as a result");
}
