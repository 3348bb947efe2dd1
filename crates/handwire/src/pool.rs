//! Where the entries are whose addresses are ids: in blocks that stay. The free ones wait in a line, so that an
//! id is not given again until all others that are free were.

use core::cell::Cell;
use core::ptr;
use heap::boxed::Box;

/// How many entries are made at a time.
const BLOCK: usize = 128;

/// An entry that can wait in line.
pub(crate) trait Entry: Sized + 'static {
    /// A free one.
    const FREE: Self;

    /// The one behind it in the line; null for the last.
    fn next(&self) -> *const Self;

    /// Of an entry that is free.
    fn set_next(&self, next: *const Self);
}

/// The entries of one kind.
pub(crate) struct Pool<E> {
    /// The free entry that is next in line, or null; and the last.
    first: Cell<*const E>,
    last: Cell<*const E>,
    live: Cell<usize>,
}

impl<E: Entry> Pool<E> {
    pub(crate) const fn new() -> Pool<E> {
        Pool { first: Cell::new(ptr::null()), last: Cell::new(ptr::null()), live: Cell::new(0) }
    }

    /// How many entries are not free.
    pub(crate) fn live(&self) -> usize {
        self.live.get()
    }

    /// The entry that was free for the longest time.
    #[inline]
    pub(crate) fn take(&self) -> &'static E {
        if self.first.get().is_null() {
            self.grow();
        }
        // SAFETY: it is an entry, which stays.
        let entry = unsafe { &*self.first.get() };
        self.first.set(entry.next());
        self.live.set(self.live.get() + 1);
        entry
    }

    /// Puts an entry at the end of the line.
    pub(crate) fn release(&self, entry: &E) {
        self.live.set(self.live.get() - 1);
        self.append(entry);
    }

    fn append(&self, entry: &E) {
        entry.set_next(ptr::null());
        if self.first.get().is_null() {
            self.first.set(entry);
        } else {
            // SAFETY: it is an entry, which stays.
            unsafe { &*self.last.get() }.set_next(entry);
        }
        self.last.set(entry);
    }

    #[cold]
    #[inline(never)]
    fn grow(&self) {
        let block: &'static [E; BLOCK] = Box::leak(Box::new([E::FREE; BLOCK]));
        block.iter().for_each(|entry| self.append(entry));
    }
}
