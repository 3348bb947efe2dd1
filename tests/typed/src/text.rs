//! Text and bytes, and lists in lists.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

every! {
    String: str str_try str_option str_list str_both;
    Vec<u8>: bytes bytes_try bytes_option bytes_list bytes_both;
    Vec<f64>: numbers numbers_try numbers_option numbers_list numbers_both;
    Vec<String>: texts texts_try texts_option texts_list texts_both;
    Vec<Option<i64>>: sparse sparse_try sparse_option sparse_list sparse_both;
}

borrowed! {
    str_borrowed: &str => String, to_string;
}

handwire::export! {
    fn str_static() -> &'static str {
        "always the same"
    }

    fn nothing() {}

    fn nothing_unit() -> () {}

    fn several(small: i8, name: &str, big: u64, values: &[f32], mark: char, flag: bool, rest: Option<i32>) -> String {
        alloc::format!("{small} {name} {big} {values:?} {mark} {flag} {rest:?}")
    }
}
