//! Properties and methods, by every kind of key.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, lift_owned, return_result};
use handwire::{Arg, JsArray, JsObject, JsType, JsValue, Key, Result, contract};
use heap::string::String;
use heap::vec::Vec;

contract! {
    "export object_get(object: &js, key: js) -> result<js>",
    "export object_get_named(object: &js, name: str) -> result<js>",
    "export object_get_index(object: &js, index: u32) -> result<js>",
}

#[unsafe(no_mangle)]
extern "C" fn object_get(object: Handle, key: OwnedHandle) -> i32 {
    let result = lift_borrowed(object).get(lift_owned(key));
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn object_get_named(object: Handle, name: *const u8, name_len: usize) -> i32 {
    return_result(lift_borrowed(object).get(text!(name, name_len)))
}

#[unsafe(no_mangle)]
extern "C" fn object_get_index(object: Handle, index: u32) -> i32 {
    return_result(lift_borrowed(object).get(index))
}

contract! {
    "export object_set(object: &js, key: js, value: &js) -> result<bool>",
    "export object_set_named(object: &js, name: str, value: &js) -> result<bool>",
    "export object_set_index(object: &js, index: u32, value: &js) -> result<bool>",
    r#"export object_set_text(object: &js, name: str, text: str) -> result<bool> "Without a handle for the value.""#,
    "export object_set_number(object: &js, name: str, number: f64) -> result<bool>",
}

#[unsafe(no_mangle)]
extern "C" fn object_set(object: Handle, key: OwnedHandle, value: Handle) -> i32 {
    let result = lift_borrowed(object).set(lift_owned(key), &*lift_borrowed(value));
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn object_set_named(object: Handle, name: *const u8, name_len: usize, value: Handle) -> i32 {
    return_result(lift_borrowed(object).set(text!(name, name_len), &*lift_borrowed(value)))
}

#[unsafe(no_mangle)]
extern "C" fn object_set_index(object: Handle, index: u32, value: Handle) -> i32 {
    return_result(lift_borrowed(object).set(index, &*lift_borrowed(value)))
}

#[unsafe(no_mangle)]
extern "C" fn object_set_text(object: Handle, name: *const u8, name_len: usize, text: *const u8, len: usize) -> i32 {
    return_result(lift_borrowed(object).set(text!(name, name_len), text!(text, len)))
}

#[unsafe(no_mangle)]
extern "C" fn object_set_number(object: Handle, name: *const u8, name_len: usize, number: f64) -> i32 {
    return_result(lift_borrowed(object).set(text!(name, name_len), number))
}

contract! {
    "export object_has(object: &js, key: js) -> result<bool>",
    "export object_has_named(object: &js, name: str) -> result<bool>",
    "export object_delete(object: &js, key: js) -> result<bool>",
    "export object_delete_named(object: &js, name: str) -> result<bool>",
    "export object_keys(object: &js) -> result<js>",
    "export object_instance_of(object: &js, class: &js) -> result<bool>",
}

#[unsafe(no_mangle)]
extern "C" fn object_has(object: Handle, key: OwnedHandle) -> i32 {
    let result = lift_borrowed(object).has(lift_owned(key));
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn object_has_named(object: Handle, name: *const u8, name_len: usize) -> i32 {
    return_result(lift_borrowed(object).has(text!(name, name_len)))
}

#[unsafe(no_mangle)]
extern "C" fn object_delete(object: Handle, key: OwnedHandle) -> i32 {
    let result = lift_borrowed(object).delete(lift_owned(key));
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn object_delete_named(object: Handle, name: *const u8, name_len: usize) -> i32 {
    return_result(lift_borrowed(object).delete(text!(name, name_len)))
}

#[unsafe(no_mangle)]
extern "C" fn object_keys(object: Handle) -> i32 {
    return_result(lift_borrowed(object).keys())
}

#[unsafe(no_mangle)]
extern "C" fn object_instance_of(object: Handle, class: Handle) -> i32 {
    return_result(lift_borrowed(object).instance_of(&lift_borrowed(class)))
}

contract! {
    "export object_call(object: &js, key: js, args: &js) -> result<js>",
    "export object_call_named(object: &js, name: str, args: &js) -> result<js>",
    "export object_call_index(object: &js, index: u32, args: &js) -> result<js>",
}

#[unsafe(no_mangle)]
extern "C" fn object_call(object: Handle, key: OwnedHandle, args: Handle) -> i32 {
    let result = call(&lift_borrowed(object), lift_owned(key), &lift_borrowed(args));
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn object_call_named(object: Handle, name: *const u8, name_len: usize, args: Handle) -> i32 {
    return_result(call(&lift_borrowed(object), text!(name, name_len), &lift_borrowed(args)))
}

#[unsafe(no_mangle)]
extern "C" fn object_call_index(object: Handle, index: u32, args: Handle) -> i32 {
    return_result(call(&lift_borrowed(object), index, &lift_borrowed(args)))
}

fn call(object: &JsValue, key: impl Key, args: &JsValue) -> Result<JsValue> {
    let args: Vec<JsValue> = JsArray::unchecked_ref(args).to_vec()?;
    let args: Vec<Arg<'_>> = args.iter().map(Arg::from).collect();
    object.call(key, &args[..])
}

contract! {
    "export object_new() -> js",
    r#"export object_round(object: &js) -> result<js> "A new object with the same properties.""#,
    r#"export object_count(object: &js, rounds: u32) -> result<u32> "Adds 1 to the property `count`, again and again.""#,
    r#"export object_numbers(object: &js, first: str, second: str) -> result<f64> "The sum of two properties.""#,
}

#[unsafe(no_mangle)]
extern "C" fn object_new() -> OwnedHandle {
    JsValue::from(JsObject::new()).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn object_round(object: Handle) -> i32 {
    return_result(round(&lift_borrowed(object)))
}

fn round(object: &JsValue) -> Result<JsObject> {
    let names: Vec<String> = object.keys()?.to_vec()?;
    let values = names.iter().map(|name| object.get(name)).collect::<Result<Vec<JsValue>>>()?;
    JsObject::from_pairs(names.iter().zip(&values))
}

#[unsafe(no_mangle)]
extern "C" fn object_count(object: Handle, rounds: u32) -> i32 {
    return_result(count(&lift_borrowed(object), rounds))
}

fn count(object: &JsValue, rounds: u32) -> Result<u32> {
    for _ in 0..rounds {
        object.set("count", object.get_as::<u32>("count")? + 1)?;
    }
    object.get_as("count")
}

#[unsafe(no_mangle)]
extern "C" fn object_numbers(
    object: Handle,
    first: *const u8,
    first_len: usize,
    second: *const u8,
    second_len: usize,
) -> i32 {
    let object = lift_borrowed(object);
    let first = object.get_as::<f64>(text!(first, first_len));
    return_result(first.and_then(|first| Ok(first + object.get_as::<f64>(text!(second, second_len))?)))
}
