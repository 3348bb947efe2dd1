//! Requests over the network, by inline code.

use handwire::task::AbortOnDrop;
use handwire::{JsError, JsPromise, JsValue, export, import};

import! {
    async fn fetch(url: &str) -> Result<JsValue, JsError> = "fetch($1, { signal: $signal })";
    async fn fetch_with(url: &str, signal: &JsValue) -> Result<JsValue, JsError> = "fetch($1, { signal: $2 })";
    async fn fetch_arrow(url: &str) -> Result<JsValue, JsError> = "(url, { signal }) => fetch(url, { signal })";
}

export! {
    /// How many bytes a body has.
    async fn size(url: &str) -> Result<f64, JsError> {
        let response = fetch(url).await?;
        let body: JsPromise = response.call_as("arrayBuffer", ())?;
        body.await?.get_as("byteLength")
    }

    /// The same under one signal for request and body.
    async fn size_whole(url: &str) -> Result<f64, JsError> {
        AbortOnDrop::new(|signal| async move {
            let response = fetch_with(url, &signal).await?;
            let body: JsPromise = response.call_as("arrayBuffer", ())?;
            body.await?.get_as("byteLength")
        })?
        .await
    }

    /// The status.
    async fn status(url: &str) -> Result<f64, JsError> {
        fetch_arrow(url).await?.get_as("status")
    }
}
