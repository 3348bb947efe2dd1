//! Nobody names anything in here: it comes with its lines or not at all.

handwire::import! {
    mod idle {
        fn nobody(value: f64) -> f64;
    }
}

handwire::export! {
    /// An export that nothing refers to.
    fn dep_idle(number: f64) -> f64 {
        number
    }

    /// One that calls an import, which is asked for only if this is there.
    fn dep_calls(number: f64) -> f64 {
        idle::nobody(number)
    }
}
