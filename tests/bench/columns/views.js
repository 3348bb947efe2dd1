// @ts-check
// What glue by hand has of guest memory: views that live until it grows.

/** @param {() => WebAssembly.Memory} memory */
export function viewsOf(memory) {
  let u8 = new Uint8Array(0);
  let u16 = new Uint16Array(0);
  let u32 = new Uint32Array(0);
  let f64 = new Float64Array(0);
  return {
    u8: () => (u8.length ? u8 : (u8 = new Uint8Array(memory().buffer))),
    u16: () => (u16.length ? u16 : (u16 = new Uint16Array(memory().buffer))),
    f64: () => (f64.length ? f64 : (f64 = new Float64Array(memory().buffer))),
    u32: () => (u32.length ? u32 : (u32 = new Uint32Array(memory().buffer))),
  };
}
