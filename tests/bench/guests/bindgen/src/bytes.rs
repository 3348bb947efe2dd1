//! Bytes: as argument, as result, to a function of the embedder.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(raw_module = "bench:user")]
extern "C" {
    #[wasm_bindgen(js_name = takeBytes)]
    fn take_bytes(bytes: &[u8]);
}

#[wasm_bindgen]
pub fn hold_bytes(bytes: &[u8]) {
    bench_common::hold_bytes(bytes);
}

#[wasm_bindgen]
pub fn bytes_digest(bytes: &[u8]) -> u32 {
    bench_common::digest(bytes)
}

#[wasm_bindgen]
pub fn bytes_in(bytes: &[u8]) -> u32 {
    bench_common::glance(bytes)
}

#[wasm_bindgen]
pub fn bytes_out() -> Vec<u8> {
    bench_common::bytes()
}

#[wasm_bindgen]
pub fn send_bytes(n: u32) {
    bench_common::with_bytes(|bytes| {
        for _ in 0..n {
            take_bytes(bytes);
        }
    });
}
