//! Values of the host: passed, cloned, looked into, called; by js-sys, and by bindings with
//! types where a row says so.

use js_sys::{Array, Function, Reflect};
use std::hint::black_box;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type Point;
    #[wasm_bindgen(method, getter, structural)]
    fn x(this: &Point) -> f64;
    #[wasm_bindgen(method, setter, structural)]
    fn set_x(this: &Point, x: f64);
    #[wasm_bindgen(method, structural)]
    fn scaled(this: &Point, factor: f64) -> f64;
}

#[wasm_bindgen]
pub fn value_in(value: &JsValue) -> u32 {
    black_box(value);
    1
}

#[wasm_bindgen]
pub fn value_same(value: JsValue) -> JsValue {
    black_box(value)
}

#[wasm_bindgen]
pub fn clone_value(value: &JsValue, n: u32) -> u32 {
    (0..n).map(|_| count(value.clone())).sum()
}

#[wasm_bindgen]
pub fn get(object: &JsValue, n: u32) -> u32 {
    (0..n).map(|_| count(Reflect::get(object, &"child".into()).unwrap())).sum()
}

#[wasm_bindgen]
pub fn get_key(object: &JsValue, n: u32) -> u32 {
    let key = JsValue::from_str("child");
    (0..n).map(|_| count(Reflect::get(object, &key).unwrap())).sum()
}

#[wasm_bindgen]
pub fn get_interned(object: &JsValue, n: u32) -> u32 {
    get(object, n)
}

#[wasm_bindgen]
pub fn set_interned(object: &JsValue, n: u32) -> u32 {
    set(object, n)
}

#[wasm_bindgen]
pub fn get_typed(object: &JsValue, n: u32) -> f64 {
    let point: &Point = object.unchecked_ref();
    (0..n).map(|_| point.x()).sum()
}

#[wasm_bindgen]
pub fn set(object: &JsValue, n: u32) -> u32 {
    let set = |i| Reflect::set(object, &"x".into(), &f64::from(i).into());
    (0..n).map(|i| u32::from(set(i).unwrap())).sum()
}

#[wasm_bindgen]
pub fn set_labels(objects: &Array, n: u32) -> u32 {
    let objects: Vec<JsValue> = objects.iter().collect();
    bench_common::with_text(|text| {
        for i in 0..n * 1000 {
            Reflect::set(&objects[i as usize & 7], &"label".into(), &text.into()).unwrap();
        }
    });
    n
}

#[wasm_bindgen]
pub fn call_texts(function: &Function, n: u32) -> u32 {
    bench_common::with_text(|text| {
        for _ in 0..n * 1000 {
            function.call1(&JsValue::UNDEFINED, &text.into()).unwrap();
        }
    });
    n
}

#[wasm_bindgen]
pub fn set_typed(object: &JsValue, n: u32) -> u32 {
    let point: &Point = object.unchecked_ref();
    for i in 0..n {
        point.set_x(f64::from(i));
    }
    n
}

#[wasm_bindgen]
pub fn call_method(object: &JsValue, n: u32) -> f64 {
    let point: &Point = object.unchecked_ref();
    (0..n).map(|i| point.scaled(f64::from(i))).sum()
}

#[wasm_bindgen]
pub fn call_function(function: &JsValue, n: u32) -> f64 {
    let function: &Function = function.unchecked_ref();
    let call = |i| function.call1(&JsValue::UNDEFINED, &f64::from(i).into()).unwrap();
    (0..n).map(|i| call(i).as_f64().unwrap()).sum()
}

#[wasm_bindgen]
pub fn push(array: &JsValue, n: u32) -> u32 {
    let array: &Array = array.dyn_ref().unwrap();
    for i in 0..n {
        array.push(&f64::from(i).into());
    }
    array.length()
}

#[wasm_bindgen]
pub fn index(array: &JsValue, n: u32) -> f64 {
    let array: &Array = array.unchecked_ref();
    (0..n).map(|i| array.get(i & 7).as_f64().unwrap()).sum()
}

#[wasm_bindgen]
pub fn is_string(value: &JsValue, n: u32) -> u32 {
    (0..n).map(|_| u32::from(black_box(value).is_string())).sum()
}

#[wasm_bindgen]
pub fn is_undefined(value: &JsValue, n: u32) -> u32 {
    (0..n).map(|_| u32::from(black_box(value).is_undefined())).sum()
}

#[wasm_bindgen]
pub fn to_number(value: &JsValue, n: u32) -> f64 {
    (0..n).map(|_| value.as_f64().unwrap()).sum()
}

#[wasm_bindgen]
pub fn from_number(n: u32) -> u32 {
    (0..n).map(|i| count(JsValue::from_f64(f64::from(i)))).sum()
}

/// Takes a value and drops it.
fn count(value: JsValue) -> u32 {
    black_box(&value);
    1
}
