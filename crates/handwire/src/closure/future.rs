//! [`Async`]: results that come later, and closures that give them.
//!
//! A call of such a closure makes a future, and that is all it does while it has its captures: the
//! future runs when the closure is free again. So calls overlap freely, and may come from within
//! each other, whatever the closure changes.

use super::Closure;
use super::code::Call;
use super::outcome::Outcome;
use super::signature::{Handler, OnceHandler, SharedHandler, Signature};
use crate::task::{self, Home, Task};
use crate::wire::{Element, Piece, Text, claim_arguments};
use core::fmt;
use core::future::Future;
use core::marker::PhantomData;

/// The result of a function that gives a promise: `fn(String) -> Async<Result<String, JsError>>` is the type of a
/// function that takes a text, and gives the promise of one.
///
/// [`Closure::new_async`] makes such a function of a closure, and the [`HostFn::call`](crate::HostFn::call) of one is a
/// future. A value of it is a future in a box, for closures that are made otherwise, as one that is lent:
///
/// ```no_run
/// use handwire::{Async, import};
///
/// import! {
///     mod app { fn retry(times: u32, attempt: &mut dyn FnMut(u32) -> Async<bool>); }
/// }
///
/// fn attempts() -> u32 {
///     let mut attempts = 0;
///     app::retry(3, &mut |wait| {
///         attempts += 1;
///         Async::new(async move { wait == 0 })
///     });
///     attempts
/// }
/// # fn main() {}
/// ```
#[must_use = "nothing happens unless a closure gives it to the host"]
pub struct Async<R> {
    call: Home<dyn Task>,
    result: PhantomData<fn() -> R>,
}

impl<R: Outcome + 'static> Async<R> {
    /// What a future will give. It owns what it uses, and runs when the closure has returned.
    #[inline]
    pub fn new(future: impl Future<Output = R> + 'static) -> Async<R> {
        Async { call: task::boxed(future, R::write), result: PhantomData }
    }
}

impl<R> fmt::Debug for Async<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Async").finish_non_exhaustive()
    }
}

impl<R: Outcome + 'static> Outcome for Async<R> {
    const TYPE: Text =
        &[Piece::Str(if R::TYPE.is_empty() { "async<()" } else { "async<" }), Piece::Sub(R::TYPE), Piece::Str(">")];
    const ASYNC: bool = true;

    #[inline]
    fn write(self) -> i32 {
        const { assert!(!R::ASYNC, "Async of an Async: a promise gives no promise") };
        task::held(self.call)
    }
}

/// A closure that makes futures, as one that gives an [`Async`].
struct Futures<F>(F);

macro_rules! handlers {
    ($($(#[$doc:meta])* $trait:ident, [$($me:tt)*] $self:ident, $handler:ident;)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = "`{Self}` can't be called by the host as `{S}`",
            label = "no closure of this type that gives a future",
            note = "name the types of its arguments, as in `|url: String| async move {{ … }}`: up to eight that own what they hold; the future owns what it uses"
        )]
        pub trait $trait<S> {
            /// With slots.
            fn begin($($me)*, call: &Call) -> i32;
        }

        impl<S, F: $trait<S>> $handler<S> for Futures<F> {
            fn call4($($me)*, _: f64, _: f64, _: f64, _: f64) -> f64 {
                f64::NAN
            }

            fn call4i($($me)*, _: i32, _: i32, _: i32, _: i32) -> i32 {
                0
            }

            #[inline]
            fn call($($me)*, call: &Call) -> i32 {
                $self.0.begin(call)
            }
        }
    )*};
}

handlers! {
    /// What makes futures for calls of the type `S`, as often as one likes.
    AsyncHandler, [&mut self] self, Handler;
    /// The same, also while it makes one.
    SharedAsyncHandler, [&self] self, SharedHandler;
    /// The same, once.
    OnceAsyncHandler, [self] self, OnceHandler;
}

macro_rules! signatures {
    ($($($name:ident $at:tt)*;)*) => {$(
        signatures!(@of AsyncHandler FnMut [&mut self] $($name $at)*);
        signatures!(@of SharedAsyncHandler Fn [&self] $($name $at)*);
        signatures!(@of OnceAsyncHandler FnOnce [self] $($name $at)*);
    )*};
    (@of $trait:ident $fn:ident [$($me:tt)*] $($name:ident $at:tt)*) => {
        impl<Func, Fut, $($name: Element + 'static,)* R: Outcome + 'static> $trait<fn($($name),*) -> Async<R>> for Func
        where
            Func: $fn($($name),*) -> Fut,
            Fut: Future<Output = R> + 'static,
        {
            #[inline]
            #[allow(unused_variables)]
            fn begin($($me)*, call: &Call) -> i32 {
                claim_arguments!(call, $($name $at)*);
                // SAFETY: the host wrote a slot for each parameter, of its type.
                Async::new(signatures!(@self $($me)*)($(unsafe { $name::lift_slot(call.args.add($at).read()) }),*)).write()
            }
        }
    };
    (@self &mut $me:ident) => { $me };
    (@self &$me:ident) => { $me };
    (@self $me:ident) => { $me };
}

signatures! {
    ;
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}

impl<S: Signature> Closure<S> {
    /// A closure whose calls are futures: a function of the host's that gives a promise. Calls overlap freely, for the closure
    /// is in use only until it has made the future. That owns what it uses: it is for the closure to clone what all share.
    ///
    /// ```no_run
    /// # use handwire::{JsError, JsValue, import};
    /// use handwire::Closure;
    /// # import! { async fn get(url: &str) -> Result<JsValue, JsError> = "fetch($1, { signal: $signal })"; }
    ///
    /// let mut calls = 0;
    /// let status = Closure::new_async(move |url: String| {
    ///     calls += 1;
    ///     async move { get(&url).await?.get_as::<f64>("status") }
    /// });
    /// JsValue::global().set("status", status.into_js())?; // status("/").then(console.log)
    /// # Ok::<(), JsError>(())
    /// ```
    ///
    /// Whoever calls it may pass an object with a `signal` behind the arguments, which ends the call. A call under way doesn't
    /// need the closure any more: dropping that leaves the call to its end. An `Err` rejects the promise; so does everything else that a
    /// closure throws, arguments of a wrong type too.
    #[inline]
    pub fn new_async<F: AsyncHandler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::new(Futures(closure))
    }

    /// The same for a closure that doesn't change what it captured: it can be called also while it makes a future.
    #[inline]
    pub fn shared_async<F: SharedAsyncHandler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::shared(Futures(closure))
    }

    /// The same for a closure that is called once, and ends with that call: the future goes on. Any further call is rejected with `dropped`.
    #[inline]
    pub fn once_async<F: OnceAsyncHandler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::once(Futures(closure))
    }
}
