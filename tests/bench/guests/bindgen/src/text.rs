//! Text: as argument, as result, to a function of the embedder.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(raw_module = "bench:user")]
extern "C" {
    #[wasm_bindgen(js_name = takeText)]
    fn take_text(text: &str);
}

#[wasm_bindgen]
pub fn hold_text(text: &str) {
    bench_common::hold_text(text);
}

#[wasm_bindgen]
pub fn text_digest(text: &str) -> u32 {
    bench_common::digest(text.as_bytes())
}

#[wasm_bindgen]
pub fn text_in(text: &str) -> u32 {
    bench_common::glance(text.as_bytes())
}

#[wasm_bindgen]
pub fn text_out() -> String {
    bench_common::text()
}

#[wasm_bindgen]
pub fn send_text(n: u32) {
    bench_common::with_text(|text| {
        for _ in 0..n {
            take_text(text);
        }
    });
}

#[wasm_bindgen]
pub fn send_constant(n: u32) {
    for _ in 0..n {
        take_text(bench_common::CONSTANT);
    }
}
