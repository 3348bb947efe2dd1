//! A library that a guest uses: it exports, and imports from the same module `app` as the
//! guest does, once with the same declaration and once with another.
#![no_std]

extern crate alloc;

use alloc::string::String;

mod idle;

handwire::record! {
    /// Declared by the guest as well, in the same words.
    pub struct Pair { left: i32, right: i32 }
}

handwire::import! {
    mod app {
        fn log(message: &str);
        fn same(number: i32) -> i32;
    }

    fn twice(number: f64) -> f64 = "$1 * 2";
}

handwire::export! {
    /// An export of the library, which the guest knows nothing of.
    fn dep_double(number: f64) -> f64 {
        twice(number)
    }

    fn dep_swap(pair: Pair) -> Pair {
        Pair { left: pair.right, right: pair.left }
    }

    /// Has the guest's name, if the guest is built to have it, too.
    fn taken() -> i32 {
        1
    }
}

/// What the guest uses: logs, and gives a text.
pub fn label(number: i32) -> String {
    app::log("the library's line");
    alloc::format!("<{}>", app::same(number))
}
