// @ts-check
// A slot: 16 bytes of guest memory with one tagged value, here of any kind, as the dynamic
// operations take them.

import { WireError } from "./errors.js";
import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { alignedAt, copyAt, u32 } from "./memory.js";
import { readText16 } from "./utf16.js";

export const SLOT = 16;

/** @typedef {import("./guest.js").Guest} Guest */

/**
 * The value in a slot. A handle that is given away is released here.
 * @param {Guest} guest
 * @param {number} ptr
 * @param {string} op
 * @returns {any}
 */
export function readSlot(guest, ptr, op) {
  const { memory } = guest;
  const at = alignedAt(memory, ptr, 1, op, SLOT, 8);
  const { view } = memory;
  const tag = view.getUint32(at, true);
  // Short enough for engines to make it a part of its callers, for what is read most.
  return tag === kind.NUMBER ? view.getFloat64(at + 8, true) : readOther(guest, at, tag, op);
}

/** @param {Guest} guest @param {number} at @param {number} tag @param {string} op @returns {any} */
function readOther(guest, at, tag, op) {
  const { memory } = guest;
  const { view } = memory;
  switch (tag) {
    case kind.BORROWED:
      return handlesOf(guest).slab.get(view.getInt32(at + 8, true), op);
    case kind.STRING:
      return guest.text(view.getUint32(at + 8, true), view.getUint32(at + 12, true), op);
    case kind.BOOL:
      return view.getUint32(at + 8, true) !== 0;
    case kind.NONE:
    case kind.UNDEFINED:
      return undefined;
    case kind.NULL:
      return null;
    case kind.HANDLE:
      return handlesOf(guest).take(view.getInt32(at + 8, true), op);
    case kind.I64:
      return view.getBigInt64(at + 8, true);
    case kind.U64:
      return view.getBigUint64(at + 8, true);
    case kind.STRING16:
      return readText16(memory, view.getUint32(at + 8, true), view.getUint32(at + 12, true), op);
    case kind.BYTES:
      return copyAt(memory, view.getUint32(at + 8, true), view.getUint32(at + 12, true), op);
    default:
      throw new WireError("unknown-kind", op, `${tag} in the slot at ${at}`);
  }
}

/**
 * The values in `count` slots.
 * @param {Guest} guest
 * @param {number} ptr
 * @param {number} count
 * @param {string} op
 */
export function readSlots(guest, ptr, count, op) {
  const values = [];
  const slots = u32(count);
  alignedAt(guest.memory, ptr, count, op, SLOT, 8);
  for (let i = 0; i < slots; i++) values.push(readSlot(guest, ptr + i * SLOT, op));
  return values;
}
