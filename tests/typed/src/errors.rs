//! Results: errors of every kind, and nothing as the value.

use core::fmt;
use core::num::ParseIntError;
use handwire::{JsError, JsValue};

/// An error of the guest's own.
struct Refused {
    why: &'static str,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "refused: {}", self.why)
    }
}

handwire::export! {
    fn parse(text: &str) -> Result<i32, ParseIntError> {
        text.parse()
    }

    fn throw_value(value: JsValue) -> Result<(), JsError> {
        Err(JsError::from(value))
    }

    fn throw_error(message: &str) -> Result<(), JsError> {
        Err(JsError::new(message))
    }

    fn refuse(fail: bool) -> Result<(), Refused> {
        if fail { Err(Refused { why: "told so" }) } else { Ok(()) }
    }
}
