//! Exports of many types, called before each row is timed.

use js_sys::Reflect;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

#[wasm_bindgen]
pub fn warm_none() {}

#[wasm_bindgen]
pub fn warm_bool(a: bool) -> bool {
    !a
}

#[wasm_bindgen]
pub fn warm_u8(a: u8) -> u8 {
    a.wrapping_mul(3)
}

#[wasm_bindgen]
pub fn warm_i16(a: i16) -> i16 {
    a.wrapping_mul(5)
}

#[wasm_bindgen]
pub fn warm_u32(a: u32) -> u32 {
    a.wrapping_mul(7)
}

#[wasm_bindgen]
pub fn warm_f64(a: f64) -> f64 {
    a * 2.0
}

#[wasm_bindgen]
pub fn warm_floats(a: f32, b: f64) -> f64 {
    f64::from(a) - b
}

#[wasm_bindgen]
pub fn warm_mixed(a: i32, b: f64, c: bool) -> f64 {
    if c { f64::from(a) + b } else { b }
}

#[wasm_bindgen]
pub fn warm_four(a: i32, b: u8, c: f64, d: bool) -> f64 {
    if d { f64::from(a) + f64::from(b) + c } else { c }
}

#[wasm_bindgen]
pub fn warm_char(a: char) -> char {
    a.to_ascii_uppercase()
}

#[wasm_bindgen]
pub fn warm_i64(a: i64) -> i64 {
    a.wrapping_mul(3)
}

#[wasm_bindgen]
pub fn warm_u64(a: u64, b: i32) -> u64 {
    a.wrapping_add(b as u64)
}

#[wasm_bindgen]
pub fn warm_text(a: &str) -> u32 {
    a.chars().count() as u32
}

#[wasm_bindgen]
pub fn warm_texts(a: &str, b: &str) -> String {
    [a, b].concat()
}

#[wasm_bindgen]
pub fn warm_text_number(a: &str, b: i32) -> String {
    a.repeat(b as usize)
}

#[wasm_bindgen]
pub fn warm_bytes(a: &[u8]) -> Vec<u8> {
    a.to_vec()
}

#[wasm_bindgen]
pub fn warm_ref(a: &JsValue) -> bool {
    a.is_truthy()
}

#[wasm_bindgen]
pub fn warm_ref_text(a: &JsValue, b: &str) -> JsValue {
    Reflect::set(a, &"touched".into(), &1.into()).unwrap();
    Reflect::get(a, &b.into()).unwrap()
}

#[wasm_bindgen]
#[allow(clippy::redundant_clone, reason = "the clone is what is to cross")]
pub fn warm_js(a: JsValue) -> JsValue {
    a.clone()
}

#[wasm_bindgen]
pub fn warm_result(a: i32) -> Result<i32, JsError> {
    bench_common::half(a).map_err(JsError::new)
}

#[wasm_bindgen]
pub fn warm_result_text(a: &str) -> Result<String, JsError> {
    if a.is_empty() { Err(JsError::new("empty")) } else { Ok(a.to_uppercase()) }
}

#[wasm_bindgen]
pub fn warm_result_js(a: &JsValue) -> Result<JsValue, JsValue> {
    Reflect::get(a, &"child".into())
}
