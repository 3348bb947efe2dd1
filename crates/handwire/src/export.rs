//! What the shim of an export is made of: lift the arguments, call the function, lower the
//! result.
//!
//! ```no_run
//! use handwire::{abi, contract, export};
//!
//! contract!(r#"export greet(name: str) -> str "Greets by name.""#);
//!
//! #[unsafe(no_mangle)]
//! extern "C" fn greet(name: *const u8, name_len: usize) {
//!     // SAFETY: the host gives a text that stays for the time of the call.
//!     let name = unsafe { export::lift_text(name, name_len) };
//!     export::return_text(format!("Hello, {name}!"));
//! }
//!
//! contract!("export parse(text: str) -> result<i32>");
//!
//! #[unsafe(no_mangle)]
//! extern "C" fn parse(text: *const u8, text_len: usize) -> i32 {
//!     // SAFETY: as above.
//!     export::return_result(unsafe { export::lift_text(text, text_len) }.parse::<i32>())
//! }
//!
//! contract!("export keys(object: &js) -> js");
//!
//! #[unsafe(no_mangle)]
//! extern "C" fn keys(object: abi::Handle) -> abi::OwnedHandle {
//!     let keys = export::lift_borrowed(object).keys();
//!     keys.map_or(handwire::JsValue::UNDEFINED, Into::into).into_raw()
//! }
//! ```
//!
//! Numbers go as they are. A `return_` function is the **last act** of a shim: whatever
//! else belongs to the call must be dropped before, because a destructor may call the host,
//! and that the guest again, whose results go through the same slot.

use crate::JsValue;
pub use crate::returns::Return;
use crate::returns::write_error;
use core::fmt::Display;
use core::mem::ManuallyDrop;
use core::ops::Deref;
use handwire_abi::{Handle, OwnedHandle};
use heap::string::String;
use heap::vec::Vec;

/// The bytes of an argument `bytes`, borrowed for the call. A length of 0 is the empty
/// slice, with any pointer.
///
/// # Safety
///
/// `ptr` and `len` are what the host gave, and `'a` ends with the export's call.
#[inline]
pub unsafe fn lift_bytes<'a>(ptr: *const u8, len: usize) -> &'a [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller says so.
    unsafe { core::slice::from_raw_parts(ptr, len) }
}

/// The text of an argument `str`, borrowed for the call. A length of 0 is the empty text,
/// with any pointer.
///
/// # Safety
///
/// As [`lift_bytes`]; the bytes are UTF-8, as the contract has the host see to.
#[inline]
pub unsafe fn lift_text<'a>(ptr: *const u8, len: usize) -> &'a str {
    // SAFETY: the caller says so.
    unsafe { core::str::from_utf8_unchecked(lift_bytes(ptr, len)) }
}

/// An argument `bool`.
#[inline]
pub fn lift_bool(value: u32) -> bool {
    value != 0
}

/// An argument `char`; U+FFFD for a number that is none.
#[inline]
pub fn lift_char(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// An argument `js`, which is the guest's from now on.
#[inline]
pub fn lift_owned(handle: OwnedHandle) -> JsValue {
    JsValue::made(handle)
}

/// An argument `&js`, which is the host's: clone it to keep it beyond the call.
#[inline]
pub fn lift_borrowed(handle: Handle) -> Borrowed {
    Borrowed(ManuallyDrop::new(JsValue::made(OwnedHandle::from_raw(handle.raw()))))
}

/// A value that somebody else releases: a `&JsValue` for the time of a call.
#[derive(Debug)]
pub struct Borrowed(ManuallyDrop<JsValue>);

impl Deref for Borrowed {
    type Target = JsValue;

    #[inline]
    fn deref(&self) -> &JsValue {
        &self.0
    }
}

/// Returns a `str`. Up to 64 KiB the guest keeps it until its next return; a longer one is
/// handed over.
#[inline]
pub fn return_text(text: String) {
    text.write();
}

/// Returns `bytes`, in the same way.
#[inline]
pub fn return_bytes(bytes: Vec<u8>) {
    bytes.write();
}

/// Returns any value through the return slot.
#[inline]
pub fn return_value(value: impl Return) {
    value.write();
}

/// Returns a `result<T>`: the shim gives the status to the host. A [`JsError`](crate::JsError) is thrown as
/// the very value that it holds, any other error as an `Error` with its text.
#[inline]
pub fn return_result<T: Return, E: Display + 'static>(result: Result<T, E>) -> i32 {
    match result {
        Ok(value) => {
            value.write();
            0
        }
        Err(error) => {
            write_error(error);
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_with_any_pointer() {
        for address in [0, 1, 7, usize::MAX] {
            let ptr = core::ptr::without_provenance(address);
            // SAFETY: nothing is read where there is nothing.
            unsafe {
                assert_eq!(lift_text(ptr, 0), "");
                assert_eq!(lift_bytes(ptr, 0), [0u8; 0]);
            }
        }
    }

    #[test]
    fn content_is_borrowed_where_it_lies() {
        let text = "\u{FEFF}a\0é";
        // SAFETY: the text stays.
        let lifted = unsafe { lift_text(text.as_ptr(), text.len()) };
        assert_eq!((lifted, lifted.as_ptr()), (text, text.as_ptr()));
    }

    #[test]
    fn narrow_types() {
        assert!(lift_bool(1) && !lift_bool(0));
        assert_eq!(lift_char(0x1F600), '😀');
        assert_eq!(lift_char(0xD83D), '\u{FFFD}');
    }

    #[test]
    fn handles() {
        assert!(lift_owned(OwnedHandle::from_raw(4)).as_bool().unwrap());
        let borrowed = lift_borrowed(Handle::from_raw(9 << 22 | 1000));
        assert_eq!(borrowed.borrow().raw(), 9 << 22 | 1000);
        // Natively, an operation panics: the end of this one must not release.
    }

    #[test]
    #[should_panic(expected = "no value")]
    fn no_handle_is_no_argument() {
        lift_owned(OwnedHandle::from_raw(0));
    }
}
