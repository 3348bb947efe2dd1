//! What the host settles: waiters by their numbers, for promises and for async imports.

use crate::exports::Shared;
use crate::wire::{Caught, Element, Piece, Text};
use crate::{JsError, JsValue};
use core::cell::UnsafeCell;
use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::mem;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll, Waker};
use handwire_abi::{self as abi, OwnedHandle, Slot};
use heap::vec::Vec;

/// Ends the list of free numbers.
const NOBODY: u32 = u32::MAX;

/// Puts a settled value where it is waited for: place, status, value.
type Put = unsafe fn(*mut (), u32, u32);

enum Waiter {
    /// With the next free number.
    Free(u32),
    Waits {
        waker: Waker,
        put: Option<Put>,
        place: *mut (),
    },
    /// Status and handle; of those with a place, nothing.
    Settled(u32, u32),
}

impl Waiter {
    #[inline]
    fn result(self) -> Result<JsValue, JsError> {
        let Waiter::Settled(status, value) = self else { unreachable!("it is settled") };
        let value = JsValue::made(OwnedHandle::from_raw(value));
        if status == 0 { Ok(value) } else { Err(value.into()) }
    }
}

struct Waiters {
    all: Vec<Waiter>,
    free: u32,
}

static WAITERS: Shared<Waiters> = Shared::new(Waiters { all: Vec::new(), free: NOBODY });

/// Looks at the list. Nothing of the user's may run in `act`.
#[inline(always)]
fn with<R>(act: impl FnOnce(&mut Waiters) -> R) -> R {
    // SAFETY: one thread is in this instance, and what `act` does never comes back here.
    act(unsafe { &mut *WAITERS.get() })
}

/// A number that waits.
#[inline]
fn add(waker: Waker, put: Option<Put>, place: *mut ()) -> u32 {
    let waiter = Waiter::Waits { waker, put, place };
    with(|waiters| {
        let number = waiters.free;
        if let Some(entry) = waiters.all.get_mut(number as usize) {
            if let Waiter::Free(next) = mem::replace(entry, waiter) {
                waiters.free = next;
            }
            return number;
        }
        waiters.all.push(waiter);
        waiters.all.len() as u32 - 1
    })
}

/// Ends a number, and gives what it was.
#[inline]
fn take(number: u32) -> Waiter {
    with(|waiters| {
        let free = Waiter::Free(waiters.free);
        waiters.free = number;
        mem::replace(&mut waiters.all[number as usize], free)
    })
}

/// What the host has for a waiter.
///
/// # Panics
///
/// If it doesn't wait: the host breaks the contract.
#[inline]
pub(crate) fn settle(number: u32, status: u32, value: u32) {
    let waiter = with(|waiters| {
        let entry = waiters.all.get_mut(number as usize)?;
        if let Waiter::Waits { .. } = entry { Some(mem::replace(entry, Waiter::Settled(status, value))) } else { None }
    });
    let Some(Waiter::Waits { waker, put, place }) = waiter else { panic!("the host settled what nobody waits for") };
    if let Some(put) = put {
        // SAFETY: the place is there for as long as the number waits, and of the type that `put` is for.
        unsafe { put(place, status, value) };
    }
    waker.wake();
}

/// Whether a number is settled; if not, the waker is the one to wake from now on.
#[inline]
fn is_settled(number: u32, context: &Context<'_>) -> bool {
    let known = with(|waiters| match &waiters.all[number as usize] {
        Waiter::Waits { waker, .. } => Some(waker.will_wake(context.waker())),
        _ => None,
    });
    if known == Some(false) {
        // Wakers may be anybody's: they are cloned and dropped while nobody looks at the list.
        let mut waker = context.waker().clone();
        with(|waiters| {
            if let Waiter::Waits { waker: old, .. } = &mut waiters.all[number as usize] {
                mem::swap(old, &mut waker);
            }
        });
    }
    known.is_none()
}

/// Waits for a value of the host. It is told when this is dropped before it came.
#[derive(Debug)]
pub(super) struct Wait(u32);

impl Wait {
    /// Begins to wait for a value, or for the promise of one.
    #[inline]
    pub(super) fn new(value: JsValue, context: &Context<'_>) -> Wait {
        let number = add(context.waker().clone(), None, ptr::null_mut());
        abi::promise_await(value.into_raw(), number);
        Wait(number)
    }

    /// Asks a stream for its next item.
    pub(super) fn next(stream: &JsValue, context: &Context<'_>) -> Wait {
        let number = add(context.waker().clone(), None, ptr::null_mut());
        abi::stream_next(stream.borrow(), number);
        Wait(number)
    }

    /// The item that came, if it did: once. `None` is the end.
    pub(super) fn poll_item(&mut self, context: &Context<'_>) -> Poll<Option<Result<JsValue, JsError>>> {
        if !is_settled(self.0, context) {
            return Poll::Pending;
        }
        match take(mem::replace(&mut self.0, NOBODY)) {
            Waiter::Settled(2, _) => Poll::Ready(None),
            waiter => Poll::Ready(Some(waiter.result())),
        }
    }

    /// What came, if it did: once.
    #[inline]
    pub(super) fn poll(&mut self, context: &Context<'_>) -> Poll<Result<JsValue, JsError>> {
        if !is_settled(self.0, context) {
            return Poll::Pending;
        }
        Poll::Ready(take(mem::replace(&mut self.0, NOBODY)).result())
    }
}

impl Drop for Wait {
    #[inline]
    fn drop(&mut self) {
        if self.0 == NOBODY {
            return;
        }
        match take(self.0) {
            Waiter::Settled(2, _) => {}
            Waiter::Settled(_, value) => drop(JsValue::made(OwnedHandle::from_raw(value))),
            _ => abi::promise_forget(self.0),
        }
    }
}

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
    /// # Safety
    ///
    /// `value` is what the host gave for this type: the address of a slot, or 0 where nothing is awaited.
    unsafe fn lift(value: u32) -> Self;

    /// The error that the line names; of any type where it names none.
    type Named: Element;

    /// What becomes of a rejection, with the error that the line names or with anything: a panic, unless the type can hold it.
    fn rejected(error: Result<Self::Named, JsError>) -> Self;
}

/// A rejection that no type holds.
#[cold]
fn refuse(error: Result<JsValue, JsError>) -> ! {
    panic!("the promise of an async import was rejected: {}", JsError::caught(error))
}

impl<T: Element> Settled for T {
    const TYPE: Text = <T as Element>::TYPE;
    type Named = JsValue;

    #[inline]
    unsafe fn lift(value: u32) -> T {
        let slot = value as usize as *const Slot;
        // SAFETY: the caller says so.
        unsafe { T::lift_slot(slot.read()) }
    }

    fn rejected(error: Result<JsValue, JsError>) -> T {
        refuse(error)
    }
}

impl Settled for () {
    const TYPE: Text = &[Piece::Str("()")];
    type Named = JsValue;

    unsafe fn lift(_: u32) {}

    fn rejected(error: Result<JsValue, JsError>) {
        refuse(error)
    }
}

impl<T: Settled, E: Caught> Settled for Result<T, E> {
    const TYPE: Text = &[Piece::Str("result<"), Piece::Sub(T::TYPE), Piece::Sub(E::ERROR), Piece::Str(">")];
    type Named = E::Named;

    #[inline]
    unsafe fn lift(value: u32) -> Result<T, E> {
        // SAFETY: the caller says so.
        Ok(unsafe { T::lift(value) })
    }

    fn rejected(error: Result<E::Named, JsError>) -> Result<T, E> {
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
    number: u32,
    place: UnsafeCell<Option<Outcome<T, T::Named>>>,
    _pinned: PhantomPinned,
    of: PhantomData<T>,
}

/// A value that is not looked at before the task runs: no code of the user's runs while the host settles.
enum Outcome<T, N> {
    Value(T),
    Rejected(Result<N, JsError>),
}

/// The status of a rejection with the error that the line names.
const NAMED: u32 = 3;

impl<T: Settled, C: FnOnce(u32)> Waiting<T, C> {
    /// `call` makes the call, for the waiter that it is given.
    #[inline]
    pub fn new(call: C) -> Waiting<T, C> {
        Waiting {
            call: Some(call),
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
        0 => Outcome::Value(unsafe { T::lift(value) }),
        // SAFETY: as above.
        NAMED => Outcome::Rejected(Ok(unsafe { T::Named::lift_slot((value as usize as *const Slot).read()) })),
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
            this.number = add(context.waker().clone(), Some(put::<T>), this.place.get().cast());
            call(this.number);
            return Poll::Pending;
        }
        if !is_settled(this.number, context) {
            return Poll::Pending;
        }
        take(mem::replace(&mut this.number, NOBODY));
        match this.place.get_mut().take() {
            Some(Outcome::Value(value)) => Poll::Ready(value),
            Some(Outcome::Rejected(error)) => Poll::Ready(T::rejected(error)),
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
