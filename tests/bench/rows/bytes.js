// @ts-check
// Rows f: bytes as argument, as result, to a function of the embedder.

import { loop } from "./row.js";

/** @type {[size: string, what: string, length: number][]} */
const SIZES = [
  ["64B", "64 B", 64],
  ["1K", "1 KiB", 1024],
  ["1M", "1 MiB", 1_048_576],
];

/** @param {number} length @param {number} seed */
const bytesOf = (length, seed) => new Uint8Array(length).map((_, i) => i * 7 + seed);

/** @param {Uint8Array} bytes */
const sum = (bytes) => bytes.reduce((total, byte) => (total * 31 + byte) | 0, bytes.length);

/** @type {import("./row.js").Row[]} */
export const bytes = [
  ...SIZES.map(([size, what, length]) => ({
    row: `f.in.${size}`,
    family: "bytes",
    what: `JS→Rust &[u8], ${what}`,
    input: () => [0, 1, 2, 3].map((seed) => bytesOf(length, seed)),
    check: (/** @type {import("./row.js").Opened} */ { calls }, /** @type {Uint8Array[]} */ input) => input.map((bytes) => calls.bytes_digest(bytes) >>> 0),
    body: loop("acc = (acc + x.bytes_in(input[i & 3])) | 0;"),
  })),
  ...SIZES.map(([size, what, length]) => ({
    row: `f.out.${size}`,
    family: "bytes",
    what: `export returns Vec<u8>, ${what}`,
    input: (/** @type {import("./row.js").Opened} */ { calls }) => calls.hold_bytes(bytesOf(length, 5)),
    check: (/** @type {import("./row.js").Opened} */ { calls }) => sum(calls.bytes_out()),
    body: loop("const bytes = x.bytes_out(); acc = (acc + bytes.length + bytes[bytes.length - 1]) | 0;"),
  })),
  ...SIZES.map(([size, what, length]) => ({
    row: `f.send.${size}`,
    family: "bytes",
    what: `Rust→JS import(&[u8]), ${what}`,
    input: (/** @type {import("./row.js").Opened} */ { calls }) => calls.hold_bytes(bytesOf(length, 5)),
    body: "user.seen.sum = 0; x.send_bytes(n); return user.seen.sum;",
  })),
];
