//! Rows i: async functions.

use handwire::{JsError, JsPromise, export};

export! {
    async fn awaited(promise: JsPromise) -> Result<f64, JsError> {
        promise.value_as().await
    }
}
