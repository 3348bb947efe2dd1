// @ts-check
// Arguments that the arena has room for, as most have: no block of the guest's is needed, and
// nothing is left to give back but the arena's top. Everything else is the general way's.

import { lengthOf } from "./brand.js";
import { encoder, utf8 } from "./string.js";
import { SHORT_WRITE, node, writeFrom } from "./utf8.js";

/** @typedef {import("./memory.js").Memory} Memory */

/**
 * Puts a text at the arena's top; a short one unit by unit, without a call into the engine.
 * @param {Memory} memory
 * @param {string} text
 * @returns {number} its length in bytes; -1 if there may be no room: then nothing has changed
 */
export function putText(memory, text) {
  const { top } = memory;
  const units = text.length;
  if (top + units * 3 > memory.end) return -1;
  const { u8 } = memory;
  let len = units;
  if (units > SHORT_WRITE) len = node ? utf8.write(u8, top, text) : encode(memory, u8, top, text);
  else
    for (let i = 0; i < units; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) {
        len = writeFrom(u8, top + i, text, i) - top;
        break;
      }
      u8[top + i] = unit;
    }
  memory.top = top + ((len + 7) & -8);
  return len;
}

/** By an encoder, which wants a view: most texts lie where the one before did. @param {Memory} memory @param {Uint8Array} u8 @param {number} top @param {string} text */
function encode(memory, u8, top, text) {
  if (!encoder) return utf8.write(u8, top, text);
  let { room } = memory;
  if (room?.u8 !== u8 || room.top !== top) room = memory.room = { u8, top, view: u8.subarray(top, memory.end) };
  return encoder.encodeInto(text, room.view).written;
}

/**
 * Puts bytes at the arena's top.
 * @param {Memory} memory
 * @param {Uint8Array} bytes
 * @returns {number} how many; -1 if there is no room: then nothing has changed
 */
export function putBytes(memory, bytes) {
  const { top } = memory;
  const len = lengthOf(bytes);
  if (top + len > memory.end) return -1;
  memory.u8.set(bytes, top);
  memory.top = top + ((len + 7) & -8);
  return len;
}
