//! Values whose destructors panic, in each way that the host can hold one.

use handwire::{Closure, External, JsFunction, JsObject};

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
}
