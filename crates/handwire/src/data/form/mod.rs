//! Forms: what a type takes, as a host wants to know it that sends it the same type again and
//! again. Section 13.4 of the contract.
//!
//! A form is learned from a value of the host's, by the type's own `Deserialize`: it is run once
//! more over the same buffer, and what it asks for is noted. Then the host sends words without
//! tags and keys, which the type reads in the order in which it asks. What they can't say, or
//! what turns out to be another value than the type takes, is read as a value by itself, errors
//! and all: a form makes nothing but speed.

mod access;
mod deserializer;
mod formed;
mod learner;
mod misread;
mod node;
#[cfg(test)]
mod tests;

use super::raw::word;
use core::mem::ManuallyDrop;
use formed::Formed;
use heap::vec::Vec;
pub use misread::Misread;
use serde::de::DeserializeOwned;

/// The first word of a buffer in a form: where others have their tables is no place 0.
const FORMED: u32 = 0;
/// The bit of a buffer's second word by which a host asks for the form.
const ASKED: u32 = 1 << 31;

/// Whether it is a buffer in the form that the guest has told.
#[inline(always)]
pub(super) fn is_formed(bytes: &[u8]) -> bool {
    word(bytes, 0).is_ok_and(|first| first == FORMED)
}

/// No form is learned of a larger buffer: the value is there twice while it is.
const LEARNED: usize = 4 << 20;

/// The value of a buffer in a form, if it is just what the type takes.
///
/// # Safety
///
/// A host wrote it, as the contract says.
#[inline(always)]
pub(super) unsafe fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Misread> {
    // SAFETY: the caller says so.
    let mut formed = ManuallyDrop::new(unsafe { Formed::new(bytes) }?);
    // It learns nothing, so there is nothing to drop. The value is moved nowhere before it is returned: each move of a struct would be a copy.
    let mut value = T::deserialize(&mut *formed);
    if !formed.is_done() {
        value = Err(Misread);
    }
    value
}

/// Tells the host the form of a type, if it asks for that in a buffer that was read as one.
///
/// # Safety
///
/// As of [`read`]; the handles of the buffer were taken from it.
#[inline]
pub(super) unsafe fn tell<T: DeserializeOwned>(bytes: &[u8]) {
    match word(bytes, 4) {
        // SAFETY: the caller says so.
        Ok(source) if source & ASKED != 0 && source != u32::MAX && bytes.len() <= LEARNED => unsafe {
            learn::<T>(bytes, source);
        },
        _ => {}
    }
}

/// # Safety
///
/// As of [`tell`].
#[cold]
#[inline(never)]
unsafe fn learn<T: DeserializeOwned>(bytes: &[u8], source: u32) {
    // SAFETY: the caller says so.
    if let Some(form) = unsafe { form_of::<T>(bytes) } {
        // SAFETY: pointer and length are those of the form.
        unsafe { handwire_abi::data_form(source, form.as_ptr(), form.len()) };
    }
}

/// The form of a type, as far as a value of it tells; none if it has none.
///
/// # Safety
///
/// As of [`tell`].
unsafe fn form_of<T: DeserializeOwned>(bytes: &[u8]) -> Option<Vec<u8>> {
    // SAFETY: the caller says so.
    let mut formed = unsafe { Formed::learning(bytes) }?;
    T::deserialize(&mut formed).ok()?;
    formed.learned()
}
