//! The column `sledgehammer`: what its user writes, for the rows of batches only. Its
//! operations are JavaScript of their own, on objects that its channel keeps.

use js_sys::Reflect;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[sledgehammer_bindgen::bindgen]
mod js {
    struct Channel;

    fn set_label(object: u8, text: &str) {
        "this.objects[$object$].label=$text$;"
    }

    fn call_text(text: &str) {
        "this.take($text$);"
    }
}

#[wasm_bindgen]
pub fn hold_text(text: &str) {
    bench_common::hold_text(text);
}

#[wasm_bindgen]
pub fn set_labels(objects: JsValue, n: u32) -> u32 {
    let mut channel = Channel::default();
    Reflect::set(channel.js_channel(), &"objects".into(), &objects).unwrap();
    bench_common::with_text(|text| {
        for _ in 0..n {
            for i in 0..1000 {
                channel.set_label((i & 7) as u8, text);
            }
            channel.flush();
        }
    });
    n
}

#[wasm_bindgen]
pub fn call_texts(function: JsValue, n: u32) -> u32 {
    let mut channel = Channel::default();
    Reflect::set(channel.js_channel(), &"take".into(), &function).unwrap();
    bench_common::with_text(|text| {
        for _ in 0..n {
            for _ in 0..1000 {
                channel.call_text(text);
            }
            channel.flush();
        }
    });
    n
}
