//! Bytes: as argument, as result, to a function of the embedder, which looks at them where
//! they lie.

use handwire::{contract, export};

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn take_bytes(ptr: *const u8, len: usize);
}

contract! {
    "export hold_bytes(bytes: bytes)",
    "export bytes_digest(bytes: bytes) -> u32",
    "export bytes_in(bytes: bytes) -> u32",
    "export bytes_out() -> bytes",
    "export send_bytes(n: u32)",
}

#[unsafe(no_mangle)]
extern "C" fn hold_bytes(bytes: *const u8, bytes_len: usize) {
    // SAFETY: the host gives bytes that stay for the time of the call.
    bench_common::hold_bytes(unsafe { export::lift_bytes(bytes, bytes_len) });
}

#[unsafe(no_mangle)]
extern "C" fn bytes_digest(bytes: *const u8, bytes_len: usize) -> u32 {
    // SAFETY: as above.
    bench_common::digest(unsafe { export::lift_bytes(bytes, bytes_len) })
}

#[unsafe(no_mangle)]
extern "C" fn bytes_in(bytes: *const u8, bytes_len: usize) -> u32 {
    // SAFETY: as above.
    bench_common::glance(unsafe { export::lift_bytes(bytes, bytes_len) })
}

#[unsafe(no_mangle)]
extern "C" fn bytes_out() {
    export::return_bytes(bench_common::bytes());
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
