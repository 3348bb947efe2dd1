//! What a dynamic operation gave: a handle, or a number that stands in `out`.

use crate::{FromJs, JsError, JsValue, Result};
use handwire_abi::{Handle, OwnedHandle};

/// Runs an operation that has an `out`, and lifts what it gave.
#[inline]
pub(crate) fn answer<T: FromJs>(operation: impl FnOnce(&mut f64) -> OwnedHandle) -> Result<T> {
    let mut number = 0.0;
    let handle = operation(&mut number);
    if handle.borrow() == Handle::NUMBER {
        return T::from_number(number);
    }
    JsValue::checked(handle).and_then(T::from_value)
}

/// Lifts the answer of an operation that says 1, 0, or -1 if something was thrown.
#[inline]
pub(crate) fn yes_or_no(answer: i32) -> Result<bool> {
    if answer < 0 { Err(JsError::take()) } else { Ok(answer != 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number<T: FromJs>(number: f64) -> Result<T> {
        answer(|out| {
            *out = number;
            OwnedHandle::from_raw(Handle::NUMBER.raw())
        })
    }

    fn value<T: FromJs>(handle: Handle) -> Result<T> {
        answer(|_| OwnedHandle::from_raw(handle.raw()))
    }

    // Ok only: an error takes a host.
    #[test]
    fn numbers_stand_in_out() {
        assert_eq!(number::<f64>(-0.0).unwrap().to_bits(), (-0f64).to_bits());
        assert!(number::<f64>(f64::NAN).unwrap().is_nan());
        assert_eq!(number::<f32>(0.1).unwrap(), 0.1);
        assert_eq!(number::<i8>(-128.0).unwrap(), -128);
        assert_eq!(number::<u32>(4_294_967_295.0).unwrap(), u32::MAX);
        assert_eq!(number::<usize>(4_294_967_295.0).unwrap(), 4_294_967_295);
        assert_eq!(number::<Option<i32>>(-1.0).unwrap(), Some(-1));
        number::<()>(7.0).unwrap();
    }

    #[test]
    fn fixed_handles_are_lifted_without_crossing() {
        assert!(value::<bool>(Handle::TRUE).unwrap());
        assert_eq!(value::<Option<f64>>(Handle::NULL).unwrap(), None);
        assert_eq!(value::<Option<bool>>(Handle::UNDEFINED).unwrap(), None);
        assert_eq!(value::<JsValue>(Handle::NULL).unwrap(), JsValue::NULL);
    }

    #[test]
    fn answers() {
        assert!(yes_or_no(1).unwrap());
        assert!(!yes_or_no(0).unwrap());
    }
}
