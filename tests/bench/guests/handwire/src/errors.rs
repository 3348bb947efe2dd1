//! Errors, each way. A function of the host that may throw is called as the value that it
//! is: imports of plain numbers have no channel for what they throw.

use handwire::abi::Handle;
use handwire::{JsFunction, JsType, JsValue, contract, export};
use std::hint::black_box;

contract! {
    "export half(number: i32) -> result<i32>",
    "export try_ok(function: &js, n: u32) -> f64",
    "export try_ready(function: &js, n: u32) -> f64",
    "export try_new(function: &js, n: u32) -> f64",
}

#[unsafe(no_mangle)]
extern "C" fn half(number: i32) -> i32 {
    export::return_result(bench_common::half(number))
}

#[unsafe(no_mangle)]
extern "C" fn try_ok(function: Handle, n: u32) -> f64 {
    attempt(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn try_ready(function: Handle, n: u32) -> f64 {
    attempt(function, n)
}

#[unsafe(no_mangle)]
extern "C" fn try_new(function: Handle, n: u32) -> f64 {
    attempt(function, n)
}

/// The sum of what comes back, and 1 for each error.
fn attempt(function: Handle, n: u32) -> f64 {
    let function = export::lift_borrowed(function);
    let function = JsFunction::unchecked_ref(&function);
    let call = |i| match function.call_as::<i32>(&JsValue::UNDEFINED, (i,)) {
        Ok(number) => f64::from(number),
        Err(error) => {
            black_box(&error);
            1.0
        }
    };
    (0..n as i32).map(call).sum()
}
