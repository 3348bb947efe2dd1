//! A value of an inner scope is none of the outer one.

use handwire::{JsValue, scope};

fn main() {
    scope(|outer| {
        let mut kept = outer.hold(JsValue::NULL);
        scope(|inner| kept = inner.hold(JsValue::NULL));
        assert!(kept.is_null());
    });
}
