//! [`HostStream`]: a stream of the host's whose items are of a known type.

use super::guest_stream::GuestStream;
use super::waiter::{NOBODY, Waiter, add, is_settled, take};
use crate::wire::{Block, Element, Lift, Lower, Misfit, Pass, Piece, Receive, Return, Text, Wire};
use crate::{JsError, JsValue};
use core::cell::UnsafeCell;
use core::fmt;
use core::mem::{self, MaybeUninit};
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use handwire_abi::{self as abi, OwnedHandle, Slot};
use heap::boxed::Box;

/// A stream of the host's: an async iterable, a readable stream, or any object that can be iterated. It is `stream<T>` in the
/// contract section, and its items are a `T` each, which the host checks as it checks an argument.
///
/// ```no_run
/// use futures_core::Stream;
/// use handwire::{HostStream, JsError};
/// use std::future::poll_fn;
/// use std::pin::Pin;
///
/// handwire::export! {
///     async fn total(numbers: HostStream<f64>) -> Result<f64, JsError> {
///         let mut numbers = numbers;
///         let mut total = 0.0;
///         while let Some(number) = poll_fn(|context| Pin::new(&mut numbers).poll_next(context)).await { total += number?; }
///         Ok(total)
///     }
/// }
/// # fn main() {}
/// ```
///
/// It is opened when it is polled first, and one item is asked for at a time. What it throws, and an item of another type, is an `Err`,
/// and the end of it. Dropping it before that tells the host, which stops. A [`JsStream`](crate::JsStream) is one whose items are anything.
#[must_use = "streams do nothing unless they are polled"]
pub struct HostStream<T> {
    /// Nothing after the last item.
    source: Option<JsValue>,
    waiter: u32,
    /// Where the host's answer is put. It stays where it is, since the stream may be moved.
    place: Option<Box<UnsafeCell<Option<Answer<T>>>>>,
    /// One of the guest's, which is on its way to the host.
    own: Option<GuestStream<T>>,
}

enum Answer<T> {
    Item(T),
    End,
    Failed(JsError),
    /// An item that the guest can't have.
    Misfit(Misfit),
}

// What is looked at by its place is in a box.
impl<T> Unpin for HostStream<T> {}

impl<T> HostStream<T> {
    #[inline]
    fn of(source: JsValue) -> HostStream<T> {
        HostStream { source: Some(source), waiter: NOBODY, place: None, own: None }
    }

    /// The value that it came as, or what is left of it.
    fn back(mut self) -> JsValue {
        if let Some(own) = self.own.take() {
            return own.give();
        }
        self.stop_waiting();
        self.source.take().unwrap_or_default()
    }

    fn stop_waiting(&mut self) {
        let number = mem::replace(&mut self.waiter, NOBODY);
        if number != NOBODY
            && let Waiter::Waits { .. } = take(number)
        {
            abi::promise_forget(number);
        }
    }
}

impl<T> From<GuestStream<T>> for HostStream<T> {
    /// A stream of the guest's own, for a place inside of an option, a list or a record, and for the result of a method of an interface. It is for the
    /// host: polled in the guest, it is an error.
    #[inline]
    fn from(own: GuestStream<T>) -> HostStream<T> {
        HostStream { source: None, waiter: NOBODY, place: None, own: Some(own) }
    }
}

/// # Safety
///
/// The place is that of a `HostStream<T>`, and the value is what the host gave for `T`.
unsafe fn put<T: Element>(place: *mut (), status: u32, value: u32) {
    let answer = match status {
        // SAFETY: the caller says so: it is the address of a slot.
        0 => unsafe { T::try_lift_slot((value as usize as *const Slot).read()) }
            .map_or_else(Answer::Misfit, Answer::Item),
        2 => Answer::End,
        _ => Answer::Failed(JsValue::made(OwnedHandle::from_raw(value)).into()),
    };
    // SAFETY: the caller says so; nobody looks into the cell meanwhile.
    unsafe { *place.cast::<Option<Answer<T>>>() = Some(answer) };
}

impl<T: Element> Stream for HostStream<T> {
    type Item = crate::Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<crate::Result<T>>> {
        let this = &mut *self;
        if this.own.take().is_some() {
            return Poll::Ready(Some(Err(JsError::new("a stream of the guest's own is read by the host alone"))));
        }
        let Some(source) = &this.source else { return Poll::Ready(None) };
        let place = this.place.get_or_insert_with(|| Box::new(UnsafeCell::new(None)));
        if this.waiter == NOBODY {
            this.waiter = add(context.waker().clone(), Some(put::<T>), place.get().cast());
            abi::stream_next(source.borrow(), this.waiter);
            return Poll::Pending;
        }
        if !is_settled(this.waiter, context) {
            return Poll::Pending;
        }
        take(mem::replace(&mut this.waiter, NOBODY));
        Poll::Ready(match place.get_mut().take() {
            Some(Answer::Item(item)) => Some(Ok(item)),
            // The host has ended it, so there is nothing to close.
            Some(Answer::Failed(error)) => {
                this.source = None;
                Some(Err(error))
            }
            Some(Answer::Misfit(misfit)) => {
                if let Some(source) = this.source.take() {
                    abi::stream_close(source.into_raw());
                }
                Some(Err(misfit.raise("an item of a stream")))
            }
            _ => {
                this.source = None;
                None
            }
        })
    }
}

impl<T> Drop for HostStream<T> {
    fn drop(&mut self) {
        self.stop_waiting();
        if let Some(source) = self.source.take() {
            abi::stream_close(source.into_raw());
        }
    }
}

impl<T> fmt::Debug for HostStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostStream").field("ended", &(self.source.is_none() && self.own.is_none())).finish()
    }
}

/// The type of a stream.
pub(super) const fn text<T: Element>() -> Text {
    &[Piece::Str("stream<"), Piece::Sub(T::TYPE), Piece::Str(">")]
}

impl<T: Element + 'static> Element for HostStream<T> {
    const TYPE: Text = const { text::<T>() };

    #[inline]
    unsafe fn lift_slot(slot: Slot) -> HostStream<T> {
        // SAFETY: the host wrote a handle.
        HostStream::of(unsafe { JsValue::lift_slot(slot) })
    }

    #[inline]
    fn lower_slot(self, block: &mut Block) -> Slot {
        self.back().lower_slot(block)
    }
}

impl<T: Element + 'static> Wire for HostStream<T> {
    const TYPE: Text = <HostStream<T> as Element>::TYPE;
    type A = u32;
    type B = ();
}

impl<'h, T: Element + 'static> Lift<'h> for HostStream<T> {
    type Hold = Option<JsValue>;

    #[inline]
    unsafe fn hold(handle: u32, _: ()) -> Self::Hold {
        // SAFETY: the host gave a handle.
        unsafe { <JsValue as Lift>::hold(handle, ()) }
    }

    #[inline]
    fn lift(hold: &'h mut Self::Hold) -> HostStream<T> {
        HostStream::of(<JsValue as Lift>::lift(hold))
    }
}

impl<T: Element + 'static> Lower for HostStream<T> {
    const TYPE: Text = <HostStream<T> as Element>::TYPE;
    type Wire = u32;

    #[inline]
    fn lower(self) -> u32 {
        self.back().lower()
    }
}

impl<T: Element + 'static> Return for HostStream<T> {
    #[inline]
    fn write(self) {
        Return::write(self.back());
    }
}

impl<T: Element + 'static> Pass for HostStream<T> {
    type Hold = u32;

    #[inline]
    fn hold(self) -> u32 {
        self.back().lower()
    }

    #[inline]
    fn pass(hold: &u32) -> (u32, ()) {
        (*hold, ())
    }
}

impl<T: Element + 'static> Receive for HostStream<T> {
    const TYPE: Text = <HostStream<T> as Element>::TYPE;
    type Wire = u32;
    type Out = ();

    #[inline]
    fn out(_: &mut MaybeUninit<Slot>) {}

    #[inline]
    unsafe fn try_receive(handle: u32, slot: MaybeUninit<Slot>) -> Result<HostStream<T>, Misfit> {
        // SAFETY: the host gave a handle of a stream.
        unsafe { <JsValue as Receive>::try_receive(handle, slot) }.map(HostStream::of)
    }
}
