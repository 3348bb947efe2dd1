//! Errors, each way. The functions that may throw are catching imports, so the one that a
//! row passes is left aside.

use std::hint::black_box;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

#[wasm_bindgen(raw_module = "bench:user")]
extern "C" {
    #[wasm_bindgen(catch, js_name = attemptOk)]
    fn attempt_ok(number: i32) -> Result<i32, JsValue>;
    #[wasm_bindgen(catch, js_name = attemptReady)]
    fn attempt_ready(number: i32) -> Result<i32, JsValue>;
    #[wasm_bindgen(catch, js_name = attemptNew)]
    fn attempt_new(number: i32) -> Result<i32, JsValue>;
}

#[wasm_bindgen]
pub fn half(number: i32) -> Result<i32, JsError> {
    bench_common::half(number).map_err(JsError::new)
}

#[wasm_bindgen]
pub fn try_ok(_function: &JsValue, n: u32) -> f64 {
    attempt(attempt_ok, n)
}

#[wasm_bindgen]
pub fn try_ready(_function: &JsValue, n: u32) -> f64 {
    attempt(attempt_ready, n)
}

#[wasm_bindgen]
pub fn try_new(_function: &JsValue, n: u32) -> f64 {
    attempt(attempt_new, n)
}

/// The sum of what comes back, and 1 for each error.
#[inline(always)]
fn attempt(function: impl Fn(i32) -> Result<i32, JsValue>, n: u32) -> f64 {
    let call = |i| match function(i) {
        Ok(number) => f64::from(number),
        Err(error) => {
            black_box(&error);
            1.0
        }
    };
    (0..n as i32).map(call).sum()
}
