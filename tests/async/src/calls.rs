//! Async exports and imports, of many types.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsPromise, JsValue, export, import};

export! {
    /// Twice what a promise gives.
    async fn twice(promise: JsPromise) -> Result<f64, JsError> {
        promise.await?.as_f64().map(|n| n * 2.0).ok_or_else(|| JsError::new("no number"))
    }

    async fn ready(n: f64) -> f64 {
        n + 1.0
    }

    async fn nothing() {}

    /// Parameters that the function changes.
    fn changed(mut n: u32, text: &str, mut list: Vec<f64>) -> Vec<f64> {
        n += text.len() as u32;
        list.push(n.into());
        list
    }

    async fn changed_later(wait: JsPromise, mut text: String, mut n: u32,) -> Result<String, JsError> {
        wait.await?;
        n += 1;
        text.push_str(&alloc::format!("{n}"));
        Ok(text)
    }

    async fn joined(a: &str, b: Option<&str>, c: Vec<String>, d: &[f64], e: &JsValue, wait: &JsPromise) -> Result<String, JsError> {
        wait.await?;
        let d: f64 = d.iter().sum();
        Ok(alloc::format!("{a} {b:?} {c:?} {d} {:?}", e))
    }

    async fn ask(question: &str) -> Result<String, JsError> {
        app::ask(question).await
    }
    async fn inline(n: f64) -> Result<f64, JsError> {
        later(n).await
    }
}

import! {
    mod app {
        async fn ask(question: &str) -> Result<String, JsError>;
        fn sync(a: f64) -> f64;
    }
    async fn later(n: f64) -> Result<f64, JsError> = "Promise.resolve($1 * 2)";
}
