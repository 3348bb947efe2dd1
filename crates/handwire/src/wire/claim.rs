//! Calls that are refused: what they claim of the guest's own values before anything is lifted,
//! and what they return.

use super::Element;
use handwire_abi::Slot;

/// Without values of the guest's own, no call is refused, and nothing is looked at.
pub(super) const MAY_REFUSE: bool = cfg!(feature = "functions");

/// Claims all values of the guest in a list, or none.
///
/// # Safety
///
/// `ptr` and `len` are what the host gave for a list of this type.
#[inline]
pub(super) unsafe fn claim_list<T: Element>(ptr: *const u8, len: usize) -> bool {
    if !MAY_REFUSE || T::ELEMENT.is_some() {
        return true;
    }
    let slots: *const Slot = ptr.cast();
    for i in 0..len {
        // SAFETY: the host wrote `len` slots.
        unsafe {
            if !T::claim_slot(slots.add(i).read()) {
                unclaim_list::<T>(ptr, i);
                return false;
            }
        }
    }
    true
}

/// Ends the claims of a list.
///
/// # Safety
///
/// As for [`claim_list`].
#[inline]
pub(super) unsafe fn unclaim_list<T: Element>(ptr: *const u8, len: usize) {
    if !MAY_REFUSE || T::ELEMENT.is_some() {
        return;
    }
    let slots: *const Slot = ptr.cast();
    for i in 0..len {
        // SAFETY: the host wrote `len` slots.
        unsafe { T::unclaim_slot(slots.add(i).read()) };
    }
}

/// What a call that is refused returns: the host does not look at it.
pub trait Zero {
    /// Nothing, or 0.
    const ZERO: Self;
}

macro_rules! zeros {
    ($([$($generic:tt)*] $type:ty = $zero:expr;)*) => {$(
        impl<$($generic)*> Zero for $type {
            const ZERO: $type = $zero;
        }
    )*};
}

zeros! {
    [] () = ();
    [] i32 = 0;
    [] u32 = 0;
    [] usize = 0;
    [] i64 = 0;
    [] u64 = 0;
    [] f32 = 0.0;
    [] f64 = 0.0;
    [T] *const T = core::ptr::null();
    [T] *mut T = core::ptr::null_mut();
}
