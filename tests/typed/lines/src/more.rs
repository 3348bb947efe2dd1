//! A file of its own, so that it may be a codegen unit of its own, in which nothing is used.

handwire::import! {
    mod more {
        fn nobody(value: f64) -> f64;
        fn somebody(value: f64) -> f64;
    }
}

handwire::export! {
    /// Uses one of the two imports.
    fn more_export(number: f64) -> f64 {
        more::somebody(number)
    }
}

/// Calls the other, and is called by nobody.
#[allow(dead_code)]
pub fn idle() -> f64 {
    more::nobody(1.0)
}
