//! Results of async imports and of async methods of the host: typed, and settled in their place.

use super::waiter::{NOBODY, Waiter, add, is_settled, take};
use super::waker;
use crate::wire::{Caught, Element, Misfit, Piece, Text};
use crate::{JsError, JsValue};
use core::cell::UnsafeCell;
use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};
use handwire_abi::{self as abi, OwnedHandle, Slot};

/// A result of an async import: made of what the host settles it with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the result of an async import",
    label = "the wire has no form for this type"
)]
pub trait Settled: Sized {
    /// Its name in the contract section; `()` has one, too.
    const TYPE: Text;

    /// The value.
    ///
    /// # Errors
    ///
    /// The guest can't have what the host gave.
    ///
    /// # Safety
    ///
    /// `value` is what the host gave for this type: the address of a slot, or 0 where nothing is awaited.
    unsafe fn lift(value: u32) -> Result<Self, Misfit>;

    /// What becomes of an error that the guest found itself: a panic, unless the type can hold it. `call` is what was called.
    fn misfit(misfit: Misfit, call: &str) -> Self {
        misfit.panic(call)
    }

    /// The error that the line names; of any type where it names none.
    type Named: Element;

    /// What becomes of a rejection, with the error that the line names or with anything: a panic, unless the type can hold it.
    /// `call` is what was called.
    fn rejected(error: Result<Self::Named, JsError>, call: &str) -> Self;
}

/// A rejection that no type holds.
#[cold]
fn refuse(error: Result<JsValue, JsError>, call: &str) -> ! {
    // Of a method, this is the key of its import, with the parameters behind.
    let name = call.split('(').next().unwrap_or(call);
    panic!("the promise of {name} was rejected: {}", JsError::caught(error))
}

impl<T: Element> Settled for T {
    const TYPE: Text = <T as Element>::TYPE;
    type Named = JsValue;

    #[inline]
    unsafe fn lift(value: u32) -> Result<T, Misfit> {
        let slot = value as usize as *const Slot;
        // SAFETY: the caller says so.
        unsafe { T::try_lift_slot(slot.read()) }
    }

    fn rejected(error: Result<JsValue, JsError>, call: &str) -> T {
        refuse(error, call)
    }
}

impl Settled for () {
    const TYPE: Text = &[Piece::Str("()")];
    type Named = JsValue;

    unsafe fn lift(_: u32) -> Result<(), Misfit> {
        Ok(())
    }

    fn rejected(error: Result<JsValue, JsError>, call: &str) {
        refuse(error, call)
    }
}

impl<T: Settled, E: Caught> Settled for Result<T, E> {
    const TYPE: Text = &[Piece::Str("result<"), Piece::Sub(T::TYPE), Piece::Sub(E::ERROR), Piece::Str(">")];
    type Named = E::Named;

    #[inline]
    unsafe fn lift(value: u32) -> Result<Result<T, E>, Misfit> {
        // SAFETY: the caller says so.
        unsafe { T::lift(value) }.map(Ok)
    }

    fn misfit(misfit: Misfit, call: &str) -> Result<T, E> {
        Err(E::caught(Err(misfit.into_error(call))))
    }

    fn rejected(error: Result<E::Named, JsError>, _: &str) -> Result<T, E> {
        Err(E::caught(error))
    }
}

/// The piece ` -> async type` of an import's line.
pub const fn settled<T: Settled>() -> Piece {
    Piece::Sub(const { &[Piece::Str(" -> async "), Piece::Sub(T::TYPE)] })
}

/// The future of an async import: it is called at the first poll.
pub struct Waiting<T: Settled, C> {
    call: Option<C>,
    name: &'static str,
    number: u32,
    place: UnsafeCell<Option<Outcome<T, T::Named>>>,
    _pinned: PhantomPinned,
    of: PhantomData<T>,
}

/// A value that is not looked at before the task runs: no code of the user's runs while the host settles.
enum Outcome<T, N> {
    Value(T),
    Rejected(Result<N, JsError>),
    Misfit(Misfit),
}

/// The status of a rejection with the error that the line names.
const NAMED: u32 = 3;

impl<T: Settled, C: FnOnce(u32)> Waiting<T, C> {
    /// `call` makes the call, for the waiter that it is given; `name` is what it calls.
    #[inline]
    pub fn new(name: &'static str, call: C) -> Waiting<T, C> {
        Waiting {
            call: Some(call),
            name,
            number: NOBODY,
            place: UnsafeCell::new(None),
            _pinned: PhantomPinned,
            of: PhantomData,
        }
    }
}

/// # Safety
///
/// The place is that of a `Waiting<T, _>`, and the value is what the host gave for `T`.
unsafe fn put<T: Settled>(place: *mut (), status: u32, value: u32) {
    let outcome = match status {
        // SAFETY: the caller says so.
        0 => unsafe { T::lift(value) }.map_or_else(Outcome::Misfit, Outcome::Value),
        // SAFETY: as above.
        NAMED => match unsafe { T::Named::try_lift_slot((value as usize as *const Slot).read()) } {
            Ok(named) => Outcome::Rejected(Ok(named)),
            Err(misfit) => Outcome::Misfit(misfit),
        },
        _ => Outcome::Rejected(Err(JsValue::made(OwnedHandle::from_raw(value)).into())),
    };
    // SAFETY: the caller says so; nobody looks into the cell meanwhile.
    unsafe { *place.cast::<Option<Outcome<T, T::Named>>>() = Some(outcome) };
}

impl<T: Settled, C: FnOnce(u32)> Future for Waiting<T, C> {
    type Output = T;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        // SAFETY: nothing is moved out of what the cell holds but its content.
        let this = unsafe { self.get_unchecked_mut() };
        if let Some(call) = this.call.take() {
            this.number = add(waker::clone(context.waker()), Some(put::<T>), this.place.get().cast());
            call(this.number);
            return Poll::Pending;
        }
        if !is_settled(this.number, context) {
            return Poll::Pending;
        }
        take(mem::replace(&mut this.number, NOBODY));
        match this.place.get_mut().take() {
            Some(Outcome::Value(value)) => Poll::Ready(value),
            Some(Outcome::Rejected(error)) => Poll::Ready(T::rejected(error, this.name)),
            Some(Outcome::Misfit(misfit)) => Poll::Ready(T::misfit(misfit, this.name)),
            None => unreachable!("it is settled"),
        }
    }
}

impl<T: Settled, C> Drop for Waiting<T, C> {
    #[inline]
    fn drop(&mut self) {
        if self.number != NOBODY
            && let Waiter::Waits { .. } = take(self.number)
        {
            abi::promise_forget(self.number);
        }
    }
}
