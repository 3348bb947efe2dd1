//! Exports are functions like any other: JavaScript passes them around, also to the guest,
//! which calls them without knowing whose they are.

use crate::imports::own;
use alloc::vec::Vec;
use handwire::{JsError, JsFunction, JsValue};

handwire::export! {
    fn add(a: i32, b: i32) -> i32 {
        a.wrapping_add(b)
    }

    /// Multiplies; the host knows it by another name.
    #[name = "multiply"]
    fn mul(a: i32, b: i32) -> i32 {
        a.wrapping_mul(b)
    }

    /// Folds numbers with any function of two.
    fn fold(numbers: &[i32], first: i32, with: &JsFunction) -> Result<i32, JsError> {
        numbers.iter().try_fold(first, |sum, number| with.call_as(&JsValue::UNDEFINED, (sum, *number)))
    }

    /// The export of that name, as the host offers it.
    fn export_named(name: &str) -> Result<JsFunction, JsError> {
        own(name)
    }

    /// Rust calls JavaScript, which calls this module's own `multiply`.
    fn power(base: i32, exponent: u32) -> Result<i32, JsError> {
        let multiply = own("multiply")?;
        let factors = alloc::vec![base; exponent as usize];
        fold(&factors, 1, &multiply)
    }

    /// What a function gives for each number.
    fn mapped(numbers: Vec<f64>, with: &JsFunction) -> Result<Vec<f64>, JsError> {
        numbers.into_iter().map(|number| with.call_as(&JsValue::UNDEFINED, (number,))).collect()
    }
}
