//! Errors, each way. The functions that may throw are imports of the embedder's, so the one
//! that a row passes is left aside.

use handwire::{JsError, JsValue, export, import};
use std::hint::black_box;

import! {
    mod env {
        fn attempt_ok(number: i32) -> Result<i32, JsError>;
        fn attempt_ready(number: i32) -> Result<i32, JsError>;
        fn attempt_new(number: i32) -> Result<i32, JsError>;
    }
}

export! {
    fn half(number: i32) -> Result<i32, &'static str> {
        bench_common::half(number)
    }

    fn try_ok(_function: &JsValue, n: u32) -> f64 {
        attempt(env::attempt_ok, n)
    }

    fn try_ready(_function: &JsValue, n: u32) -> f64 {
        attempt(env::attempt_ready, n)
    }

    fn try_new(_function: &JsValue, n: u32) -> f64 {
        attempt(env::attempt_new, n)
    }
}

/// The sum of what comes back, and 1 for each error.
#[inline(always)]
fn attempt(function: impl Fn(i32) -> Result<i32, JsError>, n: u32) -> f64 {
    let call = |i| match function(i) {
        Ok(number) => f64::from(number),
        Err(error) => {
            black_box(&error);
            1.0
        }
    };
    (0..n as i32).map(call).sum()
}
