//! Functions of the host whose type is known.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{HostFn, JsError, JsValue, export};

export! {
    /// Calls it, so often.
    fn apply(f: HostFn<fn(i32) -> i32>, times: u32, start: i32) -> Result<i32, JsError> {
        (0..times).try_fold(start, |x, _| f.call((x,)))
    }

    /// With all sorts of arguments.
    fn apply_all(f: HostFn<fn(bool, i8, u64, f64, String, JsValue, Option<f64>, String) -> String>) -> Result<String, JsError> {
        f.call((true, -8, u64::MAX, 0.5, "hé".into(), JsValue::NULL, None, String::new()))
    }

    /// Nothing in, nothing out.
    fn apply_unit(f: HostFn<fn()>) -> Result<(), JsError> {
        f.call(())
    }

    /// If there is one.
    fn apply_option(f: Option<HostFn<fn(i32) -> Option<i32>>>, x: i32) -> Result<Option<i32>, JsError> {
        f.map_or(Ok(None), |f| f.call((x,)))
    }

    /// One after the other.
    fn apply_list(list: Vec<HostFn<fn(f64) -> f64>>, x: f64) -> Result<f64, JsError> {
        list.iter().try_fold(x, |x, f| f.call((x,)))
    }

    /// There and back.
    fn identity(f: HostFn<fn(i32) -> i32>) -> HostFn<fn(i32) -> i32> { f }
}
