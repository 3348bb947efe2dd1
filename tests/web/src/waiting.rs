//! What waits.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;
use futures_util::TryStreamExt;
use handwire::{JsError, export};
use handwire_web::fetch::{self, Request};
use handwire_web::{frame, sleep, time};

export! {
    async fn nap(ms: f64) -> f64 {
        let start = time::now();
        sleep(Duration::from_secs_f64(ms / 1000.0)).await;
        time::now() - start
    }

    /// Longer than any timer of the platform runs.
    async fn forever() {
        sleep(Duration::MAX).await;
    }

    async fn two_frames() -> f64 {
        let first = frame().await;
        frame().await - first
    }

    async fn text_of(url: &str) -> Result<String, JsError> {
        let response = fetch::get(url).await?;
        if !response.ok() {
            return Err(JsError::new(&format!("{} of {}", response.status(), response.url())));
        }
        response.text().await
    }

    async fn bytes_of(url: &str) -> Result<Vec<u8>, JsError> {
        fetch::get(url).await?.bytes().await
    }

    async fn field_of(url: &str, name: &str) -> Result<f64, JsError> {
        fetch::get(url).await?.json().await?.get_as(name)
    }

    /// Sends a body, a text or bytes, with headers by name and value.
    async fn send(method: &str, url: &str, headers: Vec<String>, text: Option<String>, bytes: Option<Vec<u8>>) -> Result<Vec<String>, JsError> {
        let mut request = Request::new(method, url);
        for pair in headers.chunks(2) {
            request = request.header(&pair[0], &pair[1]);
        }
        if let Some(text) = text {
            request = request.text(&text);
        }
        if let Some(bytes) = bytes {
            request = request.bytes(&bytes);
        }
        let response = request.send().await?;
        let head = format!("{} {:?} {:?} {:?}", response.status(), response.header("x-reply")?, response.header("x-none")?, response.length());
        Ok(Vec::from([head, response.text().await?]))
    }

    /// How many bytes come, in how many chunks; after so many, the response is dropped.
    async fn count(url: &str, most: f64) -> Result<Vec<f64>, JsError> {
        let mut response = fetch::get(url).await?;
        let (mut bytes, mut chunks) = (0.0, 0.0);
        while bytes < most {
            let Some(chunk) = response.chunk().await? else { break };
            bytes += chunk.len() as f64;
            chunks += 1.0;
        }
        Ok(Vec::from([bytes, chunks]))
    }

    /// The same by the stream, with adapters.
    async fn count_stream(url: &str, most: f64) -> Result<Vec<f64>, JsError> {
        let mut chunks = fetch::get(url).await?.chunks()?.map_ok(|chunk| chunk.len() as f64);
        let (mut bytes, mut count) = (0.0, 0.0);
        while bytes < most {
            let Some(len) = chunks.try_next().await? else { break };
            bytes += len;
            count += 1.0;
        }
        Ok(Vec::from([bytes, count]))
    }

    /// The stream of a body that has been read from.
    async fn stream_of_rest(url: &str) -> Result<(), JsError> {
        let mut response = fetch::get(url).await?;
        response.chunk().await?;
        response.chunks().map(drop)
    }

    /// A response that is dropped as soon as its head is there.
    async fn head_of(url: &str) -> Result<u16, JsError> {
        Ok(fetch::get(url).await?.status())
    }
}
