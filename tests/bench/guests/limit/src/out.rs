//! Results that are no number, and calls of the embedder's own functions.

use crate::shape::{Shape, shaped};
use bench_by_hand::{bytes, text};
use bench_common::Person;
use std::cell::{Cell, UnsafeCell};
use std::hint::black_box;

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    #[link_name = "add"]
    safe fn host_add(a: i32, b: i32) -> i32;
    #[link_name = "add_i64"]
    safe fn host_add_i64(a: i64, b: i64) -> i64;
    fn take_text(ptr: *const u8, len: usize, shape: Shape);
    /// Interns a constant; `take_constant` names it.
    fn constant(ptr: *const u8, len: usize) -> u32;
    safe fn take_constant(constant: u32);
    fn take_bytes(ptr: *const u8, len: usize);
    /// The glue throws this text when the export has returned.
    fn refuse(ptr: *const u8, len: usize);
}

thread_local! {
    static KEPT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

struct Out(UnsafeCell<[u32; 2]>);

// SAFETY: one thread is in this instance.
unsafe impl Sync for Out {}

static OUT: Out = Out(UnsafeCell::new([0; 2]));

/// Where address and length of the last text or bytes stand.
#[unsafe(no_mangle)]
pub extern "C" fn out() -> *const [u32; 2] {
    OUT.0.get()
}

pub fn write(ptr: *const u8, len: usize) {
    // SAFETY: one thread is in this instance, and no reference to it is kept.
    unsafe { *OUT.0.get() = [ptr as u32, len as u32] };
}

/// Gives bytes: address and length in `OUT`.
fn give(result: Vec<u8>) {
    write(result.as_ptr(), result.len());
    KEPT.set(result);
}

/// Gives a text: its shape is the result.
fn give_text(result: String) -> Shape {
    let (ptr, len, shape) = shaped(&result);
    write(ptr, len);
    KEPT.set(result.into_bytes());
    shape
}

#[unsafe(no_mangle)]
extern "C" fn text_out() -> Shape {
    give_text(bench_common::text())
}

#[unsafe(no_mangle)]
extern "C" fn bytes_out() {
    give(bench_common::bytes());
}

#[unsafe(no_mangle)]
extern "C" fn json_out() -> Shape {
    give_text(Person::first_as_json())
}

#[unsafe(no_mangle)]
extern "C" fn json_outs() -> Shape {
    give_text(Person::all_as_json())
}

#[unsafe(no_mangle)]
extern "C" fn warm_texts(a: *const u8, a_len: usize, b: *const u8, b_len: usize) -> Shape {
    // SAFETY: the glue has written both.
    give_text(unsafe { [text(a, a_len), text(b, b_len)] }.concat())
}

#[unsafe(no_mangle)]
extern "C" fn warm_text_number(a: *const u8, a_len: usize, b: i32) -> Shape {
    // SAFETY: the glue has written it.
    give_text(unsafe { text(a, a_len) }.repeat(b as usize))
}

#[unsafe(no_mangle)]
extern "C" fn warm_bytes(a: *const u8, a_len: usize) {
    // SAFETY: the glue has written them.
    give(unsafe { bytes(a, a_len) }.to_vec());
}

#[unsafe(no_mangle)]
extern "C" fn half(number: i32) -> i32 {
    bench_common::half(number).unwrap_or_else(|text| {
        // SAFETY: pointer and length are those of a text.
        unsafe { refuse(text.as_ptr(), text.len()) };
        0
    })
}

#[unsafe(no_mangle)]
extern "C" fn warm_result(number: i32) -> i32 {
    half(number)
}

#[unsafe(no_mangle)]
extern "C" fn warm_result_text(a: *const u8, a_len: usize) -> Shape {
    // SAFETY: the glue has written it.
    let a = unsafe { text(a, a_len) };
    if a.is_empty() {
        // SAFETY: pointer and length are those of a text.
        unsafe { refuse("empty".as_ptr(), 5) };
    }
    give_text(a.to_uppercase())
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
            // Each text is a new one as far as its shape goes.
            let (ptr, len, shape) = shaped(black_box(text));
            // SAFETY: they are those of a text.
            unsafe { take_text(ptr, len, shape) }
        }
    });
}

#[unsafe(no_mangle)]
extern "C" fn send_constant(n: u32) {
    let text = bench_common::CONSTANT;
    // SAFETY: pointer and length are those of a text.
    let constant = unsafe { constant(text.as_ptr(), text.len()) };
    for _ in 0..n {
        take_constant(constant);
    }
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
