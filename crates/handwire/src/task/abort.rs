//! [`AbortOnDrop`]: the host's signals for the end of a Rust future.

use crate::{JsFunction, JsObject, JsValue, Result};
use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};

/// A future that host code works for: when it is dropped before its end, the signal that this
/// code was given is aborted.
///
/// Imports of [`import!`](crate::import!) have that by themselves. This is for all else that takes a signal, and for imports whose work
/// goes on when their promise is settled: those take this signal as an argument.
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
///
/// [`keep`](AbortOnDrop::keep) puts what the future gave in its place. Then that is what may not be dropped too early.
///
/// A guest that dies drops nothing: only the signals of imports under way are aborted then.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct AbortOnDrop<T> {
    /// Before the controller: what it holds goes first.
    work: T,
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
        Ok(AbortOnDrop { work: make(signal), controller: Controller(Some(controller)) })
    }

    /// Awaits the future, and keeps the signal for what it gives: a response, say, whose body is still to come. When that is dropped before
    /// it is told to have [ended](AbortOnDrop::end), the signal is aborted. With an error there is nothing left to abort.
    ///
    /// ```no_run
    /// use handwire::{JsError, JsObject, JsPromise, JsValue, Result, import, task::AbortOnDrop};
    ///
    /// import! { async fn get(url: &str, signal: JsValue) -> Result<JsObject, JsError> = "fetch($1, { signal: $2 })"; }
    ///
    /// /// The text behind a URL, if its type is one that is wanted. If not, its body isn't fetched.
    /// async fn plain(url: &str) -> Result<Option<JsValue>> {
    ///     let mut response = AbortOnDrop::new(|signal| get(url, signal))?.keep().await?;
    ///     let kind: Option<String> = response.get("headers")?.call_as("get", ("content-type",))?;
    ///     if kind.as_deref() != Some("text/plain") { return Ok(None) }
    ///     let text = response.call_as::<JsPromise>("text", ())?.await?;
    ///     AbortOnDrop::end(&mut response);
    ///     Ok(Some(text))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future's.
    pub async fn keep<T, E>(self) -> core::result::Result<AbortOnDrop<T>, E>
    where
        F: Future<Output = core::result::Result<T, E>>,
    {
        // In this order: dropped meanwhile, the future goes first.
        let AbortOnDrop { work, mut controller } = self;
        match work.await {
            Ok(work) => Ok(AbortOnDrop { work, controller }),
            Err(error) => {
                controller.0 = None;
                Err(error)
            }
        }
    }
}

impl<T> AbortOnDrop<T> {
    /// What the host's code worked for is over: there is nothing left to abort. (No method: what is kept may have one of that name.)
    pub fn end(this: &mut AbortOnDrop<T>) {
        this.controller.0 = None;
    }
}

impl<T> Deref for AbortOnDrop<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.work
    }
}

impl<F: Future> Future for AbortOnDrop<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future stays where it is; the controller is not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        let result = unsafe { Pin::new_unchecked(&mut this.work) }.poll(context);
        if result.is_ready() {
            this.controller.0 = None;
        }
        result
    }
}
