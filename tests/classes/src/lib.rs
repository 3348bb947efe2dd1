//! The guest of the class tests.
#![no_std]

extern crate alloc;

mod counter;
mod nest;
mod node;
mod opaque;
mod positions;
mod types;

handwire::export! {
    /// How many values of this guest the host holds.
    fn held() -> usize {
        handwire::live_values()
    }
}
