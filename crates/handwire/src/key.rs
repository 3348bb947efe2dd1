//! [`Key`]: what names a property.

use crate::{JsString, JsValue};
use handwire_abi::Handle;
use heap::string::String;

/// A property's name: a text or an index crosses as such; a string, symbol or number of
/// the host as the value that it is.
pub trait Key {
    /// The key as the operations take it.
    fn to_key(&self) -> KeyRef<'_>;
}

/// A key as the operations take it.
#[derive(Clone, Copy, Debug)]
pub enum KeyRef<'a> {
    /// A name.
    Name(&'a str),
    /// An index.
    Index(u32),
    /// Any value: a string, a symbol, a number.
    Value(&'a JsValue),
}

impl KeyRef<'_> {
    /// The key as a handle, for the operations that take no other.
    #[inline]
    pub(crate) fn with<R>(self, run: impl FnOnce(Handle) -> R) -> R {
        match self {
            KeyRef::Name(name) => run(JsString::from(name).borrow()),
            KeyRef::Index(index) => run(JsValue::from(index).borrow()),
            KeyRef::Value(value) => run(value.borrow()),
        }
    }
}

impl<K: Key + ?Sized> Key for &K {
    #[inline]
    fn to_key(&self) -> KeyRef<'_> {
        (**self).to_key()
    }
}

impl Key for str {
    #[inline]
    fn to_key(&self) -> KeyRef<'_> {
        KeyRef::Name(self)
    }
}

impl Key for String {
    #[inline]
    fn to_key(&self) -> KeyRef<'_> {
        KeyRef::Name(self)
    }
}

// The only integer, so that a literal needs no suffix.
impl Key for u32 {
    #[inline]
    fn to_key(&self) -> KeyRef<'_> {
        KeyRef::Index(*self)
    }
}

impl Key for JsValue {
    #[inline]
    fn to_key(&self) -> KeyRef<'_> {
        KeyRef::Value(self)
    }
}
