//! The column `wasm-bindgen`: what its user writes, in its default mode.

mod bytes;
mod classes;
mod closures;
mod errors;
mod futures;
mod handles;
mod json;
mod numbers;
mod structs;
mod text;
mod warm;
