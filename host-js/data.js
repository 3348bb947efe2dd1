// @ts-check
// The group `data`: any plain value both ways in one crossing, as one buffer. The type `data` of
// the contract, and the operations `data_…`.

import { Arena } from "./arena.js";
import { BLOCK, Writer } from "./encode.js";
import { Reader } from "./decode.js";
import { importsOf } from "./contract.js";
import { WireError } from "./errors.js";
import { arity } from "./exports.js";
import { readForm } from "./form.js";
import { OVERFLOW } from "./guest.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { u32 } from "./memory.js";
import { late, refuse } from "./misuse.js";
import { Parameter } from "./parameter.js";
import { makeRefusable } from "./refusable.js";
import { Roots } from "./roots.js";
import { FIRST, INDEX_MASK, NONE } from "./slab.js";
import { readRange } from "./types.js";

/** @typedef {import("./guest.js").Guest} Guest */

/** How many writers are kept, and the largest buffer that one keeps. */
const WRITERS = 4, KEEP = 1 << 20;

/** Writers that aren't in use: one is while the arguments of a call are checked. */
class Pool {
  /** @type {Writer[]} */
  writers = [];
  /** One of values in a form: what is nested makes its own. @type {import("./words.js").Words | null} */
  words = null;

  /** A writer with a value. @param {unknown} value @param {string} where */
  write(value, where) {
    const writer = this.writers.pop() ?? new Writer();
    try {
      writer.write(value, where);
    } catch (error) {
      this.takeBack(writer);
      throw error;
    }
    return writer;
  }

  /** @param {Writer} writer */
  takeBack(writer) {
    if (writer.values.length > 0) writer.values = [];
    writer.root = undefined;
    if (writer.u8.length > KEEP) writer.shrink();
    if (this.writers.length < WRITERS) this.writers.push(writer);
  }

  /** @param {import("./words.js").Words} words */
  takeBackWords(words) {
    words.root = undefined;
    words.text = "";
    if (words.words.length * 8 > KEEP || words.u8.length > KEEP) words.shrink();
    this.words = words;
  }
}

/** The second word of a buffer that is a result: the arguments' are numbered from 1. */
const RESULT = 0xffffffff;
/** In that word: the host asks for the form in which the argument is taken. */
const ASKS = 0x80000000;

/** What is kept for one instance. */
export class State {
  pool = new Pool();
  reader = new Reader();
  /** The arguments of the calls under way. */
  roots = new Roots();
  /** The last result that the guest got, for the time in which it reads that. @type {unknown} */
  result;
  /** Forgets the last result, and parts of values. */
  forget = () => {
    this.result = undefined;
    this.parts = null;
    this.forgetting = false;
  };
  forgetting = false;
  /** The containers of a value, if they were asked for. @type {{ value: unknown, list: unknown[] } | null} */
  parts = null;
  /** Whether the guest tells forms. */
  forms = false;
  arena = new Arena();

  /** @param {import("./handles.js").Handles} handles */
  constructor({ maker, formWriter }) {
    this.reader.objects.maker = maker;
    this.formWriter = formWriter;
  }

  /** Keeps the last result, and parts of values, no longer than the guest may ask for them. */
  forgetSoon() {
    if (!this.forgetting) queueMicrotask(this.forget);
    this.forgetting = true;
  }

  /** All containers inside of a value, in their order. @param {unknown} value */
  containers(value) {
    if (this.parts === null || this.parts.value !== value) {
      const writer = new Writer();
      /** @type {unknown[]} */
      const list = (writer.found = []);
      writer.write(value, "");
      this.parts = { value, list };
      this.forgetSoon();
    }
    return this.parts.list;
  }
}

/** @param {Guest} guest @returns {State} */
const stateOf = (guest) => (handlesOf(guest).data ??= new State(handlesOf(guest)));

/** The value in guest memory. @param {Guest} guest @param {number} ptr @param {number} len @param {string} op */
const read = (guest, ptr, len, op) => stateOf(guest).reader.read(guest, ptr, len, op);

/** A handle that is the guest's once the call is under way. If it doesn't get so far, or is refused, it goes back, if the guest hasn't ended it. @param {Guest} guest @param {unknown} value */
function grant(guest, value) {
  const { slab } = handlesOf(guest);
  const { entered } = guest;
  const handle = slab.add(value);
  if (u32(handle) >= FIRST)
    guest.leftovers.push(() => {
      if (guest.entered === entered && slab.tags[handle & INDEX_MASK] === handle) slab.release(handle, "data");
    });
  return handle;
}

/**
 * Copies what was written, with handles that are the guest's then.
 * @param {Guest} guest @param {Writer} writer @param {number} ptr
 * @param {number} source what the guest is to ask with for a part
 * @param {boolean} [whole] whether there is room for all of the writer's buffer
 */
function copy(guest, writer, ptr, source, whole) {
  const { values, view } = writer;
  view.setUint32(4, source, true);
  for (let i = 0, at = writer.handles; i < values.length; i++, at += 4) view.setInt32(at, grant(guest, values[i]), true);
  if (whole) guest.memory.u8.set(writer.u8, ptr);
  else copyInto(writer, guest.memory, ptr);
}

/**
 * Copies a short part by words, a longer one whole.
 * @param {Writer} writer @param {import("./memory.js").Memory} memory @param {number} ptr
 */
function copyInto({ u8, view, at }, memory, ptr) {
  if (at > 96 || ptr + at + 4 > memory.u8.length) return memory.u8.set(u8.subarray(0, at), ptr);
  const to = memory.view;
  let i = 0;
  for (; i + 4 <= at; i += 4) to.setInt32(ptr + i, view.getInt32(i, true), true);
  for (const bytes = memory.u8; i < at; i++) bytes[ptr + i] = u8[i];
}

/**
 * Keeps what was written for a while; gives what the guest is to ask with for a part.
 * @param {Guest} guest @param {State} state @param {Writer} writer @param {Parameter | null} parameter which it is an argument for, if one by itself
 */
function keepRoot(guest, state, writer, parameter) {
  // Without containers there is no part.
  if (writer.containers === 0) return 0;
  if (parameter === null && handlesOf(guest).resultStart >= 0) {
    state.result = writer.root;
    state.forgetSoon();
    return RESULT;
  }
  const asks = parameter !== null && state.forms && parameter.asking();
  guest.leftovers.push(state.roots.end);
  const number = state.roots.keep(writer.root, asks ? parameter : null, null);
  return asks ? number + ASKS : number;
}

/**
 * What functions of one argument, data, are made of. The guest can refuse such a call.
 * @param {Guest} guest @param {import("./exports.js").Raw} raw @param {import("./exports.js").Param} param @param {import("./exports.js").Finish} finish @param {string} name
 */
function oneData(guest, raw, param, finish, name) {
  const { type, where } = late(param);
  const parameter = /** @type {Parameter} */ (type);
  const handles = handlesOf(guest);
  const state = stateOf(guest);
  const { roots } = state;
  const { memory } = guest;
  /** A call whose argument is not written straight. @param {any} value @param {number} ptr what `straight` gave */
  const call = (value, ptr) => {
    const { top } = memory;
    const { count } = roots;
    const mark = guest.leftovers.length;
    try {
      if (ptr === 0) ptr = parameter.enter(guest, state, value, name);
      // What reads the value may run code of the host.
      if (guest.dead !== null) throw guest.poisoned(name);
      if (ptr <= 0) {
        const written = ptr < 0 ? parameter.pool.write(value, where) : parameter.check(value, where);
        if (guest.dead !== null) throw guest.poisoned(name);
        ptr = parameter.lower(guest, written, name);
      }
      const { len } = guest;
      let result;
      try {
        guest.entered++;
        result = raw(ptr, len);
        if (handles.misuse === null) result = finish(result);
        else {
          guest.entered--;
          result = refuse(guest, handles, name);
        }
      } catch (cause) {
        guest.dead ??= OVERFLOW;
        throw guest.die(cause, name);
      }
      return guest.failed ? guest.settle(result) : result;
    } finally {
      memory.top = top;
      if (guest.leftovers.length > mark) guest.leave(mark);
      if (roots.count > count) roots.end();
    }
  };
  const whole = function (/** @type {any} */ value) {
    if (arguments.length !== 1) throw arity(name, 1, arguments.length);
    if (guest.dead !== null) throw guest.poisoned(name);
    return call(value, 0);
  };
  return { call, handles, parameter, refuse, roots, state, whole };
}

/** @type {import("./exports.js").Make} */
const makeOne = (guest, raw, [param], finish, name) => oneData(guest, raw, param, finish, name).whole;

/** The type `data`, for one host: what is checked is written, and copied when it is lowered. */
function makeType() {
  const pool = new Pool();
  return {
    pool,
    /** @param {unknown} value @param {string} where @returns {any} */
    check: (value, where) => pool.write(value, where),
    /** @param {Guest} guest @param {Writer} writer @param {string} name @param {Parameter | null} [parameter] */
    lower(guest, writer, name, parameter = null) {
      const state = stateOf(guest);
      const { memory } = guest;
      let ptr = memory.bump(writer.at);
      // In the arena there is room behind it, which nothing is in.
      const whole = ptr >= 0 && writer.u8.length === BLOCK && ptr + BLOCK <= memory.end;
      if (ptr < 0) ptr = guest.reserve(writer.at, 1, name);
      state.parts = null;
      copy(guest, writer, ptr, keepRoot(guest, state, writer, parameter), whole);
      guest.len = writer.at;
      pool.takeBack(writer);
      return ptr;
    },
    wide: true,
    kind: kind.DATA,
    /** @param {Guest} guest @param {number} at @param {string} name */
    read: (guest, at, name) => readRange(guest, at, kind.DATA, 1, name, (ptr, len) => read(guest, ptr, len, name)),
    accept: read,
    /** @param {import("./exports.js").Param[]} params */
    choose: (params) => (params.length === 1 ? makeOne : makeRefusable),
    one: oneData,
    own() {
      return new Parameter(this);
    },
  };
}

/** @typedef {ReturnType<typeof makeType>} DataType */

/** @type {import("./core.js").Group} */
export const data = {
  name: "data",
  get types() {
    return { data: makeType() };
  },
  imports: (guest, module) => {
    const handles = handlesOf(guest);
    const { slab } = handles;
    const state = stateOf(guest);
    state.forms = module !== undefined && importsOf(module).some(({ module, name }) => module === "handwire" && name === "data_form");
    return {
      data_to_value(ptr, len) {
        return slab.add(state.reader.read(guest, ptr, len, "data_to_value"));
      },
      data_from_value(handle, ptr, capacity, out) {
        const op = "data_from_value";
        const value = slab.get(handle, op);
        const to = guest.memory.at(ptr, capacity, op);
        guest.memory.at(out, 4, op);
        const mark = guest.leftovers.length;
        try {
          const writer = state.pool.write(value, "");
          handles.alive();
          state.parts = null;
          const size = writer.at;
          let block = to;
          if (size > u32(capacity)) {
            if (!guest.raw.hw_alloc) throw new WireError("no-allocator", op, size);
            block = guest.enter(() => (block = guest.raw.hw_alloc(size, 1)) && guest.memory.at(block, size, "hw_alloc"), op);
            if (block === 0) throw new WireError("out-of-memory", op, size);
            guest.memory.view.setUint32(u32(out), block, true);
          }
          copy(guest, writer, block, 0);
          // The handles are the guest's.
          guest.leftovers.length = mark;
          state.pool.takeBack(writer);
          return size;
        } catch (thrown) {
          guest.leave(mark);
          return handles.fail(thrown, -1);
        }
      },
      data_form(source, ptr, len) {
        const form = readForm(guest, ptr, len, "data_form");
        const root = state.roots.get(u32(source) - ASKS);
        if (root?.asks && form !== null) root.asks.learn(form);
        if (root) root.asks = null;
      },
      data_error(ptr, len) {
        return slab.add(new TypeError(guest.text(ptr, len, "data_error")));
      },
      data_part(handle, source, number) {
        const op = "data_part";
        const word = u32(source);
        const root = handle === NONE && word !== RESULT ? state.roots.get(word % ASKS) : undefined;
        if (handle === NONE && word !== RESULT && root === undefined) throw new WireError("bad-data", op, "no value to ask for a part of");
        // What was written in a form has no parts: the guest doesn't take it so.
        if (root?.formed) {
          root.formed.misfit();
          root.formed = null;
        }
        const value = handle !== NONE ? slab.get(handle, op) : word === RESULT ? state.result : root?.value;
        try {
          return handles.own(state.containers(value)[u32(number)]);
        } catch (thrown) {
          return handles.fail(thrown, NONE);
        }
      },
    };
  },
};
