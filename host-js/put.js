// @ts-check
// Writes slots: one value of a type each, as lists, records, closures and imports have them.

import { handlesOf } from "./handles.js";
import * as kind from "./kind.js";
import { SLOT } from "./slot.js";

/** @typedef {import("./guest.js").Guest} Guest */
/** @typedef {import("./types.js").Type} Type */

/**
 * Writes a slot.
 * @param {Guest} guest @param {Type} type @param {any} checked @param {number} at @param {string} name
 */
export function put(guest, type, checked, at, name) {
  if (type.put) return type.put(guest, checked, at, name);
  const wire = type.lower ? type.lower(guest, checked, name) : checked;
  if (type.wide) return putRange(guest, at, type.kind, 0, wire, guest.len);
  // Lowering may have grown the memory: the view is fetched after it.
  const { view } = guest.memory;
  view.setUint32(at, type.kind, true);
  view.setUint32(at + 4, 0, true);
  if (type.kind === kind.NUMBER) view.setFloat64(at + 8, wire, true);
  else if (type.kind === kind.I64 || type.kind === kind.U64) view.setBigInt64(at + 8, wire, true);
  else view.setInt32(at + 8, wire, true);
}

/** Writes a slot that points somewhere. @param {Guest} guest @param {number} at @param {number} tag @param {number} aux @param {number} ptr @param {number} count */
export function putRange(guest, at, tag, aux, ptr, count) {
  const { view, end } = guest.memory;
  const start = handlesOf(guest).resultStart;
  const handedOver = start >= 0 && count > 0 && (ptr < start || ptr >= end);
  view.setUint32(at, tag, true);
  view.setUint32(at + 4, aux + Number(handedOver), true);
  view.setUint32(at + 8, ptr, true);
  view.setUint32(at + 12, count, true);
}

/** Slots in a row. @param {Guest} guest @param {any[]} values checked @param {string} name @param {(i: number) => Type} type of the value at an index @returns {number} where they are */
export function putSlots(guest, values, name, type) {
  const ptr = guest.reserve(values.length * SLOT, 8, name);
  for (let i = 0; i < values.length; i++) put(guest, type(i), values[i], ptr + i * SLOT, name);
  return ptr;
}
