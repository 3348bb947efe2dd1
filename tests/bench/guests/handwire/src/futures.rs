//! Rows i: async functions.

use handwire::{JsError, JsPromise, export};

export! {
    async fn awaited(promise: JsPromise) -> Result<f64, JsError> {
        promise.await?.as_f64().ok_or_else(|| "no number".into())
    }
}
