//! hello: a text comes in, a text goes out, and what can't be answered is an error with its
//! message. In the page it is `exports.greet("Ada")`: a function that returns a string or
//! throws an `Error`.
//!
//! It is also the measure of how little that takes. Joining texts does without `format!`,
//! because the machinery of `core::fmt` is larger than the rest of this guest.
#![no_std]

extern crate alloc;

use alloc::string::String;
use handwire::{contract, export};

contract!(r#"export greet(name: str) -> result<str> "Greets by name; fails for a name with nothing in it.""#);

/// The shim: lifts the argument, calls [`greeting`], lowers its result.
#[unsafe(no_mangle)]
extern "C" fn greet(name: *const u8, name_len: usize) -> i32 {
    // SAFETY: the host gives a text that stays for the time of the call.
    let name = unsafe { export::lift_text(name, name_len) };
    export::return_result(greeting(name))
}

fn greeting(name: &str) -> Result<String, &'static str> {
    if name.bytes().all(|byte| byte == b' ') {
        return Err("a greeting needs a name");
    }
    let mut greeting = String::from("Hello, ");
    greeting.push_str(name);
    greeting.push('!');
    Ok(greeting)
}
