//! [`Misfit`]: a value of the host's that is not what the guest takes, found by the guest.

use crate::JsError;
use core::fmt;
use heap::format;
use heap::string::String;

/// What the host gave is not what a type takes, and where in it: found when it is claimed or
/// lifted. What the value held was ended.
pub struct Misfit {
    // Begins with the place: `[3].title: …`, `.address: …`, or `: …` for the whole value.
    text: String,
    thrown: Option<JsError>,
    error: fn(&str) -> JsError,
}

impl Misfit {
    /// Of a value by itself. `error` makes the error of the whole text.
    #[cold]
    pub fn new(message: &str, error: fn(&str) -> JsError) -> Misfit {
        Misfit { text: format!(": {message}"), thrown: None, error }
    }

    /// The same, at a path inside of the value: `users[3].name`; empty for the value itself.
    #[cold]
    pub fn at(path: &str, message: &str, error: fn(&str) -> JsError) -> Misfit {
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        Misfit { text: format!("{dot}{path}: {message}"), thrown: None, error }
    }

    /// What the host threw is the error, as it is.
    #[must_use]
    pub fn with_thrown(self, thrown: Option<JsError>) -> Misfit {
        Misfit { thrown, ..self }
    }

    /// The same, one step further out: an element of a list.
    #[cold]
    #[must_use]
    pub fn in_list(self, index: usize) -> Misfit {
        Misfit { text: format!("[{index}]{}", self.text), ..self }
    }

    /// The same, one step further out: a field of a record.
    #[cold]
    #[must_use]
    pub fn in_field(self, name: &str) -> Misfit {
        Misfit { text: format!(".{name}{}", self.text), ..self }
    }

    /// The text, with the name of what was given: an argument, or an import and `result`.
    #[cold]
    pub fn text(&self, name: &str) -> String {
        format!("{name}{}", self.text)
    }

    /// The error that a function of this name has as its result.
    #[cold]
    pub fn into_error(self, name: &str) -> JsError {
        self.raise(&of(name))
    }

    /// The error of what was given by that name.
    #[cold]
    #[inline(never)]
    pub fn raise(self, name: &str) -> JsError {
        let text = self.text(name);
        self.thrown.unwrap_or_else(|| (self.error)(&text))
    }

    /// Ends the guest, where no type can hold the error.
    #[cold]
    #[inline(never)]
    #[track_caller]
    pub fn panic(self, name: &str) -> ! {
        panic!("{}", self.text(&of(name)))
    }
}

/// A result of a function, or of a method as its import names it: `interface Store.get(key: &str)`.
#[cold]
fn of(name: &str) -> String {
    let name = name.strip_prefix("interface ").unwrap_or(name);
    format!("{}: result", name.split('(').next().unwrap_or(name))
}

impl fmt::Debug for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Misfit").field(&self.text).finish()
    }
}
