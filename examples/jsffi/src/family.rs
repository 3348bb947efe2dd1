//! Values that stay the host's. The guest holds a handle, of which the host says what it is
//! before the call: a `JsDate` is a `Date`.

use alloc::string::String;
use handwire::{JsDate, JsError, JsFunction, JsSymbol, JsValue};

handwire::js_type! {
    /// Something with a width and a height: a `JsObject` by another name.
    pub struct Shape: JsObject;
}

impl Shape {
    fn area(&self) -> Result<f64, JsError> {
        Ok(self.get_as::<f64>("width")? * self.get_as::<f64>("height")?)
    }
}

handwire::export! {
    /// What `typeof` says, and how the value is written.
    fn describe(value: &JsValue) -> String {
        let text = if value.is::<JsSymbol>() { "no text".into() } else { value.to_js_string().map_or("no text".into(), |text| text.to_utf8()) };
        alloc::format!("{}: {text}", value.kind().name())
    }

    /// A day later.
    fn tomorrow(day: &JsDate) -> JsDate {
        JsDate::new(day.time() + 86_400_000.0)
    }

    /// The area of anything with a width and a height.
    fn area(shape: &Shape) -> Result<f64, JsError> {
        shape.area()
    }

    /// Takes a value and gives it back: the very same.
    fn keep(value: JsValue) -> JsValue {
        value
    }

    /// An instance of any class, with a list of arguments in it.
    fn construct(class: &JsFunction, argument: &JsValue) -> Result<JsValue, JsError> {
        class.construct((argument,)).map(JsValue::from)
    }

    /// A new symbol.
    fn mark(name: &str) -> JsSymbol {
        JsSymbol::new(name)
    }
}
