// @ts-check
// Debug mode: handles that are never given out twice and know where they were made and
// released, and text that is held against UTF-8.

import { WireError } from "./errors.js";
import { FastGuest } from "./fast.js";
import { bytesAt, u32 } from "./memory.js";
import { FIRST, Slab } from "./slab.js";
import { textLength, utf8 } from "./string.js";

export class DebugSlab extends Slab {
  /** @override @type {Map<number, string>} */
  stacks = new Map();

  /** @override @param {unknown} value */
  add(value) {
    const handle = super.add(value);
    if (handle < 0 || handle >= FIRST) this.stacks.set(handle, "made" + stack());
    return handle;
  }

  /** @override @param {unknown} value */
  put(value) {
    const handle = super.put(value);
    this.stacks.set(handle, "made" + stack());
    return handle;
  }

  /** @override @param {number} handle @param {string} op */
  release(handle, op) {
    super.release(handle, op);
    this.stacks.set(handle, "released" + stack());
  }

  /** @override @param {number} handle @param {string} op */
  take(handle, op) {
    const value = super.take(handle, op);
    if (handle < 0 || handle >= FIRST) this.stacks.set(handle, "released" + stack());
    return value;
  }

  /** After its last generation an index retires, so that no number is given out twice. @override @param {number} index */
  rest(index) {
    if (this.tags[index] >> 22 !== 0) super.rest(index);
  }

  /** @override @param {number} handle @param {string} op */
  breach(handle, op) {
    const error = super.breach(handle, op);
    const where = this.stacks.get(handle);
    if (where) error.message += `\nthe handle was ${where}`;
    return error;
  }
}

export class DebugGuest extends FastGuest {
  /** @override @param {number} ptr @param {number} len @param {string} op */
  text(ptr, len, op) {
    if (!isText(bytesAt(this.memory, ptr, len, op))) throw new WireError("bad-utf8", op, `${u32(len)} bytes at ${u32(ptr)}`);
    return super.text(ptr, len, op);
  }
}

/** Whether bytes are UTF-8: then they come back as they are. @param {Uint8Array} bytes */
function isText(bytes) {
  const text = utf8.read(bytes, 0, bytes.length);
  if (textLength(text) !== bytes.length) return false;
  const again = new Uint8Array(text.length * 3);
  utf8.write(again, 0, text);
  return bytes.every((byte, i) => byte === again[i]);
}

/** The caller's stack, without the slab's own frames. */
const stack = () => " here:\n" + (new Error().stack ?? "").split("\n").slice(3).join("\n");
