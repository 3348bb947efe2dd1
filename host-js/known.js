// @ts-check
// Texts of a data buffer that are referred to from further on: each is read once.

import { utf8 } from "./string.js";
import { AGAIN_MOST, HEADER, SHORT_ARRAY, SHORT_TEXT, TEXT } from "./tags.js";

/** How many are kept, each until another takes its place. */
const KNOWN = 64;

export class Known {
  /** @type {string[]} */
  texts = new Array(KNOWN).fill("");
  /** Where they stand. */
  at = new Int32Array(KNOWN).fill(-1);
  /** Whether there are any. */
  any = false;

  /** The texts of the buffer before are none of this one. */
  forget() {
    if (!this.any) return;
    this.at.fill(-1);
    this.any = false;
  }

  /** Keeps a text. @param {number} slot @param {number} offset @param {string} text */
  keep(slot, offset, text) {
    this.any = true;
    this.at[slot] = offset;
    return (this.texts[slot] = text);
  }

  /** The text that an earlier tag has. @param {import("./decode.js").Reader} reader @param {number} here where the reference stands @returns {string} */
  read(reader, here) {
    const offset = reader.length();
    const slot = slotOf(offset);
    if (this.at[slot] === offset) return this.texts[slot];
    const before = reader.start + offset;
    if (offset < HEADER || before >= here) throw reader.bad("a text's address");
    const after = reader.at;
    const tag = reader.u8[before];
    reader.at = before + 1;
    const size = tag === TEXT ? reader.length() : tag >= SHORT_TEXT && tag < SHORT_ARRAY ? tag - SHORT_TEXT : Infinity;
    if (size > AGAIN_MOST || reader.at + size > here) throw reader.bad("a text's address");
    const text = utf8.read(reader.u8, reader.at, reader.at + size, reader.op);
    reader.at = after;
    return this.keep(slot, offset, text);
  }
}

/** Where a text is kept, by its offset. @param {number} offset */
export const slotOf = (offset) => (offset ^ (offset >> 6)) & (KNOWN - 1);
