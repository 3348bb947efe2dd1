//! Closures that are lent for one call, with all that they borrow. What makes that sound is the
//! table: the id ends before the borrow does, and no id of it is ever given twice. A loan takes no
//! allocation: the table points to where it lies.

use super::signature::{Handler, Named, SharedHandler};
use super::{Signature, function_of};
use crate::table::{self, Call, Held};
use crate::{JsArray, JsFunction, Result};
use core::cell::Cell;
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;

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
        Loan::<Lent<_, S>>::new(mem::transmute::<NonNull<dyn Handler<S> + '_>, NonNull<dyn Handler<S>>>(closure.into()))
    };
    run(&function_of(loan.closure_id(), S::LENT))
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

/// A closure that can be lent to the table. It is there from when its id is asked for until this is dropped.
#[derive(Debug)]
pub struct Loan<L> {
    lent: L,
    /// 0 as long as it is not there.
    closure_id: Cell<u32>,
}

impl<D: ?Sized, S> Loan<Lent<D, S>> {
    /// # Safety
    ///
    /// The closure lives, and nobody else uses it, until the loan is dropped; and that is not moved once its id was asked for.
    #[inline(always)]
    pub(super) unsafe fn new(closure: NonNull<D>) -> Loan<Lent<D, S>> {
        Loan { lent: Lent { closure, signature: PhantomData }, closure_id: Cell::new(0) }
    }
}

impl<D: ?Sized, S> Loan<LentShared<D, S>> {
    /// The same of a closure that may be called while it runs.
    ///
    /// # Safety
    ///
    /// The closure lives until the loan is dropped; and that is not moved once its id was asked for.
    #[inline(always)]
    pub(super) unsafe fn shared(closure: NonNull<D>) -> Loan<LentShared<D, S>> {
        Loan { lent: LentShared { closure, signature: PhantomData }, closure_id: Cell::new(0) }
    }
}

#[allow(private_bounds)]
impl<L: Held + Lendable> Loan<L> {
    /// The id, which is valid as long as this lives.
    #[inline(always)]
    pub(super) fn closure_id(&self) -> u32 {
        if self.closure_id.get() == 0 {
            let lent: &dyn Held = &self.lent;
            // SAFETY: it stays here until it is dropped, says whoever made it.
            self.closure_id.set(unsafe { table::lend(lent.into(), L::SOLE) });
        }
        self.closure_id.get()
    }
}

impl<L> Drop for Loan<L> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.closure_id.get() != 0 {
            table::end_loan(self.closure_id.get());
        }
    }
}

/// How a closure is lent.
trait Lendable {
    /// Whether one call at a time can have it.
    const SOLE: bool;
}

/// A closure that changes what it captured. The table calls it once at a time.
#[derive(Debug)]
pub struct Lent<D: ?Sized, S> {
    closure: NonNull<D>,
    signature: PhantomData<S>,
}

impl<D: ?Sized, S> Lendable for Lent<D, S> {
    const SOLE: bool = true;
}

impl<D: ?Sized, S> Lent<D, S> {
    /// # Safety
    ///
    /// The loan lives, and nobody else has the closure now.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    unsafe fn closure(&self) -> &mut D {
        // SAFETY: as the caller says.
        unsafe { &mut *self.closure.as_ptr() }
    }
}

impl<D: Handler<S> + ?Sized + 'static, S: Named> Held for Lent<D, S> {
    fn name(&self) -> &'static str {
        S::LENT
    }

    #[inline]
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64 {
        // SAFETY: the table has this, so the loan lives; and it lends it to one call at a time.
        unsafe { self.closure() }.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32 {
        // SAFETY: the table has this, so the loan lives; and it lends it to one call at a time.
        unsafe { self.closure() }.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, call: Call) -> i32 {
        // SAFETY: the table has this, so the loan lives; and it lends it to one call at a time.
        unsafe { self.closure() }.call(&call)
    }
}

/// A closure that only looks at what it captured.
#[derive(Debug)]
pub struct LentShared<D: ?Sized, S> {
    closure: NonNull<D>,
    signature: PhantomData<S>,
}

impl<D: ?Sized, S> Lendable for LentShared<D, S> {
    const SOLE: bool = false;
}

impl<D: SharedHandler<S> + ?Sized + 'static, S: Named> Held for LentShared<D, S> {
    fn name(&self) -> &'static str {
        S::LENT
    }

    #[inline]
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64 {
        // SAFETY: the loan lives, or the table would not have this.
        unsafe { self.closure.as_ref() }.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32 {
        // SAFETY: as above.
        unsafe { self.closure.as_ref() }.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, call: Call) -> i32 {
        // SAFETY: as above.
        unsafe { self.closure.as_ref() }.call(&call)
    }
}
