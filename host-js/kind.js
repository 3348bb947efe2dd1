// @ts-check
// Slot kinds, as in WIRE.md, section 5.

export const NONE = 0, UNDEFINED = 1, NULL = 2, BOOL = 3, NUMBER = 4, I64 = 5, U64 = 6, STRING = 7, STRING16 = 8, BYTES = 9, HANDLE = 10, BORROWED = 11,
  ARRAY = 12, LIST = 13, RECORD = 14, DATA = 15, INSTANCE = 16;
