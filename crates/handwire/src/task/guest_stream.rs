//! [`GuestStream`]: a stream of the guest's whose items are of a known type.

use super::host_stream::text;
use super::stream::{self, Item, Next};
use crate::wire::{Element, Lower, Pass, Return, Text, Wire};
use crate::{JsError, JsValue};
use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use heap::boxed::Box;

/// A stream of the guest's, as the result of an export or the argument of an import: `stream<T>` in the contract section, and in
/// JavaScript an async iterator, `for await (const item of exports.lines())`.
///
/// ```no_run
/// use futures_core::Stream;
/// use handwire::{GuestStream, JsError};
/// # fn read(_: String) -> impl Stream<Item = Result<String, JsError>> + 'static { struct S; impl Stream for S { type Item = Result<String, JsError>; fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Result<String, JsError>>> { std::task::Poll::Ready(None) } } S }
///
/// handwire::export! {
///     fn lines(path: String) -> GuestStream<String> { GuestStream::new(read(path)) }
/// }
/// # fn main() {}
/// ```
///
/// It is polled when the host asks for an item, one at a time, and dropped after its end, after its first error, when the host stops
/// early, or when it has been collected there. [`into_js_stream`](super::into_js_stream) makes one whose items are anything.
#[must_use = "the host gets it as a result, or as an argument"]
pub struct GuestStream<T> {
    stream: Pin<Box<dyn Next>>,
    item: PhantomData<fn() -> T>,
}

/// An item of a stream of `T`: that, or a `Result` of it with an error that becomes a [`JsError`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no item of a stream of `{T}`",
    label = "a `{T}`, or a Result of it, is one"
)]
pub trait Yields<T> {
    /// Writes the return slot, and gives the status.
    fn write(self) -> i32;
}

impl<T: Element + Return> Yields<T> for T {
    #[inline]
    fn write(self) -> i32 {
        Return::write(self);
        0
    }
}

impl<T: Element + Return, E: Into<JsError>> Yields<T> for Result<T, E> {
    #[inline]
    fn write(self) -> i32 {
        match self {
            Ok(value) => Yields::<T>::write(value),
            Err(error) => {
                Return::write(error.into().into_value());
                1
            }
        }
    }
}

/// A stream whose items are of a type.
struct Typed<S, T> {
    stream: S,
    item: PhantomData<fn() -> T>,
}

/// One of them.
struct Yielded<I, T>(I, PhantomData<fn() -> T>);

impl<I: Yields<T>, T> Item for Yielded<I, T> {
    fn write(self) -> i32 {
        self.0.write()
    }
}

impl<S: Stream<Item: Yields<T>>, T> Stream for Typed<S, T> {
    type Item = Yielded<S::Item, T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // SAFETY: the stream stays where it is.
        let stream = unsafe { self.map_unchecked_mut(|this| &mut this.stream) };
        stream.poll_next(context).map(|item| item.map(|item| Yielded(item, PhantomData)))
    }
}

impl<T: Element + 'static> GuestStream<T> {
    /// Of a stream that owns what it uses.
    pub fn new<S>(stream: S) -> GuestStream<T>
    where
        S: Stream<Item: Yields<T> + 'static> + 'static,
    {
        GuestStream { stream: Box::pin(Typed { stream, item: PhantomData }), item: PhantomData }
    }
}

impl<T> GuestStream<T> {
    /// The host's object, which has it from now on.
    pub(super) fn give(self) -> JsValue {
        stream::hold(self.stream)
    }
}

impl<T> fmt::Debug for GuestStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuestStream").finish_non_exhaustive()
    }
}

impl<T: Element + 'static> Wire for GuestStream<T> {
    const TYPE: Text = const { text::<T>() };
    type A = u32;
    type B = ();
}

impl<T: Element + 'static> Pass for GuestStream<T> {
    type Hold = u32;

    #[inline]
    fn hold(self) -> u32 {
        self.give().lower()
    }

    #[inline]
    fn pass(hold: &u32) -> (u32, ()) {
        (*hold, ())
    }
}

impl<T: Element + 'static> Lower for GuestStream<T> {
    const TYPE: Text = const { text::<T>() };
    type Wire = u32;

    #[inline]
    fn lower(self) -> u32 {
        self.give().lower()
    }
}

impl<T: Element + 'static> Return for GuestStream<T> {
    #[inline]
    fn write(self) {
        Return::write(self.give());
    }
}

#[cfg(feature = "functions")]
impl<T: Element + 'static> crate::closure::Outcome for GuestStream<T> {
    const TYPE: Text = const { text::<T>() };

    #[inline]
    fn write(self) -> i32 {
        Return::write(self);
        0
    }
}
