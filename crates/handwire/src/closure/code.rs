//! [`Code`]: what a closure is to the host, whatever it captured.

use crate::misuse::Misuse;
use handwire_abi::Slot;

/// A closure behind an id. It is called in one of three ways, by its type; the others are misuse.
pub(crate) trait Code {
    /// Its type, which is what a misuse calls it.
    fn name(&self) -> &'static str;

    /// With numbers.
    fn call4(&self, _a: f64, _b: f64, _c: f64, _d: f64) -> f64 {
        Misuse::WrongValue.report(self.name());
        0.0
    }

    /// With integers.
    fn call4i(&self, _a: i32, _b: i32, _c: i32, _d: i32) -> i32 {
        Misuse::WrongValue.report(self.name());
        0
    }

    /// With slots.
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
