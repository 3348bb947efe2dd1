//! Names that cross once.

use handwire::{JsError, JsValue, Name, export, js_str};

static SHARED: Name = Name::new("shared");

/// The same name from a place that is compiled for each type.
fn generic<T>(object: &JsValue, _for: T) -> Result<bool, JsError> {
    object.has(js_str!("generic"))
}

export! {
    fn name_get(object: &JsValue) -> Result<JsValue, JsError> { object.get(js_str!("x")) }
    fn name_number(object: &JsValue) -> Result<f64, JsError> { object.get_as(js_str!("x")) }
    fn name_set(object: &JsValue, value: &JsValue) -> Result<bool, JsError> { object.set(js_str!("x"), value) }
    fn name_set_name(object: &JsValue) -> Result<bool, JsError> { object.set(js_str!("x"), js_str!("a value")) }
    fn name_has(object: &JsValue) -> Result<bool, JsError> { object.has(js_str!("x")) }
    fn name_delete(object: &JsValue) -> Result<bool, JsError> { object.delete(js_str!("x")) }
    fn name_call(object: &JsValue, value: f64) -> Result<JsValue, JsError> { object.call(js_str!("x"), (value, js_str!("argument"))) }

    fn name_many(object: &JsValue, times: u32) -> Result<(), JsError> {
        for i in 0..times {
            object.set(js_str!("count"), i)?;
        }
        Ok(())
    }

    fn name_shared(object: &JsValue) -> Result<bool, JsError> { Ok(object.has(&SHARED)? && object.has(&SHARED)?) }
    fn name_generic(object: &JsValue) -> Result<bool, JsError> { Ok(generic(object, 1u8)? && generic(object, "text")?) }
    fn name_odd(object: &JsValue) -> Result<JsValue, JsError> { object.get(js_str!("\u{feff}é\0😀")) }
    fn name_empty(object: &JsValue) -> Result<JsValue, JsError> { object.get(js_str!("")) }
    fn name_value() -> JsValue { js_str!("owned").into() }
}
