//! An entry of the table: a value with the id that it has now.

use super::{Held, ID_ENDS};
use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use heap::rc::Rc;

/// What `key` is while a call has the value alone. No id: it would be of generation 0.
const ALONE: u32 = 1;
/// What `key` is when it says nothing.
const NO_KEY: u32 = 0;
/// The value is lent to the table.
const LENT: u32 = 1 << 31;
/// Any number of calls at a time may use the value.
const SHARED: u32 = 1 << 30;
const BORROWS: u32 = SHARED - 1;

#[derive(Default)]
// Aligned to its size, so that it is found by shifting its index.
#[repr(C, align(32))]
pub(super) struct Entry {
    /// The id, while it is valid and the next call has the value alone.
    key: u32,
    /// The id that is valid now; while none is, the next one with its lowest bit flipped, which nobody looks for.
    id: u32,
    /// While the entry is free: the next free one. While it isn't: what the value is to the table, and its borrows, if `key` doesn't say them.
    state: u32,
    /// An `Rc` as its raw pointer, which needs no reckoning to get at the value; or a pointer to what is lent.
    value: Option<NonNull<dyn Held>>,
}

/// What the table has a value as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) shared: bool,
    pub(super) lent: bool,
}

impl Entry {
    pub(super) fn new(id: u32) -> Entry {
        Entry { id: id ^ 1, ..Entry::default() }
    }

    /// Begins with a value. The id that it has from now on.
    #[inline(always)]
    pub(super) fn fill(&mut self, value: NonNull<dyn Held>, how: Use) -> u32 {
        self.id ^= 1;
        self.key = if how.shared { NO_KEY } else { self.id };
        self.state = if how.shared { SHARED } else { 0 } | if how.lent { LENT } else { 0 };
        self.value = Some(value);
        self.id
    }

    pub(super) fn lives(&self) -> bool {
        self.id & 1 == 1
    }

    pub(super) fn is_lent(&self) -> bool {
        self.state & LENT != 0
    }

    /// The value of an id, if that is valid.
    #[inline(always)]
    pub(super) fn value(&self, id: u32) -> Option<NonNull<dyn Held>> {
        if self.id == id { self.value } else { None }
    }

    // Calls.

    /// Begins a call that has the value alone; nothing if it takes more than a look to know.
    #[inline(always)]
    pub(super) fn enter(&mut self, id: u32) -> Option<NonNull<dyn Held>> {
        if self.key != id {
            return None;
        }
        self.key = ALONE;
        // SAFETY: there is a key only while there is a value.
        Some(unsafe { self.value.unwrap_unchecked() })
    }

    /// Ends it; false if the value has to end.
    #[inline(always)]
    pub(super) fn leave(&mut self, id: u32) -> bool {
        let was = self.key == ALONE;
        if was {
            self.key = id;
        }
        was
    }

    /// Begins a call of a value of many; false if it is in use by one alone.
    pub(super) fn join(&mut self) -> bool {
        let shared = self.state & SHARED != 0;
        if shared {
            self.state += 1;
        }
        shared
    }

    /// Ends a call that `leave` could not. What is over with it.
    pub(super) fn part(&mut self) -> bool {
        self.state -= 1;
        !self.lives() && !self.in_use()
    }

    fn in_use(&self) -> bool {
        self.state & BORROWS != 0
    }

    // The end.

    /// Ends the id. Whether nobody uses the value.
    #[inline(always)]
    pub(super) fn end(&mut self) -> bool {
        if self.key == ALONE {
            self.state += 1;
        }
        self.key = NO_KEY;
        // With the last generation it wraps to that of no id.
        self.id = self.id.wrapping_add(ID_ENDS) ^ 1;
        !self.in_use()
    }

    /// Takes the value out; none of a loan, whose value is not the table's.
    #[inline(always)]
    pub(super) fn empty(&mut self) -> Option<Rc<dyn Held>> {
        let value = self.value.take()?;
        // SAFETY: what is not lent came from an `Rc`, which is given up here.
        if self.is_lent() { None } else { Some(unsafe { Rc::from_raw(value.as_ptr()) }) }
    }

    /// Whether there is another id for an entry.
    #[inline(always)]
    pub(super) fn has_next_id(&self) -> bool {
        self.id >= ID_ENDS
    }

    /// Another owner of a value.
    ///
    /// # Safety
    ///
    /// The entry has a `T`, and is no loan.
    #[inline(always)]
    pub(super) unsafe fn another<T>(value: NonNull<dyn Held>) -> Rc<T> {
        let value: *const T = value.as_ptr().cast();
        // SAFETY: the entry owns what it has as an `Rc`, and the caller says that it is one of a `T`.
        unsafe { Rc::clone(&ManuallyDrop::new(Rc::from_raw(value))) }
    }

    // A free entry.

    #[inline(always)]
    pub(super) fn next(&self) -> u32 {
        self.state
    }

    #[inline(always)]
    pub(super) fn set_next(&mut self, next: u32) {
        self.state = next;
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        drop(self.empty());
    }
}
