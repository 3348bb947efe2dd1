//! The guest of the data tests: every shape of serde both ways, as parameters and results of
//! exports and imports, and by hand.

mod any;
mod lock;
mod orders;
mod shapes;

use any::Any;
use handwire::data::{self, Data, Options};
use handwire::{JsError, JsFunction, JsValue, export, import, json, record};
use lock::Lock;
use serde::{Deserialize, Serialize};
use shapes::{Shapes, Tagged, User};
use std::collections::BTreeMap;

record! {
    struct Labelled {
        label: String,
        content: Data<Any>,
        more: Option<Data<Vec<Any>>>,
    }
}

/// Values of the host among others.
#[derive(Deserialize, Serialize)]
struct Mixed {
    name: String,
    object: JsValue,
    #[serde(default)]
    call: Option<JsFunction>,
    list: Vec<JsValue>,
    missing: JsValue,
}

import! {
    mod app {
        fn exchange(value: Data<Any>) -> Data<Any>;
        fn find(name: &str) -> Result<Data<User>, JsError>;
        fn send(value: Data<&Shapes>);
        fn all(values: Vec<Data<u32>>) -> Option<Data<Vec<String>>>;
    }
}

export! {
    fn alloc_pages() -> usize {
        core::arch::wasm32::memory_size(0)
    }

    fn echo(value: Data<Any>) -> Data<Any> {
        value
    }

    fn echo_value(value: &JsValue) -> Result<JsValue, JsError> {
        Ok(data::to_js(&data::from_js::<Any>(value)?)?)
    }

    fn echo_bigints(value: &JsValue) -> Result<JsValue, JsError> {
        Ok(Options::new().bigints().nulls().to_js(&data::from_js::<Any>(value)?)?)
    }

    fn shapes(value: Data<Shapes>) -> Data<Shapes> {
        value
    }

    fn shapes_value(value: &JsValue) -> Result<JsValue, JsError> {
        Ok(data::to_js(&data::from_js::<Shapes>(value)?)?)
    }

    fn sample() -> Data<Shapes> {
        Data(Shapes::sample())
    }

    fn sample_with_nulls() -> Result<JsValue, JsError> {
        Ok(Options::new().nulls().to_js(&Shapes::sample())?)
    }

    fn tagged(value: Data<Vec<Tagged>>) -> Data<Vec<Tagged>> {
        value
    }

    fn users(value: &JsValue) -> Result<u32, JsError> {
        let page: BTreeMap<String, Vec<User>> = data::from_js(value)?;
        Ok(page.values().map(|users| users.len() as u32).sum())
    }

    fn user(value: Data<User>) -> Data<User> {
        value
    }

    fn counts(value: Data<BTreeMap<i32, Option<String>>>) -> Data<BTreeMap<i32, Option<String>>> {
        value
    }

    fn options(list: Vec<Data<Any>>, last: Option<Data<Any>>) -> Vec<Option<Data<Any>>> {
        list.into_iter().map(Some).chain([last]).collect()
    }

    fn label(value: Labelled) -> Labelled {
        value
    }

    fn mixed(value: Data<Mixed>) -> Data<Mixed> {
        value
    }

    fn two(_first: JsValue, a: Data<Mixed>, text: &str, b: Data<Mixed>) -> String {
        format!("{}{}{text}", a.name, b.name)
    }

    fn mixed_value(value: &JsValue) -> Result<JsValue, JsError> {
        Ok(data::to_js(&data::from_js::<Mixed>(value)?)?)
    }

    fn by_import(value: Data<Any>) -> Data<Any> {
        app::exchange(value)
    }

    fn find(name: &str) -> Result<String, JsError> {
        app::find(name).map(|user| user.0.name)
    }

    fn send() {
        app::send(Data(&Shapes::sample()));
    }

    fn all(values: Data<Vec<u32>>) -> Option<Data<Vec<String>>> {
        app::all(values.0.into_iter().map(Data).collect())
    }

    /// What serde_json makes of the same value as text.
    fn is_json(value: &JsValue, text: &str) -> Result<bool, JsError> {
        let json: serde_json::Value = serde_json::from_str(text).map_err(|error| JsError::new(&error.to_string()))?;
        Ok(data::from_js::<serde_json::Value>(value)? == json)
    }

    fn from_json(text: &str) -> Result<JsValue, JsError> {
        let json: serde_json::Value = serde_json::from_str(text).map_err(|error| JsError::new(&error.to_string()))?;
        Ok(Options::new().nulls().to_js(&json)?)
    }

    fn by_json(value: &JsValue) -> Result<JsValue, JsError> {
        json::to_js(&json::from_js::<Shapes>(value)?)
    }

    /// A document of npm as its types have it, and as data again.
    fn lock(value: Data<Lock>) -> Data<Lock> {
        value
    }

    /// How many packages a document has, and the letters of all their names.
    fn lock_size(value: Data<Lock>) -> Vec<u32> {
        vec![value.packages.len() as u32, value.packages.keys().map(|name| name.len() as u32).sum()]
    }

    /// Decodes a buffer that may be damaged, and writes what was in it.
    fn decode(buffer: &[u8]) -> Result<Vec<u8>, String> {
        let value: Any = data::decode(buffer).map_err(|error| error.to_string())?;
        Options::new().encode(&value).map_err(|error| error.to_string())
    }

    /// The host decodes a buffer that may be damaged.
    fn decode_by_host(buffer: &[u8]) -> JsValue {
        // SAFETY: pointer and length are those of a slice.
        JsValue::from_raw(unsafe { handwire::abi::data_to_value(buffer.as_ptr(), buffer.len()) }).unwrap()
    }

    fn mixed_keys() -> Result<JsValue, JsError> {
        Ok(data::to_js(&Any::Map(vec![(Any::Text("a".into()), Any::Unit), (Any::Bool(true), Any::Unit)]))?)
    }

    fn too_deep(depth: u32) -> Result<JsValue, JsError> {
        Ok(data::to_js(&(0..depth).fold(Any::Unit, |inner, _| Any::List(vec![inner])))?)
    }
}
