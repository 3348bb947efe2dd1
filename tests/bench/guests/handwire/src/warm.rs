//! Exports of many types, called before each row is timed: a page that loads a host calls
//! more than one function of it, and the host's shared code has seen them all.

use handwire::abi::{Handle, OwnedHandle};
use handwire::{JsValue, contract, export};

contract! {
    "export warm_none()",
    "export warm_bool(a: bool) -> bool",
    "export warm_u8(a: u8) -> u8",
    "export warm_i16(a: i16) -> i16",
    "export warm_u32(a: u32) -> u32",
    "export warm_f64(a: f64) -> f64",
    "export warm_floats(a: f32, b: f64) -> f64",
    "export warm_mixed(a: i32, b: f64, c: bool) -> f64",
    "export warm_four(a: i32, b: u8, c: f64, d: bool) -> f64",
    "export warm_char(a: char) -> char",
    "export warm_i64(a: i64) -> i64",
    "export warm_u64(a: u64, b: i32) -> u64",
    "export warm_text(a: str) -> u32",
    "export warm_texts(a: str, b: str) -> str",
    "export warm_text_number(a: str, b: i32) -> str",
    "export warm_bytes(a: bytes) -> bytes",
    "export warm_ref(a: &js) -> bool",
    "export warm_ref_text(a: &js, b: str) -> js",
    "export warm_js(a: js) -> js",
    "export warm_result(a: i32) -> result<i32>",
    "export warm_result_text(a: str) -> result<str>",
    "export warm_result_js(a: &js) -> result<js>",
}

#[unsafe(no_mangle)]
extern "C" fn warm_none() {}

#[unsafe(no_mangle)]
extern "C" fn warm_bool(a: u32) -> u32 {
    u32::from(!export::lift_bool(a))
}

#[unsafe(no_mangle)]
extern "C" fn warm_u8(a: u32) -> u32 {
    u32::from((a as u8).wrapping_mul(3))
}

#[unsafe(no_mangle)]
extern "C" fn warm_i16(a: i32) -> i32 {
    i32::from((a as i16).wrapping_mul(5))
}

#[unsafe(no_mangle)]
extern "C" fn warm_u32(a: u32) -> u32 {
    a.wrapping_mul(7)
}

#[unsafe(no_mangle)]
extern "C" fn warm_f64(a: f64) -> f64 {
    a * 2.0
}

#[unsafe(no_mangle)]
extern "C" fn warm_floats(a: f32, b: f64) -> f64 {
    f64::from(a) - b
}

#[unsafe(no_mangle)]
extern "C" fn warm_mixed(a: i32, b: f64, c: u32) -> f64 {
    if export::lift_bool(c) { f64::from(a) + b } else { b }
}

#[unsafe(no_mangle)]
extern "C" fn warm_four(a: i32, b: u32, c: f64, d: u32) -> f64 {
    if export::lift_bool(d) { f64::from(a) + f64::from(b) + c } else { c }
}

#[unsafe(no_mangle)]
extern "C" fn warm_char(a: u32) -> u32 {
    export::lift_char(a).to_ascii_uppercase().into()
}

#[unsafe(no_mangle)]
extern "C" fn warm_i64(a: i64) -> i64 {
    a.wrapping_mul(3)
}

#[unsafe(no_mangle)]
extern "C" fn warm_u64(a: u64, b: i32) -> u64 {
    a.wrapping_add(b as u64)
}

#[unsafe(no_mangle)]
extern "C" fn warm_text(a: *const u8, a_len: usize) -> u32 {
    // SAFETY: the host gives a text that stays for the time of the call.
    unsafe { export::lift_text(a, a_len) }.chars().count() as u32
}

#[unsafe(no_mangle)]
extern "C" fn warm_texts(a: *const u8, a_len: usize, b: *const u8, b_len: usize) {
    // SAFETY: as above.
    let (a, b) = unsafe { (export::lift_text(a, a_len), export::lift_text(b, b_len)) };
    export::return_text([a, b].concat());
}

#[unsafe(no_mangle)]
extern "C" fn warm_text_number(a: *const u8, a_len: usize, b: i32) {
    // SAFETY: as above.
    export::return_text(unsafe { export::lift_text(a, a_len) }.repeat(b as usize));
}

#[unsafe(no_mangle)]
extern "C" fn warm_bytes(a: *const u8, a_len: usize) {
    // SAFETY: the host gives bytes that stay for the time of the call.
    export::return_bytes(unsafe { export::lift_bytes(a, a_len) }.to_vec());
}

#[unsafe(no_mangle)]
extern "C" fn warm_ref(a: Handle) -> u32 {
    u32::from(export::lift_borrowed(a).truthy())
}

#[unsafe(no_mangle)]
extern "C" fn warm_ref_text(a: Handle, b: *const u8, b_len: usize) -> OwnedHandle {
    // SAFETY: as above.
    let key = unsafe { export::lift_text(b, b_len) };
    let object = export::lift_borrowed(a);
    object.set("touched", 1).unwrap();
    object.get(key).unwrap().into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn warm_js(a: OwnedHandle) -> OwnedHandle {
    let a = export::lift_owned(a);
    JsValue::clone(&a).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn warm_result(a: i32) -> i32 {
    export::return_result(bench_common::half(a))
}

#[unsafe(no_mangle)]
extern "C" fn warm_result_text(a: *const u8, a_len: usize) -> i32 {
    // SAFETY: as above.
    let text = unsafe { export::lift_text(a, a_len) };
    export::return_result(if text.is_empty() { Err("empty") } else { Ok(text.to_uppercase()) })
}

#[unsafe(no_mangle)]
extern "C" fn warm_result_js(a: Handle) -> i32 {
    export::return_result(export::lift_borrowed(a).get("child"))
}
