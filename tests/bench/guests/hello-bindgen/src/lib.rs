//! The smallest useful guest, for the rows `m`.

use wasm_bindgen::prelude::wasm_bindgen;

/// Greets by name.
#[wasm_bindgen]
pub fn greet(name: &str) -> String {
    format!("Hello, {name}!")
}
