//! [`CallError`]: the error of a call to the host that declares what it may throw.

use crate::JsError;
use core::error::Error;
use core::fmt;

/// What a function of the host threw, where its declaration names an error: that one, or
/// anything else.
///
/// In [`import!`](crate::import!) and [`interface!`](crate::interface!) the error of a `Result` can be
///
/// - a [`JsError`]: whatever is thrown, as it is;
/// - `CallError<E>`, where `E` is a struct or an enum of [`record!`](crate::record!): an `E` if that is what was
///   thrown, or else the thrown value itself, falsy or not;
/// - such an `E` itself, if it is `From<JsError>`, which then says what becomes of all other values.
///
/// What is thrown is an `E` if it has its fields, or is the name of one of its variants. An `Error`, which
/// may have such fields by chance, is one only if its `name` is the type's.
///
/// ```no_run
/// use handwire::{CallError, JsError};
///
/// handwire::record! { pub struct AskError { pub reason: String } }
///
/// impl From<JsError> for AskError {
///     fn from(unexpected: JsError) -> AskError {
///         AskError { reason: unexpected.message() }
///     }
/// }
///
/// handwire::import! {
///     mod app {
///         fn ask(question: &str) -> Result<String, CallError<AskError>>;
///         fn ask_again(question: &str) -> Result<String, AskError>;
///     }
/// }
///
/// fn answer() -> String {
///     match app::ask("Who is there?") {
///         Ok(answer) => answer,
///         Err(CallError::Declared(AskError { reason })) => reason,
///         Err(CallError::Unexpected(thrown)) => thrown.message(),
///     }
/// }
/// # fn main() {}
/// ```
#[derive(Debug)]
pub enum CallError<E> {
    /// The error that the declaration names.
    Declared(E),
    /// Anything else, as it was thrown; also the host's own error, if the function returned what is not of its type.
    Unexpected(JsError),
}

impl<E> From<E> for CallError<E> {
    fn from(error: E) -> CallError<E> {
        CallError::Declared(error)
    }
}

impl<E: fmt::Debug> fmt::Display for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Declared(error) => error.fmt(f),
            CallError::Unexpected(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl<E: fmt::Debug> Error for CallError<E> {}
