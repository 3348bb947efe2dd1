//! A class.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub struct Counter(i32);

#[wasm_bindgen]
impl Counter {
    #[wasm_bindgen(constructor)]
    pub fn new(start: i32) -> Counter {
        Counter(start)
    }

    pub fn add(&mut self, by: i32) -> i32 {
        self.0 = self.0.wrapping_add(by);
        self.0
    }

    pub fn set(&mut self, count: i32) {
        self.0 = count;
    }

    #[wasm_bindgen(getter)]
    pub fn count(&self) -> i32 {
        self.0
    }

    pub fn measure(&self, text: &str) -> u32 {
        self.0 as u32 + text.len() as u32
    }
}

#[wasm_bindgen]
pub fn counted(counter: &Counter) -> i32 {
    counter.0
}
