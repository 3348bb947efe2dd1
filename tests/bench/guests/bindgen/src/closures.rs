//! Closures: made and dropped, called by the page, lent for a call.

use std::hint::black_box;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};

#[wasm_bindgen(raw_module = "bench:user")]
extern "C" {
    #[wasm_bindgen(js_name = callWith)]
    fn call_with(f: &Closure<dyn FnMut(i32) -> i32>, x: i32) -> i32;
    #[wasm_bindgen(js_name = callWith)]
    fn call_lent(f: &mut dyn FnMut(i32) -> i32, x: i32) -> i32;
}

#[wasm_bindgen]
pub fn closure_given(by: i32) -> JsValue {
    Closure::<dyn FnMut(i32) -> i32>::new(move |x: i32| x.wrapping_add(by)).into_js_value()
}

#[wasm_bindgen]
pub fn closure_new(n: u32) -> u32 {
    for i in 0..n as i32 {
        let closure = Closure::<dyn FnMut(i32) -> i32>::new(move |x: i32| x.wrapping_add(i));
        black_box(closure.as_ref());
    }
    n
}

#[wasm_bindgen]
pub fn closure_called(n: u32) -> i32 {
    (0..n as i32).fold(0, |sum, i| call_with(&Closure::new(move |x: i32| x.wrapping_add(i)), sum))
}

#[wasm_bindgen]
pub fn closure_lent(n: u32) -> i32 {
    (0..n as i32).fold(0, |sum, i| call_lent(&mut |x| x.wrapping_add(i), sum))
}
