// @ts-check
// Batches: many operations of a guest in one crossing, as WIRE.md, section 14 says. What the
// guest has written is copied first and read from the copy, so that code of the host that runs
// in between, which may come back into the guest, changes nothing that was checked.

import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { alignedAt, bytesAt, u32 } from "./memory.js";
import { SLOT } from "./slot.js";

/** Operations and operands, as in WIRE.md, section 14. */
export const operations = { get: 1, set: 2, call: 3, construct: 4, apply: 5 };
export const operands = { undefined: 0, null: 1, false: 2, true: 3, number: 4, integer: 5, text: 6, handle: 7, result: 8, i64: 9, u64: 10, bytes: 11 };
/** The bit of an operation whose result the guest wants. */
export const KEEP = 16;
/** The flag of a batch that goes on after an operation has failed. */
export const ALL = 1;

const OP = "batch_run";
// Each a constant of its own, as engines like them best.
const GET = 1, SET = 2, CALL = 3, CONSTRUCT = 4, APPLY = 5;
const UNDEFINED = 0, NULL = 1, FALSE = 2, TRUE = 3, NUMBER = 4, INTEGER = 5, TEXT = 6, HANDLE = 7, RESULT = 8, I64 = 9, U64 = 10, BYTES = 11;
/** By the operation: which bits of its word are 0. What is no operation has no word. */
const UNUSED = Int32Array.from({ length: 16 }, (_, operation) => [-1, ~0xff1f, ~0xfff1f, 0xe0, 0xf0e0, 0xe0][operation] ?? -1);
/** How many arguments have their kinds in one word. */
const ARGS_A_WORD = 8;

/** @param {string | number} what */
const bad = (what) => new WireError("bad-batch", OP, what);

/** What stands for the result of an operation that has failed. */
class Failed {
  /** @param {unknown} thrown */
  constructor(thrown) {
    this.thrown = thrown;
  }
}

/** A batch that is read and run. One object serves many, one after the other. */
export class Batch {
  bytes = new Uint8Array(4096);
  words = new Int32Array(this.bytes.buffer);
  view = new DataView(this.bytes.buffer);
  /** The next word, and where they end. */
  at = 0;
  end = 0;
  /** All texts in a row, and how much of it was used. */
  text = "";
  textAt = 0;
  /** What the operations gave so far. @type {unknown[]} */
  results = [];
  /** Those that the guest wants, and those that have failed. @type {number[]} */
  kept = [];
  /** The first of an operation's operands that is of one which has failed. @type {Failed | undefined} */
  failed;

  /** @param {import("./guest.js").Guest} guest */
  constructor(guest) {
    this.guest = guest;
    this.slab = handlesOf(guest).slab;
  }

  /**
   * @param {number} ptr @param {number} len of the operations, in bytes
   * @param {number} text @param {number} textLen of the texts, in bytes
   * @param {number} results @param {number} count how many operations, and slots for results
   * @param {number} flags
   * @returns {number} the first operation that has failed, or -1
   */
  run(ptr, len, text, textLen, results, count, flags) {
    const slots = alignedAt(this.guest.memory, results, count, OP, SLOT, 8);
    const total = u32(count);
    this.load(ptr, len);
    // One at least for each operation, so this is no more than the guest's own memory is large.
    if (total > this.end) throw bad("cut short");
    if (total > this.results.length) this.results = new Array(total * 2).fill(undefined);
    this.text = this.guest.text(text, textLen, OP);
    let first = -1;
    for (let i = 0; i < total; i++) {
      if (this.step(i)) continue;
      if (first < 0) first = i;
      if (!(flags & ALL)) break;
    }
    if ((first < 0 || flags & ALL) && this.at !== this.end) throw bad(`${this.end - this.at} words too many`);
    this.give(slots, total);
    this.clear(total);
    return first;
  }

  /** Copies the operations. @param {number} ptr @param {number} len */
  load(ptr, len) {
    const from = bytesAt(this.guest.memory, ptr, len, OP);
    if (from.length % 4 !== 0) throw bad(`${from.length} bytes are no words`);
    if (from.length > this.bytes.length) {
      this.bytes = new Uint8Array(Math.max(from.length, this.bytes.length * 2));
      this.words = new Int32Array(this.bytes.buffer);
      this.view = new DataView(this.bytes.buffer);
    }
    this.bytes.set(from);
    this.at = 0;
    this.end = from.length / 4;
    this.textAt = 0;
  }

  /** Reads one operation and does it. @param {number} i @returns {boolean} whether it was done */
  step(i) {
    const word = this.next();
    if ((word & UNUSED[word & 15]) !== 0) throw bad(`operation ${u32(word).toString(16)}`);
    // First everything is read: what is wrong with it is a breach. Then code of the host may run.
    const a = this.operand((word >> 8) & 15, i);
    let b, c, args;
    switch (word & 15) {
      case GET:
        b = this.operand((word >> 12) & 15, i);
        break;
      case SET:
        b = this.operand((word >> 12) & 15, i);
        c = this.operand((word >> 16) & 15, i);
        break;
      case CALL:
      case APPLY:
        b = this.operand((word >> 12) & 15, i);
        args = this.args(word >>> 16, i);
        break;
      case CONSTRUCT:
        args = this.args(word >>> 16, i);
        break;
      default:
        throw bad("operation 0");
    }
    if (this.failed !== undefined) return this.fail(i, this.failed);
    let result;
    try {
      switch (word & 15) {
        case GET: result = a[b]; break;
        case SET: a[b] = c; break;
        case CALL: result = call(a, b, /** @type {any[]} */ (args)); break;
        case CONSTRUCT: result = Reflect.construct(a, /** @type {any[]} */ (args)); break;
        default: result = Reflect.apply(a, b, /** @type {any[]} */ (args));
      }
    } catch (thrown) {
      return this.fail(i, new Failed(thrown));
    }
    if (this.guest.dead !== null) throw this.guest.dead;
    if (result !== undefined) this.results[i] = result;
    if (word & KEEP) this.kept.push(i);
    return true;
  }

  /** An operation that has failed, by itself or because one did whose result it uses. @param {number} i @param {Failed} failed */
  fail(i, failed) {
    if (this.guest.dead !== null) throw this.guest.dead;
    this.results[i] = failed;
    this.kept.push(i);
    this.failed = undefined;
    return false;
  }

  /** The next word. */
  next() {
    const { at } = this;
    if (at >= this.end) throw bad("cut short");
    this.at = at + 1;
    return this.words[at];
  }

  /** Where the next `count` words are, which are used now: an address in bytes. @param {number} count */
  passOver(count) {
    const { at } = this;
    if (count > this.end - at) throw bad("cut short");
    this.at = at + count;
    return at * 4;
  }

  /** The value of an operand. @param {number} kind @param {number} i the operation that it belongs to @returns {any} */
  operand(kind, i) {
    if (kind === HANDLE) return this.slab.get(this.next(), OP);
    if (kind === TEXT) {
      const start = this.textAt;
      const end = start + u32(this.next());
      if (end > this.text.length) throw bad("text beyond its end");
      this.textAt = end;
      return this.text.substring(start, end);
    }
    if (kind === RESULT) {
      const from = u32(this.next());
      if (from >= i) throw bad(`operation ${i} uses the result of ${from}`);
      const value = this.results[from];
      if (value instanceof Failed) this.failed ??= value;
      return value;
    }
    if (kind === INTEGER) return this.next();
    return this.rare(kind);
  }

  /** The same of the other kinds. @param {number} kind */
  rare(kind) {
    switch (kind) {
      case UNDEFINED: return undefined;
      case NULL: return null;
      case FALSE: return false;
      case TRUE: return true;
      case NUMBER: return this.view.getFloat64(this.passOver(2), true);
      case I64: return this.view.getBigInt64(this.passOver(2), true);
      case U64: return this.view.getBigUint64(this.passOver(2), true);
      case BYTES: {
        const len = u32(this.next());
        const start = this.passOver(Math.ceil(len / 4));
        return this.bytes.slice(start, start + len);
      }
      default: throw bad(`operand of kind ${kind}`);
    }
  }

  /** Arguments: the kinds of eight at a time, and what belongs to them. @param {number} argc @param {number} i */
  args(argc, i) {
    const args = [];
    for (let left = argc; left > 0; left -= ARGS_A_WORD) {
      let kinds = this.next();
      for (let k = Math.min(left, ARGS_A_WORD); k > 0; k--) {
        args.push(this.operand(kinds & 15, i));
        kinds >>>= 4;
      }
    }
    return args;
  }

  /** Writes what was kept and what was thrown. No code runs here, so the memory stays as it is. @param {number} slots @param {number} count */
  give(slots, count) {
    const { u8, view } = this.guest.memory;
    u8.fill(0, slots, slots + count * SLOT);
    for (const i of this.kept) {
      const result = this.results[i];
      const at = slots + i * SLOT;
      const failed = result instanceof Failed;
      const value = failed ? result.thrown : result;
      if (failed) view.setUint32(at + 4, 1, true);
      if (typeof value === "number") {
        view.setUint32(at, kind.NUMBER, true);
        view.setFloat64(at + 8, value, true);
      } else {
        view.setUint32(at, kind.HANDLE, true);
        view.setInt32(at + 8, this.slab.add(value), true);
      }
    }
  }

  /** Ready for the next, and holding nothing. @param {number} count */
  clear(count) {
    this.text = "";
    this.results.fill(undefined, 0, count);
    this.kept.length = 0;
  }
}

/** `target[key](...args)`, without a list for few. @param {any} target @param {any} key @param {any[]} args */
function call(target, key, args) {
  switch (args.length) {
    case 0: return target[key]();
    case 1: return target[key](args[0]);
    case 2: return target[key](args[0], args[1]);
    default: return Reflect.apply(target[key], target, args);
  }
}
