//! The guest of the tests of closures and externals. Each module is a topic of `closures.test.js`.
#![no_std]

extern crate alloc;

mod external;
mod given;
mod kept;
mod lent;
mod received;
mod results;
mod variadic;
