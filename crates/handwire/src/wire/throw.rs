//! [`Throw`]: errors of closures.

use super::Text;
use crate::returns::{write_block, write_error};
use crate::{CastError, JsError};
use core::fmt::Display;
use heap::boxed::Box;
use heap::string::String;

/// What can be the error of a closure: it is thrown at whoever called the function. A
/// [`JsError`] is thrown as the very value that it holds, a struct or enum of
/// [`record!`](crate::record!) as itself, a text as an `Error` with that message.
///
/// An export takes any error with a text, because a macro sees its type. A closure's type is
/// inferred, so that one of your own says by itself that it is thrown as its text:
///
/// ```
/// use handwire::wire::{Throw, throw_text};
///
/// #[derive(Debug)]
/// struct Full(usize);
///
/// impl core::fmt::Display for Full {
///     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
///         write!(f, "there is room for {} only", self.0)
///     }
/// }
///
/// impl Throw for Full {
///     fn throw(self) {
///         throw_text(self);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a closure can't throw `{Self}`",
    label = "this is no error of a closure",
    note = "JsError, String, &'static str, Box<dyn Error>, structs and enums of record!, and types of your own that implement `handwire::wire::Throw` are"
)]
pub trait Throw: Sized + 'static {
    /// Its name in the type of the closure, with the comma before it; nothing for a text or a
    /// value of the host.
    const TYPE: Text = &[];

    /// Writes it into the return slot, as the last act of a call.
    fn throw(self);
}

/// Throws an `Error` with the text of something: the body of a [`Throw`] of your own.
#[inline]
pub fn throw_text<E: Display + 'static>(error: E) {
    write_error(error);
}

/// Throws a value of [`record!`](crate::record!): the body of its [`Throw`].
#[inline]
pub fn throw_declared<E: super::Declared>(error: E) {
    write_block(error);
}

macro_rules! texts {
    ($($type:ty)*) => {$(
        impl Throw for $type {
            #[inline]
            fn throw(self) {
                throw_text(self);
            }
        }
    )*};
}

texts! {
    JsError
    String
    &'static str
    CastError
    Box<dyn core::error::Error>
    core::convert::Infallible
    core::fmt::Error
    core::num::ParseIntError
    core::num::ParseFloatError
    core::num::TryFromIntError
    core::str::Utf8Error
}

/// A record or an enum as an error: it is thrown as itself.
#[doc(hidden)]
#[macro_export]
macro_rules! __throw_by_value {
    ($name:ident) => {
        impl $crate::wire::Declared for $name {}

        impl $crate::wire::Throw for $name {
            const TYPE: $crate::wire::Text =
                &[$crate::wire::Piece::Str(","), $crate::wire::Piece::Sub(<$name as $crate::wire::Element>::TYPE)];

            fn throw(self) {
                $crate::wire::throw_declared(self);
            }
        }
    };
}
