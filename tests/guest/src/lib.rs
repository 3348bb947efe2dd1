//! The guest of the tests: thin exports over everything that the safe layer offers, one
//! module a topic. What each must do stands in the test of the same name.
#![no_std]

// Under this name because `alloc` is the module about the allocator.
extern crate alloc as heap;

/// The text of an argument `str`, whose two wires are named.
macro_rules! text {
    ($ptr:ident, $len:ident) => {
        // SAFETY: the host gives a text that stays for the time of the call.
        unsafe { handwire::export::lift_text($ptr, $len) }
    };
}

/// The bytes of an argument `bytes`, whose two wires are named.
macro_rules! bytes {
    ($ptr:ident, $len:ident) => {
        // SAFETY: the host gives bytes that stay for the time of the call.
        unsafe { handwire::export::lift_bytes($ptr, $len) }
    };
}

mod all;
mod alloc;
mod arrays;
mod bigints;
mod casts;
mod convert;
mod dates;
mod errors;
mod exports;
mod functions;
mod json;
mod kept;
mod leaks;
mod objects;
mod panics;
mod strings;
mod symbols;
mod typed_arrays;
mod values;
