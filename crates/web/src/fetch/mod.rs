//! Requests over HTTP.
//!
//! ```no_run
//! use handwire_web::fetch::{self, Request};
//!
//! async fn save(note: &str) -> handwire::Result<u16> {
//!     let page = fetch::get("/notes").await?.text().await?;
//!     let response = Request::post("/notes").header("content-type", "text/plain").text(note).send().await?;
//!     Ok(response.status() + page.len() as u16)
//! }
//! ```
//!
//! Dropping a future of this module, or a [`Response`] whose body is still arriving, aborts the request: the connection
//! is closed, or the stream of it reset. An [`AbortOnDrop`](handwire::task::AbortOnDrop) does that, one for head and body.

mod chunks;
mod request;
mod response;

pub use chunks::Chunks;
pub use request::Request;
pub use response::Response;

/// Asks for a resource: [`Request::get`], sent.
///
/// # Errors
///
/// As [`Request::send`].
pub async fn get(url: &str) -> handwire::Result<Response> {
    Request::get(url).send().await
}
