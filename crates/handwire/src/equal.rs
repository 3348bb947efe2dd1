//! Equality: JavaScript's `===` as `==`, and `Object.is`.

use crate::JsValue;
use handwire_abi::{self as abi, Handle};

impl JsValue {
    /// `Object.is`: as `==`, but NaN is the same as itself, and 0 is not the same as -0.
    #[inline]
    pub fn same_value(&self, other: &JsValue) -> bool {
        match decided(self.borrow(), other.borrow()) {
            Some(same) => same,
            None => self.borrow() == other.borrow() || abi::value_same(self.borrow(), other.borrow()) != 0,
        }
    }
}

impl PartialEq for JsValue {
    #[inline]
    fn eq(&self, other: &JsValue) -> bool {
        match decided(self.borrow(), other.borrow()) {
            Some(equal) => equal,
            None => abi::value_equal(self.borrow(), other.borrow()) != 0,
        }
    }
}

/// `===` and `Object.is` where the handles decide it: fixed ones apply always, so
/// `undefined`, `null` and the booleans are equal to nothing but themselves. The global
/// object is an exception: the embedder may pass `undefined`, or the extras.
#[inline]
fn decided(a: Handle, b: Handle) -> Option<bool> {
    let constant = |handle: Handle| handle.raw() <= Handle::TRUE.raw();
    if a == b && a.is_fixed() {
        Some(true)
    } else if (constant(a) && b != Handle::GLOBAL) || (constant(b) && a != Handle::GLOBAL) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::ManuallyDrop;
    use handwire_abi::OwnedHandle;

    // Natively, an operation panics: what passes here has crossed nothing.

    #[test]
    fn constants_are_compared_without_crossing() {
        let constants = [JsValue::UNDEFINED, JsValue::NULL, JsValue::FALSE, JsValue::TRUE];
        for (i, a) in constants.iter().enumerate() {
            for (j, b) in constants.iter().enumerate() {
                assert_eq!(a == b, i == j);
                assert_eq!(a.same_value(b), i == j);
            }
        }
        assert_eq!(JsValue::global(), JsValue::global());
        assert_ne!(JsValue::extras(), JsValue::NULL);
    }

    #[test]
    fn other_values_are_no_constants_without_crossing() {
        let other = ManuallyDrop::new(JsValue::made(OwnedHandle::from_raw(1 << 22 | 8)));
        for constant in [JsValue::UNDEFINED, JsValue::NULL, JsValue::FALSE, JsValue::TRUE] {
            assert_ne!(*other, constant);
            assert_ne!(constant, *other);
            assert!(!other.same_value(&constant));
        }
        assert!(!other.is_undefined() && !other.is_null() && !other.is_bool());
    }
}
