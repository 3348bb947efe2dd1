//! Calls of host functions, with any number of arguments, and what they call in turn.

use handwire::abi::Handle;
use handwire::export::{lift_borrowed, return_result};
use handwire::{Arg, JsArray, JsError, JsFunction, JsType, JsValue, Result, contract};
use heap::vec::Vec;

fn function(value: &JsValue) -> Result<&JsFunction> {
    value.cast_ref().ok_or_else(|| JsError::new("no function"))
}

contract! {
    "export function_call(function: &js, this: &js, args: &js) -> result<js>",
    "export function_construct(function: &js, args: &js) -> result<js>",
    r#"export function_count(function: &js, count: u32) -> result<js> "With so many numbers as arguments.""#,
    r#"export function_construct_count(function: &js, count: u32) -> result<js> "The same as a constructor.""#,
    r#"export function_tuples(function: &js) -> result<js> "Calls it with 0 to 8 arguments, and gives an array of the results.""#,
    r#"export function_unit(function: &js) -> result<()> "Drops the result.""#,
    r#"export function_nest(function: &js, depth: u32) -> result<u32> "Calls it with depth - 1, which calls this again.""#,
    r#"export function_method(function: &js, name: str, arg: &js) -> result<js> "A method of the function object.""#,
}

fn args(value: &JsValue) -> Result<Vec<JsValue>> {
    JsArray::unchecked_ref(value).to_vec()
}

#[unsafe(no_mangle)]
extern "C" fn function_call(callee: Handle, this: Handle, list: Handle) -> i32 {
    let callee = lift_borrowed(callee);
    let result = function(&callee).and_then(|function| {
        let args = args(&lift_borrowed(list))?;
        function.call(&lift_borrowed(this), &args.iter().map(Arg::from).collect::<Vec<_>>()[..])
    });
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn function_construct(callee: Handle, list: Handle) -> i32 {
    let callee = lift_borrowed(callee);
    let result = function(&callee).and_then(|function| {
        let args = args(&lift_borrowed(list))?;
        function.construct(&args.iter().map(Arg::from).collect::<Vec<_>>()[..])
    });
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn function_count(callee: Handle, count: u32) -> i32 {
    let callee = lift_borrowed(callee);
    let numbers: Vec<Arg<'_>> = (0..count).map(Arg::from).collect();
    let result = function(&callee).and_then(|function| function.call(&JsValue::UNDEFINED, &numbers[..]));
    drop(numbers);
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn function_construct_count(callee: Handle, count: u32) -> i32 {
    let callee = lift_borrowed(callee);
    let numbers: Vec<Arg<'_>> = (0..count).map(Arg::from).collect();
    let result = function(&callee).and_then(|function| function.construct(&numbers[..]));
    drop(numbers);
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn function_tuples(callee: Handle) -> i32 {
    let callee = lift_borrowed(callee);
    return_result(function(&callee).and_then(tuples))
}

fn tuples(function: &JsFunction) -> Result<JsArray> {
    let this = JsValue::NULL;
    let results = [
        function.call(&this, ())?,
        function.call(&this, (1,))?,
        function.call(&this, (1, "zwei"))?,
        function.call(&this, (1, "zwei", true))?,
        function.call(&this, (1, "zwei", true, 4.5))?,
        function.call(&this, (1, "zwei", true, 4.5, ()))?,
        function.call(&this, (1, "zwei", true, 4.5, (), -6i64))?,
        function.call(&this, (1, "zwei", true, 4.5, (), -6i64, function))?,
        function.call(&this, (1, "zwei", true, 4.5, (), -6i64, function, None::<&str>))?,
        function.call(&this, [0.5; 3])?,
    ];
    Ok(JsArray::from(&results[..]))
}

#[unsafe(no_mangle)]
extern "C" fn function_unit(callee: Handle) -> i32 {
    let callee = lift_borrowed(callee);
    return_result(function(&callee).and_then(|function| function.call_as::<()>(&JsValue::UNDEFINED, ())))
}

#[unsafe(no_mangle)]
extern "C" fn function_nest(callee: Handle, depth: u32) -> i32 {
    let callee = lift_borrowed(callee);
    let result = function(&callee).and_then(|function| match depth {
        0 => Ok(0),
        _ => Ok(1 + function.call_as::<u32>(&JsValue::UNDEFINED, (depth - 1,))?),
    });
    return_result(result)
}

#[unsafe(no_mangle)]
extern "C" fn function_method(callee: Handle, name: *const u8, name_len: usize, arg: Handle) -> i32 {
    return_result(lift_borrowed(callee).call(text!(name, name_len), (&*lift_borrowed(arg),)))
}
