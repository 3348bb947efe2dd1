//! The guest of the typed tests: every type of the contract section in every position,
//! through the macros only. Most functions give back what they are given, so that a test
//! sees both directions at once.
#![no_std]

extern crate alloc;

/// The exports of one type that owns what it holds: alone, as the value of a `Result` (an
/// error if told so), in an option, in a list, and in both at once.
macro_rules! every {
    ($($type:ty: $echo:ident $tried:ident $option:ident $list:ident $both:ident;)*) => {
        handwire::export! {$(
            fn $echo(value: $type) -> $type {
                value
            }

            fn $tried(value: $type, fail: bool) -> Result<$type, alloc::string::String> {
                if fail { Err(concat!(stringify!($tried), " was told to fail").into()) } else { Ok(value) }
            }

            fn $option(value: Option<$type>) -> Option<$type> {
                value
            }

            fn $list(values: alloc::vec::Vec<$type>) -> alloc::vec::Vec<$type> {
                values
            }

            fn $both(values: Option<alloc::vec::Vec<Option<$type>>>) -> Result<alloc::vec::Vec<Option<$type>>, handwire::JsError> {
                values.ok_or_else(|| handwire::JsError::new(concat!(stringify!($both), " was given nothing")))
            }
        )*}
    };
}

/// The export of a type that borrows: it gives back what it is given, as what owns it.
macro_rules! borrowed {
    ($($name:ident: $type:ty => $owned:ty, $own:ident;)*) => {
        handwire::export! {$(
            fn $name(value: $type) -> $owned {
                value.$own()
            }
        )*}
    };
}

mod docs;
mod errors;
mod fields;
mod handles;
mod records;
mod scalars;
mod text;
mod twins;
