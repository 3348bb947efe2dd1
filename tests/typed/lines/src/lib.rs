//! A guest with a library, both of which use `app`.
#![no_std]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsValue};

mod more;

handwire::record! {
    /// Declared by the library as well, in the same words.
    struct Pair { left: i32, right: i32 }

    /// What is the guest's own.
    #[derive(Clone, Copy)]
    enum Level { Low, High }
}

handwire::js_type! {
    /// Something of the page.
    struct Thing: JsObject;
}

handwire::import! {
    mod app {
        fn log(level: u8, message: &str);
        fn same(number: i32) -> i32;
        fn pairs(of: Vec<Pair>, level: Level) -> Result<Vec<Pair>, JsError>;
        fn thing(of: &Thing) -> Option<JsValue>;
    }

    fn twice(number: f64) -> f64 = "$1 * 2";
}

handwire::export! {
    /// Calls all, and the library.
    fn labels(number: i32) -> Vec<String> {
        app::log(3, "the guest's line");
        alloc::vec![handwire_test_dep::label(number), alloc::format!("({})", app::same(number))]
    }

    fn own_double(number: f64) -> f64 {
        twice(number)
    }

    fn swap_all(of: Vec<Pair>, level: Level) -> Result<Vec<Pair>, JsError> {
        app::pairs(of, level)
    }

    fn thing(of: &Thing) -> Option<JsValue> {
        app::thing(of)
    }
}

#[cfg(feature = "twice")]
handwire::export! {
    fn taken() -> i32 {
        2
    }
}
