//! The guest of the tests of declared imports: each export gives what it is given to an
//! import of the same name and type, and returns what that returns. So a value crosses four
//! times, and a test sees it in the middle.
#![no_std]

extern crate alloc;

/// One type that owns what it holds, as parameter and result of an import: alone, in a
/// `Result`, in an option, in a list and as the field of a record.
macro_rules! through {
    ($($type:ty: $record:ident $echo:ident $tried:ident $option:ident $list:ident $field:ident;)*) => {
        handwire::record! {$(
            pub struct $record { value: $type }
        )*}

        handwire::import! {
            pub mod app {$(
                fn $echo(value: $type) -> $type;
                fn $tried(value: $type) -> Result<$type, JsError>;
                fn $option(value: Option<$type>) -> Result<Option<$type>, JsError>;
                fn $list(values: alloc::vec::Vec<$type>) -> Result<alloc::vec::Vec<$type>, JsError>;
                fn $field(record: $record) -> Result<$record, JsError>;
            )*}
        }

        handwire::export! {$(
            fn $echo(value: $type) -> $type {
                app::$echo(value)
            }

            fn $tried(value: $type) -> Result<$type, handwire::JsError> {
                app::$tried(value)
            }

            fn $option(value: Option<$type>) -> Result<Option<$type>, handwire::JsError> {
                app::$option(value)
            }

            fn $list(values: alloc::vec::Vec<$type>) -> Result<alloc::vec::Vec<$type>, handwire::JsError> {
                app::$list(values)
            }

            fn $field(record: $record) -> Result<$record, handwire::JsError> {
                app::$field(record)
            }
        )*}
    };
}

/// A type that borrows, as parameter of an import, and what owns it as its result.
macro_rules! lent {
    ($($name:ident: $type:ty => $owned:ty;)*) => {
        handwire::import! {
            pub mod lent {$(
                fn $name(value: $type) -> Result<$owned, JsError>;
            )*}
        }

        handwire::export! {$(
            fn $name(value: $type) -> Result<$owned, handwire::JsError> {
                lent::$name(value)
            }
        )*}
    };
}

mod errors;
mod handles;
mod inline;
mod records;
mod scalars;
mod text;
