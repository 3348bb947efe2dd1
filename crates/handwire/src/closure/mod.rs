//! [`Closure`]: a Rust closure as a function of the host.
//!
//! The table keeps the closure, and the host makes a function that calls it by its id. The two
//! are tied in one of three ways: a [`Closure`] owns both, and ends the closure when it is
//! dropped; [`into_js`](Closure::into_js) gives the closure to the function; and a closure that
//! is [lent](scoped) ends with a call. Wherever a function outlives its closure, calling it is
//! an error of the caller's.

mod cell;
mod crossing;
#[cfg(feature = "async")]
mod future;
mod lent;
mod outcome;
mod signature;
mod variadic;

#[cfg(feature = "async")]
pub use future::Async;
pub use lent::scoped;
pub use outcome::Outcome;
pub use signature::Signature;
pub use variadic::{CallArgs, Variadic};

use crate::instances;
use crate::table::{self, Held};
use crate::{JsFunction, JsType, JsValue};
use core::fmt;
use core::marker::PhantomData;
use core::mem;
use handwire_abi as abi;
use heap::rc::Rc;
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
    function: JsFunction,
    owner: Owner,
    signature: PhantomData<S>,
}

/// Owns a closure in the table.
struct Owner {
    closure_id: u32,
}

impl Drop for Owner {
    #[inline]
    fn drop(&mut self) {
        // If it runs now, it is dropped when it returns: the call has it, too.
        drop(table::remove(self.closure_id));
    }
}

impl<S: Signature> Closure<S> {
    /// A closure that is called any number of times, one call at a time: a call of its function
    /// while it runs fails with `re-entered`. It may drop itself while it runs.
    #[inline]
    pub fn new<F: Handler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::own(table::insert_sole(cell::Mut::<F, S>::new(closure, S::TEXT)), S::TEXT)
    }

    /// A closure that doesn't change what it captured, and can be called while it runs.
    #[inline]
    pub fn shared<F: SharedHandler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::made(cell::Shared::<F, S>::new(closure), S::TEXT)
    }

    /// A closure that is called once, and ends with that call: any further one fails with `dropped`.
    #[inline]
    pub fn once<F: OnceHandler<S> + 'static>(closure: F) -> Closure<S> {
        Closure::own(cell::Once::<F, S>::new(closure).insert(), S::ONCE)
    }

    #[inline]
    fn made(value: impl Held, text: &'static str) -> Closure<S> {
        Closure::own(table::insert(Rc::new(value)), text)
    }

    #[inline]
    fn own(closure_id: u32, text: &'static str) -> Closure<S> {
        let owner = Owner { closure_id };
        Closure { function: function_of(owner.closure_id, text), owner, signature: PhantomData }
    }

    /// Its function, which is one and the same for as long as the closure lives.
    #[inline]
    pub fn as_js(&self) -> &JsFunction {
        &self.function
    }

    /// Gives the closure to its function: it ends when the host calls the function's method
    /// `free()`, or when the function is collected, on hosts that tell (all that have a
    /// `FinalizationRegistry`). One of [`once`](Closure::once) ends with its call.
    #[inline]
    pub fn into_js(self) -> JsFunction {
        let Closure { function, owner, .. } = self;
        abi::closure_give(function.borrow());
        mem::forget(owner);
        function
    }
}

/// A new function of the host that calls a closure of the table.
#[inline]
fn function_of(closure_id: u32, text: &'static str) -> JsFunction {
    // SAFETY: pointer and length are those of a text, which is static.
    let handle = unsafe { abi::closure_new(closure_id, text.as_ptr(), text.len()) };
    JsFunction::unchecked_from(JsValue::made(handle))
}

impl<S: Signature> fmt::Debug for Closure<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Closure").field(&S::TEXT).finish()
    }
}

/// How many values of this guest the host can name at this moment: closures, given away or not,
/// instances, and what else has an id. For tests and for pages that show it.
pub fn live_values() -> usize {
    table::live() + instances::live()
}
