//! hello: a text comes in, a text goes out, and what can't be answered is an error with its
//! message. In the page it is `exports.greet("Ada")`: a function that returns a string or
//! throws an `Error`.
//!
//! It is also the measure of how little that takes. Joining texts does without `format!`,
//! because the machinery of `core::fmt` is larger than the rest of this guest; for the same
//! reason its panics trap without a word.
#![no_std]

extern crate alloc;

use alloc::string::String;

handwire::export! {
    /// Greets by name; fails for a name with nothing in it.
    fn greet(name: &str) -> Result<String, &'static str> {
        if name.bytes().all(|byte| byte == b' ') {
            return Err("a greeting needs a name");
        }
        let mut greeting = String::from("Hello, ");
        greeting.push_str(name);
        greeting.push('!');
        Ok(greeting)
    }
}
