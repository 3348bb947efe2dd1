//! Closures: made and dropped, called by the page, lent for a call.

use handwire::{Closure, JsFunction, export, import};
use std::hint::black_box;

import! {
    mod calls {
        fn call_with(f: &JsFunction, x: i32) -> i32;
        fn call_lent(f: &mut dyn FnMut(i32) -> i32, x: i32) -> i32;
    }
}

export! {
    fn closure_given(by: i32) -> Closure<fn(i32) -> i32> {
        Closure::new(move |x: i32| x.wrapping_add(by))
    }

    fn closure_new(n: u32) -> u32 {
        for i in 0..n as i32 {
            let closure = Closure::new(move |x: i32| x.wrapping_add(i));
            black_box(closure.as_js());
        }
        n
    }

    fn closure_called(n: u32) -> i32 {
        (0..n as i32).fold(0, |sum, i| calls::call_with(Closure::new(move |x: i32| x.wrapping_add(i)).as_js(), sum))
    }

    fn closure_lent(n: u32) -> i32 {
        (0..n as i32).fold(0, |sum, i| calls::call_lent(&mut |x| x.wrapping_add(i), sum))
    }
}
