//! Every way for a guest to die.

use core::fmt;
use handwire::abi::Handle;
use handwire::export::{lift_borrowed, return_text};
use handwire::{JsFunction, JsType, JsValue, contract};
use heap::string::String;
use heap::vec::Vec;

contract! {
    "export panic_text(message: str)",
    r#"export panic_long(len: usize) "With a message of so many bytes.""#,
    "export panic_bare()",
    "export panic_unwrap(message: str)",
    "export panic_index(index: usize) -> u32",
    r#"export panic_fails() "The message's own code fails.""#,
    r#"export panic_twice() "The message's own code panics.""#,
    "export panic_trap()",
    "export panic_divide(by: i32) -> i32",
    r#"export panic_overflow(depth: u32) -> u32 "Recurses so deep.""#,
    r#"export panic_memory(size: usize) "Asks for so much memory, again and again.""#,
    "export alive() -> str",
}

#[unsafe(no_mangle)]
extern "C" fn panic_text(message: *const u8, len: usize) {
    panic!("{}", text!(message, len));
}

#[unsafe(no_mangle)]
extern "C" fn panic_long(len: usize) {
    panic!("{}", "0123456789".repeat(len / 10));
}

#[unsafe(no_mangle)]
extern "C" fn panic_bare() {
    panic!();
}

#[unsafe(no_mangle)]
extern "C" fn panic_unwrap(message: *const u8, len: usize) {
    // An answer that the compiler doesn't see through.
    core::hint::black_box(Err::<(), _>(String::from(text!(message, len)))).unwrap();
}

#[unsafe(no_mangle)]
#[allow(clippy::indexing_slicing, reason = "it is to panic")]
extern "C" fn panic_index(index: usize) -> u32 {
    [7, 8, 9][index]
}

struct Fails;

impl fmt::Display for Fails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half a mess")?;
        Err(fmt::Error)
    }
}

#[unsafe(no_mangle)]
extern "C" fn panic_fails() {
    panic!("{Fails}");
}

struct Panics;

impl fmt::Display for Panics {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("inner")
    }
}

#[unsafe(no_mangle)]
extern "C" fn panic_twice() {
    panic!("outer {Panics}");
}

#[unsafe(no_mangle)]
extern "C" fn panic_trap() {
    core::arch::wasm32::unreachable()
}

#[unsafe(no_mangle)]
extern "C" fn panic_divide(by: i32) -> i32 {
    1000 / by
}

#[unsafe(no_mangle)]
extern "C" fn panic_overflow(depth: u32) -> u32 {
    let room = core::hint::black_box([depth; 64]);
    if depth == 0 { 0 } else { panic_overflow(depth - 1) + room.len() as u32 / 64 }
}

#[unsafe(no_mangle)]
extern "C" fn panic_memory(size: usize) {
    loop {
        core::mem::forget(core::hint::black_box(Vec::<u8>::with_capacity(size)));
    }
}

#[unsafe(no_mangle)]
extern "C" fn alive() {
    return_text(String::from("yes"));
}

contract! {
    r#"export panic_drop(message: str) "In a destructor.""#,
    r#"export panic_drop_calls(function: &js) "A destructor calls a function.""#,
    r#"export panic_callback(function: &js) -> str "Calls a function, and whatever it does says that this went on.""#,
    r#"export panic_property(object: &js, name: str) -> str "The same with a property.""#,
    r#"export panic_class(value: &js) -> str "The same with a look at its class.""#,
}

struct Bomb<'a>(&'a str);

impl Drop for Bomb<'_> {
    fn drop(&mut self) {
        panic!("dropped {}", self.0);
    }
}

#[unsafe(no_mangle)]
extern "C" fn panic_drop(message: *const u8, len: usize) {
    drop(core::hint::black_box(Bomb(text!(message, len))));
}

struct Caller<'a>(&'a JsFunction);

impl Drop for Caller<'_> {
    fn drop(&mut self) {
        self.0.call(&JsValue::UNDEFINED, ()).expect("what the destructor called failed");
    }
}

#[unsafe(no_mangle)]
extern "C" fn panic_drop_calls(function: Handle) {
    let function = lift_borrowed(function);
    drop(Caller(JsFunction::unchecked_ref(&function)));
}

#[unsafe(no_mangle)]
extern "C" fn panic_callback(function: Handle) {
    let result = JsFunction::unchecked_ref(&lift_borrowed(function)).call_as::<()>(&JsValue::UNDEFINED, ());
    return_text(heap::format!("went on: {result:?}"));
}

#[unsafe(no_mangle)]
extern "C" fn panic_property(object: Handle, name: *const u8, name_len: usize) {
    let result = lift_borrowed(object).get_as::<()>(text!(name, name_len));
    return_text(heap::format!("went on: {result:?}"));
}

#[unsafe(no_mangle)]
extern "C" fn panic_class(value: Handle) {
    let result = lift_borrowed(value).is_error();
    return_text(heap::format!("went on: {result:?}"));
}
