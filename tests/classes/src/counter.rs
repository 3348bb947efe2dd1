//! A class with every kind of member, which counts how many of it are alive.

use crate::positions::Label;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use handwire::{JsError, JsFunction, JsValue};

#[derive(Debug)]
pub(crate) struct Counter {
    count: i32,
    /// Called when it is dropped.
    farewell: Option<JsFunction>,
}

struct Alive(Cell<i32>);
// SAFETY: an instance is entered by one thread at a time.
unsafe impl Sync for Alive {}
static ALIVE: Alive = Alive(Cell::new(0));

impl Counter {
    /// What Rust makes has no attribute of a class.
    pub(crate) fn at(count: i32) -> Counter {
        ALIVE.0.set(ALIVE.0.get() + 1);
        Counter { count, farewell: None }
    }

    pub(crate) fn current(&self) -> i32 {
        self.count
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        ALIVE.0.set(ALIVE.0.get() - 1);
        if let Some(farewell) = self.farewell.take() {
            let _ = farewell.call(&JsValue::UNDEFINED, (self.count,));
        }
    }
}

handwire::class! {
    /// Counts,
    /// and says "so".
    impl Counter {
        /// A counter that begins anywhere.
        pub fn new(start: i32) -> Self {
            Counter::at(start)
        }

        /// Counts on.
        #[inline]
        pub fn add(&mut self, by: i32) -> i32 {
            self.count = self.count.wrapping_add(by);
            self.count
        }

        fn value(&self) -> i32 {
            self.count
        }

        fn into_value(self) -> i32 {
            self.count
        }

        fn parse(text: &str) -> Result<Counter, JsError> {
            text.parse().map(Counter::at).map_err(|_| JsError::new("no number"))
        }

        #[name = "fromPair"]
        fn from_pair(first: i32, second: i32) -> Self {
            Counter::at(first + second)
        }

        #[get]
        fn count(&self) -> u32 {
            self.count as u32
        }

        #[set]
        fn set_count(&mut self, n: u32) {
            self.count = n as i32;
        }

        #[get]
        fn label(&self) -> String {
            alloc::format!("counter {}", self.count)
        }

        #[set]
        #[name = "farewell"]
        fn call_when_dropped(&mut self, callback: Option<JsFunction>) {
            self.farewell = callback;
        }

        /// Calls back while it is borrowed to be changed.
        fn change(&mut self, callback: &JsFunction) -> Result<JsValue, JsError> {
            self.count += 1;
            let result = callback.call(&JsValue::UNDEFINED, ());
            self.count += 1;
            result
        }

        /// Calls back while it is borrowed to be read.
        fn look(&self, callback: &JsFunction) -> Result<JsValue, JsError> {
            callback.call(&JsValue::UNDEFINED, (self.count,))
        }

        /// Calls back after it was taken.
        fn end(self, callback: &JsFunction) -> Result<i32, JsError> {
            callback.call(&JsValue::UNDEFINED, (self.count,))?;
            Ok(self.count)
        }

        fn sum(&self, other: &Self, more: Vec<Self>) -> i32 {
            self.count + other.count + more.iter().map(|counter| counter.count).sum::<i32>()
        }

        fn labelled(&mut self, label: Label) -> i32 {
            self.count + label.name.len() as i32
        }

        fn swap(&mut self, other: &mut Self) {
            core::mem::swap(&mut self.count, &mut other.count);
        }

        fn absorb(&mut self, other: Self) -> i32 {
            self.count += other.count;
            self.count
        }

        fn merge(mut self, other: Self) -> Self {
            self.count += other.count;
            self
        }

        fn fail(&self, message: &str) -> Result<(), String> {
            Err(message.into())
        }

        fn break_down(&mut self) {
            panic!("broken at {}", self.count)
        }

        fn keep_values(&mut self, values: Vec<JsValue>, one: JsValue, maybe: Option<JsValue>) -> usize {
            self.count += 1;
            drop(one);
            values.len() + usize::from(maybe.is_some())
        }
    }
}

handwire::export! {
    fn counters_alive() -> i32 {
        ALIVE.0.get()
    }
}
