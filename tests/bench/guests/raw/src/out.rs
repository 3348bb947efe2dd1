//! Results that are no number: the address and length of the last one stand in `OUT`, and it
//! stays until the next.

use bench_by_hand::{bytes, text};
use bench_common::Person;
use std::cell::{Cell, UnsafeCell};

thread_local! {
    static KEPT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

struct Out(UnsafeCell<[u32; 2]>);

// SAFETY: one thread is in this instance.
unsafe impl Sync for Out {}

static OUT: Out = Out(UnsafeCell::new([0; 2]));

/// Where address and length stand, or a number.
#[unsafe(no_mangle)]
pub extern "C" fn out() -> *const [u32; 2] {
    OUT.0.get()
}

fn write(out: [u32; 2]) {
    // SAFETY: one thread is in this instance, and no reference to it is kept.
    unsafe { *OUT.0.get() = out };
}

fn give(result: Vec<u8>) {
    write([result.as_ptr() as u32, result.len() as u32]);
    KEPT.set(result);
}

#[unsafe(no_mangle)]
extern "C" fn text_out() {
    give(bench_common::text().into_bytes());
}

#[unsafe(no_mangle)]
extern "C" fn bytes_out() {
    give(bench_common::bytes());
}

#[unsafe(no_mangle)]
extern "C" fn json_out() {
    give(Person::first_as_json().into_bytes());
}

#[unsafe(no_mangle)]
extern "C" fn json_outs() {
    give(Person::all_as_json().into_bytes());
}

#[unsafe(no_mangle)]
extern "C" fn warm_texts(a: *const u8, a_len: usize, b: *const u8, b_len: usize) {
    // SAFETY: the glue has written both.
    give(unsafe { [text(a, a_len), text(b, b_len)] }.concat().into_bytes());
}

#[unsafe(no_mangle)]
extern "C" fn warm_text_number(a: *const u8, a_len: usize, b: i32) {
    // SAFETY: the glue has written it.
    give(unsafe { text(a, a_len) }.repeat(b as usize).into_bytes());
}

#[unsafe(no_mangle)]
extern "C" fn warm_bytes(a: *const u8, a_len: usize) {
    // SAFETY: the glue has written them.
    give(unsafe { bytes(a, a_len) }.to_vec());
}

/// 0 and a number in `OUT`, or 1 and a text.
#[unsafe(no_mangle)]
extern "C" fn half(number: i32) -> i32 {
    match bench_common::half(number) {
        Ok(half) => {
            write([half as u32, 0]);
            0
        }
        Err(text) => {
            write([text.as_ptr() as u32, text.len() as u32]);
            1
        }
    }
}

#[unsafe(no_mangle)]
extern "C" fn warm_result(number: i32) -> i32 {
    half(number)
}

/// 0 and a text in `OUT`, or 1 and another.
#[unsafe(no_mangle)]
extern "C" fn warm_result_text(a: *const u8, a_len: usize) -> i32 {
    // SAFETY: the glue has written it.
    let a = unsafe { text(a, a_len) };
    give(if a.is_empty() { "empty".into() } else { a.to_uppercase().into_bytes() });
    i32::from(a.is_empty())
}
