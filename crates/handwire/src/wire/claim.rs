//! Calls that are refused: what they claim of the guest's own values before anything is lifted,
//! and what they return.

use super::{Element, Misfit};
use crate::exports::Shared;
use handwire_abi::Slot;

/// Without values of the guest's own, and without data, no call is refused, and nothing is looked at.
pub const MAY_REFUSE: bool = cfg!(any(feature = "functions", feature = "serde"));

/// Whether a refusal is told when the argument's name is known: that of data is.
pub const TELLS: bool = cfg!(feature = "serde");

/// Why an argument is refused, until the host is told.
static MISFIT: Shared<Option<Misfit>> = Shared::new(None);

/// What is kept of a refusal, with another in its place. Looking at it runs no code of others.
fn replace(misfit: Option<Misfit>) -> Option<Misfit> {
    // SAFETY: one thread is in this instance, and no reference to the content is ever kept.
    core::mem::replace(unsafe { &mut *MISFIT.get() }, misfit)
}

/// An argument doesn't fit: the caller's caller says of which name it is, and tells the host.
#[cold]
#[inline(never)]
pub fn refuse(misfit: Misfit) {
    drop(replace(Some(misfit)));
}

/// The refusal is one of an element of a list.
#[cold]
#[inline(never)]
fn refused_in_list(index: usize) {
    drop(replace(replace(None).map(|misfit| misfit.in_list(index))));
}

/// The refusal is one of a field of a record.
#[cold]
#[inline(never)]
pub fn refused_in_field(name: &str) {
    if TELLS {
        drop(replace(replace(None).map(|misfit| misfit.in_field(name))));
    }
}

/// Tells the host that the call is none, if that has to be told yet.
#[cold]
#[inline(never)]
pub fn tell(argument: &str) {
    if let Some(misfit) = replace(None) {
        let text = misfit.text(argument);
        // SAFETY: pointer and length are those of a text.
        unsafe { handwire_abi::error_misuse(handwire_abi::misuse::WRONG_DATA, text.as_ptr(), text.len()) };
    }
}

/// Claims what the slots of a call hold for one argument of a closure.
///
/// # Safety
///
/// The host wrote the slot for this type.
#[cfg(feature = "functions")]
#[inline(always)]
pub unsafe fn claim_argument<T: Element>(slots: *mut Slot, at: usize) -> bool {
    // SAFETY: the caller says so.
    let claimed = unsafe { T::claim_slot(slots.add(at)) };
    if TELLS && !claimed {
        tell(&heap::format!("argument {}", at + 1));
    }
    claimed
}

/// Claims all arguments of a call of a closure, in a function of the host's call that gives a status; one that is refused ends there.
#[cfg(feature = "functions")]
macro_rules! claim_arguments {
    ($call:ident, $($name:ident $at:tt)*) => {
        let slots = $call.args.cast_mut();
        #[allow(unused_mut)]
        let mut claimed = 0;
        $(
            // SAFETY: the host wrote a slot for each parameter, of its type, for this call.
            if claimed == $at && unsafe { crate::wire::claim_argument::<$name>(slots, $at) } {
                claimed += 1;
            }
        )*
        if claimed < const { 0usize $(+ { let _ = $at; 1 })* } {
            $(
                if $at < claimed {
                    // SAFETY: it was claimed.
                    unsafe { $name::unclaim_slot(slots.add($at)) };
                }
            )*
            return 0;
        }
    };
}
#[cfg(feature = "functions")]
pub(crate) use claim_arguments;

/// Claims all values of the guest in a list, or none.
///
/// # Safety
///
/// `ptr` and `len` are what the host gave for a list of this type.
#[inline]
pub(super) unsafe fn claim_list<T: Element>(ptr: *const u8, len: usize) -> bool {
    if !T::FALLIBLE {
        return true;
    }
    let slots: *mut Slot = ptr.cast_mut().cast();
    for i in 0..len {
        // SAFETY: the host wrote `len` slots.
        unsafe {
            if !T::claim_slot(slots.add(i)) {
                if TELLS {
                    refused_in_list(i);
                }
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
    if !T::FALLIBLE {
        return;
    }
    let slots: *mut Slot = ptr.cast_mut().cast();
    for i in 0..len {
        // SAFETY: the host wrote `len` slots.
        unsafe { T::unclaim_slot(slots.add(i)) };
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
