// @ts-check
// The host's half of the tour: gives the guest a file piece by piece, inflates what comes back
// and holds it against the file, and has an error go each way. Page and `run.js` differ only
// in where the pieces come from, who inflates, and where the report goes.

import { Comparison } from "./comparison.js";

/** Bytes of a piece: some milliseconds of work, so that a page stays alive between two. */
export const PIECE = 256 * 1024;

/**
 * @typedef {object} File
 * @property {number} size in bytes; only progress depends on it
 * @property {AsyncIterable<Uint8Array>} pieces each a block of its own, of any length
 * @property {() => import("./comparison.js").Inflater} inflater
 */

/** @typedef {{ top: number, shortest: number, level: number, progress?: (done: number, size: number) => void }} Options see src/options.rs */

/** @typedef {{ message: string, stack: string }} Told what one side saw of the other's error */

/**
 * @typedef {object} Report the first half is written by the guest
 * @property {number} bytes
 * @property {number} lines
 * @property {number} words
 * @property {number} characters
 * @property {number} broken characters that stand for bytes which are not UTF-8
 * @property {boolean} crowded whether there were more different words than the guest tells apart
 * @property {[word: string, times: number][]} common the most frequent words
 * @property {number} deflated bytes
 * @property {boolean} same whether they inflate to the file
 * @property {number} calls of the progress function, by the guest
 * @property {Told} fromGuest
 * @property {Told} fromHost
 * @property {number} memory of the guest, in bytes
 * @property {number} live handles at the end
 */

/** @type {Options} */
export const defaults = { top: 10, shortest: 4, level: 6 };

/**
 * Runs the whole tour.
 * @param {{ exports: Record<string, (...args: any[]) => any>, host: Pick<import("../../host-js/base.js").Host, "memory" | "handles"> }} instance of tour.wasm
 * @param {File} file
 * @param {Options} [options]
 * @returns {Promise<Report>}
 * @throws what reading the file throws, and what `options.progress` throws: both come out as they are
 */
export async function tour({ exports, host }, file, options = defaults) {
  const comparison = new Comparison(file.inflater());
  let deflated = 0;
  let calls = 0;
  const progress = (/** @type {number} */ done, /** @type {number} */ size) => {
    calls++;
    options.progress?.(done, size);
  };
  const take = async (/** @type {Uint8Array} */ piece) => {
    deflated += piece.length;
    await comparison.inflate(piece);
  };

  exports.open({ ...options, progress, size: file.size });
  for await (const piece of file.pieces) {
    comparison.expect(piece);
    await take(exports.feed(piece));
  }
  const results = /** @type {Report} */ ({});
  await take(exports.finish(results));
  const same = await comparison.end();

  const fromGuest = errorOfGuest(exports, options);
  const fromHost = errorOfHost(exports);
  const memory = host.memory?.buffer.byteLength ?? 0;
  return { ...results, deflated, same, calls, fromGuest, fromHost, memory, live: host.handles.live };
}

/** The guest fails: that is an exception here, and the guest lives on. @param {Record<string, (...args: any[]) => any>} exports @param {Options} options @returns {Told} */
function errorOfGuest(exports, options) {
  try {
    exports.open({ ...options, level: 11 });
  } catch (error) {
    const { message, stack = "" } = /** @type {Error} */ (error);
    return { message, stack };
  }
  throw new Error("the guest took a level that deflate doesn't have");
}

/** A function of the host throws: that is an error like any other in the guest, which writes down what it sees. @param {Record<string, (...args: any[]) => any>} exports @returns {Told} */
function errorOfHost(exports) {
  const seen = { message: "", stack: "" };
  const busy = () => {
    throw new RangeError("the host has no time for this");
  };
  exports.rescue(busy, seen);
  return seen;
}
