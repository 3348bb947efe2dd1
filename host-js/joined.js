// @ts-check
// Short texts of a data buffer that is written: they are put together to one, which is encoded
// at once. A call into the encoder takes as long as dozens of characters by hand.

import { utf8 } from "./string.js";

/** @typedef {import("./encode.js").Writer} Writer */

/** So many units are encoded at once: what is put together piece by piece is not to grow for long. */
const PIECE = 4096;

export class Joined {
  /** What is not encoded yet. */
  text = "";
  /** What is, and how many bytes and units that are. */
  u8 = new Uint8Array(0);
  at = 0;
  units = 0;

  /** Begins anew. */
  clear() {
    this.text = "";
    this.at = this.units = 0;
  }

  /** @param {string} text */
  add(text) {
    this.text += text;
    if (this.text.length > PIECE) this.flush();
  }

  flush() {
    const { text, at } = this;
    const room = at + text.length * 3;
    if (room > this.u8.length) {
      const bigger = new Uint8Array(Math.max(room, this.u8.length * 2));
      bigger.set(this.u8.subarray(0, at));
      this.u8 = bigger;
    }
    this.at = at + utf8.write(this.u8, at, text);
    this.units += text.length;
    this.text = "";
  }

  /** Ends a buffer with them. @param {Writer} writer */
  finish(writer) {
    const { text } = this;
    if (this.units > 0) {
      this.flush();
      writer.room(this.at + 4);
      writer.view.setUint32(writer.at, this.units, true);
      writer.u8.set(this.u8.subarray(0, this.at), writer.at + 4);
      writer.at += this.at + 4;
    } else if (text !== "") {
      // Few: they are encoded where they go.
      writer.room(text.length * 3 + 4);
      writer.view.setUint32(writer.at, text.length, true);
      writer.at += utf8.write(writer.u8, writer.at + 4, text) + 4;
      this.text = "";
    }
  }
}
