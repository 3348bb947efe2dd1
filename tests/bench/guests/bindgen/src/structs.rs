//! Structs by serde-wasm-bindgen.

use bench_common::{Lock, Person};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn struct_in(person: JsValue) -> f64 {
    serde_wasm_bindgen::from_value::<Person>(person).unwrap().sum()
}

#[wasm_bindgen]
pub fn structs_in(people: JsValue) -> f64 {
    serde_wasm_bindgen::from_value::<Vec<Person>>(people).unwrap().iter().map(Person::sum).sum()
}

#[wasm_bindgen]
pub fn lock_in(lock: JsValue) -> f64 {
    serde_wasm_bindgen::from_value::<Lock>(lock).unwrap().sum()
}

#[wasm_bindgen]
pub fn struct_out() -> JsValue {
    Person::with_all(|people| serde_wasm_bindgen::to_value(&people[0])).unwrap()
}

#[wasm_bindgen]
pub fn structs_out() -> JsValue {
    Person::with_all(serde_wasm_bindgen::to_value).unwrap()
}
