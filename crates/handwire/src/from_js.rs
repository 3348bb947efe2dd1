//! [`FromJs`]: what a Rust type takes from the host, strictly.

use crate::{JsBigInt, JsError, JsValue, Result};

/// A Rust type that a value of the host can become. Conversions check and don't coerce:
/// an integer takes a whole number in its range, a `String` a string, and so on. For
/// JavaScript's own coercions see [`to_number`](JsValue::to_number) and
/// [`to_js_string`](JsValue::to_js_string).
///
/// `Option` is `None` for `undefined` and `null`. `i64` and `u64` take BigInts, and
/// nothing else. `()` takes anything.
pub trait FromJs: Sized {
    /// From a value.
    fn from_value(value: JsValue) -> Result<Self>;

    /// From a value that somebody else keeps.
    #[inline]
    fn from_ref(value: &JsValue) -> Result<Self> {
        Self::from_value(value.clone())
    }

    /// From a number that crossed as such.
    #[inline]
    fn from_number(number: f64) -> Result<Self> {
        Self::from_value(JsValue::from(number))
    }
}

impl FromJs for JsValue {
    #[inline]
    fn from_value(value: JsValue) -> Result<JsValue> {
        Ok(value)
    }
}

impl FromJs for () {
    #[inline]
    fn from_value(_value: JsValue) -> Result<()> {
        Ok(())
    }

    #[inline]
    fn from_ref(_value: &JsValue) -> Result<()> {
        Ok(())
    }

    #[inline]
    fn from_number(_number: f64) -> Result<()> {
        Ok(())
    }
}

impl FromJs for bool {
    #[inline]
    fn from_value(value: JsValue) -> Result<bool> {
        bool::from_ref(&value)
    }

    #[inline]
    fn from_ref(value: &JsValue) -> Result<bool> {
        value.as_bool().ok_or_else(|| JsError::expected("Boolean"))
    }

    #[inline]
    fn from_number(_number: f64) -> Result<bool> {
        Err(JsError::expected("Boolean"))
    }
}

impl<T: FromJs> FromJs for Option<T> {
    #[inline]
    fn from_value(value: JsValue) -> Result<Option<T>> {
        if value.is_undefined() || value.is_null() { Ok(None) } else { T::from_value(value).map(Some) }
    }

    #[inline]
    fn from_ref(value: &JsValue) -> Result<Option<T>> {
        if value.is_undefined() || value.is_null() { Ok(None) } else { T::from_ref(value).map(Some) }
    }

    #[inline]
    fn from_number(number: f64) -> Result<Option<T>> {
        T::from_number(number).map(Some)
    }
}

/// Conversions of a number type, and the value that one becomes.
macro_rules! numbers {
    ($($type:ident, $label:literal, |$number:ident| $exact:expr, |$value:ident| $wide:expr;)*) => {$(
        impl FromJs for $type {
            #[inline]
            fn from_value(value: JsValue) -> Result<$type> {
                $type::from_ref(&value)
            }

            #[inline]
            fn from_ref(value: &JsValue) -> Result<$type> {
                match value.as_f64() {
                    Some(number) => $type::from_number(number),
                    None => Err(JsError::expected($label)),
                }
            }

            #[inline]
            fn from_number($number: f64) -> Result<$type> {
                let exact: Option<$type> = $exact;
                exact.ok_or_else(|| JsError::expected($label))
            }
        }

        impl From<$type> for JsValue {
            #[inline]
            fn from($value: $type) -> JsValue {
                JsValue::made(handwire_abi::value_from_number($wide))
            }
        }
    )*};
    (@whole $($type:ident, $label:literal;)*) => {
        numbers! {$(
            $type, $label,
            // The cast saturates, and NaN becomes 0: neither equals what it came from.
            |number| if number as $type as f64 == number { Some(number as $type) } else { None },
            |value| value as f64;
        )*}
    };
}

numbers! { @whole
    i8, "integer of 8 bits";
    u8, "unsigned integer of 8 bits";
    i16, "integer of 16 bits";
    u16, "unsigned integer of 16 bits";
    i32, "integer of 32 bits";
    u32, "unsigned integer of 32 bits";
}

numbers! {
    // Its largest value must not be rounded up on a target where it has 64 bits.
    usize, "unsigned integer of 32 bits",
        |number| if number as u32 as f64 == number { Some(number as u32 as usize) } else { None }, |value| value as f64;
    f32, "Number", |number| Some(number as f32), |value| value.into();
    f64, "Number", |number| Some(number), |value| value;
}

/// The integers that cross as BigInts.
macro_rules! big {
    ($($type:ident, $to:ident, $label:literal;)*) => {$(
        impl FromJs for $type {
            #[inline]
            fn from_value(value: JsValue) -> Result<$type> {
                $type::from_ref(&value)
            }

            #[inline]
            fn from_ref(value: &JsValue) -> Result<$type> {
                value.cast_ref::<JsBigInt>().and_then(JsBigInt::$to).ok_or_else(|| JsError::expected($label))
            }

            #[inline]
            fn from_number(_number: f64) -> Result<$type> {
                Err(JsError::expected($label))
            }
        }

        impl From<$type> for JsValue {
            #[inline]
            fn from(value: $type) -> JsValue {
                JsBigInt::from(value).into()
            }
        }
    )*};
}

big! {
    i64, to_i64, "BigInt of 64 bits";
    u64, to_u64, "unsigned BigInt of 64 bits";
}

impl From<bool> for JsValue {
    #[inline]
    fn from(value: bool) -> JsValue {
        if value { JsValue::TRUE } else { JsValue::FALSE }
    }
}

impl From<()> for JsValue {
    /// `undefined`
    #[inline]
    fn from(_unit: ()) -> JsValue {
        JsValue::UNDEFINED
    }
}

impl<T: Into<JsValue>> From<Option<T>> for JsValue {
    /// `undefined` for `None`.
    #[inline]
    fn from(value: Option<T>) -> JsValue {
        value.map_or(JsValue::UNDEFINED, T::into)
    }
}
