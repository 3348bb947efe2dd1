//! The smallest useful guest, for the rows `m`: without std, as small guests are.
#![no_std]

extern crate alloc;

use alloc::format;
use alloc::string::String;

handwire::export! {
    /// Greets by name.
    fn greet(name: &str) -> String {
        format!("Hello, {name}!")
    }
}
