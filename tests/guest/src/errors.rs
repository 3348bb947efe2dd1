//! Errors both ways.

use core::fmt;
use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, lift_owned, return_result};
use handwire::{JsError, JsFunction, JsObject, JsType, JsValue, Result, contract};
use heap::boxed::Box;
use heap::format;
use heap::string::String;

contract! {
    "export error_new(message: str) -> js",
    "export error_throw(message: str) -> result<()>",
    r#"export error_throw_value(value: js) -> result<()> "Any value.""#,
    r#"export error_throw_string(message: str) -> result<u32> "A `String` as error.""#,
    r#"export error_throw_static() -> result<str> "A `&'static str` as error.""#,
    r#"export error_throw_display(number: f64) -> result<js> "A type of its own as error.""#,
    r#"export error_throw_boxed(message: str) -> result<bool> "A boxed error.""#,
    "export error_throw_parse(text: str) -> result<i32>",
    r#"export error_throw_drop(function: &js) -> result<()> "An error whose destructor calls a function.""#,
}

#[unsafe(no_mangle)]
extern "C" fn error_new(message: *const u8, len: usize) -> OwnedHandle {
    JsError::new(text!(message, len)).into_value().into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn error_throw(message: *const u8, len: usize) -> i32 {
    return_result(Err::<(), _>(JsError::new(text!(message, len))))
}

#[unsafe(no_mangle)]
extern "C" fn error_throw_value(value: OwnedHandle) -> i32 {
    return_result(Err::<(), _>(JsError::from(lift_owned(value))))
}

#[unsafe(no_mangle)]
extern "C" fn error_throw_string(message: *const u8, len: usize) -> i32 {
    return_result(Err::<u32, _>(String::from(text!(message, len))))
}

#[unsafe(no_mangle)]
extern "C" fn error_throw_static() -> i32 {
    return_result(Err::<String, _>("a static error: é"))
}

struct Limit(f64);

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is over the limit of {}", self.0, 1.5)
    }
}

#[unsafe(no_mangle)]
extern "C" fn error_throw_display(number: f64) -> i32 {
    return_result(Err::<JsValue, _>(Limit(number)))
}

#[unsafe(no_mangle)]
extern "C" fn error_throw_boxed(message: *const u8, len: usize) -> i32 {
    return_result(Err::<bool, Box<dyn core::error::Error>>(text!(message, len).into()))
}

#[unsafe(no_mangle)]
extern "C" fn error_throw_parse(text: *const u8, len: usize) -> i32 {
    return_result(text!(text, len).parse::<i32>())
}

struct Loud(JsFunction);

impl fmt::Display for Loud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("loud to the end")
    }
}

impl Drop for Loud {
    fn drop(&mut self) {
        self.0.call(&JsValue::UNDEFINED, ("dropped",)).expect("the function doesn't throw");
    }
}

#[unsafe(no_mangle)]
extern "C" fn error_throw_drop(function: Handle) -> i32 {
    let function = JsFunction::unchecked_from(lift_borrowed(function).clone());
    return_result(Err::<(), _>(Loud(function)))
}

contract! {
    r#"export error_catch(function: &js) -> result<js> "Calls it, and says what can be known of what it throws.""#,
    r#"export error_pass(function: &js) -> result<js> "Calls it; what it throws goes on.""#,
    r#"export error_last(first: &js, second: &js) -> result<js> "Calls both, and gives the errors in that order.""#,
    r#"export error_wrap(function: &js) -> result<js> "A new error around what it throws.""#,
    r#"export error_waiting() -> js "What waits in the host after all was taken.""#,
    r#"export error_cast(value: &js) -> result<js> "A failed cast as error.""#,
}

fn call(function: &JsValue) -> Result<JsValue> {
    JsFunction::unchecked_ref(function).call(&JsValue::UNDEFINED, ())
}

#[unsafe(no_mangle)]
extern "C" fn error_catch(function: Handle) -> i32 {
    let report = match call(&lift_borrowed(function)) {
        Ok(value) => Ok(value),
        Err(error) => describe(&error).map(JsValue::from),
    };
    return_result(report)
}

fn describe(error: &JsError) -> Result<JsObject> {
    let report = JsObject::new();
    report.set("value", error.value())?;
    report.set("message", error.message())?;
    report.set("stack", error.stack())?;
    report.set("display", format!("{error}"))?;
    report.set("debug", format!("{error:?}"))?;
    report.set("isError", error.value().is_error())?;
    Ok(report)
}

#[unsafe(no_mangle)]
extern "C" fn error_pass(function: Handle) -> i32 {
    return_result(call(&lift_borrowed(function)))
}

#[unsafe(no_mangle)]
extern "C" fn error_last(first: Handle, second: Handle) -> i32 {
    let errors = [call(&lift_borrowed(first)), call(&lift_borrowed(second))]
        .map(|result| result.map_or_else(JsError::into_value, |_| JsValue::UNDEFINED));
    return_result(Ok::<_, JsError>(handwire::JsArray::from(&errors[..])))
}

#[unsafe(no_mangle)]
extern "C" fn error_wrap(function: Handle) -> i32 {
    let result = call(&lift_borrowed(function)).map_err(|cause| {
        let error = JsError::new(&format!("while calling: {cause}"));
        match error.value().set("cause", cause.value()) {
            Ok(_) => error,
            Err(other) => other,
        }
    });
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn error_waiting() -> OwnedHandle {
    handwire::abi::error_take()
}

#[unsafe(no_mangle)]
extern "C" fn error_cast(value: Handle) -> i32 {
    return_result(lift_borrowed(value).clone().cast::<JsFunction>())
}
