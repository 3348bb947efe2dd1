// @ts-check
// The limit's text: each way by what is fastest for its length and shape.

/** Texts up to so many units are built from them. */
const SHORT_OUT = 16;
const { utf8Write, utf8Slice, ucs2Slice } = /** @type {any} */ (globalThis).Buffer?.prototype ?? {};
/** Up to so many units a loop beats the call into the engine: Node's, which takes any view, or a browser's, which wants one of its own. */
const SHORT_IN = utf8Write ? 20 : 160;
/** Before V8 12, UTF-8 that is not ASCII is read slower than UTF-16. */
export const slowUtf8 = parseInt(/** @type {any} */ (globalThis).process?.versions.v8 ?? "12") < 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A string of up to 16 units, by one call for each length. @type {(units: Uint8Array | Uint16Array, at: number, len: number) => string} */
const build = makeBuild();
const build16 = makeBuild();

/** @returns {any} */
function makeBuild() {
  const cases = Array.from({ length: SHORT_OUT }, (_, i) => {
    const units = Array.from({ length: i + 1 }, (_, k) => `units[at + ${k}]`);
    return `case ${i + 1}: return make(${units.join(", ")});`;
  });
  return new Function("make", `return (units, at, len) => { switch (len) { case 0: return ""; ${cases.join(" ")} } }`)(String.fromCharCode);
}

/** @param {{ u8: () => Uint8Array, u16: () => Uint16Array }} views @param {(size: number) => number} makeRoom */
export function textGlue(views, makeRoom) {
  let room = 0;
  let size = 0;
  /** From the room to the end of memory, until that grows. */
  let scratch = /** @type {Uint8Array} */ (new Uint8Array(0));

  /** @param {number} needed in bytes */
  function reserve(needed) {
    if (needed <= size) return;
    room = makeRoom((size = needed * 2));
    scratch = views.u8().subarray(room);
  }

  /** What is not ASCII, by hand. @param {Uint8Array} u8 @param {string} text @param {number} at @param {number} i */
  function encode(u8, text, at, i) {
    for (; i < text.length; i++) {
      let code = text.charCodeAt(i);
      if (code < 0x80) {
        u8[at++] = code;
        continue;
      }
      if (code < 0x800) u8[at++] = 0xc0 | (code >> 6);
      else {
        const low = text.charCodeAt(i + 1);
        if (code >= 0xd800 && code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
          i++;
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          u8[at++] = 0xf0 | (code >> 18);
          u8[at++] = 0x80 | ((code >> 12) & 0x3f);
        } else {
          if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
          u8[at++] = 0xe0 | (code >> 12);
        }
        u8[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      u8[at++] = 0x80 | (code & 0x3f);
    }
    return at;
  }

  /** Writes where there is room. @param {string} text @param {number} offset in the room @returns {number} the bytes */
  function write(text, offset) {
    const u8 = views.u8();
    const units = text.length;
    const start = room + offset;
    if (units <= SHORT_IN) {
      for (let i = 0; i < units; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) return encode(u8, text, start + i, i) - start;
        u8[start + i] = unit;
      }
      return units;
    }
    if (utf8Write) return utf8Write.call(u8, text, start, units * 3);
    if (scratch.length === 0) scratch = u8.subarray(room);
    return encoder.encodeInto(text, offset === 0 ? scratch : u8.subarray(start)).written;
  }

  return {
    reserve,
    write,
    room: () => room,
    /** Puts a text at the room's start. @param {string} text @returns {number} its length in bytes */
    put(text) {
      reserve(text.length * 3);
      return write(text, 0);
    },
    /** @param {number} ptr @param {number} len @param {number} shape as in guests/limit @returns {string} */
    read(ptr, len, shape) {
      if (shape === 0) return build(views.u8(), ptr, len);
      if (shape === 1) return build16(views.u16(), ptr >> 1, len);
      const u8 = views.u8();
      if (shape === 3) return ucs2Slice.call(u8, ptr, ptr + len * 2);
      return utf8Slice ? utf8Slice.call(u8, ptr, ptr + len) : decoder.decode(u8.subarray(ptr, ptr + len));
    },
  };
}
