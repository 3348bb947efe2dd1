//! Wakers: the id of a task in place of a pointer, so that making, cloning and dropping one costs
//! nothing. Those of tasks are known by their table, and what is done with them calls through none.

use super::executor;
use core::mem;
use core::ptr;
use core::task::{RawWaker, RawWakerVTable, Waker};

static VTABLE: RawWakerVTable = RawWakerVTable::new(|id| RawWaker::new(id, &VTABLE), wake, wake, |_| {});

fn wake(id: *const ()) {
    executor::wake(id.addr() as u32);
}

/// The waker of a task. It may be kept for longer than the task lives.
///
/// A `Waker` may be sent to another thread by its type; an instance has one at a time, says the
/// contract, so there is no other.
#[inline]
pub(super) fn waker(id: u32) -> Waker {
    // SAFETY: no function of the table takes the id for an address.
    unsafe { Waker::from_raw(RawWaker::new(ptr::without_provenance(id as usize), &VTABLE)) }
}

/// Another waker of the same.
#[inline]
pub(super) fn clone(waker: &Waker) -> Waker {
    if ptr::eq(waker.vtable(), &VTABLE) { self::waker(waker.data().addr() as u32) } else { waker.clone() }
}

/// The task that a waker is for; any other waker is given back.
#[inline]
pub(super) fn task_of(waker: Waker) -> Result<u32, Waker> {
    if !ptr::eq(waker.vtable(), &VTABLE) {
        return Err(waker);
    }
    let id = waker.data().addr() as u32;
    // It holds nothing.
    mem::forget(waker);
    Ok(id)
}
