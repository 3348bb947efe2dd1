//! A borrowed host value is the host's again when the call returns.

use std::sync::OnceLock;

static KEPT: OnceLock<&'static handwire::JsValue> = OnceLock::new();

handwire::export! {
    fn keep(value: &handwire::JsValue) {
        KEPT.set(value).unwrap();
    }
}

fn main() {}
