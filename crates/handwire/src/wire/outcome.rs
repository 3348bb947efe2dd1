//! Results of exports that can fail, and what becomes of the error.
//!
//! Which form an error has depends on its type: see [`wire`](crate::wire#errors).
//!
//! A trait can't choose like that, but a method call can: it takes the implementation that
//! needs the fewest references taken away. So [`Way`] has them at different depths, and
//! [`export!`](macro@crate::export) calls with the most.

use super::{Element, Lower, Piece, Return, Text};
use crate::returns::{write_block, write_error};
use crate::{CallError, JsError};
use core::error::Error;
use core::fmt::Display;
use core::marker::PhantomData;
use heap::string::{String, ToString};
use heap::vec::Vec;

/// A result of an export, as its line in the contract section has it.
pub trait Output {
    /// The name of its type, but for `CLOSE` and, of a `Result`, the error before that.
    const TYPE: Text;
    /// What ends the name.
    const CLOSE: &'static str;
    /// The wasm result.
    type Wire;
    /// Whether no code of others runs when the call ends with it.
    const PLAIN: bool = false;
}

impl<R: Lower> Output for R {
    const PLAIN: bool = R::PLAIN;
    const TYPE: Text = R::TYPE;
    const CLOSE: &'static str = "";
    type Wire = R::Wire;
}

impl<T: Lower + Return, E> Output for Result<T, E> {
    const TYPE: Text =
        if T::TYPE.is_empty() { &[Piece::Str("result<()")] } else { &[Piece::Str("result<"), Piece::Sub(T::TYPE)] };
    const CLOSE: &'static str = ">";
    type Wire = i32;
}

/// A type whose name the contract section explains: a struct or enum of [`record!`](crate::record!).
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the error of a call to the host",
    label = "no line of the contract section says what it is",
    note = "it can be a JsError, a CallError<E>, or an E with `impl From<JsError> for E`, where E is a struct or enum of record!"
)]
pub trait Declared: Element {}

/// The way of a result to the host.
#[derive(Debug)]
pub struct Way<R>(PhantomData<R>);

impl<R> Way<R> {
    /// The way of this type.
    #[inline]
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Way<R> {
        Way(PhantomData)
    }
}

impl<T, E: Declared> Way<Result<T, E>> {
    /// The error's name in the line, where it has one.
    pub const ERROR: Text = &[Piece::Str(", "), Piece::Sub(E::TYPE)];
}

impl<T, E: Declared> Way<Result<T, CallError<E>>> {
    /// The error's name in the line.
    pub const ERROR: Text = &[Piece::Str(", "), Piece::Sub(E::TYPE)];
}

/// All other results: nothing to name.
pub trait NoError {
    /// Nothing.
    const ERROR: Text = &[];
}

impl<R> NoError for Way<R> {}

/// The piece ` -> type` of an export's line; nothing for `()`.
pub const fn result<R: Output>(error: Text) -> [Piece; 4] {
    if R::TYPE.is_empty() {
        return [Piece::Str(""); 4];
    }
    [Piece::Str(" -> "), Piece::Sub(R::TYPE), Piece::Sub(error), Piece::Str(R::CLOSE)]
}

/// Ends a call whose result is no `Result`.
pub trait Plain<R> {
    /// The wasm result.
    type Wire;
    /// Gives it, or writes the return slot.
    fn end(&self, result: R) -> Self::Wire;
}

impl<R: Lower> Plain<R> for Way<R> {
    type Wire = R::Wire;

    #[inline(always)]
    fn end(&self, result: R) -> R::Wire {
        result.lower()
    }
}

/// The ways of a `Result`: the status, after its value or error went into the return slot.
macro_rules! ways {
    ($($(#[$doc:meta])* $name:ident, [$($at:tt)*], [$($bound:tt)*] $error:ty, |$value:ident| $write:expr;)*) => {$(
        $(#[$doc])*
        pub trait $name<R> {
            /// Writes the return slot, and gives the status.
            fn end(&self, result: R) -> i32;
        }

        impl<T: Return, $($bound)*> $name<Result<T, $error>> for $($at)* Way<Result<T, $error>> {
            #[inline]
            fn end(&self, result: Result<T, $error>) -> i32 {
                match result {
                    Ok(value) => {
                        value.write();
                        0
                    }
                    Err($value) => {
                        $write;
                        1
                    }
                }
            }
        }
    )*};
}

ways! {
    /// Errors with a text.
    Told, [], [E: Display + 'static] E, |error| write_error(error);
    /// Errors with a text, a name, and a cause.
    Caused, [&], [E: Error + 'static] E, |error| write_chain(error);
    /// Values of the host.
    Thrown, [&&], [] JsError, |error| error.into_value().write();
    /// Errors that the contract section names.
    Named, [&&&], [E: Declared] E, |error| write_block(error);
    /// Those, and values of the host.
    Called, [&&&], [E: Declared] CallError<E>, |error| match error {
        CallError::Declared(error) => write_block(error),
        CallError::Unexpected(error) => error.into_value().write(),
    };
}

/// Name, text, and the texts of what an error comes from.
fn write_chain<E: Error + 'static>(error: E) {
    let name = core::any::type_name::<E>();
    let name = name.split('<').next().and_then(|path| path.rsplit("::").next()).unwrap_or(name);
    let mut texts: Vec<String> = [name.into(), error.to_string()].into();
    let mut source = error.source();
    while let Some(cause) = source {
        texts.push(cause.to_string());
        source = cause.source();
    }
    // Its destructor may call the host: before the slot is written, not after.
    drop(error);
    write_block(texts);
}
