//! [`JsBigInt`]: integers of any size.

use crate::typed::typed;
use crate::{JsType, JsValue, Kind, Result};
use core::fmt;
use handwire_abi as abi;
use heap::string::String;

typed! {
    /// A BigInt. Those beyond 64 bits cross as text.
    ///
    /// ```no_run
    /// use handwire::JsBigInt;
    /// let large = JsBigInt::parse("123456789012345678901234567890")?;
    /// assert_eq!(large.to_u64(), None);
    /// assert_eq!(large.to_text(), "123456789012345678901234567890");
    /// assert_eq!(JsBigInt::from(u64::MAX).to_u64(), Some(u64::MAX));
    /// # Ok::<(), handwire::JsError>(())
    /// ```
    pub struct JsBigInt: JsValue; "BigInt", |value| value.kind() == Kind::BigInt
}

impl JsBigInt {
    /// `BigInt(text)`: decimal with an optional sign, or `0x…`, `0o…`, `0b…`.
    ///
    /// # Errors
    ///
    /// A SyntaxError if the text is no integer.
    #[inline]
    pub fn parse(text: &str) -> Result<JsBigInt> {
        // SAFETY: pointer and length are those of a text.
        let handle = unsafe { abi::bigint_parse(text.as_ptr(), text.len()) };
        JsValue::checked(handle).map(JsBigInt::unchecked_from)
    }

    /// Its value, if it is in the range of `i64`.
    #[inline]
    pub fn to_i64(&self) -> Option<i64> {
        let mut number = 0;
        // SAFETY: `number` is writable.
        let fits = unsafe { abi::bigint_to_i64(self.borrow(), &mut number) };
        if fits != 0 { Some(number) } else { None }
    }

    /// Its value, if it is in the range of `u64`.
    #[inline]
    pub fn to_u64(&self) -> Option<u64> {
        let mut number = 0;
        // SAFETY: `number` is writable.
        let fits = unsafe { abi::bigint_to_u64(self.borrow(), &mut number) };
        if fits != 0 { Some(number) } else { None }
    }

    /// Its decimal digits, with a sign if it is negative.
    pub fn to_text(&self) -> String {
        // A BigInt is never at a loss for words; if its digits exceed what a string of the
        // host can hold, they can't be had at all.
        self.to_js_string().map(|text| text.to_utf8()).unwrap_or_default()
    }
}

impl From<i64> for JsBigInt {
    #[inline]
    fn from(number: i64) -> JsBigInt {
        JsBigInt::unchecked_from(JsValue::made(abi::bigint_from_i64(number)))
    }
}

impl From<u64> for JsBigInt {
    #[inline]
    fn from(number: u64) -> JsBigInt {
        JsBigInt::unchecked_from(JsValue::made(abi::bigint_from_u64(number)))
    }
}

impl fmt::Display for JsBigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_text())
    }
}
