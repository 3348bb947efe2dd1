// @ts-check
// Big integers in a data buffer: of 64 bits where they fit, else their magnitude, the lowest byte first.

import { BIG, I64, U64 } from "./tags.js";

/** @typedef {import("./encode.js").Writer} Writer */
/** @typedef {import("./decode.js").Reader} Reader */

/** Writes one; there is room for 16 bytes. @param {Writer} writer @param {bigint} value */
export function writeBig(writer, value) {
  const signed = BigInt.asIntN(64, value) === value;
  if (signed || BigInt.asUintN(64, value) === value) {
    writer.u8[writer.at] = signed ? I64 : U64;
    writer.view.setBigInt64(writer.at + 1, BigInt.asIntN(64, value), true);
    writer.at += 9;
    return;
  }
  const digits = (value < 0n ? -value : value).toString(16);
  const size = (digits.length + 1) >> 1;
  writer.room(size + 8);
  writer.u8[writer.at] = BIG;
  writer.u8[writer.at + 1] = Number(value < 0n);
  writer.at += 2;
  writer.length(size);
  for (let end = digits.length; end > 0; end -= 2) writer.u8[writer.at++] = parseInt(digits.slice(Math.max(end - 2, 0), end), 16);
}

/** The one behind the tag `BIG`. @param {Reader} reader */
export function readBig(reader) {
  const negative = reader.u8[reader.at++] & 1;
  const bytes = reader.bytes(reader.length());
  let digits = "0x0";
  for (let i = bytes.length - 1; i >= 0; i--) digits += bytes[i].toString(16).padStart(2, "0");
  return negative ? -BigInt(digits) : BigInt(digits);
}
