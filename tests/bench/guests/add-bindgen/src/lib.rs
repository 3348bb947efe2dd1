//! A sum, for the table of sizes.

use wasm_bindgen::prelude::wasm_bindgen;

/// The sum, modulo 2^32.
#[wasm_bindgen]
pub fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}
