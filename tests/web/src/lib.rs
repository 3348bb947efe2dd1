//! The guest of the tests of handwire-web: each part of the platform, used as an app would, with
//! what came of it.
#![no_std]

extern crate alloc;

mod basics;
mod calling;
mod page;
mod waiting;
