//! The guest of fetch: an async function of Rust that reads a response as it arrives. There is no
//! word here of cancelling: whoever calls it may drop it, at any `await`, and what it holds goes
//! with it, the request too. The page calls an async closure of it.
#![no_std]

extern crate alloc;

use alloc::format;
use alloc::string::String;
use handwire::{Async, Closure, JsError, JsFunction, JsValue, export, record};
use handwire_web::fetch;
use handwire_web::time::Instant;

mod crc32;
use crc32::Crc32;

record! {
    /// What arrived.
    struct Download {
        bytes: f64,
        chunks: u32,
        /// The CRC-32 of it, as `crc32` or `gzip` have it.
        crc32: u32,
        ms: f64,
    }
}

export! {
    /// Downloads a resource, and checks it as it arrives. `progress` is told how many bytes are here, and how many there will be if the server says so.
    async fn download(url: &str, progress: JsFunction) -> Result<Download, JsError> {
        let start = Instant::now();
        let mut response = fetch::get(url).await?;
        if !response.ok() {
            return Err(JsError::new(&format!("{}: status {}", response.url(), response.status())));
        }
        let total = response.length().map(|bytes| bytes as f64);
        let (mut bytes, mut chunks, mut crc) = (0.0, 0, Crc32::new());
        while let Some(chunk) = response.chunk().await? {
            bytes += chunk.len() as f64;
            chunks += 1;
            crc.update(&chunk);
            progress.call_as::<JsValue>(&JsValue::UNDEFINED, (bytes, total))?;
        }
        Ok(Download { bytes, chunks, crc32: crc.sum(), ms: start.elapsed().as_secs_f64() * 1000.0 })
    }

    /// The same for whoever downloads more than once: a function that keeps `progress`, and gives a promise. It takes a signal, too.
    fn downloader(progress: JsFunction) -> Closure<fn(String) -> Async<Result<Download, JsError>>> {
        Closure::new_async(move |url: String| {
            let progress = progress.clone();
            async move { download(&url, progress).await }
        })
    }
}
