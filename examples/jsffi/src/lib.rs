//! jsffi: JavaScript from Rust and Rust from JavaScript, one step after the other, in the
//! order of the JSFFI chapter of Asterius, the Haskell compiler whose interface to JavaScript
//! was the first of this kind.
//!
//! | file | what it shows |
//! |---|---|
//! | `values` | numbers, booleans, characters, integers of 64 bits, records and enums |
//! | `family` | values that stay the host's: any, of a known class, and types of one's own |
//! | `marshal` | text, bytes and lists, copied both ways |
//! | `imports` | functions of the embedder, inline JavaScript, third-party code in `extras` |
//! | `errors` | exceptions as values, in both directions |
//! | `functions` | exports as functions of JavaScript, and the way back |
//!
//! What is declared here is all there is: no generated code on either side.
#![no_std]

extern crate alloc;

mod errors;
mod family;
mod functions;
mod imports;
mod marshal;
mod values;
