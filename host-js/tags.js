// @ts-check
// A data buffer's tags and limits, as in WIRE.md, section 13.

export const SHORT_TEXT = 0x80, SHORT_ARRAY = 0xa0, UNDEFINED = 0xc0, NULL = 0xc1, FALSE = 0xc2, TRUE = 0xc3, I8 = 0xc4, I16 = 0xc5, I32 = 0xc6, F64 = 0xc7,
  I64 = 0xc8, U64 = 0xc9, BIG = 0xca, TEXT = 0xcb, AGAIN = 0xcc, BYTES = 0xcd, NUMBERS = 0xce, ARRAY = 0xcf, MAP = 0xd0, OBJECT = 0xd1, DATE = 0xd2, HANDLE = 0xd3, BEHIND = 0xd4, BEHIND_AGAIN = 0xd5, DEFINED = 0xd6, SHORT_BEHIND = 0xe0;
/** The bytes before the value: where the tables start, and the handle of what was written. */
export const HEADER = 8;
/** How deep containers stand in each other at most. */
export const DEPTH = 128;
/** The length of a text that is referred to again: at most; and at least where the host writes, as to look for a shorter one takes longer than to write it. */
export const AGAIN_MOST = 255, AGAIN_LEAST = 8;
/** How many shapes of objects there can be. */
export const SHAPES = 1 << 24;
