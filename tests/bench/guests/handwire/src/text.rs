//! Text: as argument, as result, to a function of the embedder, which takes pointer and
//! length and asks the host for the text.

use handwire::{contract, export};

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    fn take_text(ptr: *const u8, len: usize);
}

contract! {
    "export hold_text(text: str)",
    "export text_digest(text: str) -> u32",
    "export text_in(text: str) -> u32",
    "export text_out() -> str",
    "export send_text(n: u32)",
    "export send_constant(n: u32)",
}

#[unsafe(no_mangle)]
extern "C" fn hold_text(text: *const u8, text_len: usize) {
    // SAFETY: the host gives a text that stays for the time of the call.
    bench_common::hold_text(unsafe { export::lift_text(text, text_len) });
}

#[unsafe(no_mangle)]
extern "C" fn text_digest(text: *const u8, text_len: usize) -> u32 {
    // SAFETY: as above.
    bench_common::digest(unsafe { export::lift_text(text, text_len) }.as_bytes())
}

#[unsafe(no_mangle)]
extern "C" fn text_in(text: *const u8, text_len: usize) -> u32 {
    // SAFETY: as above.
    bench_common::glance(unsafe { export::lift_text(text, text_len) }.as_bytes())
}

#[unsafe(no_mangle)]
extern "C" fn text_out() {
    export::return_text(bench_common::text());
}

#[unsafe(no_mangle)]
extern "C" fn send_text(n: u32) {
    bench_common::with_text(|text| {
        for _ in 0..n {
            send(text);
        }
    });
}

#[unsafe(no_mangle)]
extern "C" fn send_constant(n: u32) {
    for _ in 0..n {
        send(bench_common::CONSTANT);
    }
}

fn send(text: &str) {
    // SAFETY: pointer and length are those of a text.
    unsafe { take_text(text.as_ptr(), text.len()) }
}
