//! What is held in a scope ends with it.

use handwire::{JsValue, scope};

fn main() {
    let left = scope(|s| s.hold(JsValue::NULL));
    assert!(left.is_null());
}
