//! What stands for the user's own code: the same in every column, so that the columns
//! differ only in how a call gets there and back.

mod lock;
mod person;

pub use lock::Lock;
pub use person::{Address, Person};
use std::cell::RefCell;

thread_local! {
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a text, for what returns or sends one.
pub fn hold_text(text: &str) {
    TEXT.with_borrow_mut(|held| *held = text.into());
}

/// The kept text, made anew, as a function does that computes one.
pub fn text() -> String {
    TEXT.with_borrow(String::clone)
}

/// A look at the kept text.
pub fn with_text<R>(run: impl FnOnce(&str) -> R) -> R {
    TEXT.with_borrow(|text| run(text))
}

/// Keeps bytes, for what returns or sends some.
pub fn hold_bytes(bytes: &[u8]) {
    BYTES.with_borrow_mut(|held| *held = bytes.into());
}

/// The kept bytes, made anew.
pub fn bytes() -> Vec<u8> {
    BYTES.with_borrow(Vec::clone)
}

/// A look at the kept bytes.
pub fn with_bytes<R>(run: impl FnOnce(&[u8]) -> R) -> R {
    BYTES.with_borrow(|bytes| run(bytes))
}

/// What an export does with text or bytes while it is timed: little, whatever the length.
pub fn glance(bytes: &[u8]) -> u32 {
    match bytes {
        [first, .., last] => bytes.len() as u32 ^ u32::from(*first) << 8 ^ u32::from(*last) << 16,
        _ => bytes.len() as u32,
    }
}

/// Every byte counts: for the check before the timing.
pub fn digest(bytes: &[u8]) -> u32 {
    bytes.iter().fold(bytes.len() as u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The constant that crosses in row `e.const`.
pub const CONSTANT: &str = "changed";

/// What the failing export says.
pub const REFUSAL: &str = "the number is odd";

/// Half of an even number.
///
/// # Errors
///
/// [`REFUSAL`] for an odd one.
pub fn half(number: i32) -> Result<i32, &'static str> {
    if number & 1 == 0 { Ok(number >> 1) } else { Err(REFUSAL) }
}
