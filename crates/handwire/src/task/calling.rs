//! [`Calling`]: a call of a function of the host's that gives a promise.

use super::waiter::Wait;
use crate::closure::{Async, Outcome};
use crate::{Args, Callable, FromJs, HostArg, JsFunction, Result};
use core::future::Future;
use core::marker::PhantomData;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

/// The future of a call of a [`HostFn`](crate::HostFn) whose type is `fn(A) -> Async<R>`.
///
/// The function is called at the first poll, with one argument more than its type has: an object whose `signal` is aborted when
/// this is dropped before the promise is settled.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Calling<A, R> {
    state: State<A>,
    result: PhantomData<fn() -> R>,
}

#[derive(Debug)]
enum State<A> {
    New(JsFunction, A),
    Waits(Wait),
    Over,
}

// Nothing in it is looked at by its place.
impl<A, R> Unpin for Calling<A, R> {}

impl<A: Args, R: Awaited> Future for Calling<A, R> {
    type Output = Result<R::Value>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<R::Value>> {
        match mem::replace(&mut self.state, State::Over) {
            State::New(function, args) => {
                self.state = State::Waits(Wait::call(&function, &args, context));
                Poll::Pending
            }
            State::Waits(mut wait) => match wait.poll(context) {
                Poll::Ready(result) => Poll::Ready(result),
                Poll::Pending => {
                    self.state = State::Waits(wait);
                    Poll::Pending
                }
            },
            State::Over => panic!("a future is not polled after its end"),
        }
    }
}

/// What a promise of the host's gives for a type: the type itself, or what a `Result` holds.
pub trait Awaited {
    /// The value.
    type Value: FromJs;
}

impl<T: FromJs> Awaited for T {
    type Value = T;
}

impl<T: FromJs, E> Awaited for core::result::Result<T, E> {
    type Value = T;
}

macro_rules! callables {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: HostArg + 'static,)* R: Awaited + Outcome + 'static> Callable for fn($($name),*) -> Async<R> {
            type Args = ($($name,)*);
            type Given = Calling<($($name::Arg,)*), R>;

            #[inline]
            #[allow(non_snake_case)]
            fn call(function: &JsFunction, ($($name,)*): Self::Args) -> Self::Given {
                let args = ($($name.host_arg(),)*);
                Calling { state: State::New(function.clone(), args), result: PhantomData }
            }
        }
    )*};
}

callables! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
