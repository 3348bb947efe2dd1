//! Exports of many types, called before each row is timed: a page that loads a host calls
//! more than one function of it, and the host's shared code has seen them all.

use handwire::{JsError, JsValue, export};

export! {
    fn warm_none() {}

    fn warm_bool(a: bool) -> bool {
        !a
    }

    fn warm_u8(a: u8) -> u8 {
        a.wrapping_mul(3)
    }

    fn warm_i16(a: i16) -> i16 {
        a.wrapping_mul(5)
    }

    fn warm_u32(a: u32) -> u32 {
        a.wrapping_mul(7)
    }

    fn warm_f64(a: f64) -> f64 {
        a * 2.0
    }

    fn warm_floats(a: f32, b: f64) -> f64 {
        f64::from(a) - b
    }

    fn warm_mixed(a: i32, b: f64, c: bool) -> f64 {
        if c { f64::from(a) + b } else { b }
    }

    fn warm_four(a: i32, b: u8, c: f64, d: bool) -> f64 {
        if d { f64::from(a) + f64::from(b) + c } else { c }
    }

    fn warm_char(a: char) -> char {
        a.to_ascii_uppercase()
    }

    fn warm_i64(a: i64) -> i64 {
        a.wrapping_mul(3)
    }

    fn warm_u64(a: u64, b: i32) -> u64 {
        a.wrapping_add(b as u64)
    }

    fn warm_text(a: &str) -> u32 {
        a.chars().count() as u32
    }

    fn warm_texts(a: &str, b: &str) -> String {
        [a, b].concat()
    }

    fn warm_text_number(a: &str, b: i32) -> String {
        a.repeat(b as usize)
    }

    fn warm_bytes(a: &[u8]) -> Vec<u8> {
        a.to_vec()
    }

    fn warm_ref(a: &JsValue) -> bool {
        a.truthy()
    }

    fn warm_ref_text(a: &JsValue, b: &str) -> JsValue {
        a.set("touched", 1).unwrap();
        a.get(b).unwrap()
    }

    fn warm_js(a: JsValue) -> JsValue {
        a.clone()
    }

    fn warm_result(a: i32) -> Result<i32, &'static str> {
        bench_common::half(a)
    }

    fn warm_result_text(a: &str) -> Result<String, &'static str> {
        if a.is_empty() { Err("empty") } else { Ok(a.to_uppercase()) }
    }

    fn warm_result_js(a: &JsValue) -> Result<JsValue, JsError> {
        a.get("child")
    }
}
