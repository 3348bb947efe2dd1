//! Arrays, to and from `Vec`s and iterators.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, return_result, return_text};
use handwire::{JsArray, JsError, JsType, JsValue, Result, contract};
use heap::format;
use heap::string::String;
use heap::vec::Vec;

fn array(value: &JsValue) -> Result<&JsArray> {
    value.cast_ref().ok_or_else(|| JsError::new("no array"))
}

contract! {
    "export array_new() -> js",
    r#"export array_of() -> js "One of each kind of argument.""#,
    "export array_len(array: &js) -> result<u32>",
    "export array_is_empty(array: &js) -> result<bool>",
    "export array_push(array: &js, value: &js) -> result<()>",
    "export array_push_text(array: &js, text: str) -> result<()>",
}

#[unsafe(no_mangle)]
extern "C" fn array_new() -> OwnedHandle {
    JsValue::from(JsArray::new()).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn array_of() -> OwnedHandle {
    let inner = JsArray::of((1, 2.5));
    JsValue::from(JsArray::of((true, -1i8, "é", &b"\x01\xFF"[..], u64::MAX, None::<i32>, &inner, JsValue::NULL)))
        .into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn array_len(value: Handle) -> i32 {
    return_result(array(&lift_borrowed(value)).and_then(JsArray::len))
}

#[unsafe(no_mangle)]
extern "C" fn array_is_empty(value: Handle) -> i32 {
    return_result(array(&lift_borrowed(value)).and_then(JsArray::is_empty))
}

#[unsafe(no_mangle)]
extern "C" fn array_push(target: Handle, value: Handle) -> i32 {
    return_result(array(&lift_borrowed(target)).and_then(|array| array.push(&*lift_borrowed(value))))
}

#[unsafe(no_mangle)]
extern "C" fn array_push_text(target: Handle, text: *const u8, len: usize) -> i32 {
    return_result(array(&lift_borrowed(target)).and_then(|array| array.push(text!(text, len))))
}

contract! {
    r#"export array_copy(array: &js) -> result<js> "Through a `Vec` of values.""#,
    r#"export array_numbers(array: &js) -> result<js> "Through a `Vec<f64>`.""#,
    r#"export array_texts(array: &js) -> result<js> "Through a `Vec<String>`.""#,
    r#"export array_options(array: &js) -> result<js> "Through a `Vec<Option<i32>>`.""#,
    "export array_range(end: u32) -> js",
    r#"export array_visit(array: &js) -> str "The kinds of its elements; the error where there is one.""#,
    r#"export array_hints(array: &js) -> str "What the iterator says of its length, before and after its first step.""#,
}

#[unsafe(no_mangle)]
extern "C" fn array_copy(value: Handle) -> i32 {
    let values = array(&lift_borrowed(value)).and_then(JsArray::to_vec::<JsValue>);
    return_result(values.map(JsArray::from))
}

#[unsafe(no_mangle)]
extern "C" fn array_numbers(value: Handle) -> i32 {
    let numbers = array(&lift_borrowed(value)).and_then(JsArray::to_vec::<f64>);
    return_result(numbers.map(JsArray::from_iter))
}

#[unsafe(no_mangle)]
extern "C" fn array_texts(value: Handle) -> i32 {
    let texts = array(&lift_borrowed(value)).and_then(JsArray::to_vec::<String>);
    return_result(texts.map(|texts| JsArray::from(&texts[..])))
}

#[unsafe(no_mangle)]
extern "C" fn array_options(value: Handle) -> i32 {
    let options = array(&lift_borrowed(value)).and_then(JsArray::to_vec::<Option<i32>>);
    return_result(options.map(JsArray::from_iter))
}

#[unsafe(no_mangle)]
extern "C" fn array_range(end: u32) -> OwnedHandle {
    JsValue::from((0..end).collect::<JsArray>()).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn array_visit(value: Handle) {
    let value = lift_borrowed(value);
    let kinds: Vec<String> = JsArray::unchecked_ref(&value)
        .into_iter()
        .map(|item| item.map_or_else(|error| format!("error {error}"), |item| item.kind().name().into()))
        .collect();
    return_text(kinds.join(" "));
}

#[unsafe(no_mangle)]
extern "C" fn array_hints(value: Handle) {
    let value = lift_borrowed(value);
    let mut iter = JsArray::unchecked_ref(&value).iter();
    let before = iter.size_hint();
    let first = iter.next().is_some();
    return_text(format!("{before:?} {first} {:?}", iter.size_hint()));
}
