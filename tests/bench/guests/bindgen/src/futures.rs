//! Rows i: async functions.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
pub async fn awaited(promise: Promise) -> Result<f64, JsValue> {
    JsFuture::from(promise).await?.as_f64().ok_or_else(|| "no number".into())
}
