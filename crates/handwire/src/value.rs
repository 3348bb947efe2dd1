//! [`JsValue`]: any value of the host, owned.

use crate::{JsError, Kind, Result};
use core::fmt;
use core::marker::PhantomData;
use core::mem;
use core::num::NonZeroU32;
use handwire_abi::{self as abi, Handle, OwnedHandle};

/// Any value of the host.
///
/// It owns a handle and releases it when it is dropped. `Option<JsValue>` is as small as
/// `JsValue`: 4 bytes. `==` is JavaScript's `===`, so a NaN is not equal to itself; see
/// [`same_value`](JsValue::same_value) for the other one.
///
/// `undefined`, `null`, `true` and `false` have fixed handles: to make, clone, compare and
/// drop them crosses nothing. Properties and methods of a value are in the methods
/// [`get`](JsValue::get), [`set`](JsValue::set), [`call`](JsValue::call) and their like.
///
/// A handle belongs to the instance that got it, so a value is neither `Send` nor `Sync`:
///
/// ```compile_fail
/// fn needs_send<T: Send>() {}
/// needs_send::<handwire::JsValue>();
/// ```
#[repr(transparent)]
pub struct JsValue {
    handle: NonZeroU32,
    one_thread: PhantomData<*mut ()>,
}

const _: () = assert!(size_of::<JsValue>() == 4 && size_of::<Option<JsValue>>() == 4);

impl JsValue {
    /// `undefined`
    pub const UNDEFINED: JsValue = JsValue::fixed(Handle::UNDEFINED);
    /// `null`
    pub const NULL: JsValue = JsValue::fixed(Handle::NULL);
    /// `false`
    pub const FALSE: JsValue = JsValue::fixed(Handle::FALSE);
    /// `true`
    pub const TRUE: JsValue = JsValue::fixed(Handle::TRUE);

    const fn fixed(handle: Handle) -> JsValue {
        match NonZeroU32::new(handle.raw()) {
            Some(handle) => JsValue { handle, one_thread: PhantomData },
            None => panic!("handle 0 is no value"),
        }
    }

    /// What the embedder passes as the global object; `undefined` if it passes none.
    #[inline]
    pub const fn global() -> JsValue {
        JsValue::fixed(Handle::GLOBAL)
    }

    /// The object `extras` of the host, to which the embedder adds what it likes.
    #[inline]
    pub const fn extras() -> JsValue {
        JsValue::fixed(Handle::EXTRAS)
    }

    /// Takes over a handle; `None` if its number is no value (`NONE`, `NUMBER`).
    ///
    /// A number that the host did not give ends the instance when it is used.
    #[inline]
    pub fn from_raw(handle: OwnedHandle) -> Option<JsValue> {
        let raw = handle.into_raw();
        let handle = NonZeroU32::new(raw)?;
        (raw != Handle::NUMBER.raw()).then_some(JsValue { handle, one_thread: PhantomData })
    }

    /// Gives the handle up to the caller, who must release it.
    #[inline]
    pub fn into_raw(self) -> OwnedHandle {
        let raw = self.handle.get();
        mem::forget(self);
        OwnedHandle::from_raw(raw)
    }

    /// The handle, for as long as the value is kept.
    #[inline]
    pub const fn borrow(&self) -> Handle {
        Handle::from_raw(self.handle.get())
    }

    /// Takes over a handle that the contract says is a value.
    #[inline]
    pub(crate) fn made(handle: OwnedHandle) -> JsValue {
        match JsValue::from_raw(handle) {
            Some(value) => value,
            None => no_value(),
        }
    }

    /// Takes over what an operation gave that fails with 0.
    #[inline]
    pub(crate) fn checked(handle: OwnedHandle) -> Result<JsValue> {
        JsValue::from_raw(handle).ok_or_else(JsError::take)
    }
}

#[cold]
#[inline(never)]
fn no_value() -> ! {
    panic!("the host gave no value where the contract has one")
}

impl Default for JsValue {
    /// `undefined`
    #[inline]
    fn default() -> JsValue {
        JsValue::UNDEFINED
    }
}

impl Clone for JsValue {
    #[inline]
    fn clone(&self) -> JsValue {
        let handle = self.borrow();
        if handle.is_fixed() { JsValue::fixed(handle) } else { JsValue::made(abi::handle_clone(handle)) }
    }
}

impl Drop for JsValue {
    #[inline]
    fn drop(&mut self) {
        if !self.borrow().is_fixed() {
            abi::handle_release(self.borrow());
        }
    }
}

impl fmt::Debug for JsValue {
    /// Kind and handle; the content of strings and numbers. It runs no code of the value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.borrow() {
            Handle::UNDEFINED => f.write_str("undefined"),
            Handle::NULL => f.write_str("null"),
            Handle::FALSE => f.write_str("false"),
            Handle::TRUE => f.write_str("true"),
            Handle::GLOBAL => f.write_str("global"),
            Handle::EXTRAS => f.write_str("extras"),
            handle => match self.kind() {
                Kind::Number => fmt::Debug::fmt(&abi::value_number(handle), f),
                Kind::String => fmt::Debug::fmt(&self.as_string().unwrap_or_default(), f),
                kind => write!(f, "{kind}#{}", handle.raw()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heap::format;

    // Natively, an operation panics: what passes here has crossed nothing.

    #[test]
    fn fixed_values_are_made_cloned_and_dropped_without_crossing() {
        for value in [JsValue::UNDEFINED, JsValue::TRUE, JsValue::global(), JsValue::extras()] {
            assert_eq!(value.clone().into_raw(), value.into_raw());
        }
        assert!(JsValue::default().is_undefined());
    }

    #[test]
    fn only_a_value_is_made_of_a_handle() {
        assert!(JsValue::from_raw(OwnedHandle::from_raw(Handle::NONE.raw())).is_none());
        assert!(JsValue::from_raw(OwnedHandle::from_raw(Handle::NUMBER.raw())).is_none());
        let value = JsValue::from_raw(OwnedHandle::from_raw(u32::MAX)).unwrap();
        assert_eq!(value.into_raw().into_raw(), u32::MAX);
    }

    #[test]
    fn debug_of_constants() {
        let text = format!("{:?} {:?} {:?}", JsValue::NULL, Some(JsValue::TRUE), JsValue::global());
        assert_eq!(text, "null Some(true) global");
    }
}
