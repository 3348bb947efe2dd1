//! Wakers: the id of a task in place of a pointer, so that making, cloning and dropping one costs
//! nothing.

use super::executor;
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
