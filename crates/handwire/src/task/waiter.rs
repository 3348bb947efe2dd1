//! What the host settles: waiters by their numbers. What waits for a value by its handle is here;
//! `settled.rs` has the async imports.

use super::waker;
#[cfg(feature = "functions")]
use crate::args::slots;
use crate::exports::Shared;
#[cfg(feature = "functions")]
use crate::{Args, JsFunction};
use crate::{FromJs, JsError, JsValue};
use core::mem;
use core::ptr;
use core::task::{Context, Poll, Waker};
use handwire_abi::{self as abi, OwnedHandle};
use heap::vec::Vec;

/// Ends the list of free numbers.
pub(super) const NOBODY: u32 = u32::MAX;

/// Puts a settled value where it is waited for: place, status, value.
pub(super) type Put = unsafe fn(*mut (), u32, u32);

pub(super) enum Waiter {
    /// With the next free number.
    Free(u32),
    Waits {
        waker: Waker,
        put: Option<Put>,
        place: *mut (),
    },
    /// Status and handle; of those with a place, nothing.
    Settled(u32, u32),
    /// With a number.
    Number(f64),
}

impl Waiter {
    /// What came, as what is asked for: a number is a value only then.
    #[inline]
    fn result<T: FromJs>(self) -> Result<T, JsError> {
        let (status, value) = match self {
            Waiter::Settled(status, value) => (status, JsValue::made(OwnedHandle::from_raw(value))),
            Waiter::Number(number) => return T::from_number(number),
            _ => unreachable!("it is settled"),
        };
        if status == 0 { T::from_value(value) } else { Err(value.into()) }
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
pub(super) fn add(waker: Waker, put: Option<Put>, place: *mut ()) -> u32 {
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
pub(super) fn take(number: u32) -> Waiter {
    with(|waiters| {
        let free = Waiter::Free(waiters.free);
        waiters.free = number;
        mem::replace(&mut waiters.all[number as usize], free)
    })
}

/// What the host has for a waiter; gives whom to wake.
///
/// # Panics
///
/// If it doesn't wait: the host breaks the contract.
#[inline]
pub(crate) fn settle(number: u32, status: u32, value: u32) -> Waker {
    let (waker, put, place) = end(number, Waiter::Settled(status, value));
    if let Some(put) = put {
        // SAFETY: the place is there for as long as the number waits, and of the type that `put` is for.
        unsafe { put(place, status, value) };
    }
    waker
}

/// The number that the host has for a waiter that takes one; as `settle`.
#[inline]
pub(crate) fn settle_number(waiter: u32, number: f64) -> Waker {
    let (waker, put, _) = end(waiter, Waiter::Number(number));
    assert!(put.is_none(), "the host settled an import with a number of no type");
    waker
}

/// Puts what came in the place of what waited.
#[inline]
fn end(number: u32, settled: Waiter) -> (Waker, Option<Put>, *mut ()) {
    let waiter = with(|waiters| {
        let entry = waiters.all.get_mut(number as usize)?;
        if let Waiter::Waits { .. } = entry { Some(mem::replace(entry, settled)) } else { None }
    });
    let Some(Waiter::Waits { waker, put, place }) = waiter else { panic!("the host settled what nobody waits for") };
    (waker, put, place)
}

/// Whether a number is settled; if not, the waker is the one to wake from now on.
#[inline]
pub(super) fn is_settled(number: u32, context: &Context<'_>) -> bool {
    let known = with(|waiters| match &waiters.all[number as usize] {
        Waiter::Waits { waker, .. } => Some(waker.will_wake(context.waker())),
        _ => None,
    });
    if known == Some(false) {
        // Wakers may be anybody's: they are cloned and dropped while nobody looks at the list.
        let mut waker = waker::clone(context.waker());
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
        let number = add(waker::clone(context.waker()), None, ptr::null_mut());
        abi::promise_await(value.into_raw(), number);
        Wait(number)
    }

    /// Calls a function, and begins to wait for what it gives.
    #[cfg(feature = "functions")]
    pub(super) fn call(function: &JsFunction, args: &impl Args, context: &Context<'_>) -> Wait {
        let number = add(waker::clone(context.waker()), None, ptr::null_mut());
        args.with(|args| {
            let (args, argc) = slots(args);
            // SAFETY: the slots and what they point to are readable.
            unsafe { abi::promise_call(function.borrow(), args, argc, number) }
        });
        Wait(number)
    }

    /// As `new`, for somebody who takes a number as such.
    #[inline]
    pub(super) fn for_number(value: JsValue, context: &Context<'_>) -> Wait {
        let number = add(waker::clone(context.waker()), None, ptr::null_mut());
        abi::promise_await_number(value.into_raw(), number);
        Wait(number)
    }

    /// Asks a stream for its next item.
    pub(super) fn next(stream: &JsValue, context: &Context<'_>) -> Wait {
        let number = add(waker::clone(context.waker()), None, ptr::null_mut());
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
    pub(super) fn poll<T: FromJs>(&mut self, context: &Context<'_>) -> Poll<Result<T, JsError>> {
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
            Waiter::Settled(2, _) | Waiter::Number(_) => {}
            Waiter::Settled(_, value) => drop(JsValue::made(OwnedHandle::from_raw(value))),
            _ => abi::promise_forget(self.0),
        }
    }
}
