// @ts-check
// UTF-8 the fast way, which depends on the length: a short text by a loop, which costs less
// than any call into the engine; a long one by Node's Buffer where there is one, by TextEncoder
// and TextDecoder elsewhere, and by the same loop where there is nothing (an AudioWorklet).
// Loading this module makes string.js use it.

import { WireError } from "./errors.js";
import { decoder, encoder, isHigh, isLow, utf8 } from "./string.js";
import { fromUnits } from "./units.js";

/** @typedef {import("./string.js").Way} Way */

/**
 * Up to so many units or bytes a loop is faster than a call: into Node's buffers, and into an encoder, which wants a view first. To read, so many
 * bytes of ASCII, and of other text.
 */
export const [SHORT_WRITE, SHORT_READ, SHORT_WIDE] = "Buffer" in globalThis ? [20, 16, 48] : [160, 128, 128];
/** The most units that `String.fromCharCode` is given at a time. */
const CHUNK = 8192;
const { fromCharCode } = String;
const { Buffer, process } = /** @type {any} */ (globalThis);
// What Node's buffers can do to any Uint8Array, without a view of its own for each call.
const { utf8Write, utf8Slice, ucs2Slice } = Buffer?.prototype ?? {};

/** Writes by hand, from a unit on. @param {Uint8Array} u8 @param {number} at @param {string} text @param {number} i @returns {number} where it ends */
export function writeFrom(u8, at, text, i) {
  const units = text.length;
  for (; i < units; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      u8[at++] = code;
      continue;
    }
    if (code < 0x800) {
      u8[at++] = 0xc0 | (code >> 6);
    } else {
      const low = text.charCodeAt(i + 1);
      if (isHigh(code) && isLow(low)) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
        u8[at++] = 0xf0 | (code >> 18);
        u8[at++] = 0x80 | ((code >> 12) & 0x3f);
      } else {
        if (isHigh(code) || isLow(code)) code = 0xfffd;
        u8[at++] = 0xe0 | (code >> 12);
      }
      u8[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    u8[at++] = 0x80 | (code & 0x3f);
  }
  return at;
}

/** @param {Uint8Array} u8 @param {number} at @param {string} text */
const write = (u8, at, text) => writeFrom(u8, at, text, 0) - at;

/** Units that were read, before they are a string: what is kept for the next time. */
const KEPT = 16384;
const kept = new Uint16Array(KEPT);
const keptBytes = new Uint8Array(kept.buffer);

/** @param {Uint8Array} u8 @param {number} start @param {number} end */
function read(u8, start, end) {
  // There is at most one unit a byte.
  const long = end - start > KEPT;
  const units = long ? new Uint16Array(end - start) : kept;
  const count = readUnits(u8, start, end, units);
  if (count <= FEW) return fromUnits(kept, 0, count);
  if (ucs2Slice) return ucs2Slice.call(long ? new Uint8Array(units.buffer) : keptBytes, 0, count * 2);
  let text = "";
  if (count <= SHORT_READ) {
    // By so many at a time, and the rest from the front.
    let at = 0;
    for (; at + FEW <= count; at += FEW) text += fromUnits(kept, at, FEW);
    for (let i = at; i < count; i++) kept[i - at] = kept[i];
    return text + fromUnits(kept, 0, count - at);
  }
  for (let at = 0; at < count; at += CHUNK) text += fromCharCode.apply(null, /** @type {any} */ (units.subarray(at, Math.min(at + CHUNK, count))));
  return text;
}

/** From so many bytes on they are read by words: a character is in one of them, and takes one look at it. */
const BY_WORDS = 64;
const noWords = new DataView(new ArrayBuffer(0));

/** @param {Uint8Array} u8 @param {number} at @param {number} end @param {Uint16Array} units @returns {number} how many units */
function readUnits(u8, at, end, units) {
  const long = end - at >= BY_WORDS;
  const words = long ? new DataView(u8.buffer, u8.byteOffset, u8.byteLength) : noWords;
  const lastWord = long ? end - 4 : -1;
  let count = 0;
  while (at < end) {
    while (at <= lastWord) {
      const word = words.getInt32(at, true);
      const lead = word & 0xff;
      if (lead < 0x80) {
        units[count++] = lead;
        at++;
      } else if ((word & 0xc0e0) === 0x80c0 && lead > 0xc1) {
        units[count++] = ((word & 0x1f) << 6) | ((word >> 8) & 0x3f);
        at += 2;
      } else if ((word & 0xc0c0f0) === 0x8080e0 && lead !== 0xe0 && lead !== 0xed) {
        units[count++] = ((word & 0xf) << 12) | ((word >> 2) & 0xfc0) | ((word >> 16) & 0x3f);
        at += 3;
      } else break;
    }
    const lead = u8[at++];
    if (lead < 0x80) {
      units[count++] = lead;
      continue;
    }
    // Two bytes, and three of which no first one is special.
    const next = at < end && lead > 0xc1 ? u8[at] : 0;
    if ((next & 0xc0) === 0x80) {
      if (lead < 0xe0) {
        units[count++] = ((lead & 0x1f) << 6) | (next & 0x3f);
        at++;
        continue;
      }
      const last = at + 1 < end && lead > 0xe0 && lead < 0xf0 && lead !== 0xed ? u8[at + 1] : 0;
      if ((last & 0xc0) === 0x80) {
        units[count++] = ((lead & 0xf) << 12) | ((next & 0x3f) << 6) | (last & 0x3f);
        at += 2;
        continue;
      }
    }
    // How many bytes follow, and the range of the first: it is what shuts out overlong forms, surrogates and codes too high.
    let more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let code = more === 0 ? 0xfffd : lead & (0x3f >> more);
    while (more > 0) {
      if (at === end || u8[at] < low || u8[at] > high) {
        code = 0xfffd;
        break;
      }
      code = (code << 6) | (u8[at++] & 0x3f);
      low = 0x80;
      high = 0xbf;
      more--;
    }
    if (code < 0x10000) units[count++] = code;
    else {
      units[count++] = 0xd7c0 + (code >> 10);
      units[count++] = 0xdc00 | (code & 0x3ff);
    }
  }
  return count;
}

/** So many units make a string by one call with each of them. */
const FEW = 16;

/** By hand. @type {Way} */
export const byHand = {
  write,
  read,
  encode(text) {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, write(bytes, 0, text));
  },
};

/** Whether a decoder takes a view of it: not of shared memory. @param {Uint8Array} u8 */
const isShared = (u8) => typeof SharedArrayBuffer !== "undefined" && u8.buffer instanceof SharedArrayBuffer;
const plain = { ...utf8 };

/** By the platform, without the copy that a decoder needs of shared memory. @type {Way} */
export const web = {
  ...plain,
  read: (u8, start, end) => (isShared(u8) ? plain.read(u8, start, end) : decoder.decode(u8.subarray(start, end))),
};

/** By Node. @type {Way | undefined} */
export const node = utf8Slice && {
  ...web,
  write: (u8, start, text) => utf8Write.call(u8, text, start, text.length * 3),
  read: (u8, start, end) => utf8Slice.call(u8, start, end),
  encode: (text) => Buffer.from(text, "utf8"),
};

/** Before V8 12, text that isn't ASCII is read by hand two to four times as fast as by the engine. */
const handsDown = ucs2Slice && parseInt(process?.versions?.v8) < 12;

/** Whether five of a text's bytes are ASCII: a guess, which decides the way and nothing else. @param {Uint8Array} u8 @param {number} start @param {number} end */
function looksAscii(u8, start, end) {
  const step = (end - start) >> 2;
  return (u8[start] | u8[start + step] | u8[start + 2 * step] | u8[start + 3 * step] | u8[end - 1]) < 0x80;
}

/** What long texts take. */
const long = node ?? ("TextDecoder" in globalThis ? web : byHand);

/**
 * Writes as much of a text as there is room for in as many bytes as it has units: all of it, if it is ASCII.
 * @param {Uint8Array} u8 @param {number} start @param {string} text
 * @returns {{ read: number, written: number }} how many units that was, and how many bytes
 */
export function writeAsMuch(u8, start, text) {
  const units = text.length;
  if (encoder) return encoder.encodeInto(text, u8.subarray(start, start + units));
  let i = 0;
  for (; i < units; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) break;
    u8[start + i] = unit;
  }
  return { read: i, written: i };
}

utf8.encode = long.encode;
utf8.write = (u8, start, text) => (text.length > SHORT_WRITE ? long : byHand).write(u8, start, text);
utf8.read = (u8, start, end, op = "text") => {
  const len = end - start;
  if (len <= FEW) {
    let all = 0;
    for (let i = 0; i < len; i++) all |= kept[i] = u8[start + i];
    if (all < 0x80) return fromUnits(kept, 0, len);
  }
  if (len <= SHORT_READ) return read(u8, start, end);
  try {
    return (handsDown || len <= SHORT_WIDE) && !looksAscii(u8, start, end) ? read(u8, start, end) : long.read(u8, start, end);
  } catch (cause) {
    throw new WireError("string-too-long", op, len, { cause });
  }
};
