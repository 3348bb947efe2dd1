//! [`AbortOnDrop`]: the host's signals for the end of a Rust future.

use crate::{JsFunction, JsObject, JsValue, Result};
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

/// A future that host code works for: when it is dropped before its end, the signal that this
/// code was given is aborted.
///
/// Imports of [`import!`](crate::import!) have that by themselves. This is for all else that takes a signal.
///
/// ```no_run
/// use handwire::{JsObject, JsPromise, JsValue, Result, task::AbortOnDrop};
///
/// async fn get(url: &str) -> Result<JsValue> {
///     AbortOnDrop::new(|signal| async move {
///         let options = JsObject::new();
///         options.set("signal", &signal)?;
///         let response: JsPromise = JsValue::global().call_as("fetch", (url, &options))?;
///         response.await
///     })?
///     .await
/// }
/// ```
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct AbortOnDrop<F> {
    /// Before the controller: what it holds goes first.
    future: F,
    controller: Controller,
}

#[derive(Debug)]
struct Controller(Option<JsObject>);

impl Drop for Controller {
    fn drop(&mut self) {
        if let Some(controller) = self.0.take() {
            // A listener that throws is the host's affair.
            drop(controller.call("abort", ()));
        }
    }
}

impl<F: Future> AbortOnDrop<F> {
    /// Makes the future with a signal of its own.
    ///
    /// # Errors
    ///
    /// If the global object has no `AbortController`.
    pub fn new(make: impl FnOnce(JsValue) -> F) -> Result<AbortOnDrop<F>> {
        let class: JsFunction = JsValue::global().get_as("AbortController")?;
        let controller = class.construct(())?;
        let signal = controller.get("signal")?;
        Ok(AbortOnDrop { future: make(signal), controller: Controller(Some(controller)) })
    }
}

impl<F: Future> Future for AbortOnDrop<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future stays where it is; the controller is not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        let result = unsafe { Pin::new_unchecked(&mut this.future) }.poll(context);
        if result.is_ready() {
            this.controller.0 = None;
        }
        result
    }
}
