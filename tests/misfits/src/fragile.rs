//! Values whose destructors panic, in each way that the host can hold one.

use core::pin::Pin;
use core::task::{Context, Poll};
use handwire::task::into_js_stream;
use handwire::{Closure, External, JsFunction, JsObject, JsValue};

/// Panics when it is dropped.
#[derive(Default)]
struct Fragile;

impl Drop for Fragile {
    fn drop(&mut self) {
        panic!("it broke");
    }
}

handwire::class! {
    impl Fragile {
        fn new() -> Self { Fragile }
    }
}

handwire::interface! {
    trait Vase { fn hold(&self) -> u32; }
}

impl Vase for Fragile {
    fn hold(&self) -> u32 {
        1
    }
}

impl futures_core::Stream for Fragile {
    type Item = JsValue;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<JsValue>> {
        Poll::Pending
    }
}

handwire::export! {
    fn fragile_closure() -> JsFunction {
        let fragile = Fragile;
        Closure::new(move || {
            let _ = &fragile;
        })
        .into_js()
    }
    fn fragile_external() -> JsObject { External::new(Fragile) }
    fn fragile_vase() -> Box<dyn Vase> { Box::new(Fragile) }
    fn fragile_stream() -> JsValue { into_js_stream(Fragile) }
}
