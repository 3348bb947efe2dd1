//! Results: errors of every kind, and nothing as the value.

use alloc::string::String;
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

/// An error that comes from another, which comes from one more.
#[derive(Debug)]
struct Outer(Option<Inner>);

#[derive(Debug)]
struct Inner(ParseIntError);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the outer é")
    }
}

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the inner")
    }
}

impl core::error::Error for Outer {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.0.as_ref().map(|inner| inner as _)
    }
}

impl core::error::Error for Inner {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.0)
    }
}

handwire::record! {
    /// What is thrown as an object.
    pub struct AskError { pub code: u32, pub why: Option<String>, pub value: JsValue }

    /// What is thrown as a string.
    pub enum Fault { TooMany, TooFew }
}

handwire::export! {
    fn caused(text: &str) -> Result<i32, Outer> {
        text.parse().map_err(|error| Outer(Some(Inner(error))))
    }

    fn uncaused() -> Result<(), Outer> {
        Err(Outer(None))
    }

    fn ask(code: u32, why: Option<String>, value: JsValue) -> Result<String, AskError> {
        if code == 0 { Ok("asked".into()) } else { Err(AskError { code, why, value }) }
    }

    fn count(number: i32) -> Result<(), Fault> {
        match number {
            0 => Ok(()),
            1.. => Err(Fault::TooMany),
            _ => Err(Fault::TooFew),
        }
    }

    fn told() -> Result<(), String> {
        Err("only told".into())
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
