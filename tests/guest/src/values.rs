//! Any value: kinds, equality, truth, JavaScript's coercions, constants.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, lift_owned, return_result, return_text};
use handwire::{JsArray, JsError, JsValue, contract};
use heap::format;

const _: () = assert!(size_of::<Option<JsValue>>() == 4 && size_of::<Result<JsValue, JsError>>() <= 8);

contract!("export value_kind(value: &js) -> str");

#[unsafe(no_mangle)]
extern "C" fn value_kind(value: Handle) {
    return_text(lift_borrowed(value).kind().name().into());
}

contract!(r#"export value_flags(value: &js) -> str "Which of the questions have the answer yes.""#);

#[unsafe(no_mangle)]
extern "C" fn value_flags(value: Handle) {
    let value = lift_borrowed(value);
    let answers = [
        (value.is_undefined(), "undefined"),
        (value.is_null(), "null"),
        (value.is_bool(), "bool"),
        (value.as_bool() == Some(true), "true"),
        (value.as_f64().is_some(), "number"),
        (value.as_string().is_some(), "string"),
        (value.is_error(), "error"),
        (value.truthy(), "truthy"),
    ];
    let yes: heap::vec::Vec<_> = answers.iter().filter(|(yes, _)| *yes).map(|(_, name)| *name).collect();
    return_text(yes.join(" "));
}

contract! {
    "export value_equal(a: &js, b: &js) -> bool",
    "export value_same(a: &js, b: &js) -> bool",
}

#[unsafe(no_mangle)]
extern "C" fn value_equal(a: Handle, b: Handle) -> u32 {
    (*lift_borrowed(a) == *lift_borrowed(b)).into()
}

#[unsafe(no_mangle)]
extern "C" fn value_same(a: Handle, b: Handle) -> u32 {
    lift_borrowed(a).same_value(&lift_borrowed(b)).into()
}

contract! {
    "export value_to_js_string(value: &js) -> result<js>",
    "export value_to_number(value: &js) -> result<f64>",
    "export value_debug(value: &js) -> str",
}

#[unsafe(no_mangle)]
extern "C" fn value_to_js_string(value: Handle) -> i32 {
    return_result(lift_borrowed(value).to_js_string())
}

#[unsafe(no_mangle)]
extern "C" fn value_to_number(value: Handle) -> i32 {
    return_result(lift_borrowed(value).to_number())
}

#[unsafe(no_mangle)]
extern "C" fn value_debug(value: Handle) {
    return_text(format!("{:?}", *lift_borrowed(value)));
}

contract! {
    "export value_echo(value: js) -> js",
    "export value_echo_borrowed(value: &js) -> js",
    "export value_echo_slot(value: js) -> result<js>",
    "export value_some(value: &js) -> result<js>",
}

#[unsafe(no_mangle)]
extern "C" fn value_echo(value: OwnedHandle) -> OwnedHandle {
    lift_owned(value).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn value_echo_borrowed(value: Handle) -> OwnedHandle {
    lift_borrowed(value).clone().into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn value_echo_slot(value: OwnedHandle) -> i32 {
    return_result(Ok::<_, JsError>(lift_owned(value)))
}

/// Through an `Option<JsValue>` and back.
#[unsafe(no_mangle)]
extern "C" fn value_some(value: Handle) -> i32 {
    return_result(lift_borrowed(value).to::<Option<JsValue>>().map(JsValue::from))
}

contract! {
    "export value_constants() -> js",
    "export value_global() -> js",
    "export value_extras() -> js",
}

#[unsafe(no_mangle)]
extern "C" fn value_constants() -> OwnedHandle {
    let constants = [JsValue::UNDEFINED, JsValue::NULL, JsValue::FALSE, JsValue::TRUE, JsValue::default()];
    JsValue::from(JsArray::from(&constants[..])).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn value_global() -> OwnedHandle {
    JsValue::global().into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn value_extras() -> OwnedHandle {
    JsValue::extras().into_raw()
}
