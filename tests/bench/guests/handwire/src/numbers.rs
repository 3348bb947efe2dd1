//! Numbers, each way.

use handwire::contract;
use std::hint::black_box;

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    #[link_name = "add"]
    safe fn host_add(a: i32, b: i32) -> i32;
    #[link_name = "add_i64"]
    safe fn host_add_i64(a: i64, b: i64) -> i64;
}

contract! {
    "export add(a: i32, b: i32) -> i32",
    "export add_i64(a: i64, b: i64) -> i64",
    "export add_u64(a: u64, b: u64) -> u64",
    "export call_add(n: u32) -> i32",
    "export call_add_i64(n: u32) -> i64",
}

#[unsafe(no_mangle)]
extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
extern "C" fn add_i64(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
extern "C" fn add_u64(a: u64, b: u64) -> u64 {
    a.wrapping_add(b)
}

#[unsafe(no_mangle)]
extern "C" fn call_add(n: u32) -> i32 {
    (0..n as i32).fold(0, |sum, i| host_add(sum, black_box(i)))
}

#[unsafe(no_mangle)]
extern "C" fn call_add_i64(n: u32) -> i64 {
    (0..i64::from(n)).fold(0, |sum, i| host_add_i64(sum, black_box(i)))
}
