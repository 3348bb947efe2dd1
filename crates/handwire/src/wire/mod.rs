//! How Rust types cross: their names in the contract section, their numbers on the wire.
//!
//! | trait | which types | what it says |
//! |---|---|---|
//! | [`Wire`] and [`Lift`] | parameters of exports | name, wasm parameters, and how a value is made of them |
//! | [`Lower`] and [`Return`] | results of exports | name, wasm result, and how it is made of a value |
//! | [`Wire`] and [`Pass`] | parameters of imports | how a value becomes wasm parameters |
//! | [`Receive`] | results of imports | name, wasm result, and how a value is made of it |
//! | [`Element`] | what stands inside of an option, a list or a record | name, and the way into and out of a slot |
//!
//! [`export!`](macro@crate::export) and [`import!`](crate::import!) put them together; [`record!`](crate::record!) and
//! [`js_type!`](crate::js_type!) implement them for types of your own. Neither is magic:
//! their documentation shows what they expand to.
//!
//! # Errors
//!
//! What the `Err` of an export becomes depends on its type, and on the first of these that it is:
//!
//! 1. a struct or enum of [`record!`](crate::record!): thrown as itself, an object or a string
//! 2. a [`JsError`](crate::JsError): the very value that it holds
//! 3. a [`core::error::Error`]: an `Error` with its text as message, its type as name, and what
//!    it comes from as `cause`, as far as that goes
//! 4. anything that is `Display`: an `Error` with its text

mod block;
mod claim;
mod element;
#[cfg(feature = "functions")]
mod instance;
mod lift;
mod lower;
mod misfit;
mod nested;
mod numbers;
mod outcome;
mod pass;
mod pointer;
mod receive;
mod scalar;
#[cfg(feature = "functions")]
mod shared;
mod text;
mod throw;

pub use block::Block;
#[doc(hidden)]
pub use claim::{MAY_REFUSE, TELLS, refused_in_field, tell};
pub use claim::{Zero, refuse};
#[cfg(feature = "functions")]
pub(crate) use claim::{claim_argument, claim_arguments};
pub(crate) use element::array;
pub use element::{Element, Scalar, list_room, lower_list};
#[cfg(feature = "functions")]
#[doc(hidden)]
pub use instance::*;
pub use lift::{Lift, Wire};
pub use lower::Lower;
pub use misfit::Misfit;
pub use outcome::{Called, Caused, Declared, Named, NoError, Output, Plain, Thrown, Told, Way, result};
pub use pass::{Laid, Pass};
pub use receive::{Caught, Receive, Status, received, take_status, take_thrown};
#[cfg(feature = "functions")]
pub use shared::Shared;
pub use text::{Piece, Text, but_last, copy, len};
pub use throw::{Throw, throw_declared, throw_text};

#[cfg(feature = "functions")]
#[doc(hidden)]
pub use crate::closure::{lend, lend_shared};
pub use crate::returns::{Return, write_block as return_block};
