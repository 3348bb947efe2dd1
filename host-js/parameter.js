// @ts-check
// One parameter of type `data`, and what is learned of it: the form in which the guest takes it. It is
// asked for now and then, as it costs the guest some time to tell; a value that isn't of the form is
// written as any other is, and the form forgotten if many are not.

import { HEAD } from "./arena.js";
import { merge } from "./form.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { Words } from "./words.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./data.js").State} State */
/** @typedef {import("./data.js").DataType} DataType */
/** @typedef {import("./encode.js").Writer} Writer */
/** @typedef {import("./types.js").Type} Type */

/** The writes with which a form is asked for, as long as there is none. */
const FIRST = 2, SECOND = 8, THIRD = 64;
/** How often it is asked for what a form lacks. */
const ASKS = 16;
/** How many values are written before a function for just this form is compiled, and how often that is done. */
const OFTEN = 32, MAKINGS = 4;
/** How many values may have no room in the arena before none is tried there any more. */
const TRIES = 16;
/** With so many misfits for one hit, beyond some, a form is not worth it. */
const SHARE = 8, PATIENCE = 64;
/** The bytes of a formed buffer before its words. */
const HEAD_BYTES = HEAD * 8;
/** Up to so many words a loop is faster than a call. */
const FEW = 96;

/** @implements {Type} */
export class Parameter {
  wide = true;
  kind = kind.DATA;
  /** @type {Form | null} */
  form = null;
  /** What writes values of just this form. @type {import("./form-text.js").FormWriter | null} */
  compiled = null;
  /** How many values are written before that is made, and how often it may still be made. */
  left = OFTEN;
  makings = MAKINGS;
  /** How many values were written without a form, how many weren't of the form, and how many were. */
  writes = 0;
  misfits = 0;
  hits = 0;
  asks = ASKS;
  /** Whether the next value is written without the form, to ask for what that lacks. */
  again = false;
  /** Whether a form is of no use here. */
  over = false;
  /** How many values may still have no room in the arena before none is tried there any more. */
  tries = TRIES;

  /** @param {DataType} type what all parameters have in common */
  constructor(type) {
    this.type = type;
    this.pool = type.pool;
    this.read = type.read;
    this.accept = type.accept;
  }

  /** @param {any} value @param {string} where @returns {Words | Writer} */
  check(value, where) {
    const { form, pool } = this;
    if (form !== null && !this.again) {
      const words = pool.words ?? new Words();
      pool.words = null;
      words.root = value;
      if (words.write(form, value, this.compiled)) return words;
      pool.takeBackWords(words);
      this.misfit();
    }
    return pool.write(value, where);
  }

  /** @param {Guest} guest @param {Words | Writer} written @param {string} name */
  lower(guest, written, name) {
    if (!(written instanceof Words)) return this.type.lower(guest, written, name, this);
    const state = /** @type {State} */ (handlesOf(guest).data);
    guest.leftovers.push(state.roots.end);
    return this.lay(guest, state, written, written.root, name);
  }

  /**
   * Check and lower in one, for a function's only argument that `straight` has left.
   * @param {Guest} guest @param {State} state @param {any} value @param {string} name
   * @returns {number} as `straight`
   */
  enter(guest, state, value, name) {
    const { form, pool } = this;
    const { words } = pool;
    if (form === null || words === null || this.again) return 0;
    pool.words = null;
    const fits = words.write(form, value, this.compiled);
    if (fits && guest.dead === null) return this.lay(guest, state, words, value, name);
    pool.takeBackWords(words);
    if (!fits) this.misfit();
    return -1;
  }

  /**
   * Writes a function's only argument right where the guest reads it, if there is a function that does.
   * @param {Guest} guest @param {State} state @param {any} value
   * @returns {number} its address, with a root that the caller ends; 0 if it is to be written otherwise, -1 if the form has been tried and isn't its own
   */
  straight(guest, state, value) {
    const { form, compiled } = this;
    if (compiled === null || form === null || this.again || this.tries === 0) return 0;
    const { arena, roots } = state;
    const { memory } = guest;
    const text = arena.write(memory, form, value, compiled);
    if (guest.dead !== null) return -1;
    const { count } = arena;
    const start = memory.top + HEAD_BYTES + count * 8;
    if (arena.full || (text !== null && start + text.length * 3 > memory.end)) {
      this.tries--;
      return 0;
    }
    if (text === null) {
      this.misfit();
      return -1;
    }
    state.parts = null;
    const { top } = memory;
    const end = start + arena.encode(memory, start, text);
    guest.len = end - top;
    memory.top = end + (-end & 7);
    arena.head(top, roots.keep(value, null, this), count, text.length);
    this.hits++;
    return top;
  }

  /** Copies what was written to where the guest reads it. @param {Guest} guest @param {State} state @param {Words} words @param {unknown} root what it was written of @param {string} name */
  lay(guest, state, words, root, name) {
    const ptr = place(guest, state, words, name);
    state.parts = null;
    this.head(guest, state.roots, ptr, root, words.count, words.units);
    this.pool.takeBackWords(words);
    if (this.left > 0 && --this.left === 0) this.compile(state);
    return ptr;
  }

  /**
   * Writes the head of a formed buffer.
   * @param {Guest} guest @param {import("./roots.js").Roots} roots @param {number} ptr @param {unknown} root what it was written of @param {number} count of its words @param {number} units of its texts
   */
  head(guest, roots, ptr, root, count, units) {
    const { view } = guest.memory;
    view.setInt32(ptr, 0, true);
    view.setInt32(ptr + 4, roots.keep(root, null, this), true);
    view.setInt32(ptr + 8, count, true);
    view.setInt32(ptr + 12, units, true);
    this.hits++;
  }

  /** Whether the value that is written now, without a form, is to ask for one. */
  asking() {
    if (this.over) return false;
    const { writes, again } = this;
    this.writes = writes + 1;
    this.again = false;
    return again || (this.form === null && (this.writes === FIRST || this.writes === SECOND || this.writes === THIRD));
  }

  /** A value was not of the form, or its reader has found so. */
  misfit() {
    this.misfits++;
    if (this.misfits * SHARE > this.hits + PATIENCE) {
      this.over = true;
      this.form = this.compiled = null;
    } else if (this.asks > 0) {
      this.asks--;
      this.again = true;
    }
  }

  /** The guest has told a form. @param {Form} told */
  learn(told) {
    if (this.over) return;
    const form = this.form === null ? told : merge(this.form, told);
    if (form === this.form) return;
    this.form = form;
    this.compiled = null;
    this.left = OFTEN;
  }

  /** @param {State} state */
  compile({ formWriter }) {
    const { form } = this;
    if (formWriter === undefined || form === null || this.makings === 0) return;
    this.makings--;
    this.compiled = formWriter(form);
  }
}

/**
 * Copies words and texts to where the guest reads them, behind room for the head.
 * @param {Guest} guest @param {State} state @param {Words} words @param {string} name
 * @returns {number} their address; the length is in `guest.len`
 */
function place(guest, state, words, name) {
  const { memory } = guest;
  const { text, count } = words;
  const start = HEAD_BYTES + count * 8;
  const { top } = memory;
  if (words.units === 0 && count <= FEW && top + start + text.length * 3 <= memory.end) {
    // Few: they are encoded where they go.
    const to = state.arena.words(memory);
    const from = words.words;
    const first = (top >>> 3) + HEAD;
    for (let i = 0; i < count; i++) to[first + i] = from[i];
    words.units = text.length;
    return memory.bump((guest.len = start + state.arena.encode(memory, top + start, text)));
  }
  words.flush();
  const ptr = guest.reserve((guest.len = start + words.at), 8, name);
  const { u8 } = memory;
  u8.set(new Uint8Array(words.words.buffer, 0, count * 8), ptr + HEAD_BYTES);
  u8.set(words.u8.subarray(0, words.at), ptr + start);
  return ptr;
}
