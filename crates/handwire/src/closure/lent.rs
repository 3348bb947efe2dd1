//! Closures that are lent for one call, with all that they borrow. What makes that sound is the
//! table: the id ends before the borrow does, and no id of it is ever given twice.

use super::signature::{Handler, Named, SharedHandler};
use super::{Signature, function_of};
use crate::table::{self, Call, Held, Misuse};
use crate::{JsArray, JsFunction, Result};
use core::cell::Cell;
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;
use heap::rc::Rc;

/// Lends a closure to the host for the time of `run`, which gets it as a function. It may
/// borrow whatever it likes. If the host keeps the function, calling it later fails with `dropped`.
///
/// ```no_run
/// use handwire::{JsArray, scoped};
///
/// fn sum(numbers: &JsArray) -> Result<f64, handwire::JsError> {
///     let mut sum = 0.0;
///     scoped(&mut |x: f64| sum += x, |add| numbers.call("forEach", (add,)))?;
///     Ok(sum)
/// }
/// ```
///
/// For a parameter of an import there is a shorter way: the type `&mut dyn FnMut(f64)`.
#[inline]
pub fn scoped<S: Signature, F: Handler<S>, R>(closure: &mut F, run: impl FnOnce(&JsFunction) -> R) -> R {
    let closure: &mut (dyn Handler<S> + '_) = closure;
    // SAFETY: the loan ends in this function.
    let loan = unsafe {
        Loan::new::<dyn Handler<S>, S>(mem::transmute::<NonNull<dyn Handler<S> + '_>, NonNull<dyn Handler<S>>>(
            closure.into(),
        ))
    };
    run(&function_of(loan.closure_id, S::LENT))
}

impl JsArray {
    /// `array.forEach(closure)`: calls a closure with each element, and with what else `forEach`
    /// passes, if it has arguments for that. It may borrow whatever it likes.
    ///
    /// ```no_run
    /// # use handwire::{JsArray, JsValue};
    /// # let lines = JsArray::new();
    /// let mut longest = 0;
    /// lines.for_each(&mut |line: String| longest = longest.max(line.len()))?;
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If an element is not of the type that the closure takes, or the closure returns an error.
    pub fn for_each<S: Signature>(&self, closure: &mut impl Handler<S>) -> Result<()> {
        scoped(closure, |function| self.call_as("forEach", (function,)))
    }
}

/// A closure in the table for as long as this lives.
#[derive(Debug)]
pub struct Loan {
    closure_id: u32,
}

impl Loan {
    /// # Safety
    ///
    /// The closure lives, and nobody else uses it, until the loan is dropped.
    #[inline]
    pub(super) unsafe fn new<D: Handler<S> + ?Sized + 'static, S: Signature>(closure: NonNull<D>) -> Loan {
        let lent = Lent::<D, S> { closure, busy: Cell::new(false), signature: PhantomData };
        Loan { closure_id: table::insert(Rc::new(lent)) }
    }

    /// The same of a closure that may be called while it runs.
    ///
    /// # Safety
    ///
    /// The closure lives until the loan is dropped.
    #[inline]
    pub(super) unsafe fn shared<D: SharedHandler<S> + ?Sized + 'static, S: Signature>(closure: NonNull<D>) -> Loan {
        Loan { closure_id: table::insert(Rc::new(LentShared::<D, S> { closure, signature: PhantomData })) }
    }

    /// The id, which is valid as long as this lives.
    #[inline]
    pub(super) fn closure_id(&self) -> u32 {
        self.closure_id
    }
}

impl Drop for Loan {
    #[inline]
    fn drop(&mut self) {
        drop(table::remove(self.closure_id));
    }
}

struct Lent<D: ?Sized, S> {
    closure: NonNull<D>,
    busy: Cell<bool>,
    signature: PhantomData<S>,
}

impl<D: Handler<S> + ?Sized, S: Named> Lent<D, S> {
    #[inline(always)]
    fn enter<R>(&self, refused: R, run: impl FnOnce(&mut D) -> R) -> R {
        if self.busy.replace(true) {
            Misuse::ReEntered.report(S::LENT);
            return refused;
        }
        // SAFETY: the loan lives, or the table would not have this; nobody else has the
        // closure: it was not busy.
        let result = run(unsafe { &mut *self.closure.as_ptr() });
        self.busy.set(false);
        result
    }
}

impl<D: Handler<S> + ?Sized + 'static, S: Named> Held for Lent<D, S> {
    fn name(&self) -> &'static str {
        S::LENT
    }

    #[inline]
    fn call4(&self, _id: u32, a: f64, b: f64, c: f64, d: f64) -> f64 {
        self.enter(0.0, |closure| closure.call4(a, b, c, d))
    }

    #[inline]
    fn call4i(&self, _id: u32, a: i32, b: i32, c: i32, d: i32) -> i32 {
        self.enter(0, |closure| closure.call4i(a, b, c, d))
    }

    #[inline]
    fn call(&self, _id: u32, call: Call) -> i32 {
        self.enter(0, |closure| closure.call(&call))
    }
}

struct LentShared<D: ?Sized, S> {
    closure: NonNull<D>,
    signature: PhantomData<S>,
}

impl<D: SharedHandler<S> + ?Sized + 'static, S: Named> Held for LentShared<D, S> {
    fn name(&self) -> &'static str {
        S::LENT
    }

    #[inline]
    fn call4(&self, _id: u32, a: f64, b: f64, c: f64, d: f64) -> f64 {
        // SAFETY: the loan lives, or the table would not have this.
        unsafe { self.closure.as_ref() }.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, _id: u32, a: i32, b: i32, c: i32, d: i32) -> i32 {
        // SAFETY: as above.
        unsafe { self.closure.as_ref() }.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, _id: u32, call: Call) -> i32 {
        // SAFETY: as above.
        unsafe { self.closure.as_ref() }.call(&call)
    }
}
