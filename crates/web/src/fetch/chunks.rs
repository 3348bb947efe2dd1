//! [`Chunks`].

use super::Response;
use alloc::vec::Vec;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use handwire::{FromJs, JsError, JsStream};

/// The body of a [`Response`], chunk by chunk. Dropping it before its end aborts the request.
///
/// ```no_run
/// use futures_core::Stream;
/// use handwire_web::fetch;
/// use std::{future::poll_fn, pin::pin};
///
/// async fn size(url: &str) -> handwire::Result<usize> {
///     let mut chunks = pin!(fetch::get(url).await?.chunks()?);
///     let mut size = 0;
///     // With `futures-util`: `while let Some(chunk) = chunks.next().await`.
///     while let Some(chunk) = poll_fn(|context| chunks.as_mut().poll_next(context)).await {
///         size += chunk?.len();
///     }
///     Ok(size)
/// }
/// ```
#[derive(Debug)]
#[must_use = "streams do nothing unless they are polled"]
pub struct Chunks {
    /// Nothing for a response without a body, and after the end.
    stream: Option<JsStream>,
    response: Response,
}

impl Chunks {
    pub(super) fn new(response: Response) -> handwire::Result<Chunks> {
        let stream = response.body()?.map(JsStream::new).transpose()?;
        Ok(Chunks { stream, response })
    }
}

impl Stream for Chunks {
    type Item = Result<Vec<u8>, JsError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, JsError>>> {
        let Some(stream) = &mut self.stream else { return Poll::Ready(None) };
        let Poll::Ready(item) = Pin::new(stream).poll_next(context) else { return Poll::Pending };
        let item = item.map(|chunk| Vec::from_value(chunk?));
        if item.is_none() {
            self.response.complete();
        }
        if !matches!(item, Some(Ok(_))) {
            self.stream = None;
        }
        Poll::Ready(item)
    }
}
