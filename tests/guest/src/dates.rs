//! Dates.

use handwire::abi::{Handle, OwnedHandle};
use handwire::export::{lift_borrowed, return_result};
use handwire::{JsDate, JsValue, contract};
use heap::string::String;

contract! {
    "export date_new(time: f64) -> js",
    "export date_time(date: &js) -> result<f64>",
    "export date_iso(time: f64) -> result<str>",
}

#[unsafe(no_mangle)]
extern "C" fn date_new(time: f64) -> OwnedHandle {
    JsValue::from(JsDate::new(time)).into_raw()
}

#[unsafe(no_mangle)]
extern "C" fn date_time(date: Handle) -> i32 {
    return_result(lift_borrowed(date).to::<JsDate>().map(|date| date.time()))
}

#[unsafe(no_mangle)]
extern "C" fn date_iso(time: f64) -> i32 {
    let text = JsDate::new(time).call_as::<String>("toISOString", ());
    return_result(text)
}
