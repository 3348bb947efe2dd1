//! Values of the host: passed, cloned, looked into, called. There is no typed binding yet,
//! so the rows that have one in other columns use what its user writes today: `get_as`,
//! `set` and `call_as` by name.

use handwire::abi::{Handle, OwnedHandle};
use handwire::{JsArray, JsFunction, JsString, JsType, JsValue, contract, export, js_str};
use std::hint::black_box;

contract! {
    "export value_in(value: &js) -> u32",
    "export value_same(value: js) -> js",
    "export clone_value(value: &js, n: u32) -> u32",
    "export get(object: &js, n: u32) -> u32",
    "export get_key(object: &js, n: u32) -> u32",
    "export get_interned(object: &js, n: u32) -> u32",
    "export set_interned(object: &js, n: u32) -> u32",
    "export get_typed(object: &js, n: u32) -> f64",
    "export set(object: &js, n: u32) -> u32",
    "export set_typed(object: &js, n: u32) -> u32",
    "export call_method(object: &js, n: u32) -> f64",
    "export call_function(function: &js, n: u32) -> f64",
    "export push(array: &js, n: u32) -> u32",
    "export index(array: &js, n: u32) -> f64",
    "export is_string(value: &js, n: u32) -> u32",
    "export is_undefined(value: &js, n: u32) -> u32",
    "export to_number(value: &js, n: u32) -> f64",
    "export from_number(n: u32) -> u32",
}

#[unsafe(no_mangle)]
extern "C" fn value_in(value: Handle) -> u32 {
    black_box(&*export::lift_borrowed(value));
    1
}

#[unsafe(no_mangle)]
extern "C" fn value_same(value: OwnedHandle) -> OwnedHandle {
    black_box(export::lift_owned(value)).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn clone_value(value: Handle, n: u32) -> u32 {
    let value = export::lift_borrowed(value);
    (0..n).map(|_| count(value.clone())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get(object: Handle, n: u32) -> u32 {
    let object = export::lift_borrowed(object);
    (0..n).map(|_| count(object.get("child").unwrap())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get_key(object: Handle, n: u32) -> u32 {
    let object = export::lift_borrowed(object);
    let key: JsValue = JsString::from("child").into();
    (0..n).map(|_| count(object.get(&key).unwrap())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get_interned(object: Handle, n: u32) -> u32 {
    let object = export::lift_borrowed(object);
    (0..n).map(|_| count(object.get(js_str!("child")).unwrap())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn set_interned(object: Handle, n: u32) -> u32 {
    let object = export::lift_borrowed(object);
    (0..n).map(|i| u32::from(object.set(js_str!("x"), f64::from(i)).unwrap())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn get_typed(object: Handle, n: u32) -> f64 {
    let object = export::lift_borrowed(object);
    (0..n).map(|_| object.get_as::<f64>("x").unwrap()).sum()
}

#[unsafe(no_mangle)]
extern "C" fn set(object: Handle, n: u32) -> u32 {
    let object = export::lift_borrowed(object);
    (0..n).map(|i| u32::from(object.set("x", f64::from(i)).unwrap())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn set_typed(object: Handle, n: u32) -> u32 {
    let object = export::lift_borrowed(object);
    (0..n).map(|i| u32::from(object.set("x", f64::from(i)).unwrap())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn call_method(object: Handle, n: u32) -> f64 {
    let object = export::lift_borrowed(object);
    (0..n).map(|i| object.call_as::<f64>("scaled", (f64::from(i),)).unwrap()).sum()
}

#[unsafe(no_mangle)]
extern "C" fn call_function(function: Handle, n: u32) -> f64 {
    let function = export::lift_borrowed(function);
    let function = JsFunction::unchecked_ref(&function);
    (0..n).map(|i| function.call_as::<f64>(&JsValue::UNDEFINED, (f64::from(i),)).unwrap()).sum()
}

#[unsafe(no_mangle)]
extern "C" fn push(array: Handle, n: u32) -> u32 {
    let array = export::lift_borrowed(array);
    let array = array.cast_ref::<JsArray>().unwrap();
    for i in 0..n {
        array.push(f64::from(i)).unwrap();
    }
    array.len().unwrap()
}

#[unsafe(no_mangle)]
extern "C" fn index(array: Handle, n: u32) -> f64 {
    let array = export::lift_borrowed(array);
    (0..n).map(|i| array.get_as::<f64>(i & 7).unwrap()).sum()
}

#[unsafe(no_mangle)]
extern "C" fn is_string(value: Handle, n: u32) -> u32 {
    let value = export::lift_borrowed(value);
    (0..n).map(|_| u32::from(black_box(&*value).is::<JsString>())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn is_undefined(value: Handle, n: u32) -> u32 {
    let value = export::lift_borrowed(value);
    (0..n).map(|_| u32::from(black_box(&*value).is_undefined())).sum()
}

#[unsafe(no_mangle)]
extern "C" fn to_number(value: Handle, n: u32) -> f64 {
    let value = export::lift_borrowed(value);
    (0..n).map(|_| value.as_f64().unwrap()).sum()
}

#[unsafe(no_mangle)]
extern "C" fn from_number(n: u32) -> u32 {
    (0..n).map(|i| count(JsValue::from(f64::from(i)))).sum()
}

/// Takes a value and drops it.
fn count(value: JsValue) -> u32 {
    black_box(&value);
    1
}
