//! Checked casts from any value to one of the typed family.

use crate::{JsError, JsValue};
use core::fmt;

/// A type of the typed family: a [`JsValue`] that is known to be of some nature.
///
/// # Safety
///
/// The type is `repr(transparent)` over `JsValue`, directly or through another type of
/// the family.
pub unsafe trait JsType: AsRef<JsValue> + Into<JsValue> {
    /// Its name in JavaScript, for messages.
    const NAME: &'static str;

    /// Whether a value is of that nature.
    fn is(value: &JsValue) -> bool;

    /// The value as this type, unchecked. A value that is something else is no danger for
    /// the guest's memory, but the host ends the instance when an operation meets it.
    fn unchecked_from(value: JsValue) -> Self;

    /// The same for a reference.
    #[inline]
    fn unchecked_ref(value: &JsValue) -> &Self
    where
        Self: Sized,
    {
        // SAFETY: the implementor says that the two have one layout.
        unsafe { &*core::ptr::from_ref(value).cast::<Self>() }
    }
}

impl JsValue {
    /// The value as a `T`; the error gives it back.
    ///
    /// ```no_run
    /// # use handwire::{JsArray, JsValue};
    /// # let value = JsValue::UNDEFINED;
    /// match value.cast::<JsArray>() {
    ///     Ok(array) => println!("{:?}", array.len()),
    ///     Err(error) => println!("no array: {:?}", error.into_value()),
    /// }
    /// ```
    #[inline]
    pub fn cast<T: JsType>(self) -> Result<T, CastError> {
        if T::is(&self) { Ok(T::unchecked_from(self)) } else { Err(CastError { value: self, expected: T::NAME }) }
    }

    /// A look at the value as a `T`, if it is one.
    #[inline]
    pub fn cast_ref<T: JsType>(&self) -> Option<&T> {
        if T::is(self) { Some(T::unchecked_ref(self)) } else { None }
    }
}

/// A value was not what a cast asked for. It holds the value.
#[derive(Debug)]
pub struct CastError {
    value: JsValue,
    expected: &'static str,
}

impl CastError {
    /// The value that was to be cast.
    #[inline]
    pub fn into_value(self) -> JsValue {
        self.value
    }

    /// The name of the type that was asked for.
    #[inline]
    pub fn expected(&self) -> &'static str {
        self.expected
    }
}

impl fmt::Display for CastError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.value.kind())
    }
}

impl core::error::Error for CastError {}

impl From<CastError> for JsError {
    fn from(error: CastError) -> JsError {
        JsError::expected(error.expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{JsObject, JsString};
    use heap::string::ToString;

    #[test]
    fn a_failed_cast_gives_the_value_back() {
        let error = JsValue::TRUE.cast::<JsString>().unwrap_err();
        assert_eq!(error.to_string(), "expected String, found boolean");
        assert_eq!(error.expected(), "String");
        assert_eq!(error.into_value(), JsValue::TRUE);
        assert!(JsValue::NULL.cast::<JsObject>().is_err(), "null is no object, whatever typeof says");
        assert!(JsObject::try_from(JsValue::UNDEFINED).is_err());
        assert!(JsValue::FALSE.cast_ref::<JsObject>().is_none());
    }
}
