//! An entry of the table: a value with the id that it has now.

use super::{Held, INDEX_BITS};
use core::any::TypeId;
use core::ptr::NonNull;
use heap::rc::Rc;

pub(super) struct Entry {
    /// That of nobody's value, while the entry is free; of a value that is lent to the table, `Lent`.
    pub(super) type_id: TypeId,
    /// The id that is valid now; while none is, the next one with its lowest bit flipped: an id of
    /// another index, which nobody looks for here.
    pub(super) id: u32,
    /// While the entry is free: the next free one. While it isn't: its borrows.
    pub(super) state: u32,
    /// An `Rc` as its raw pointer, which needs no reckoning to get at the value; or a pointer to what is lent.
    pub(super) value: Option<NonNull<dyn Held>>,
}

/// What a free entry has.
struct Nothing;
/// What the entry of a loan has.
pub(super) struct Lent;

impl Entry {
    /// Another owner of a value.
    ///
    /// # Safety
    ///
    /// The entry has a `T`, and is no loan.
    #[inline(always)]
    pub(super) unsafe fn another<T>(value: NonNull<dyn Held>) -> Rc<T> {
        let value: *const T = value.as_ptr().cast();
        // SAFETY: the entry owns what it has as an `Rc`, and the caller says that it is one of a `T`.
        unsafe {
            Rc::increment_strong_count(value);
            Rc::from_raw(value)
        }
    }

    /// Takes the value out; none of a loan, whose value is not the table's.
    #[inline]
    pub(super) fn empty(&mut self) -> Option<Rc<dyn Held>> {
        let lent = self.type_id == TypeId::of::<Lent>();
        self.type_id = TypeId::of::<Nothing>();
        let value = self.value.take()?;
        // SAFETY: what is not lent came from an `Rc`, which is given up here.
        if lent { None } else { Some(unsafe { Rc::from_raw(value.as_ptr()) }) }
    }

    /// Ends the id.
    #[inline(always)]
    pub(super) fn end_id(&mut self) {
        // With the last generation it wraps to that of no id.
        self.id = self.id.wrapping_add(1 << INDEX_BITS) ^ 1;
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        drop(self.empty());
    }
}
