//! The smallest useful guest, for the rows `m`: without std, as small guests are.
#![no_std]

extern crate alloc;

use alloc::format;
use handwire::{contract, export};

contract!(r#"export greet(name: str) -> str "Greets by name.""#);

#[unsafe(no_mangle)]
extern "C" fn greet(name: *const u8, name_len: usize) {
    // SAFETY: the host gives a text that stays for the time of the call.
    let name = unsafe { export::lift_text(name, name_len) };
    export::return_text(format!("Hello, {name}!"));
}
