//! Streams: [`JsStream`] is one of the host's, [`into_js_stream`] makes one of the guest's the host's.

use super::call::start;
use super::waiter::Wait;
use crate::exports::Shared;
use crate::wire::Return;
use crate::{JsError, JsType, JsValue, Result};
use core::cell::Cell;
use core::future::poll_fn;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use handwire_abi as abi;
use heap::boxed::Box;
use heap::rc::Rc;
use heap::string::String;
use heap::vec::Vec;

/// A stream of the host's: an async iterable, a readable stream, or anything that can be iterated.
///
/// One item is asked for at a time, when the stream is polled, so the host makes no more than is
/// taken. Dropping it before its end tells the host, which stops.
///
/// ```no_run
/// use futures_core::Stream;
/// use handwire::{JsError, JsStream, JsValue};
/// use std::{future::poll_fn, pin::pin};
///
/// async fn count(body: JsValue) -> Result<u32, JsError> {
///     let mut chunks = pin!(JsStream::new(body)?);
///     let mut count = 0;
///     while let Some(chunk) = poll_fn(|context| chunks.as_mut().poll_next(context)).await {
///         chunk?;
///         count += 1;
///     }
///     Ok(count)
/// }
/// ```
///
/// The extension traits of `futures-util` and `futures-lite` have `next`, `map` and the rest.
#[derive(Debug)]
#[must_use = "streams do nothing unless they are polled"]
pub struct JsStream {
    /// What gives the items; nothing after the last.
    source: Option<JsValue>,
    wait: Option<Wait>,
}

impl JsStream {
    /// Opens a value of the host as a stream.
    ///
    /// # Errors
    ///
    /// If it can't be iterated, or throws when that is begun.
    pub fn new(value: impl Into<JsValue>) -> Result<JsStream> {
        let source = JsValue::checked(abi::stream_open(value.into().borrow()))?;
        Ok(JsStream { source: Some(source), wait: None })
    }
}

impl TryFrom<JsValue> for JsStream {
    type Error = JsError;

    fn try_from(value: JsValue) -> Result<JsStream> {
        JsStream::new(value)
    }
}

impl Stream for JsStream {
    type Item = Result<JsValue, JsError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<JsValue, JsError>>> {
        let this = &mut *self;
        let Some(source) = &this.source else { return Poll::Ready(None) };
        let Some(wait) = &mut this.wait else {
            this.wait = Some(Wait::next(source, context));
            return Poll::Pending;
        };
        let Poll::Ready(item) = wait.poll_item(context) else { return Poll::Pending };
        this.wait = None;
        if !matches!(item, Some(Ok(_))) {
            this.source = None;
        }
        Poll::Ready(item)
    }
}

impl Drop for JsStream {
    fn drop(&mut self) {
        self.wait = None;
        if let Some(source) = self.source.take() {
            abi::stream_close(source.into_raw());
        }
    }
}

/// An item of a stream for the host: a value of the host, a number, a text, bytes, or a `Result` of one.
pub trait Item {
    /// Writes the return slot, and gives the status.
    fn write(self) -> i32;
}

impl<T: JsType> Item for T {
    fn write(self) -> i32 {
        Return::write(Into::<JsValue>::into(self));
        0
    }
}

macro_rules! items {
    ($($type:ty)*) => {$(
        impl Item for $type {
            fn write(self) -> i32 {
                Return::write(self);
                0
            }
        }
    )*};
}

items!(() JsValue bool i8 u8 i16 u16 i32 u32 usize f32 f64 i64 u64 &'static str String Vec<u8>);

impl<T: Item, E: Into<JsError>> Item for Result<T, E> {
    fn write(self) -> i32 {
        match self {
            Ok(value) => value.write(),
            Err(error) => {
                Return::write(error.into().into_value());
                1
            }
        }
    }
}

/// A stream that the host holds, out of its place while it is polled.
struct Held {
    stream: Cell<Option<Pin<Box<dyn Next>>>>,
    closed: Cell<bool>,
}

/// A stream whose items are written, each with its status; 2 is the end.
pub(super) trait Next {
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Box<dyn FnOnce() -> i32>>>;
}

impl<S: Stream<Item: Item + 'static>> Next for S {
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Box<dyn FnOnce() -> i32>>> {
        self.poll_next(context).map(|item| item.map(|item| Box::new(move || item.write()) as Box<dyn FnOnce() -> i32>))
    }
}

impl Held {
    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Box<dyn FnOnce() -> i32>>> {
        let Some(mut stream) = self.stream.take() else { return Poll::Ready(None) };
        let item = stream.as_mut().poll(context);
        // If it was closed meanwhile it goes now.
        if !self.closed.get() && !matches!(item, Poll::Ready(None)) {
            self.stream.set(Some(stream));
        }
        item
    }
}

static HELD: Shared<Vec<Option<Rc<Held>>>> = Shared::new(Vec::new());

/// Looks at the list. Nothing of the user's may run in `act`.
fn with<R>(act: impl FnOnce(&mut Vec<Option<Rc<Held>>>) -> R) -> R {
    // SAFETY: one thread is in this instance, and what `act` does never comes back here.
    act(unsafe { &mut *HELD.get() })
}

/// Makes a stream of the guest's an async iterable of the host's: JavaScript takes it with `for await`.
///
/// It is polled when the host asks for an item, one at a time, and dropped after its end, after its
/// first error, when the host stops early, or when it has been collected there.
///
/// ```no_run
/// use futures_core::Stream;
/// use handwire::{JsValue, export, task::into_js_stream};
/// # fn ticks() -> impl Stream<Item = f64> + 'static { struct S; impl Stream for S { type Item = f64; fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<f64>> { std::task::Poll::Ready(None) } } S }
///
/// export! {
///     fn clock() -> JsValue { into_js_stream(ticks()) }
/// }
/// ```
pub fn into_js_stream<S>(stream: S) -> JsValue
where
    S: Stream + 'static,
    S::Item: Item + 'static,
{
    hold(Box::pin(stream))
}

/// Gives the host a stream, by a number that is free.
pub(super) fn hold(stream: Pin<Box<dyn Next>>) -> JsValue {
    let held = Rc::new(Held { stream: Cell::new(Some(stream)), closed: Cell::new(false) });
    let number = with(|all| match all.iter().position(Option::is_none) {
        Some(free) => {
            all[free] = Some(held);
            free
        }
        None => {
            all.push(Some(held));
            all.len() - 1
        }
    });
    JsValue::made(abi::stream_new(number as u32))
}

/// The next item: a status or a task, as of an async export; 2 is the end.
pub(crate) fn next(number: u32) -> i32 {
    let Some(held) = with(|all| all.get(number as usize).cloned().flatten()) else { return 2 };
    start(async move { poll_fn(|context| held.poll(context)).await }, |item| item.map_or(2, |write| write()))
}

/// The host holds the stream no more.
pub(crate) fn close(number: u32) {
    let held = with(|all| all.get_mut(number as usize).and_then(mem::take));
    if let Some(held) = held {
        held.closed.set(true);
        drop(held.stream.take());
    }
}
