//! What a value is, and what it becomes by JavaScript's own rules.

use crate::{FromJs, JsError, JsString, JsType, JsValue, Kind, Result};
use handwire_abi::{self as abi, Handle};
use heap::string::String;

impl JsValue {
    /// What `typeof` says, with `null` apart.
    #[inline]
    pub fn kind(&self) -> Kind {
        match self.borrow() {
            Handle::UNDEFINED => Kind::Undefined,
            Handle::NULL => Kind::Null,
            Handle::FALSE | Handle::TRUE => Kind::Bool,
            handle => Kind::from_wire(abi::value_kind(handle)),
        }
    }

    /// Whether it is `undefined`.
    #[inline]
    pub fn is_undefined(&self) -> bool {
        self.is_fixed_as(Handle::UNDEFINED, Kind::Undefined)
    }

    /// Whether it is `null`.
    #[inline]
    pub fn is_null(&self) -> bool {
        self.is_fixed_as(Handle::NULL, Kind::Null)
    }

    /// Whether it is `true` or `false`.
    #[inline]
    pub fn is_bool(&self) -> bool {
        self.as_bool().is_some()
    }

    // The host always gives the fixed handle; only the global object is one of its own.
    #[inline]
    fn is_fixed_as(&self, fixed: Handle, kind: Kind) -> bool {
        self.borrow() == fixed || (self.borrow() == Handle::GLOBAL && self.kind() == kind)
    }

    /// Whether it is a `T`, by its nature and not by its prototype.
    #[inline]
    pub fn is<T: JsType>(&self) -> bool {
        T::is(self)
    }

    /// Whether it is an `Error`, of whatever class and realm.
    #[inline]
    pub fn is_error(&self) -> bool {
        abi::value_class(self.borrow()) == abi::class::ERROR
    }

    /// Whether a condition takes it for true.
    #[inline]
    pub fn truthy(&self) -> bool {
        match self.borrow() {
            Handle::UNDEFINED | Handle::NULL | Handle::FALSE => false,
            Handle::TRUE => true,
            handle => abi::value_truthy(handle) != 0,
        }
    }

    /// The boolean that it is, if it is one.
    #[inline]
    pub fn as_bool(&self) -> Option<bool> {
        match self.borrow() {
            Handle::FALSE => Some(false),
            Handle::TRUE => Some(true),
            _ => None,
        }
    }

    /// The number that it is, if it is one.
    #[inline]
    pub fn as_f64(&self) -> Option<f64> {
        if self.borrow().is_fixed() {
            return None;
        }
        let number = abi::value_number(self.borrow());
        (!number.is_nan() || self.kind() == Kind::Number).then_some(number)
    }

    /// The text that it is, if it is a string. A lone surrogate becomes U+FFFD;
    /// [`JsString::to_utf16`] keeps it.
    pub fn as_string(&self) -> Option<String> {
        self.cast_ref::<JsString>().map(JsString::to_utf8)
    }

    /// Whatever it is, as a `T`: the same conversions as [`get_as`](JsValue::get_as).
    #[inline]
    pub fn to<T: FromJs>(&self) -> Result<T> {
        T::from_ref(self)
    }

    /// `String(v)`: any value as text, by JavaScript's own rules. It can run the value's
    /// code, and throw.
    #[inline]
    pub fn to_js_string(&self) -> Result<JsString> {
        JsValue::checked(abi::value_to_string(self.borrow())).map(JsString::unchecked_from)
    }

    /// `Number(v)`: any value as a number, by JavaScript's own rules. It can run the
    /// value's code, and throw, as it does for a symbol and a BigInt.
    #[inline]
    pub fn to_number(&self) -> Result<f64> {
        let mut number = 0.0;
        // SAFETY: `number` is writable.
        let status = unsafe { abi::value_to_number(self.borrow(), &mut number) };
        if status == 0 { Ok(number) } else { Err(JsError::take()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Natively, an operation panics: what passes here has crossed nothing.

    #[test]
    fn kinds_and_truth_of_constants() {
        let kinds = [JsValue::UNDEFINED, JsValue::NULL, JsValue::FALSE, JsValue::TRUE].map(|value| value.kind());
        assert_eq!(kinds, [Kind::Undefined, Kind::Null, Kind::Bool, Kind::Bool]);
        assert!(JsValue::TRUE.truthy() && !JsValue::FALSE.truthy() && !JsValue::NULL.truthy());
        assert!(!JsValue::UNDEFINED.truthy());
        assert!(JsValue::UNDEFINED.is_undefined() && JsValue::NULL.is_null() && JsValue::FALSE.is_bool());
        assert!(!JsValue::NULL.is_undefined() && !JsValue::UNDEFINED.is_null() && !JsValue::NULL.is_bool());
        assert_eq!((JsValue::TRUE.as_bool(), JsValue::NULL.as_bool()), (Some(true), None));
        assert_eq!((JsValue::TRUE.as_f64(), JsValue::NULL.as_string()), (None, None));
    }
}
