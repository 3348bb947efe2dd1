// @ts-check
// What the page and run.js share: the instance, and what stands on the screen.

import { instantiate } from "./host.js";
import glue from "./fetch.glue.js";

/** @typedef {{ bytes: number, chunks: number, crc32: number, ms: number }} Download */

/**
 * Instantiates the guest.
 * @param {import("../../host-js/core.js").Source} source of fetch.wasm
 */
export const open = (source) => instantiate(source, { with: [glue] });

/** @param {number} bytes */
const size = (bytes) => (bytes < 10_000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(0)} KB`);

/** How far it is. @param {number} bytes @param {number | undefined} total */
export const progressText = (bytes, total) => (total === undefined ? `${size(bytes)} so far` : `${size(bytes)} of ${size(total)}`);

/** What came of it. @param {Download} download */
export const resultText = ({ bytes, chunks, crc32, ms }) => `${size(bytes)} in ${chunks} chunks, ${ms.toFixed(0)} ms; CRC-32 ${crc32.toString(16).padStart(8, "0")}`;
