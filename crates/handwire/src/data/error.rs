//! [`DataError`]: why a value can't cross as data, and where in it.

use crate::wire::Misfit;
use crate::{JsError, JsValue};
use core::fmt::{self, Display, Write};
use heap::boxed::Box;
use heap::string::{String, ToString};
use heap::vec::Vec;

/// Why a value can't cross as data, or is not what was asked for. Its text names the place:
///
/// ```text
/// users[3].address.zip: invalid type: string "x", expected u32
/// ```
pub struct DataError {
    // In a box, so that results stay small.
    inner: Box<Inner>,
}

struct Inner {
    message: String,
    /// From the inside out.
    path: Vec<Step>,
    thrown: Option<JsError>,
}

/// One step of a path.
pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl DataError {
    #[cold]
    pub(super) fn new(message: impl Display) -> DataError {
        DataError { inner: Box::new(Inner { message: message.to_string(), path: Vec::new(), thrown: None }) }
    }

    /// What the host threw while it read a value. Its message has the place already.
    #[cold]
    #[inline(never)]
    pub(super) fn thrown(error: JsError) -> DataError {
        let message = error.message();
        DataError { inner: Box::new(Inner { message, path: Vec::new(), thrown: Some(error) }) }
    }

    /// The same, one step further out.
    #[cold]
    #[inline(never)]
    pub(super) fn within(mut self, step: Step) -> DataError {
        self.inner.path.push(step);
        self
    }

    /// Where: `users[3].address.zip`; empty for the whole value, and where the host's message has it.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.inner.path.iter().rev() {
            match step {
                Step::Index(index) => {
                    // Writing into a String can't fail.
                    let _: fmt::Result = write!(path, "[{index}]");
                }
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => path.extend([".", key]),
            }
        }
        path
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// What the host threw while it read the value: a TypeError for what is no data, with what a
    /// getter threw as its `cause`.
    pub fn js_error(&self) -> Option<&JsError> {
        self.inner.thrown.as_ref()
    }
}

impl Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.inner.message)
    }
}

impl fmt::Debug for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DataError").field(&self.to_string()).finish()
    }
}

impl core::error::Error for DataError {}

impl serde::ser::Error for DataError {
    fn custom<T: Display>(message: T) -> DataError {
        DataError::new(message)
    }
}

impl serde::de::Error for DataError {
    fn custom<T: Display>(message: T) -> DataError {
        DataError::new(message)
    }
}

impl From<DataError> for JsError {
    /// What the host threw, or a `TypeError` with the text.
    fn from(error: DataError) -> JsError {
        let text = error.to_string();
        error.inner.thrown.unwrap_or_else(|| type_error(&text))
    }
}

impl From<DataError> for Misfit {
    #[cold]
    fn from(error: DataError) -> Misfit {
        Misfit::at(&error.path(), &error.inner.message, type_error).with_thrown(error.inner.thrown)
    }
}

/// A `TypeError` of the host's.
fn type_error(text: &str) -> JsError {
    // SAFETY: pointer and length are those of a text.
    JsValue::made(unsafe { handwire_abi::data_error(text.as_ptr(), text.len()) }).into()
}
