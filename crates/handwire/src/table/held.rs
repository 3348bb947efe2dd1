//! [`Held`]: what the table has.

use crate::misuse::Misuse;
use core::any::Any;
use handwire_abi::Slot;

/// A value that the host can hold by an id.
pub(crate) trait Held: Any {
    /// What a misuse calls it: `Counter`, `closure fn(i32) -> i32`.
    fn name(&self) -> &'static str;

    /// Calls it with numbers, if it is a closure of numbers.
    fn call4(&self, _a: f64, _b: f64, _c: f64, _d: f64) -> f64 {
        Misuse::WrongValue.report(self.name());
        0.0
    }

    /// Calls it with integers, if it is a closure of integers.
    fn call4i(&self, _a: i32, _b: i32, _c: i32, _d: i32) -> i32 {
        Misuse::WrongValue.report(self.name());
        0
    }

    /// Calls it, if it is a closure.
    fn call(&self, _call: Call) -> i32 {
        Misuse::WrongValue.report(self.name());
        0
    }
}

/// A call of a closure with slots.
#[derive(Debug)]
pub struct Call {
    pub(crate) args: *const Slot,
    pub(crate) argc: usize,
    /// The receiver, an owned handle; 0 if the closure doesn't take one.
    pub(crate) this: u32,
    pub(crate) flags: u32,
}
