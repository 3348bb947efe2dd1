//! Calls of the embedder's own functions, which take plain numbers.

use handwire_abi as abi;
use std::hint::black_box;

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    #[link_name = "add"]
    safe fn host_add(a: i32, b: i32) -> i32;
    #[link_name = "add_i64"]
    safe fn host_add_i64(a: i64, b: i64) -> i64;
    fn take_text(ptr: *const u8, len: usize);
    safe fn take_value(text: abi::Handle);
    fn take_bytes(ptr: *const u8, len: usize);
}

#[unsafe(no_mangle)]
extern "C" fn call_add(n: u32) -> i32 {
    (0..n as i32).fold(0, |sum, i| host_add(sum, black_box(i)))
}

#[unsafe(no_mangle)]
extern "C" fn call_add_i64(n: u32) -> i64 {
    (0..i64::from(n)).fold(0, |sum, i| host_add_i64(sum, black_box(i)))
}

#[unsafe(no_mangle)]
extern "C" fn send_text(n: u32) {
    bench_common::with_text(|text| {
        for _ in 0..n {
            // SAFETY: pointer and length are those of a text.
            unsafe { take_text(text.as_ptr(), text.len()) }
        }
    });
}

/// The constant becomes a string of the host once; its handle crosses.
#[unsafe(no_mangle)]
extern "C" fn send_constant(n: u32) {
    let text = bench_common::CONSTANT;
    // SAFETY: pointer and length are those of a text.
    let text = unsafe { abi::string_from_utf8(text.as_ptr(), text.len()) };
    for _ in 0..n {
        take_value(text.borrow());
    }
    abi::handle_release(text.borrow());
}

#[unsafe(no_mangle)]
extern "C" fn send_bytes(n: u32) {
    bench_common::with_bytes(|bytes| {
        for _ in 0..n {
            // SAFETY: pointer and length are those of a slice.
            unsafe { take_bytes(bytes.as_ptr(), bytes.len()) }
        }
    });
}
