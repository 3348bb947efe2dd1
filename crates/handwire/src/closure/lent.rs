//! Closures that are lent for one call, with all that they borrow. What makes that sound is that the host ends the
//! id of what it was lent before that call returns. A loan takes no allocation: the id is where it lies.

use super::code::{Call, Code};
use super::seat::Seat;
use super::signature::{Handler, Named, SharedHandler};
use super::{Function, Signature};
use crate::id;
use crate::{JsArray, JsFunction, Result};
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
    let loan = lend::<S, F>(closure);
    run(&Function::of(loan.closure_id(), S::LENT).function)
}

/// Lends a closure for the time of an import.
#[inline(always)]
pub fn lend<S: Signature, F: Handler<S> + ?Sized>(closure: &mut F) -> Loan<Lent<'_, F, S>> {
    Loan { lent: Lent { closure: closure.into(), of: PhantomData }, seat: Seat::empty(true) }
}

/// The same of a closure that may be called while it runs.
#[inline(always)]
pub fn lend_shared<S: Signature, F: SharedHandler<S> + ?Sized>(closure: &F) -> Loan<LentShared<'_, F, S>> {
    Loan { lent: LentShared { closure, signature: PhantomData }, seat: Seat::empty(false) }
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

/// A closure that can be lent to the host. Its id is good as long as this lives, where it was when the id was asked for.
#[derive(Debug)]
pub struct Loan<L> {
    lent: L,
    seat: Seat,
}

#[allow(private_bounds)]
impl<L: Code> Loan<L> {
    /// The id. What gives it to the host keeps the loan in its place until the host has ended it.
    #[inline(always)]
    pub fn closure_id(&self) -> u32 {
        let code: NonNull<dyn Code + '_> = NonNull::from(&self.lent);
        // SAFETY: only the lifetime differs; it stays here until the host has ended the id.
        unsafe { self.seat.take_place(mem::transmute::<NonNull<dyn Code + '_>, NonNull<dyn Code>>(code)) };
        id::of(&self.seat)
    }
}

/// A closure that changes what it captured. One call at a time has it.
#[derive(Debug)]
pub struct Lent<'a, D: ?Sized, S> {
    closure: NonNull<D>,
    of: PhantomData<(&'a mut D, S)>,
}

impl<D: ?Sized, S> Lent<'_, D, S> {
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

impl<D: Handler<S> + ?Sized, S: Named> Code for Lent<'_, D, S> {
    fn name(&self) -> &'static str {
        S::LENT
    }

    #[inline]
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64 {
        // SAFETY: the host calls it only while the loan lives; and one call at a time has it.
        unsafe { self.closure() }.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32 {
        // SAFETY: the host calls it only while the loan lives; and one call at a time has it.
        unsafe { self.closure() }.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, call: Call) -> i32 {
        // SAFETY: the host calls it only while the loan lives; and one call at a time has it.
        unsafe { self.closure() }.call(&call)
    }
}

/// A closure that only looks at what it captured.
#[derive(Debug)]
pub struct LentShared<'a, D: ?Sized, S> {
    closure: &'a D,
    signature: PhantomData<S>,
}

impl<D: SharedHandler<S> + ?Sized, S: Named> Code for LentShared<'_, D, S> {
    fn name(&self) -> &'static str {
        S::LENT
    }

    #[inline]
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64 {
        self.closure.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32 {
        self.closure.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, call: Call) -> i32 {
        self.closure.call(&call)
    }
}
