//! The guest of the tests of names, scopes and batches: what makes many crossings few.
#![no_std]

extern crate alloc;

mod batches;
mod names;
mod scopes;
