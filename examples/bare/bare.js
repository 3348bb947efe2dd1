// @ts-check
// The whole host of the guest `bare`: no import, no state but the instance itself.

/** @typedef {{ memory: WebAssembly.Memory, __heap_base: WebAssembly.Global, add(a: number, b: number): number, upper(ptr: number, len: number): void }} Bare */

const PAGE = 65536;

/**
 * Upper-cases the ASCII letters of a text, in the guest.
 *
 * The bytes go to `__heap_base`, where the memory begins that the guest doesn't use; it is grown to their length if they
 * don't fit, and never given back.
 *
 * @param {Bare} guest its raw exports
 * @param {string} text
 * @returns {string} as long as the text
 * @throws {RangeError} when the memory can't grow so far
 */
export function shout(guest, text) {
  const bytes = new TextEncoder().encode(text);
  const { memory, __heap_base } = guest;
  const ptr = __heap_base.value;
  const missing = ptr + bytes.length - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  // After the growth: it leaves every older view of the memory empty.
  const place = new Uint8Array(memory.buffer, ptr, bytes.length);
  place.set(bytes);
  guest.upper(ptr, bytes.length);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(place);
}
