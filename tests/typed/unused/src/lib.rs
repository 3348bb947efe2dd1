//! A dependency that is in the manifest and nowhere else.
#![no_std]

handwire::import! {
    mod unused {
        fn nobody(value: f64) -> f64;
    }
}

handwire::export! {
    /// There with its line, or not there.
    fn unused_export(number: f64) -> f64 {
        unused::nobody(number)
    }
}
