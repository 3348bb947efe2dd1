// @ts-check
// Names of properties, which a guest gives as bytes, the same few again and again. What was
// read before is found by its bytes, all of which are compared: so it doesn't matter where
// they lie, nor whether they have changed there. It is also a string that the engine has
// looked up properties by, which a fresh one is not.

import { u32 } from "./memory.js";

/** Longer ones are read anew. */
const LONGEST = 32;
/** How many are kept. */
const PLACES = 256;

/**
 * A reader of names.
 * @param {import("./guest.js").Guest} guest
 * @returns {(ptr: number, len: number, op: string) => string}
 */
export function namesOf(guest) {
  const { memory } = guest;
  /** @type {string[]} */
  const kept = Array(PLACES).fill("");
  return (ptr, len, op) => {
    if (u32(len - 1) >= LONGEST) return guest.text(ptr, len, op);
    const start = memory.at(ptr, len, op);
    const { u8 } = memory;
    const place = (u8[start] * 7 + u8[start + len - 1] * 31 + len) % PLACES;
    const name = kept[place];
    let i = name.length === len ? 0 : len + 1;
    while (i < len && u8[start + i] === name.charCodeAt(i)) i++;
    if (i === len) return name;
    const text = guest.text(ptr, len, op);
    // As many units as bytes: it is ASCII, where a byte is a unit.
    if (text.length === len) kept[place] = text;
    return text;
  };
}
