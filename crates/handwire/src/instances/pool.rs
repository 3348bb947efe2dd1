//! Where entries are: in blocks that stay, found by their addresses. The free ones wait in a line, so that an id
//! is not given again until all others that are free were.

use super::entry::{Entry, Value};
use super::id;
use crate::exports::Shared;
use core::cell::Cell;
use core::ptr;
use heap::boxed::Box;

/// How many entries are made at a time.
const BLOCK: usize = 128;

struct Pool {
    /// The free entry that is next in line, or null; and the last.
    first: Cell<*const Entry>,
    last: Cell<*const Entry>,
    live: Cell<usize>,
}

static POOL: Shared<Pool> =
    Shared::new(Pool { first: Cell::new(ptr::null()), last: Cell::new(ptr::null()), live: Cell::new(0) });

fn pool() -> &'static Pool {
    // SAFETY: one thread is in this instance, and all in there are cells.
    unsafe { &*POOL.get() }
}

/// Gives a value an id.
#[inline]
pub(super) fn insert(value: Value, shared: bool) -> u32 {
    let pool = pool();
    if pool.first.get().is_null() {
        grow();
    }
    // SAFETY: it is an entry, which stays.
    let entry = unsafe { &*pool.first.get() };
    pool.first.set(entry.next());
    pool.live.set(pool.live.get() + 1);
    entry.fill(value, shared);
    id::of(entry)
}

/// Puts an entry at the end of the line.
pub(super) fn release(entry: &Entry) {
    let pool = pool();
    pool.live.set(pool.live.get() - 1);
    append(entry);
}

fn append(entry: &Entry) {
    let pool = pool();
    entry.set_next(ptr::null());
    if pool.first.get().is_null() {
        pool.first.set(entry);
    } else {
        // SAFETY: it is an entry, which stays.
        unsafe { &*pool.last.get() }.set_next(entry);
    }
    pool.last.set(entry);
}

#[cold]
#[inline(never)]
fn grow() {
    let block: &'static [Entry; BLOCK] = Box::leak(Box::new([const { Entry::free() }; BLOCK]));
    block.iter().for_each(append);
}

pub(super) fn live() -> usize {
    pool().live.get()
}
