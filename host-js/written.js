// @ts-check
// Texts where the value stands: short ones by a loop, which takes less than a call into an
// encoder. One of some length that was there before is referred to.

import { utf8 } from "./string.js";
import { AGAIN_LEAST, AGAIN_MOST, SHORT_TEXT, TEXT } from "./tags.js";

/** @typedef {import("./encode.js").Writer} Writer */

/** A short text where the value stands. @param {Writer} writer @param {string} text @param {import("./keys.js").Node} node the key at which it stands */
export function shortText(writer, text, node) {
  const units = text.length;
  const start = writer.at;
  if (start + 80 > writer.u8.length) writer.room(80);
  const { u8 } = writer;
  let at = start + 1;
  let wide = false;
  for (let i = 0; i < units; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) u8[at++] = unit;
    else if (unit < 0x800) {
      wide = true;
      u8[at++] = 0xc0 | (unit >> 6);
      u8[at++] = 0x80 | (unit & 0x3f);
    } else {
      node.wide = true;
      return longText(writer, text);
    }
  }
  if (wide) node.wide = true;
  const size = at - start - 1;
  if (size > 31) return longText(writer, text);
  u8[start] = 0x80 + size;
  writer.at = at;
  if (size > 7) again(writer, start, size);
}

/** A text that is long, or has units of three bytes, where the value stands. @param {Writer} writer @param {string} text */
export function longText(writer, text) {
  const units = text.length;
  if (writer.at + units * 3 + 6 > writer.u8.length) writer.room(units * 3 + 6);
  const start = writer.at;
  const { u8 } = writer;
  // As if it were ASCII, which most are.
  const head = units < 32 ? 1 : units < 0x80 ? 2 : units < 0x4000 ? 3 : 5;
  const size = utf8.write(u8, start + head, text);
  if (size < 32 && head === 1) {
    u8[start] = SHORT_TEXT + size;
    writer.at = start + 1 + size;
  } else {
    u8[start] = TEXT;
    writer.at = start + 1;
    writer.length(size);
    // Longer than it would be if it were ASCII: what the length has overwritten comes once more.
    if (writer.at !== start + head) utf8.write(u8, writer.at, text);
    writer.at += size;
  }
  if (size >= AGAIN_LEAST && size <= AGAIN_MOST) again(writer, start, size);
}

/** Takes a text back that was written before, and says where. @param {Writer} writer @param {number} start of the text @param {number} size of its bytes */
function again(writer, start, size) {
  const { u8, texts, at } = writer;
  const from = at - size;
  const hash = (u8[from] * 7 + u8[from + (size >> 1)] * 5 + u8[at - 1] * 3 + size) & 0xff;
  const before = texts[hash] - writer.base;
  texts[hash] = writer.base + start;
  // Of an earlier buffer, or the longer one of two.
  const all = at - start;
  if (before < 8 || before + all > start) return;
  for (let i = 0; i < all; i++) if (u8[before + i] !== u8[start + i]) return;
  texts[hash] = writer.base + before;
  u8[start] = 0xcc;
  writer.at = start + 1;
  writer.length(before);
}
