// @ts-check
// One instance of a module, as the host sees it: its memory, whether it still lives, what the
// last failed operation threw. Import groups and exports are made for a guest, never shared;
// after a restart there is a new one, and everything that belongs to the old stays dead.

import { PanicError, PoisonedError, WireError, show } from "./errors.js";
import { Memory, u32 } from "./memory.js";
import { utf8 } from "./string.js";

/** What an instance is poisoned with before anything else is done about its death. */
export const OVERFLOW = new PanicError("panic", "stack overflow");

/** @typedef {(...wires: any[]) => any} Raw a wasm export: numbers in, a number out */

export class Guest {
  /** Why the instance died, if it did: `OVERFLOW` until there is room to make one. @type {PanicError | null} */
  dead = null;
  memory = new Memory();
  /** Address of the return slot; 0 if the guest has none. */
  returnSlot = 0;
  /** The instance's own exports. @type {Record<string, any>} */
  raw = {};
  /** The length of what was lowered last, where that is text or bytes. */
  len = 0;
  /** How many calls have lowered all of their arguments: what was given away for them is the guest's. */
  entered = 0;
  /** Whether the call that returned just now gave an error instead of a value. */
  failed = false;
  /** What crosses as handles, if a group needs them. @type {import("./handles.js").Handles | undefined} */
  handles;
  /** The guest's last words, before it traps. */
  words = "";
  /** What gives back what the calls under way have lowered. @type {(() => void)[]} */
  leftovers = [];

  /** @param {import("./core.js").Options} options */
  constructor(options) {
    this.options = options;
  }

  /** Text of the guest. @param {number} ptr @param {number} len @param {string} op */
  text(ptr, len, op) {
    const start = this.memory.at(ptr, len, op);
    return utf8.read(this.memory.u8, start, start + u32(len), op);
  }

  // Calls into the guest: what is lowered for one, and what it leaves.

  /** Text as an argument. @param {string} text @param {string} name of the export @returns {number} its address; the length is in `len` */
  lowerText(text, name) {
    const { memory } = this;
    const ptr = memory.top;
    if (ptr + text.length * 3 > memory.end) return this.lowerBytes(utf8.encode(text), name);
    memory.bump((this.len = utf8.write(memory.u8, ptr, text)));
    return ptr;
  }

  /** Bytes as an argument. @param {Uint8Array} bytes @param {string} name @param {number} [align] @returns {number} its address; the length is in `len` */
  lowerBytes(bytes, name, align = 1) {
    const ptr = this.reserve((this.len = bytes.length), align, name);
    this.memory.u8.set(bytes, ptr);
    return ptr;
  }

  /** Room for an argument: in the arena, or in a block of the guest's allocator until the call returns. @param {number} size @param {number} align @param {string} name @returns {number} its address */
  reserve(size, align, name) {
    let ptr = this.memory.bump(size);
    if (ptr < 0) {
      if (!this.raw.hw_alloc) throw new WireError("no-allocator", name, size);
      ptr = this.enter(() => (ptr = this.raw.hw_alloc(size, align)) && this.memory.at(ptr, size, "hw_alloc"), name);
      if (ptr === 0) throw new WireError("out-of-memory", name, size);
      this.leftovers.push(() => this.free(ptr, size, align, name));
    }
    return ptr;
  }

  /** Ends a call: a value is its result, an error is thrown. @template T @param {T} result */
  settle(result) {
    if (!this.failed) return result;
    this.failed = false;
    throw result;
  }

  /** Gives back what a call left above `mark`. @param {number} mark */
  leave(mark) {
    while (this.leftovers[mark]) {
      const giveBack = /** @type {() => void} */ (this.leftovers.pop());
      if (!this.dead) giveBack();
    }
  }

  /** Gives a block back to the guest's allocator. @param {number} ptr @param {number} size @param {number} align @param {string} name */
  free(ptr, size, align, name) {
    this.enter(() => this.raw.hw_free(ptr, size, align), name);
  }

  /** Runs guest code, or looks at what it gave: whatever fails in there kills the instance. @template T @param {() => T} act @param {string} name */
  enter(act, name) {
    // Code of the host that ran since the call began, a getter of an argument, may have killed it.
    if (this.dead !== null) throw this.poisoned(name);
    try {
      return act();
    } catch (cause) {
      // The poison comes first, and neither calls nor makes anything: where the stack is used up, `die` may fail.
      this.dead ??= OVERFLOW;
      throw this.die(cause, name);
    }
  }

  // Death.

  /** Poisons the instance, and gives the error to throw. The first cause is the one that stays. @param {any} cause @param {string} name */
  die(cause, name) {
    if (this.dead && this.dead !== OVERFLOW) return this.dead;
    let why = show(cause);
    try {
      why = String(cause.message ?? why);
    } catch {
      // Nothing to read, or it throws when it is read: what kind of value it is must do.
    }
    return (this.dead = new PanicError("panic", name, this.words || why, { cause }));
  }

  /** The error of a call after death. @param {string} name */
  poisoned(name) {
    return new PoisonedError("poisoned", name, this.dead, { cause: this.dead });
  }
}
