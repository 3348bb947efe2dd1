//! Wakers: the id of a task in place of a pointer, so that making, cloning and dropping one costs
//! nothing. Those of tasks are known by their table, and what is done with them calls through none.

use super::executor;
use core::mem::ManuallyDrop;
use core::ptr;
use core::task::{RawWaker, RawWakerVTable, Waker};

static VTABLE: RawWakerVTable = RawWakerVTable::new(|id| RawWaker::new(id, &VTABLE), wake, wake, |_| {});

fn wake(id: *const ()) {
    executor::wake(id.addr() as u32);
}

/// The waker of a task. It may be kept for longer than the task lives.
///
/// A `Waker` may be sent to another thread by its type; an instance has one at a time, says the
/// contract, so there is no other. There is nothing to drop in it.
#[inline]
pub(super) fn waker(id: u32) -> ManuallyDrop<Waker> {
    // SAFETY: no function of the table takes the id for an address.
    ManuallyDrop::new(unsafe { Waker::from_raw(RawWaker::new(ptr::without_provenance(id as usize), &VTABLE)) })
}

/// Another waker of the same.
#[inline]
pub(super) fn clone(waker: &Waker) -> Waker {
    if ptr::eq(waker.vtable(), &VTABLE) {
        ManuallyDrop::into_inner(self::waker(waker.data().addr() as u32))
    } else {
        waker.clone()
    }
}

/// The task that a waker is for, if it is for one.
#[inline]
pub(super) fn task_of(waker: &Waker) -> Option<u32> {
    ptr::eq(waker.vtable(), &VTABLE).then(|| waker.data().addr() as u32)
}
