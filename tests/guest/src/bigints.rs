//! Integers of 64 bits and beyond.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, return_result};
use handwire::{JsArray, JsBigInt, JsError, JsFunction, JsType, JsValue, Result, contract};
use heap::format;
use heap::string::String;

contract! {
    "export bigint_i64(number: i64) -> i64",
    "export bigint_u64(number: u64) -> u64",
    "export bigint_i64_result(number: i64) -> result<i64>",
    "export bigint_u64_result(number: u64) -> result<u64>",
    r#"export bigint_digits(number: u64) -> str "As Rust has it.""#,
    "export bigint_value_i64(number: i64) -> js",
    "export bigint_value_u64(number: u64) -> js",
    r#"export bigint_extremes(function: &js) -> result<js> "Calls it with the least and the largest.""#,
}

#[unsafe(no_mangle)]
extern "C" fn bigint_i64(number: i64) -> i64 {
    number
}

#[unsafe(no_mangle)]
extern "C" fn bigint_u64(number: u64) -> u64 {
    number
}

#[unsafe(no_mangle)]
extern "C" fn bigint_i64_result(number: i64) -> i32 {
    return_result(Ok::<_, JsError>(number))
}

#[unsafe(no_mangle)]
extern "C" fn bigint_u64_result(number: u64) -> i32 {
    return_result(Ok::<_, JsError>(number))
}

#[unsafe(no_mangle)]
extern "C" fn bigint_digits(number: u64) {
    handwire::export::return_text(format!("{number}"));
}

#[unsafe(no_mangle)]
extern "C" fn bigint_value_i64(number: i64) -> OwnedHandle {
    JsValue::from(number).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn bigint_value_u64(number: u64) -> OwnedHandle {
    JsValue::from(number).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn bigint_extremes(function: Handle) -> i32 {
    let function = lift_borrowed(function);
    let args = (i64::MIN, i64::MAX, u64::MIN, u64::MAX, 1u64 << 63);
    return_result(JsFunction::unchecked_ref(&function).call(&JsValue::UNDEFINED, args))
}

contract! {
    "export bigint_parse(text: str) -> result<js>",
    "export bigint_text(value: &js) -> result<str>",
    r#"export bigint_to(value: &js) -> result<js> "As i64 and as u64, undefined where it doesn't fit.""#,
    r#"export bigint_display(value: &js) -> result<str> "Padded to twelve.""#,
}

#[unsafe(no_mangle)]
extern "C" fn bigint_parse(text: *const u8, len: usize) -> i32 {
    return_result(JsBigInt::parse(text!(text, len)))
}

fn bigint(value: Handle) -> Result<JsBigInt> {
    lift_borrowed(value).to()
}

#[unsafe(no_mangle)]
extern "C" fn bigint_text(value: Handle) -> i32 {
    let text = bigint(value).map(|bigint| bigint.to_text());
    return_result(text)
}

#[unsafe(no_mangle)]
extern "C" fn bigint_to(value: Handle) -> i32 {
    let both = bigint(value).map(|bigint| JsArray::of((bigint.to_i64(), bigint.to_u64())));
    return_result(both)
}

#[unsafe(no_mangle)]
extern "C" fn bigint_display(value: Handle) -> i32 {
    let text: Result<String> = bigint(value).map(|bigint| format!("[{bigint:>12}]"));
    return_result(text)
}
