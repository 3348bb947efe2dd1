//! [`Closure`]: a Rust closure as a function of the host.
//!
//! The guest keeps the closure, and the host makes a function that calls it by its id. The two
//! are tied in one of three ways: a [`Closure`] owns both, and ends the closure when it is
//! dropped; [`into_js`](Closure::into_js) gives the closure to the function; and a closure that
//! is [lent](scoped) ends with a call. Wherever a function outlives its closure, calling it is
//! an error of the caller's.

mod cell;
mod code;
mod crossing;
#[cfg(feature = "async")]
mod future;
mod lent;
mod outcome;
mod seat;
mod signature;
mod variadic;

pub(crate) use code::Call;
#[cfg(feature = "async")]
pub use future::Async;
pub use lent::{lend, lend_shared, scoped};
pub use outcome::Outcome;
pub(crate) use seat::{Seat, is_closure, remove, seat};
pub use signature::Signature;
pub use variadic::{CallArgs, Variadic};

use crate::instances;
use crate::table;
use crate::{JsFunction, JsType, JsValue};
use core::fmt;
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop};
use handwire_abi as abi;
use signature::{Handler, Named, OnceHandler, SharedHandler};

/// A Rust closure that the host can call, with its type as that of a function pointer. It owns
/// the closure: dropped, the closure is dropped with all that it captured, and calling its
/// function fails with `dropped` from then on.
///
/// ```no_run
/// use handwire::{Closure, JsValue};
/// use std::{cell::Cell, rc::Rc};
///
/// let clicks = Rc::new(Cell::new(0));
/// let counted = Rc::clone(&clicks);
/// let on_click = Closure::new(move |_event: JsValue| counted.set(counted.get() + 1));
///
/// let button = JsValue::global().get("button")?;
/// button.call("addEventListener", ("click", on_click.as_js()))?;
/// // …
/// button.call("removeEventListener", ("click", on_click.as_js()))?;
/// drop(on_click);
/// # Ok::<(), handwire::JsError>(())
/// ```
///
/// The types of the arguments have to be named. Which types can be arguments and results is in
/// [`Signature`]; the host checks what it is called with like the arguments of an export, except that
/// arguments that are too many are left out. A `Result` throws its error, see [`Throw`](crate::wire::Throw). One of `new_async`
/// (feature `async`) gives a promise.
///
/// A closure that is a parameter of an import, or the result of an export or of another closure,
/// is given to the host, as by [`into_js`](Closure::into_js):
///
/// ```no_run
/// use handwire::Closure;
///
/// handwire::export! {
///     fn adder(by: i32) -> Closure<fn(i32) -> i32> {
///         Closure::new(move |x: i32| x + by)
///     }
/// }
/// handwire::import! {
///     mod clock { fn every(ms: u32, tick: Closure<fn()>); }
/// }
/// # fn main() {}
/// ```
#[must_use = "the closure ends when this is dropped; `into_js` gives it to the host"]
pub struct Closure<S: Signature> {
    // Ends first: destructors of what was captured find a function that can't be called.
    function: Function,
    owner: Owner,
    signature: PhantomData<S>,
}

/// A function that the host made for a closure, and which ends for the host when this is dropped.
struct Function {
    function: ManuallyDrop<JsFunction>,
}

impl Function {
    /// A new function that calls a closure.
    #[inline]
    fn of(closure_id: u32, text: &'static str) -> Function {
        // SAFETY: pointer and length are those of a text, which is static.
        let handle = unsafe { abi::closure_new(closure_id, text.as_ptr(), text.len()) };
        Function { function: ManuallyDrop::new(JsFunction::unchecked_from(JsValue::made(handle))) }
    }

    /// Gives its closure to it.
    #[inline]
    fn give(self) -> JsFunction {
        let mut function = ManuallyDrop::new(self);
        // SAFETY: nobody uses it after this.
        let function = unsafe { ManuallyDrop::take(&mut function.function) };
        abi::closure_give(function.borrow());
        function
    }
}

impl Drop for Function {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: nobody uses it after this.
        let function = unsafe { ManuallyDrop::take(&mut self.function) };
        abi::closure_end(JsValue::from(function).into_raw());
    }
}

/// Owns a closure.
struct Owner {
    closure_id: u32,
}

impl Drop for Owner {
    #[inline]
    fn drop(&mut self) {
        // If it runs now, it is dropped when it returns: the call has it, too.
        seat::remove(self.closure_id);
    }
}

impl<S: Signature> Closure<S> {
    /// A closure that is called any number of times, one call at a time: a call of its function
    /// while it runs fails with `re-entered`. It may drop itself while it runs.
    #[inline]
    pub fn new<F: Handler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::own(seat::insert(cell::Mut::<F, S>::new(closure, S::TEXT), true), S::TEXT)
    }

    /// A closure that doesn't change what it captured, and can be called while it runs.
    #[inline]
    pub fn shared<F: SharedHandler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::own(seat::insert(cell::Shared::<F, S>::new(closure), false), S::TEXT)
    }

    /// A closure that is called once, and ends with that call: any further one fails with `dropped`.
    #[inline]
    pub fn once<F: OnceHandler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::own(seat::insert(cell::Once::<F, S>::new(closure), false), S::ONCE)
    }

    #[inline]
    fn own(closure_id: u32, text: &'static str) -> Closure<S> {
        let owner = Owner { closure_id };
        Closure { function: Function::of(owner.closure_id, text), owner, signature: PhantomData }
    }

    /// Its function, which is one and the same for as long as the closure lives.
    #[inline]
    pub fn as_js(&self) -> &JsFunction {
        &self.function.function
    }

    /// Gives the closure to its function: it ends when the host calls the function's method
    /// `free()`, or when the function is collected, on hosts that tell (all that have a
    /// `FinalizationRegistry`). One of [`once`](Closure::once) ends with its call.
    #[inline]
    pub fn into_js(self) -> JsFunction {
        let Closure { function, owner, .. } = self;
        mem::forget(owner);
        function.give()
    }
}

impl<S: Signature> fmt::Debug for Closure<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Closure").field(&S::TEXT).finish()
    }
}

/// How many values of this guest the host can name at this moment: closures, given away or not,
/// instances, and what else has an id. For tests and for pages that show it.
pub fn live_values() -> usize {
    table::live() + instances::live() + seat::live()
}
