//! The macros by example: sugar for what can be written by hand, as their docs show.

pub(crate) mod export;
mod future;
mod import;
mod js_type;
mod record;
