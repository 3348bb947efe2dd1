//! Conversions of every type, on each of the ways that a value comes.

use handwire::abi::Handle;
use handwire::export::{lift_borrowed, return_result};
use handwire::{Arg, JsError, JsFunction, JsString, JsType, JsValue, Result, contract};
use heap::string::String;

/// Runs code with a type by its name.
macro_rules! by_type {
    ($name:expr, $T:ident, $run:expr) => {
        by_type! { @ $name, $T, $run,
            "bool" bool, "i8" i8, "u8" u8, "i16" i16, "u16" u16, "i32" i32, "u32" u32, "usize" usize,
            "i64" i64, "u64" u64, "f32" f32, "f64" f64, "char" char, "String" String, "()" (),
            "Option<i32>" Option<i32>, "Option<u64>" Option<u64>, "Option<bool>" Option<bool>,
            "Option<String>" Option<String>, "JsString" JsString, "JsValue" JsValue,
        }
    };
    (@ $name:expr, $T:ident, $run:expr, $($label:literal $type:ty,)*) => {
        match $name {
            $($label => {
                type $T = $type;
                $run
            })*
            other => Err(JsError::new(other)),
        }
    };
}

/// To the host again.
fn back(value: impl Into<JsValue>) -> JsValue {
    value.into()
}

contract! {
    r#"export convert_value(value: &js, type: str) -> result<js> "To a Rust type and back.""#,
    r#"export convert_property(object: &js, type: str) -> result<js> "The property `value`.""#,
    r#"export convert_result(function: &js, type: str) -> result<js> "What the function gives.""#,
    r#"export convert_argument(value: &js, type: str, function: &js) -> result<js> "To a Rust type and into a call.""#,
}

#[unsafe(no_mangle)]
extern "C" fn convert_value(value: Handle, name: *const u8, name_len: usize) -> i32 {
    let value = lift_borrowed(value);
    return_result(by_type!(text!(name, name_len), T, value.to::<T>().map(back)))
}

#[unsafe(no_mangle)]
extern "C" fn convert_property(object: Handle, name: *const u8, name_len: usize) -> i32 {
    let object = lift_borrowed(object);
    return_result(by_type!(text!(name, name_len), T, object.get_as::<T>("value").map(back)))
}

#[unsafe(no_mangle)]
extern "C" fn convert_result(function: Handle, name: *const u8, name_len: usize) -> i32 {
    let function = lift_borrowed(function);
    let function = JsFunction::unchecked_ref(&function);
    return_result(by_type!(text!(name, name_len), T, function.call_as::<T>(&JsValue::UNDEFINED, ()).map(back)))
}

#[unsafe(no_mangle)]
extern "C" fn convert_argument(value: Handle, name: *const u8, name_len: usize, function: Handle) -> i32 {
    let (value, function) = (lift_borrowed(value), lift_borrowed(function));
    return_result(pass(&value, text!(name, name_len), JsFunction::unchecked_ref(&function)))
}

fn pass(value: &JsValue, name: &str, function: &JsFunction) -> Result<JsValue> {
    match name {
        // A char has no slot of its own.
        "char" => function.call(&JsValue::UNDEFINED, (JsString::from(value.to::<char>()?),)),
        "Arg" => function.call(&JsValue::UNDEFINED, [Arg::NONE, Arg::UNDEFINED, Arg::NULL, Arg::value(value)]),
        _ => by_argument(value, name, function),
    }
}

fn by_argument(value: &JsValue, name: &str, function: &JsFunction) -> Result<JsValue> {
    macro_rules! pass {
        ($($label:literal $type:ty,)*) => {
            match name {
                $($label => function.call(&JsValue::UNDEFINED, (value.to::<$type>()?,)),)*
                other => Err(JsError::new(other)),
            }
        };
    }
    pass! {
        "bool" bool, "i8" i8, "u8" u8, "i16" i16, "u16" u16, "i32" i32, "u32" u32, "usize" usize, "i64" i64,
        "u64" u64, "f32" f32, "f64" f64, "String" String, "()" (), "Option<i32>" Option<i32>,
        "Option<u64>" Option<u64>, "Option<bool>" Option<bool>, "Option<String>" Option<String>,
        "JsString" JsString, "JsValue" JsValue,
    }
}
