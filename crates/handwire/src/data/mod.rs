//! Data: any type of serde as plain values of the host, and back, in one crossing (feature
//! `serde`). The buffer that crosses is section 13 of the contract.
//!
//! ```no_run
//! use handwire::data;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! struct User {
//!     name: String,
//!     tags: Vec<String>,
//!     manager: Option<u32>,
//! }
//!
//! # fn run(given: handwire::JsValue) -> Result<(), data::DataError> {
//! let user: User = data::from_js(&given)?;
//! let object = data::to_js(&user)?; // { name: "Ada", tags: ["first"], manager: undefined }
//! # Ok(())
//! # }
//! ```
//!
//! | Rust | host |
//! |---|---|
//! | numbers up to 32 bits, floats | a number |
//! | wider integers | a number if it holds them exactly (up to 2^53 - 1), else a BigInt; see [`Options::bigints`] |
//! | text, char | a string |
//! | `None` | `undefined`; see [`Options::nulls`]; both are taken |
//! | `()`, a unit struct | `null`; `undefined` is taken |
//! | bytes, as serde_bytes has them | a `Uint8Array`; any typed array and arrays of numbers are taken |
//! | sequences, tuples | an array; a `Set` and typed arrays are taken |
//! | structs, maps whose keys are texts | a plain object; class instances and `Map`s are taken |
//! | other maps | a `Map`; an object is taken, its keys parsed |
//! | enums | `"Unit"`, `{ Newtype: … }`, `{ Tuple: […] }`, `{ Struct: {…} }`, or as `#[serde]` says |
//! | a text or a number of milliseconds | taken from a `Date`, too |
//! | [`JsValue`] and the typed family | the very value |
//!
//! A property that is `undefined` is as good as none to a struct. What is no data, a function
//! or a symbol, is taken by a `JsValue` only, and is no error where nothing asks for it.

mod access;
mod compound;
mod copied;
mod cross;
mod date;
mod deserializer;
mod ends;
mod error;
mod exchange;
mod form;
mod handle;
mod key;
mod map;
mod numbers;
mod numeric;
mod over;
mod put;
mod quick;
mod raw;
mod reader;
mod serializer;
mod tables;
mod tag;
mod text;
mod texts;
mod tree;
mod visitor;
mod writer;
mod written;

pub use cross::Data;
pub use error::DataError;

use crate::JsValue;
use heap::vec::Vec;
use serde::de::DeserializeOwned;
use serde::ser::Serialize;

/// The host's value of a Rust value.
///
/// # Errors
///
/// What the type's own `Serialize` gives; more than 128 levels; a map whose first key is a text
/// and a later one isn't.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, DataError> {
    Options::new().to_js(value)
}

/// A Rust value of the host's.
///
/// # Errors
///
/// The value is not of that type, or is no data: see [`DataError`]. What a getter throws is the
/// `cause` of the error that [`DataError::js_error`] holds.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, DataError> {
    exchange::from_js(value)
}

/// How Rust values are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    big: bool,
    null: bool,
}

impl Options {
    /// As [`to_js`] has them.
    pub const fn new() -> Options {
        Options { big: false, null: false }
    }

    /// 64- and 128-bit integers are BigInts, whatever their value.
    #[must_use]
    pub const fn bigints(self) -> Options {
        Options { big: true, ..self }
    }

    /// `None` is `null`, as in JSON.
    #[must_use]
    pub const fn nulls(self) -> Options {
        Options { null: true, ..self }
    }

    /// The host's value of a Rust value.
    ///
    /// # Errors
    ///
    /// As [`to_js`].
    pub fn to_js<T: Serialize + ?Sized>(self, value: &T) -> Result<JsValue, DataError> {
        exchange::to_js(value, self)
    }

    /// The buffer of a value, for what stores it or sends it elsewhere.
    ///
    /// # Errors
    ///
    /// As [`to_js`]; a value of the host in it.
    pub fn encode<T: Serialize + ?Sized>(self, value: &T) -> Result<Vec<u8>, DataError> {
        exchange::encode(value, self)
    }
}

/// A Rust value of a buffer, whoever wrote it.
///
/// # Errors
///
/// The buffer is damaged, or the value is not of that type.
///
/// ```
/// use handwire::data;
///
/// let buffer = data::Options::new().encode(&vec![(1, "one"), (2, "two")])?;
/// let back: Vec<(u8, String)> = data::decode(&buffer)?;
/// assert_eq!(back[1], (2, "two".into()));
/// assert!(data::decode::<Vec<u8>>(&buffer[1..]).is_err());
/// # Ok::<(), data::DataError>(())
/// ```
pub fn decode<T: DeserializeOwned>(buffer: &[u8]) -> Result<T, DataError> {
    // SAFETY: texts are checked.
    unsafe { exchange::read(buffer, false) }
}
