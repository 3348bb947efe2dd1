//! [`JsError`]: what host code threw, or what the guest throws at the host.

use crate::{Arg, JsString, JsType, JsValue, ToArg};
use core::fmt;
use handwire_abi as abi;
use heap::string::String;

/// The result of everything that host code can make fail.
pub type Result<T, E = JsError> = core::result::Result<T, E>;

/// A thrown value. JavaScript can throw anything, `undefined` and `0` as well: all of them
/// are errors here.
///
/// An export that returns it throws that very value again, with its class and stack.
///
/// ```no_run
/// use handwire::{JsError, JsValue, json};
///
/// let error = json::parse("{").unwrap_err();
/// assert!(error.message().contains("JSON"));
/// assert!(error.value().is_error());
/// let mine = JsError::new("no such file");
/// assert_eq!(mine.to_string(), "no such file");
/// ```
pub struct JsError {
    value: JsValue,
}

impl JsError {
    /// `new Error(message)`, whose stack says where it was made.
    pub fn new(message: &str) -> JsError {
        // SAFETY: pointer and length are those of a text.
        JsError { value: JsValue::made(unsafe { abi::error_new(message.as_ptr(), message.len()) }) }
    }

    /// What the last failed operation threw. For use right after one.
    #[cold]
    #[inline(never)]
    pub(crate) fn take() -> JsError {
        JsError { value: JsValue::made(abi::error_take()) }
    }

    /// The error of a conversion: `expected` is what was asked for.
    #[cold]
    #[inline(never)]
    pub(crate) fn expected(expected: &str) -> JsError {
        let mut message = String::from("expected ");
        message.push_str(expected);
        JsError::new(&message)
    }

    /// The thrown value.
    #[inline]
    pub fn value(&self) -> &JsValue {
        &self.value
    }

    /// The thrown value.
    #[inline]
    pub fn into_value(self) -> JsValue {
        self.value
    }

    /// The `message` of an error, `String(v)` of anything else. It never fails, whatever
    /// the value does.
    pub fn message(&self) -> String {
        JsString::unchecked_from(JsValue::made(abi::error_message(self.value.borrow()))).to_utf8()
    }

    /// The `stack` of an error, if it has one that can be read. Its form is the engine's.
    pub fn stack(&self) -> Option<String> {
        JsValue::made(abi::error_stack(self.value.borrow())).as_string()
    }
}

impl fmt::Display for JsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.message())
    }
}

impl fmt::Debug for JsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsError").field(&self.message()).finish()
    }
}

impl core::error::Error for JsError {}

impl From<JsValue> for JsError {
    /// The value, as if it had been thrown.
    #[inline]
    fn from(value: JsValue) -> JsError {
        JsError { value }
    }
}

impl From<&str> for JsError {
    /// An `Error` with this message, for `?` and `Err("…".into())`.
    #[inline]
    fn from(message: &str) -> JsError {
        JsError::new(message)
    }
}

impl From<String> for JsError {
    /// An `Error` with this message.
    #[inline]
    fn from(message: String) -> JsError {
        JsError::new(&message)
    }
}

impl ToArg for JsError {
    #[inline]
    fn to_arg(&self) -> Arg<'_> {
        Arg::value(&self.value)
    }
}

impl From<JsError> for JsValue {
    #[inline]
    fn from(error: JsError) -> JsValue {
        error.value
    }
}
