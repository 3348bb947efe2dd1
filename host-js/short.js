// @ts-check
// A short text as an argument, which most are: units that are ASCII go into the arena one by
// one, without a call into the engine. Everything else is `guest.lowerText`'s.

import { SHORT_WRITE } from "./utf8.js";

/** A text that is not ASCII may take three bytes a unit: where there is no room for that, it isn't tried. */
const ROOM = SHORT_WRITE * 3;

/**
 * Puts a text at the arena's top, if it is short and ASCII.
 * @param {import("./memory.js").Memory} memory
 * @param {string} text
 * @returns {boolean} whether it is there now, as many bytes as it has units; if not, nothing has changed
 */
export function putShort(memory, text) {
  const { top } = memory;
  const units = text.length;
  if (units > SHORT_WRITE || top + ROOM > memory.end) return false;
  const { u8 } = memory;
  for (let i = 0; i < units; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    u8[top + i] = unit;
  }
  memory.top = top + ((units + 7) & -8);
  return true;
}
