//! [`JsString`]: a string of the host, and the ways of text across.

use crate::typed::typed;
use crate::{FromJs, JsError, JsType, JsValue, Kind, Result, buffer};
use core::fmt;
use handwire_abi as abi;
use heap::string::String;
use heap::vec::Vec;

typed! {
    /// A string of the host, which may hold lone surrogates.
    ///
    /// ```no_run
    /// use handwire::JsString;
    /// let name = JsString::from("Zoë");
    /// assert_eq!(name.to_utf8(), "Zoë");
    /// assert_eq!((name.utf8_len(), name.utf16_len()), (4, 3));
    /// let lone = JsString::from_utf16(&[0xD83D]);
    /// assert_eq!((lone.to_utf8().as_str(), lone.to_utf16()), ("\u{FFFD}", vec![0xD83D]));
    /// ```
    pub struct JsString: JsValue; "String", |value| value.kind() == Kind::String
}

impl JsString {
    /// The string of these UTF-16 units, unchanged.
    #[inline]
    pub fn from_utf16(units: &[u16]) -> JsString {
        // SAFETY: pointer and length are those of a slice.
        let handle = unsafe { abi::string_from_utf16(units.as_ptr(), units.len()) };
        JsString::unchecked_from(JsValue::made(handle))
    }

    /// Its text. A lone surrogate becomes U+FFFD.
    pub fn to_utf8(&self) -> String {
        // SAFETY: the buffer is writable.
        let bytes = buffer::read(|ptr, capacity| unsafe { abi::string_write_utf8(self.borrow(), ptr, capacity) });
        // SAFETY: the contract has the host write UTF-8 only.
        unsafe { String::from_utf8_unchecked(bytes) }
    }

    /// Its UTF-16 units, unchanged.
    pub fn to_utf16(&self) -> Vec<u16> {
        // SAFETY: the buffer is writable and, as one of units, 2-aligned.
        buffer::read(|ptr, units| unsafe { abi::string_write_utf16(self.borrow(), ptr, units) })
    }

    /// How many bytes its text has in UTF-8.
    #[inline]
    pub fn utf8_len(&self) -> usize {
        // SAFETY: nothing is written to a buffer of no capacity.
        unsafe { abi::string_write_utf8(self.borrow(), core::ptr::dangling_mut(), 0) }
    }

    /// How many UTF-16 units it has: its `length` in JavaScript.
    #[inline]
    pub fn utf16_len(&self) -> usize {
        // SAFETY: nothing is written to a buffer of no capacity.
        unsafe { abi::string_write_utf16(self.borrow(), core::ptr::dangling_mut(), 0) }
    }

    /// The one Unicode scalar value that it consists of, if it does.
    pub fn as_char(&self) -> Option<char> {
        let mut units = [0u16; 2];
        // SAFETY: the buffer is writable, 2-aligned, and two units long.
        let len = unsafe { abi::string_write_utf16(self.borrow(), units.as_mut_ptr(), units.len()) };
        one_char(units.get(..len)?)
    }
}

fn one_char(units: &[u16]) -> Option<char> {
    let mut chars = char::decode_utf16(units.iter().copied());
    let first = chars.next()?.ok()?;
    if chars.next().is_none() { Some(first) } else { None }
}

impl From<&str> for JsString {
    #[inline]
    fn from(text: &str) -> JsString {
        // SAFETY: pointer and length are those of a text.
        let handle = unsafe { abi::string_from_utf8(text.as_ptr(), text.len()) };
        JsString::unchecked_from(JsValue::made(handle))
    }
}

impl From<&String> for JsString {
    #[inline]
    fn from(text: &String) -> JsString {
        JsString::from(text.as_str())
    }
}

impl From<String> for JsString {
    #[inline]
    fn from(text: String) -> JsString {
        JsString::from(text.as_str())
    }
}

impl From<char> for JsString {
    #[inline]
    fn from(char: char) -> JsString {
        JsString::from(&*char.encode_utf8(&mut [0; 4]))
    }
}

impl From<&JsString> for String {
    #[inline]
    fn from(string: &JsString) -> String {
        string.to_utf8()
    }
}

impl From<JsString> for String {
    #[inline]
    fn from(string: JsString) -> String {
        string.to_utf8()
    }
}

impl fmt::Display for JsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_utf8())
    }
}

macro_rules! from_text {
    ($($text:ty),*) => {$(
        impl From<$text> for JsValue {
            #[inline]
            fn from(text: $text) -> JsValue {
                JsString::from(text).into()
            }
        }
    )*};
}

from_text!(&str, &String, String, char);

impl FromJs for String {
    #[inline]
    fn from_value(value: JsValue) -> Result<String> {
        String::from_ref(&value)
    }

    #[inline]
    fn from_ref(value: &JsValue) -> Result<String> {
        value.as_string().ok_or_else(|| JsError::expected(JsString::NAME))
    }
}

impl FromJs for char {
    #[inline]
    fn from_value(value: JsValue) -> Result<char> {
        char::from_ref(&value)
    }

    #[inline]
    fn from_ref(value: &JsValue) -> Result<char> {
        let char = value.cast_ref::<JsString>().and_then(JsString::as_char);
        char.ok_or_else(|| JsError::expected("String of one character"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_char_is_one_scalar_value() {
        assert_eq!(one_char(&[0x61]), Some('a'));
        assert_eq!(one_char(&[0]), Some('\0'));
        assert_eq!(one_char(&[0xFEFF]), Some('\u{FEFF}'));
        assert_eq!(one_char(&[0xD83D, 0xDE00]), Some('😀'));
        for none in [&[][..], &[0x61, 0x62], &[0xD83D], &[0xDE00], &[0xDE00, 0xD83D], &[0xD83D, 0x61]] {
            assert_eq!(one_char(none), None, "{none:x?}");
        }
    }
}
