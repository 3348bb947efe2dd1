//! The macros by example: sugar for what can be written by hand, as their docs show.

#[cfg(feature = "functions")]
pub(crate) mod class;
mod export;
mod future;
mod import;
#[cfg(feature = "functions")]
mod instance;
#[cfg(feature = "functions")]
mod interface;
mod js_type;
#[cfg(feature = "functions")]
mod method;
pub(crate) mod name;
mod record;
