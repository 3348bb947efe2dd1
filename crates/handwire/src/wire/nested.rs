//! What holds others and is an [`Element`] itself: options and lists.

use super::claim::{claim_list, unclaim_list};
use super::element::{handed_over, range};
use super::{Block, Element, Misfit, Text};
use handwire_abi::{Slot, kind};
use heap::vec::Vec;

impl<T: Element> Element for Option<T> {
    const TYPE: Text = {
        assert!(
            !T::OPTIONAL,
            "an Option inside of an Option can't cross: the host has one way to say that nothing is there"
        );
        T::OPTION
    };
    const OPTIONAL: bool = true;
    const FALLIBLE: bool = T::FALLIBLE;

    #[inline]
    unsafe fn lift_slot(slot: Slot) -> Option<T> {
        // SAFETY: the caller says so; the host wrote a `T` if not this.
        if slot.kind() == kind::NONE { None } else { Some(unsafe { T::lift_slot(slot) }) }
    }

    #[inline]
    unsafe fn try_lift_slot(slot: Slot) -> Result<Option<T>, Misfit> {
        // SAFETY: the caller says so; the host wrote a `T` if not this.
        if slot.kind() == kind::NONE { Ok(None) } else { unsafe { T::try_lift_slot(slot) }.map(Some) }
    }

    #[inline(always)]
    unsafe fn claim_slot(slot: *mut Slot) -> bool {
        // SAFETY: the caller says so.
        !T::FALLIBLE || unsafe { slot.read().kind() == kind::NONE || T::claim_slot(slot) }
    }

    #[inline(always)]
    unsafe fn unclaim_slot(slot: *mut Slot) {
        // SAFETY: the caller says so.
        unsafe {
            if T::FALLIBLE && slot.read().kind() != kind::NONE {
                T::unclaim_slot(slot);
            }
        }
    }

    #[inline]
    fn room(&self) -> usize {
        self.as_ref().map_or(0, T::room)
    }

    #[inline]
    fn lower_slot(self, block: &mut Block) -> Slot {
        self.map_or(Slot::NONE, |value| value.lower_slot(block))
    }
}

impl<T: Element> Element for Vec<T> {
    const TYPE: Text = T::LIST;
    const FALLIBLE: bool = T::FALLIBLE;

    #[inline]
    unsafe fn lift_slot(slot: Slot) -> Vec<T> {
        let (ptr, len) = range(slot);
        // SAFETY: the caller says so; what the host hands over is an allocation of that size.
        unsafe {
            let list = T::lift_list(ptr, len);
            free_list::<T>(slot);
            list
        }
    }

    #[inline]
    unsafe fn try_lift_slot(slot: Slot) -> Result<Vec<T>, Misfit> {
        let (ptr, len) = range(slot);
        // SAFETY: as above.
        unsafe {
            let list = T::try_lift_list(ptr, len);
            free_list::<T>(slot);
            list
        }
    }

    #[inline(always)]
    unsafe fn claim_slot(slot: *mut Slot) -> bool {
        // SAFETY: the caller says so.
        unsafe {
            let (ptr, len) = range(slot.read());
            claim_list::<T>(ptr, len)
        }
    }

    #[inline(always)]
    unsafe fn unclaim_slot(slot: *mut Slot) {
        // SAFETY: the caller says so.
        unsafe {
            let (ptr, len) = range(slot.read());
            unclaim_list::<T>(ptr, len);
        }
    }

    #[inline]
    fn room(&self) -> usize {
        T::list_room(self)
    }

    #[inline]
    fn lower_slot(self, block: &mut Block) -> Slot {
        T::lower_list(self, block)
    }
}

/// Frees what a slot of a list points to, if that was handed over.
///
/// # Safety
///
/// The host wrote the slot for a list of this type, and nobody looks at it any more.
#[inline(always)]
unsafe fn free_list<T: Element>(slot: Slot) {
    if handed_over(slot) {
        let (ptr, len) = range(slot);
        let (size, align) = if T::ELEMENT.is_some() { (size_of::<T>(), align_of::<T>()) } else { (16, 8) };
        // SAFETY: what the host hands over is an allocation of that size.
        unsafe { crate::hw_free(ptr.cast_mut(), len * size, align) };
    }
}
