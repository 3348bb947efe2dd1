//! Calls of async exports: what their shims are made of.

use super::executor::{self, Ended, Task};
use super::waker::waker;
use crate::wire::{Output, Piece, Text, Way};
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use heap::boxed::Box;

/// Starts a call: runs the future as far as it goes. Gives a status if it is over then, or else the id of the task
/// that goes on with it, and settles the call.
#[inline]
pub fn start<F: Future + 'static, E: Fn(F::Output) -> i32 + 'static>(future: F, end: E) -> i32 {
    let id = executor::reserve();
    let mut call = Box::pin(Call { future: Some(future), end });
    let waker = waker(id);
    match call.as_mut().advance(&mut Context::from_waker(&waker)) {
        Poll::Ready(output) => {
            executor::end(id);
            (call.end)(output)
        }
        Poll::Pending => {
            executor::put_back(id, call);
            executor::number(id) as i32
        }
    }
}

/// A call that is to begin when the closure that made its future is free again: its number, as the status.
#[cfg(feature = "functions")]
pub(crate) fn held(call: Pin<Box<dyn Task>>) -> i32 {
    executor::hold(call) as i32
}

/// A future as a call.
#[cfg(feature = "functions")]
pub(crate) fn boxed<F: Future + 'static>(future: F, end: fn(F::Output) -> i32) -> Pin<Box<dyn Task>> {
    Box::pin(Call { future: Some(future), end })
}

struct Call<F, E> {
    future: Option<F>,
    end: E,
}

impl<F: Future, E> Call<F, E> {
    /// The output, once all that the future held is gone.
    #[inline]
    fn advance(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future stays where it is until it is dropped there.
        let this = unsafe { self.get_unchecked_mut() };
        let Some(future) = &mut this.future else { return Poll::Pending };
        // SAFETY: as above.
        let result = unsafe { Pin::new_unchecked(future) }.poll(context);
        if result.is_ready() {
            this.future = None;
        }
        result
    }
}

impl<F: Future + 'static, E: Fn(F::Output) -> i32 + 'static> Task for Call<F, E> {
    fn poll(mut self: Pin<Box<Self>>, id: u32, context: &mut Context<'_>) -> Ended {
        let Poll::Ready(output) = self.as_mut().advance(context) else {
            executor::put_back(id, self);
            return Ended::NONE;
        };
        if executor::is_cancelled(id) {
            executor::end(id);
            return Ended::NONE;
        }
        let status = (self.end)(output);
        // To make it an error may have run code that has ended the call.
        if executor::end(id) { Ended::new(id, status) } else { Ended::NONE }
    }

    #[cfg(feature = "functions")]
    fn begin(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<i32> {
        self.as_mut().advance(context).map(|output| (self.end)(output))
    }
}

/// Ends a call whose result is no `Result`: through the return slot, too.
pub trait Whole<R> {
    /// Writes it, and gives the status.
    fn end(&self, result: R) -> i32;
}

impl<R: crate::wire::Return> Whole<R> for Way<R> {
    #[inline]
    fn end(&self, result: R) -> i32 {
        result.write();
        0
    }
}

/// The type of a result in an export's line.
pub const fn result<R: Output>(error: Text) -> [Piece; 3] {
    if R::TYPE.is_empty() {
        return [Piece::Str("()"), Piece::Str(""), Piece::Str("")];
    }
    [Piece::Sub(R::TYPE), Piece::Sub(error), Piece::Str(R::CLOSE)]
}
