// @ts-check
// Texts of up to 31 bytes, which most texts in data are: read and put together here, without a
// call into the engine's decoders, which takes longer than all of it. What isn't UTF-8 is left
// to them.

import { utf8 } from "./string.js";

const { fromCharCode } = String;
/** The units of a text that isn't ASCII. */
const units = new Uint16Array(32);

/** Up to 16 units. @param {Uint8Array | Uint16Array} u @param {number} i @param {number} count @returns {string} */
function build(u, i, count) {
  switch (count) {
    case 1: return fromCharCode(u[i]);
    case 2: return fromCharCode(u[i], u[i + 1]);
    case 3: return fromCharCode(u[i], u[i + 1], u[i + 2]);
    case 4: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3]);
    case 5: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4]);
    case 6: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5]);
    case 7: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6]);
    case 8: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7]);
    case 9: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8]);
    case 10: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9]);
    case 11: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10]);
    case 12: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11]);
    case 13: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12]);
    case 14: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13]);
    case 15: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14]);
    case 16: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14], u[i + 15]);
    default: return "";
  }
}

/** The same for what isn't ASCII: engines keep apart what arrays each has seen. @param {Uint16Array} u @param {number} i @param {number} count @returns {string} */
function buildWide(u, i, count) {
  switch (count) {
    case 1: return fromCharCode(u[i]);
    case 2: return fromCharCode(u[i], u[i + 1]);
    case 3: return fromCharCode(u[i], u[i + 1], u[i + 2]);
    case 4: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3]);
    case 5: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4]);
    case 6: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5]);
    case 7: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6]);
    case 8: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7]);
    case 9: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8]);
    case 10: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9]);
    case 11: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10]);
    case 12: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11]);
    case 13: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12]);
    case 14: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13]);
    case 15: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14]);
    case 16: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14], u[i + 15]);
    default: return "";
  }
}

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
  if (isAscii(u8, view, start, end)) return size <= 16 ? build(u8, start, size) : build(u8, start, 16) + build(u8, start + 16, size - 16);
  let count = 0;
  for (let at = start; at < end; ) {
    const lead = u8[at++];
    if (lead < 0x80) units[count++] = lead;
    else if (lead >= 0xc2 && lead < 0xe0 && at < end && (u8[at] & 0xc0) === 0x80) units[count++] = ((lead & 0x1f) << 6) | (u8[at++] & 0x3f);
    else return utf8.read(u8, start, end);
  }
  return count <= 16 ? buildWide(units, 0, count) : buildWide(units, 0, 16) + buildWide(units, 16, count - 16);
}
