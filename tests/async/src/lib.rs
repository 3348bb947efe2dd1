//! The guest of the async tests.
#![no_std]

extern crate alloc;

mod calls;
mod closures;
mod instances;
mod net;
mod stores;
mod streams;
mod tasks;
mod typed_streams;
mod waits;
