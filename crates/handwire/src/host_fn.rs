//! [`HostFn`]: a function of the host whose type is known.

use crate::closure::{Outcome, Signature};
use crate::wire::{Block, Element, Lift, Lower, Misfit, Pass, Piece, Receive, Return, Text, Wire};
use crate::{Closure, FromJs, JsFunction, JsType, JsValue, ToArg};
use core::fmt;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use handwire_abi::Slot;

/// A function of the host, with its type as that of a function pointer.
///
/// ```no_run
/// use handwire::{HostFn, JsError};
///
/// handwire::export! {
///     fn apply(f: HostFn<fn(i32) -> i32>, times: u32, start: i32) -> Result<i32, JsError> {
///         (0..times).try_fold(start, |x, _| f.call((x,)))
///     }
/// }
/// # fn main() {}
/// ```
///
/// The host checks that it is a function. Nobody can check what it will give: a result of
/// another type is an error of that call.
///
/// With the feature `async`, one that gives a promise (or its value at once) is a `HostFn<fn(A) -> Async<R>>`. Its call is a future; the
/// function gets one argument more than its type says, an object whose `signal` is aborted when that future is dropped too early.
///
/// ```ignore
/// export! {
///     async fn both(load: HostFn<fn(String) -> Async<String>>, a: String, b: String) -> Result<String, JsError> {
///         let (a, b) = futures_util::try_join!(load.call((a,)), load.call((b,)))?;
///         Ok(a + &b)
///     }
/// }
/// ```
#[repr(transparent)]
pub struct HostFn<S: Signature> {
    function: JsFunction,
    signature: PhantomData<S>,
}

/// A type of function that the guest can call: its arguments are [`HostArg`]s, and its result can be made of what comes back.
pub trait Callable: Signature {
    /// The arguments, as a tuple.
    type Args;
    /// What the call gives: a `Result` of the function's result, or a future of one.
    type Given;

    /// Makes the call.
    #[doc(hidden)]
    fn call(function: &JsFunction, args: Self::Args) -> Self::Given;
}

/// An argument of a [`HostFn`]: whatever is one of [`JsFunction::call`], and with the feature `serde` a `Data<T>`, which is
/// written when the call is made.
pub trait HostArg: Element {
    /// What crosses in its place.
    #[doc(hidden)]
    type Arg: ToArg;

    #[doc(hidden)]
    fn host_arg(self) -> Self::Arg;
}

impl<T: Element + ToArg> HostArg for T {
    type Arg = T;

    #[inline(always)]
    fn host_arg(self) -> T {
        self
    }
}

macro_rules! callables {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: HostArg + 'static,)* R: FromJs + Outcome + 'static> Callable for fn($($name),*) -> R {
            type Args = ($($name,)*);
            type Given = crate::Result<R>;

            #[inline]
            #[allow(non_snake_case)]
            fn call(function: &JsFunction, ($($name,)*): Self::Args) -> crate::Result<R> {
                function.call_as(&JsValue::UNDEFINED, ($($name.host_arg(),)*))
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

impl<S: Signature> HostFn<S> {
    #[inline]
    fn of(function: JsFunction) -> HostFn<S> {
        HostFn { function, signature: PhantomData }
    }

    /// The function.
    #[inline]
    pub fn as_js(&self) -> &JsFunction {
        &self.function
    }

    /// Calls it, with `undefined` as the receiver. Of a function that gives a promise, `fn(A) -> Async<R>`, this is a future,
    /// which calls it when it is polled first.
    ///
    /// # Errors
    ///
    /// What it throws, or its promise is rejected with; also if its result is of another type.
    #[inline]
    pub fn call(&self, args: S::Args) -> S::Given
    where
        S: Callable,
    {
        S::call(&self.function, args)
    }
}

impl<S: Signature> From<Closure<S>> for HostFn<S> {
    /// The closure's function, to which it is given: for a place inside of an option, a list
    /// or a record.
    #[inline]
    fn from(closure: Closure<S>) -> HostFn<S> {
        HostFn::of(closure.into_js())
    }
}

impl<S: Signature> From<JsFunction> for HostFn<S> {
    /// Any function: what it gives is checked when it is called.
    #[inline]
    fn from(function: JsFunction) -> HostFn<S> {
        HostFn::of(function)
    }
}

impl<S: Signature> From<HostFn<S>> for JsValue {
    #[inline]
    fn from(function: HostFn<S>) -> JsValue {
        function.function.into()
    }
}

impl<S: Signature> ToArg for HostFn<S> {
    #[inline]
    fn to_arg(&self) -> crate::Arg<'_> {
        crate::Arg::value(&self.function)
    }
}

impl<S: Signature> Clone for HostFn<S> {
    #[inline]
    fn clone(&self) -> HostFn<S> {
        HostFn::of(self.function.clone())
    }
}

impl<S: Signature> fmt::Debug for HostFn<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HostFn").field(&self.function).finish()
    }
}

impl<S: Signature> Element for HostFn<S> {
    const TYPE: Text = S::TYPE;
    // Without the brackets it would be a function of an optional result.
    const OPTION: Text = &[Piece::Str("("), Piece::Sub(S::TYPE), Piece::Str(")?")];

    #[inline]
    unsafe fn lift_slot(slot: Slot) -> HostFn<S> {
        // SAFETY: the host wrote a handle, and checked that it is a function.
        HostFn::of(JsFunction::unchecked_from(unsafe { JsValue::lift_slot(slot) }))
    }

    #[inline]
    fn lower_slot(self, block: &mut Block) -> Slot {
        JsValue::from(self).lower_slot(block)
    }
}

impl<S: Signature> Wire for HostFn<S> {
    const TYPE: Text = S::TYPE;
    type A = u32;
    type B = ();
}

impl<'h, S: Signature> Lift<'h> for HostFn<S> {
    type Hold = Option<JsValue>;

    #[inline]
    unsafe fn hold(handle: u32, _: ()) -> Self::Hold {
        // SAFETY: the host gave a handle, and checked that it is a function.
        unsafe { <JsValue as Lift>::hold(handle, ()) }
    }

    #[inline]
    fn lift(hold: &'h mut Self::Hold) -> HostFn<S> {
        HostFn::of(JsFunction::unchecked_from(<JsValue as Lift>::lift(hold)))
    }
}

impl<S: Signature> Lower for HostFn<S> {
    const TYPE: Text = S::TYPE;
    type Wire = u32;

    #[inline]
    fn lower(self) -> u32 {
        JsValue::from(self).lower()
    }
}

impl<S: Signature> Return for HostFn<S> {
    #[inline]
    fn write(self) {
        Return::write(JsValue::from(self));
    }
}

impl<S: Signature> Pass for HostFn<S> {
    type Hold = u32;

    #[inline]
    fn hold(self) -> u32 {
        JsValue::from(self).lower()
    }

    #[inline]
    fn pass(hold: &u32) -> (u32, ()) {
        (*hold, ())
    }
}

impl<S: Signature> Receive for HostFn<S> {
    const TYPE: Text = S::TYPE;
    type Wire = u32;
    type Out = ();

    #[inline]
    fn out(_: &mut MaybeUninit<Slot>) {}

    #[inline]
    unsafe fn try_receive(handle: u32, slot: MaybeUninit<Slot>) -> Result<HostFn<S>, Misfit> {
        // SAFETY: the host gave a handle, and checked that it is a function.
        let function = unsafe { <JsValue as Receive>::try_receive(handle, slot) };
        function.map(|function| HostFn::of(JsFunction::unchecked_from(function)))
    }
}
