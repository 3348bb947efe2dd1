//! JSON.

use handwire::abi::Handle;
use handwire::export::{lift_borrowed, return_result};
use handwire::{JsValue, contract, json};

contract! {
    "export json_parse(text: str) -> result<js>",
    r#"export json_stringify(value: &js) -> result<js> "undefined for what JSON can't say.""#,
}

#[unsafe(no_mangle)]
extern "C" fn json_parse(text: *const u8, len: usize) -> i32 {
    return_result(json::parse(text!(text, len)))
}

#[unsafe(no_mangle)]
extern "C" fn json_stringify(value: Handle) -> i32 {
    return_result(json::stringify(&lift_borrowed(value)).map(JsValue::from))
}
