//! A class whose methods take and give every type.

use crate::counter::Counter;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsObject, JsValue};

handwire::record! {
    #[derive(Clone, Copy)]
    pub(crate) struct Point { pub x: f64, pub y: f64 }
    pub(crate) enum Mode { Fast, Exact }
}

pub(crate) struct Echo;

macro_rules! echoes {
    ($($name:ident: $type:ty, $tried:ident, $option:ident, $list:ident, $fixed:ident;)*) => {
        handwire::class! {
            /// Gives back what it is given.
            impl Echo {
                fn new() -> Self { Echo }
                fn nothing(&self) {}
                fn four(&self, a: u8, b: &str, c: f64, d: bool) -> String { alloc::format!("{a} {b} {c} {d}") }
                fn borrowed(&self, text: &str, bytes: &[u8], numbers: &[f64], value: &JsValue) -> String {
                    alloc::format!("{text} {} {} {}", bytes.len(), numbers.len(), value.kind() as u32)
                }
                $(
                    fn $name(&self, value: $type) -> $type { value }
                    fn $tried(&mut self, value: $type, fail: bool) -> Result<$type, JsError> {
                        if fail { Err(JsError::new(stringify!($tried))) } else { Ok(value) }
                    }
                    fn $option(&self, value: Option<$type>) -> Option<$type> { value }
                    fn $list(&self, values: Vec<$type>) -> Vec<$type> { values }
                    fn $fixed(value: $type) -> $type { value }
                )*
            }
        }
    };
}

echoes! {
    bool_: bool, bool_try, bool_option, bool_list, bool_static;
    i8_: i8, i8_try, i8_option, i8_list, i8_static;
    u32_: u32, u32_try, u32_option, u32_list, u32_static;
    i64_: i64, i64_try, i64_option, i64_list, i64_static;
    u64_: u64, u64_try, u64_option, u64_list, u64_static;
    f32_: f32, f32_try, f32_option, f32_list, f32_static;
    f64_: f64, f64_try, f64_option, f64_list, f64_static;
    char_: char, char_try, char_option, char_list, char_static;
    text: String, text_try, text_option, text_list, text_static;
    bytes: Vec<u8>, bytes_try, bytes_option, bytes_list, bytes_static;
    any: JsValue, any_try, any_option, any_list, any_static;
    object: JsObject, object_try, object_option, object_list, object_static;
    point: Point, point_try, point_option, point_list, point_static;
    mode: Mode, mode_try, mode_option, mode_list, mode_static;
    counter: Counter, counter_try, counter_option, counter_list, counter_static;
}
