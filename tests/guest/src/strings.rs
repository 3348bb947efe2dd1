//! Text: as arguments, results, values, UTF-16 and characters.

use handwire::abi::{self, Handle, OwnedHandle, Slot, kind};
use handwire::export::{lift_borrowed, lift_char, return_bytes, return_result, return_text, return_value};
use handwire::{Arg, JsArray, JsError, JsFunction, JsString, JsType, JsUint16Array, JsValue, contract};
use heap::string::String;

contract! {
    "export string_echo(text: str) -> str",
    "export string_echo_result(text: str) -> result<str>",
    r#"export string_pair(first: str, second: str) -> str "Both, with a bar between.""#,
    r#"export string_bytes(text: str) -> bytes "The bytes that arrived.""#,
    "export string_static() -> str",
    "export string_repeat(text: str, times: usize) -> str",
}

#[unsafe(no_mangle)]
extern "C" fn string_echo(text: *const u8, len: usize) {
    return_text(text!(text, len).into());
}

#[unsafe(no_mangle)]
extern "C" fn string_echo_result(text: *const u8, len: usize) -> i32 {
    return_result(Ok::<_, JsError>(String::from(text!(text, len))))
}

#[unsafe(no_mangle)]
extern "C" fn string_pair(first: *const u8, first_len: usize, second: *const u8, second_len: usize) {
    return_text([text!(first, first_len), "|", text!(second, second_len)].concat());
}

#[unsafe(no_mangle)]
extern "C" fn string_bytes(text: *const u8, len: usize) {
    return_bytes(text!(text, len).as_bytes().into());
}

#[unsafe(no_mangle)]
extern "C" fn string_static() {
    return_value("a static text: é");
}

#[unsafe(no_mangle)]
extern "C" fn string_repeat(text: *const u8, len: usize, times: usize) {
    return_text(text!(text, len).repeat(times));
}

contract! {
    r#"export string_value(text: str) -> js "As a string of the host.""#,
    r#"export string_text(value: &js) -> result<str> "Read from a string of the host.""#,
    r#"export string_lens(value: &js) -> result<js> "In bytes and in units.""#,
    "export string_argument(function: &js, text: str) -> result<js>",
    "export string_owned(function: &js, text: str) -> result<js>",
    r#"export string_display(value: &js) -> str "Padded to eight.""#,
}

#[unsafe(no_mangle)]
extern "C" fn string_value(text: *const u8, len: usize) -> OwnedHandle {
    JsValue::from(text!(text, len)).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn string_text(value: Handle) -> i32 {
    return_result(lift_borrowed(value).to::<String>())
}

#[unsafe(no_mangle)]
extern "C" fn string_lens(value: Handle) -> i32 {
    let string = lift_borrowed(value).to::<JsString>();
    return_result(string.map(|string| JsArray::of((string.utf8_len(), string.utf16_len()))))
}

#[unsafe(no_mangle)]
extern "C" fn string_argument(function: Handle, text: *const u8, len: usize) -> i32 {
    let function = lift_borrowed(function);
    return_result(JsFunction::unchecked_ref(&function).call(&JsValue::UNDEFINED, (text!(text, len),)))
}

#[unsafe(no_mangle)]
extern "C" fn string_owned(function: Handle, text: *const u8, len: usize) -> i32 {
    let function = lift_borrowed(function);
    let text = String::from(text!(text, len));
    let result = JsFunction::unchecked_ref(&function).call(&JsValue::UNDEFINED, (&text, JsString::from(&text)));
    drop(text);
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn string_display(value: Handle) {
    let value = lift_borrowed(value);
    return_text(heap::format!("[{:>8}]", JsString::unchecked_ref(&value)));
}

contract! {
    r#"export string_to_utf16(value: &js) -> result<js> "As a Uint16Array.""#,
    "export string_from_utf16(units: &js) -> result<js>",
    "export string_argument16(function: &js, units: &js) -> result<js>",
}

#[unsafe(no_mangle)]
extern "C" fn string_to_utf16(value: Handle) -> i32 {
    let string = lift_borrowed(value).to::<JsString>();
    return_result(string.map(|string| JsUint16Array::from(&string.to_utf16())))
}

#[unsafe(no_mangle)]
extern "C" fn string_from_utf16(units: Handle) -> i32 {
    let units = lift_borrowed(units).to::<JsUint16Array>();
    return_result(units.map(|units| JsString::from_utf16(&units.to_vec())))
}

#[unsafe(no_mangle)]
extern "C" fn string_argument16(function: Handle, units: Handle) -> i32 {
    let function = lift_borrowed(function);
    let result = lift_borrowed(units).to::<JsUint16Array>().and_then(|units| {
        let units = units.to_vec();
        JsFunction::unchecked_ref(&function).call(&JsValue::UNDEFINED, [Arg::utf16(&units)])
    });
    return_result(result)
}

contract! {
    r#"export string_zeros(len: usize) -> str "So many NULs.""#,
    r#"export string_zeros16(units: usize) -> js "The same from UTF-16.""#,
}

#[unsafe(no_mangle)]
extern "C" fn string_zeros(len: usize) {
    // SAFETY: NUL is UTF-8.
    return_text(unsafe { String::from_utf8_unchecked(heap::vec![0; len]) });
}

#[unsafe(no_mangle)]
extern "C" fn string_zeros16(units: usize) -> OwnedHandle {
    JsValue::from(JsString::from_utf16(&heap::vec![0; units])).into_raw()
}

contract! {
    "export string_char(char: char) -> char",
    "export string_char_result(char: char) -> result<char>",
    "export string_char_value(char: char) -> js",
    r#"export string_as_char(value: &js) -> result<js> "A string again, or undefined.""#,
}

#[unsafe(no_mangle)]
extern "C" fn string_char(char: u32) -> u32 {
    lift_char(char).into()
}

#[unsafe(no_mangle)]
extern "C" fn string_char_result(char: u32) -> i32 {
    return_result(Ok::<_, JsError>(lift_char(char)))
}

#[unsafe(no_mangle)]
extern "C" fn string_char_value(char: u32) -> OwnedHandle {
    JsValue::from(lift_char(char)).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn string_as_char(value: Handle) -> i32 {
    let string = lift_borrowed(value).to::<JsString>();
    return_result(string.map(|string| JsValue::from(string.as_char())))
}

contract! {
    r#"export string_lie(bytes: bytes) -> js "Any bytes, given out as text.""#,
    r#"export string_lie_argument(bytes: bytes) -> js "The same in a slot.""#,
}

#[unsafe(no_mangle)]
extern "C" fn string_lie(bytes: *const u8, len: usize) -> OwnedHandle {
    // SAFETY: the bytes are readable, whatever they are.
    unsafe { abi::string_from_utf8(bytes, len) }
}

#[unsafe(no_mangle)]
extern "C" fn string_lie_argument(bytes: *const u8, len: usize) -> OwnedHandle {
    let slot = Slot::range(kind::STRING, 0, bytes as usize, len);
    // SAFETY: the slot is readable, and so are the bytes.
    unsafe { abi::array_from(&slot, 1) }
}
