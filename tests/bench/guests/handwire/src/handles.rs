//! Values of the host: passed, cloned, looked into, called; by the safe layer, and by
//! bindings with types where a row says so.

use handwire::{JsArray, JsFunction, JsString, JsValue, export, import, js_str};
use std::hint::black_box;

import! {
    mod point {
        fn x(point: &JsValue) -> f64;
        fn set_x(point: &JsValue, x: f64);
        fn scaled(point: &JsValue, factor: f64) -> f64;
    }
}

export! {
    fn value_in(value: &JsValue) -> u32 {
        black_box(value);
        1
    }

    fn value_same(value: JsValue) -> JsValue {
        black_box(value)
    }

    fn clone_value(value: &JsValue, n: u32) -> u32 {
        (0..n).map(|_| count(value.clone())).sum()
    }

    fn get(object: &JsValue, n: u32) -> u32 {
        (0..n).map(|_| count(object.get("child").unwrap())).sum()
    }

    fn get_key(object: &JsValue, n: u32) -> u32 {
        let key: JsValue = JsString::from("child").into();
        (0..n).map(|_| count(object.get(&key).unwrap())).sum()
    }

    fn get_interned(object: &JsValue, n: u32) -> u32 {
        (0..n).map(|_| count(object.get(js_str!("child")).unwrap())).sum()
    }

    fn set_interned(object: &JsValue, n: u32) -> u32 {
        (0..n).map(|i| u32::from(object.set(js_str!("x"), f64::from(i)).unwrap())).sum()
    }

    fn get_typed(object: &JsValue, n: u32) -> f64 {
        (0..n).map(|_| point::x(object)).sum()
    }

    fn set(object: &JsValue, n: u32) -> u32 {
        (0..n).map(|i| u32::from(object.set("x", f64::from(i)).unwrap())).sum()
    }

    fn set_typed(object: &JsValue, n: u32) -> u32 {
        for i in 0..n {
            point::set_x(object, f64::from(i));
        }
        n
    }

    fn call_method(object: &JsValue, n: u32) -> f64 {
        (0..n).map(|i| point::scaled(object, f64::from(i))).sum()
    }

    fn call_function(function: &JsFunction, n: u32) -> f64 {
        (0..n).map(|i| function.call_as::<f64>(&JsValue::UNDEFINED, (f64::from(i),)).unwrap()).sum()
    }

    fn push(array: &JsArray, n: u32) -> u32 {
        for i in 0..n {
            array.push(f64::from(i)).unwrap();
        }
        array.len().unwrap()
    }

    fn index(array: &JsArray, n: u32) -> f64 {
        (0..n).map(|i| array.get_as::<f64>(i & 7).unwrap()).sum()
    }

    fn is_string(value: &JsValue, n: u32) -> u32 {
        (0..n).map(|_| u32::from(black_box(value).is::<JsString>())).sum()
    }

    fn is_undefined(value: &JsValue, n: u32) -> u32 {
        (0..n).map(|_| u32::from(black_box(value).is_undefined())).sum()
    }

    fn to_number(value: &JsValue, n: u32) -> f64 {
        (0..n).map(|_| value.as_f64().unwrap()).sum()
    }

    fn from_number(n: u32) -> u32 {
        (0..n).map(|i| count(JsValue::from(f64::from(i)))).sum()
    }
}

/// Takes a value and drops it.
fn count(value: JsValue) -> u32 {
    black_box(&value);
    1
}
