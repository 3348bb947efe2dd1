//! Numbers, each way.

use std::hint::black_box;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(raw_module = "bench:user")]
extern "C" {
    #[wasm_bindgen(js_name = add)]
    fn host_add(a: i32, b: i32) -> i32;
    #[wasm_bindgen(js_name = addI64)]
    fn host_add_i64(a: i64, b: i64) -> i64;
}

#[wasm_bindgen]
pub fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[wasm_bindgen]
pub fn add_i64(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

#[wasm_bindgen]
pub fn add_u64(a: u64, b: u64) -> u64 {
    a.wrapping_add(b)
}

#[wasm_bindgen]
pub fn call_add(n: u32) -> i32 {
    (0..n as i32).fold(0, |sum, i| host_add(sum, black_box(i)))
}

#[wasm_bindgen]
pub fn call_add_i64(n: u32) -> i64 {
    (0..i64::from(n)).fold(0, |sum, i| host_add_i64(sum, black_box(i)))
}
