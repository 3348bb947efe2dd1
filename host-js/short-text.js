// @ts-check
// Texts of up to 31 bytes, which most texts in data are: read and put together here, without a
// call into the engine's decoders, which takes longer than all of it. What isn't UTF-8 is left
// to them.

import { utf8 } from "./string.js";
import { fromBytes, fromUnits } from "./units.js";

/** The units of a text that isn't ASCII. */
const units = new Uint16Array(32);

/** Whether bytes are ASCII: by words, of which the last may overlap. @param {Uint8Array} u8 @param {DataView} view @param {number} start @param {number} end */
function isAscii(u8, view, start, end) {
  let all = 0;
  if (end - start < 4) {
    for (let at = start; at < end; at++) all |= u8[at];
    return all < 0x80;
  }
  for (let at = start; at < end - 4; at += 4) all |= view.getInt32(at, true);
  return ((all | view.getInt32(end - 4, true)) & 0x80808080) === 0;
}

/**
 * A text of up to 31 bytes.
 * @param {Uint8Array} u8 @param {DataView} view of the same memory @param {number} start @param {number} size
 * @returns {string}
 */
export function readShort(u8, view, start, size) {
  const end = start + size;
  if (isAscii(u8, view, start, end)) return size <= 16 ? fromBytes(u8, start, size) : fromBytes(u8, start, 16) + fromBytes(u8, start + 16, size - 16);
  let count = 0;
  for (let at = start; at < end; ) {
    const lead = u8[at++];
    if (lead < 0x80) units[count++] = lead;
    else if (lead >= 0xc2 && lead < 0xe0 && at < end && (u8[at] & 0xc0) === 0x80) units[count++] = ((lead & 0x1f) << 6) | (u8[at++] & 0x3f);
    else return utf8.read(u8, start, end);
  }
  return count <= 16 ? fromUnits(units, 0, count) : fromUnits(units, 0, 16) + fromUnits(units, 16, count - 16);
}
