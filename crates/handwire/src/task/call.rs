//! Calls of async exports: what their shims are made of.

use super::ended::Ended;
use super::executor::{self, Task};
#[cfg(feature = "functions")]
use super::home::Home;
use crate::wire::{Output, Piece, Text, Way};
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

/// Starts a call: runs the future as far as it goes. Gives a status if it is over then, or else the id of the task
/// that goes on with it, and settles the call.
#[inline]
pub fn start<F: Future + 'static, E: Fn(F::Output) -> i32 + Copy + 'static>(future: F, end: E) -> i32 {
    executor::start(Call { future: Some(future), end })
}

/// A call that is to begin when the closure that made its future is free again: its number, as the status.
#[cfg(feature = "functions")]
pub(crate) fn held(call: Home<dyn Task>) -> i32 {
    executor::hold(call) as i32
}

/// A future as a call.
#[cfg(feature = "functions")]
pub(crate) fn boxed<F: Future + 'static>(future: F, end: fn(F::Output) -> i32) -> Home<dyn Task> {
    Home::new(Call { future: Some(future), end }).into()
}

struct Call<F, E> {
    future: Option<F>,
    /// Nothing that has to be dropped.
    end: E,
}

impl<F: Future + 'static, E: Fn(F::Output) -> i32 + Copy + 'static> Task for Call<F, E> {
    /// Not inlined: the first run and all others share it, and the future's code is in it.
    #[inline(never)]
    fn poll(self: Pin<&mut Self>, id: u32, context: &mut Context<'_>) -> Ended {
        // SAFETY: the future stays where it is until it is dropped there.
        let this = unsafe { self.get_unchecked_mut() };
        let Some(future) = &mut this.future else { return Ended::GOES_ON };
        // SAFETY: as above.
        let Poll::Ready(output) = unsafe { Pin::new_unchecked(future) }.poll(context) else { return Ended::GOES_ON };
        // All that the future held is gone before the host has the output.
        this.future = None;
        if executor::is_cancelled(id) { Ended::NONE } else { Ended::new(id, (this.end)(output)) }
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
