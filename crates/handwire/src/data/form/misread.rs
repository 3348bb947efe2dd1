//! [`Misread`]: a value in a form that is not what a type takes. Nobody sees why: it is read
//! once more, as a value by itself, and that has an error with its place.

use core::fmt::{self, Display};

#[derive(Clone, Copy, Debug)]
pub struct Misread;

impl Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not in the form that was told")
    }
}

impl core::error::Error for Misread {}

impl serde::de::Error for Misread {
    fn custom<T: Display>(_message: T) -> Misread {
        Misread
    }
}
