//! [`JsPromise`], and [`JsFuture`], which awaits it and any other value of the host.

use super::waiter::Wait;
use crate::{FromJs, JsError, JsValue, Kind};
use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

crate::typed::typed! {
    /// A promise, or any other object with a method `then`.
    ///
    /// It is awaited as it is. What is awaited is a [`JsFuture`]; dropping that leaves the promise to itself.
    ///
    /// ```no_run
    /// use handwire::{JsPromise, JsValue, Result};
    ///
    /// async fn body(response: &JsValue) -> Result<String> {
    ///     let text: JsPromise = response.call_as("text", ())?;
    ///     Ok(text.await?.as_string().unwrap_or_default())
    /// }
    /// ```
    pub struct JsPromise: JsObject;
    "Promise", |value| matches!(value.kind(), Kind::Object | Kind::Function) && value.get("then").is_ok_and(|then| then.kind() == Kind::Function)
}

impl JsPromise {
    /// Awaits what it is fulfilled with as a Rust type, as strictly as [`get_as`](crate::JsValue::get_as) takes a property. A number comes as
    /// such, without a handle: it crosses once.
    ///
    /// ```no_run
    /// # use handwire::{JsPromise, JsValue, Result};
    /// async fn size(file: &JsValue) -> Result<f64> {
    ///     let size: JsPromise = file.call_as("size", ())?;
    ///     size.value_as().await
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future's: what the promise is rejected with, or a `TypeError` if it is fulfilled with something else.
    #[inline]
    pub fn value_as<T: FromJs>(self) -> ValueAs<T> {
        ValueAs { state: State::New(self.into()), lifts: PhantomData }
    }
}

impl IntoFuture for JsPromise {
    type Output = Result<JsValue, JsError>;
    type IntoFuture = JsFuture;

    #[inline]
    fn into_future(self) -> JsFuture {
        JsFuture::from(JsValue::from(self))
    }
}

impl IntoFuture for &JsPromise {
    type Output = Result<JsValue, JsError>;
    type IntoFuture = JsFuture;

    #[inline]
    fn into_future(self) -> JsFuture {
        self.clone().into_future()
    }
}

/// Awaits a value of the host: what a promise or another thenable is fulfilled with, or the
/// value itself if it is neither. A rejection is an `Err` with the very value.
///
/// It begins when it is polled first. A thenable settles it once, whatever that does after.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct JsFuture(State);

#[derive(Debug)]
enum State {
    New(JsValue),
    Waits(Wait),
    Over,
}

impl From<JsValue> for JsFuture {
    #[inline]
    fn from(value: JsValue) -> JsFuture {
        JsFuture(State::New(value))
    }
}

impl From<JsPromise> for JsFuture {
    #[inline]
    fn from(promise: JsPromise) -> JsFuture {
        promise.into_future()
    }
}

impl Future for JsFuture {
    type Output = Result<JsValue, JsError>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<JsValue, JsError>> {
        self.0.poll(Wait::new, context)
    }
}

impl State {
    #[inline]
    fn poll<T: FromJs>(
        &mut self,
        begin: impl FnOnce(JsValue, &Context<'_>) -> Wait,
        context: &Context<'_>,
    ) -> Poll<Result<T, JsError>> {
        match self {
            State::New(value) => {
                *self = State::Waits(begin(mem::take(value), context));
                Poll::Pending
            }
            State::Waits(wait) => {
                let result = wait.poll(context);
                if result.is_ready() {
                    *self = State::Over;
                }
                result
            }
            State::Over => panic!("a future is not polled after its end"),
        }
    }
}

/// Awaits a promise's value as a Rust type: made by [`JsPromise::value_as`].
///
/// It begins when it is polled first.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct ValueAs<T> {
    state: State,
    lifts: PhantomData<fn() -> T>,
}

impl<T: FromJs> Future for ValueAs<T> {
    type Output = Result<T, JsError>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, JsError>> {
        self.state.poll(Wait::for_number, context)
    }
}
