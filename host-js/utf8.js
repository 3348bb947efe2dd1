// @ts-check
// UTF-8 the fast way, which depends on the length: a short text by a loop, which costs less
// than any call into the engine; a long one by Node's Buffer where there is one, by TextEncoder
// and TextDecoder elsewhere, and by the same loop where there is nothing (an AudioWorklet).
// Loading this module makes string.js use it.

import { WireError } from "./errors.js";
import { decoder, encoder, utf8 } from "./string.js";

/** @typedef {import("./string.js").Way} Way */

/** Up to so many units or bytes a loop is faster than a call: into Node's buffers, and into an encoder, which wants a view first. */
export const SHORT_WRITE = "Buffer" in globalThis ? 20 : 160, SHORT_READ = 16;
/** The most units that `String.fromCharCode` is given at a time. */
const CHUNK = 8192;
const { fromCharCode } = String;
const { Buffer, process } = /** @type {any} */ (globalThis);
// What Node's buffers can do to any Uint8Array, without a view of its own for each call.
const { utf8Write, utf8Slice, ucs2Slice } = Buffer?.prototype ?? {};

/** @param {Uint8Array} u8 @param {number} at @param {string} text */
function write(u8, at, text) {
  const start = at;
  const units = text.length;
  for (let i = 0; i < units; i++) {
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
  return at - start;
}

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
  if (ucs2Slice) return ucs2Slice.call(long ? new Uint8Array(units.buffer) : keptBytes, 0, count * 2);
  let text = "";
  for (let at = 0; at < count; at += CHUNK) text += fromCharCode.apply(null, /** @type {any} */ (units.subarray(at, Math.min(at + CHUNK, count))));
  return text;
}

/** @param {Uint8Array} u8 @param {number} at @param {number} end @param {Uint16Array} units @returns {number} how many units */
function readUnits(u8, at, end, units) {
  let count = 0;
  while (at < end) {
    const lead = u8[at++];
    if (lead < 0x80) {
      units[count++] = lead;
      continue;
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

/** @param {number} unit */
const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
/** @param {number} unit */
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

/**
 * The length of a text in UTF-8.
 * @param {string} text
 * @returns {number} in bytes
 */
export function textLength(text) {
  const units = text.length;
  let length = units;
  for (let i = 0; i < units; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length++;
    else {
      length += 2;
      // A pair is four bytes: two units, two more.
      if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) i++;
    }
  }
  return length;
}

/** Reads up to 16 bytes if they are ASCII. @param {Uint8Array} u8 @param {number} i @param {number} len @returns {string | null} */
function readAscii(u8, i, len) {
  let all = 0;
  for (let at = i, end = i + len; at < end; at++) all |= u8[at];
  if (all > 0x7f) return null;
  let head = "";
  if (len >= 8) {
    head = fromCharCode(u8[i], u8[i + 1], u8[i + 2], u8[i + 3], u8[i + 4], u8[i + 5], u8[i + 6], u8[i + 7]);
    i += 8;
    len -= 8;
  }
  switch (len) {
    case 0: return head;
    case 1: return head + fromCharCode(u8[i]);
    case 2: return head + fromCharCode(u8[i], u8[i + 1]);
    case 3: return head + fromCharCode(u8[i], u8[i + 1], u8[i + 2]);
    case 4: return head + fromCharCode(u8[i], u8[i + 1], u8[i + 2], u8[i + 3]);
    case 5: return head + fromCharCode(u8[i], u8[i + 1], u8[i + 2], u8[i + 3], u8[i + 4]);
    case 6: return head + fromCharCode(u8[i], u8[i + 1], u8[i + 2], u8[i + 3], u8[i + 4], u8[i + 5]);
    case 7: return head + fromCharCode(u8[i], u8[i + 1], u8[i + 2], u8[i + 3], u8[i + 4], u8[i + 5], u8[i + 6]);
    default: return head + fromCharCode(u8[i], u8[i + 1], u8[i + 2], u8[i + 3], u8[i + 4], u8[i + 5], u8[i + 6], u8[i + 7]);
  }
}

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
 * Writes a text that may be ASCII, into as many bytes as it has units.
 * @param {Uint8Array} u8 @param {number} start @param {string} text
 * @returns {boolean} whether it was, and is there; if not, a part of it may be
 */
export function writeAscii(u8, start, text) {
  const units = text.length;
  if (encoder) return encoder.encodeInto(text, u8.subarray(start, start + units)).read === units;
  for (let i = 0; i < units; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    u8[start + i] = unit;
  }
  return true;
}

utf8.encode = long.encode;
utf8.write = (u8, start, text) => (text.length > SHORT_WRITE ? long : byHand).write(u8, start, text);
utf8.read = (u8, start, end, op = "text") => {
  const len = end - start;
  if (len <= SHORT_READ) return readAscii(u8, start, len) ?? read(u8, start, end);
  try {
    return handsDown && !looksAscii(u8, start, end) ? read(u8, start, end) : long.read(u8, start, end);
  } catch (cause) {
    throw new WireError("string-too-long", op, len, { cause });
  }
};
