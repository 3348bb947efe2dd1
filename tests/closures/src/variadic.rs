//! Closures of any arguments.

use crate::kept::keep;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use handwire::{Arg, CallArgs, Closure, JsArray, JsError, JsFunction, JsValue, ToArg, export};

export! {
    /// Joins texts.
    fn any_join() -> JsFunction {
        keep(Closure::variadic(|args: CallArgs<'_>| {
            let mut text = String::new();
            for i in 0..args.len() {
                text.push_str(&args.get_as::<String>(i)?);
            }
            Ok::<_, JsError>(text)
        }))
    }

    /// All that it was called with: `this`, whether with `new`, and the arguments.
    fn any_all() -> JsFunction {
        keep(Closure::variadic(|args: CallArgs<'_>| -> JsArray {
            let values: Vec<JsValue> = (0..args.len()).map(|i| args.get(i)).collect();
            let mut all = Vec::from([args.this().to_arg(), args.is_new().to_arg_static()]);
            all.extend(values.iter().map(Arg::from));
            JsArray::of(&all[..])
        }))
    }

    /// The sum of its arguments, and how many there are.
    fn any_sum() -> JsFunction {
        Closure::variadic(|args: CallArgs<'_>| -> f64 { (0..args.len()).map(|i| args.get_as::<f64>(i).unwrap_or(f64::NAN)).sum() }).into_js()
    }

    /// A constructor.
    fn any_class() -> JsFunction {
        Closure::variadic(|args: CallArgs<'_>| -> Result<(), JsError> {
            if !args.is_new() {
                return Err("call it with new".into());
            }
            args.this().set("first", args.get(0))?;
            Ok(())
        })
        .into_js()
    }

    /// Beyond the last argument there is undefined.
    fn any_beyond() -> JsFunction { Closure::variadic(|args: CallArgs<'_>| args.get(args.len() + 1).is_undefined() && args.get_as::<()>(7).is_ok()).into_js() }

    /// Calls a function while it runs.
    fn any_calling(f: JsFunction) -> JsFunction { Closure::variadic(move |_: CallArgs<'_>| f.call(&JsValue::UNDEFINED, ())).into_js() }

    /// Counts down from its argument by calls of itself, through a function of the page; gives how many calls there were, and the sum of all numbers.
    fn any_again(f: JsFunction) -> JsFunction {
        let calls = Cell::new(0);
        Closure::variadic_shared(move |args: CallArgs<'_>| -> Result<f64, JsError> {
            calls.set(calls.get() + 1);
            let left = args.get_as::<f64>(0)?;
            let below = if left > 0.0 { f.call_as::<f64>(args.this(), (left - 1.0,))? } else { f64::from(calls.get()) };
            Ok(below + left)
        })
        .into_js()
    }
}

trait Static {
    fn to_arg_static(&self) -> Arg<'static>;
}

impl Static for bool {
    fn to_arg_static(&self) -> Arg<'static> {
        Arg::from(*self)
    }
}
