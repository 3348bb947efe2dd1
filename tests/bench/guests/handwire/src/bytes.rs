//! Bytes: as argument, as result, to a function of the embedder. That one looks at them where
//! they lie, as in the other columns: so it is a function of plain numbers, since a typed import
//! gives a copy, which may be kept.

use handwire::export;

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn take_bytes(ptr: *const u8, len: usize);
}

export! {
    fn hold_bytes(bytes: &[u8]) {
        bench_common::hold_bytes(bytes);
    }

    fn bytes_digest(bytes: &[u8]) -> u32 {
        bench_common::digest(bytes)
    }

    fn bytes_in(bytes: &[u8]) -> u32 {
        bench_common::glance(bytes)
    }

    fn bytes_out() -> Vec<u8> {
        bench_common::bytes()
    }

    fn send_bytes(n: u32) {
        bench_common::with_bytes(|bytes| {
            for _ in 0..n {
                // SAFETY: pointer and length are those of a slice.
                unsafe { take_bytes(bytes.as_ptr(), bytes.len()) }
            }
        });
    }
}
