//! Exceptions as values: whatever JavaScript throws is a `JsError` of Rust, with its message
//! and stack, and goes on as the very same value; and any error of Rust is an `Error` there.

use alloc::string::String;
use handwire::{JsError, JsFunction, JsValue};

handwire::record! {
    /// What the guest finds in an exception.
    pub struct Caught { message: String, is_error: bool, stack: Option<String> }
}

handwire::export! {
    /// Calls a function; gives what it threw, if it did.
    fn attempt(act: &JsFunction) -> Option<Caught> {
        let error = act.call(&JsValue::UNDEFINED, ()).err()?;
        Some(Caught { message: error.message(), is_error: error.value().is_error(), stack: error.stack() })
    }

    /// Calls a function; what it throws goes on through this one with `?`.
    fn relay(act: &JsFunction) -> Result<JsValue, JsError> {
        let value = act.call(&JsValue::UNDEFINED, ())?;
        Ok(value)
    }

    /// An error of Rust's own.
    fn parse_number(text: &str) -> Result<i32, core::num::ParseIntError> {
        text.parse()
    }

    /// An `Error` made in the guest.
    fn refuse(why: &str) -> Result<(), JsError> {
        Err(JsError::new(why))
    }
}
