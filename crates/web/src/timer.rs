//! Timers that call back. An async function has [`sleep`](crate::sleep), which is simpler.

use crate::time::timer_ms;
use core::time::Duration;
use handwire::{Closure, JsFunction, JsValue, import};

import! {
    fn start_timeout(callback: &JsFunction, ms: f64) -> JsValue = "setTimeout($1, $2)";
    fn start_interval(callback: &JsFunction, ms: f64) -> JsValue = "setInterval($1, $2)";
    // A page has one list of both, and so has Node.
    fn clear(timer: &JsValue) = "clearTimeout($1)";
}

/// A timer that runs. Dropping it stops it, and drops its closure; in the middle of its own call, when that returns.
///
/// ```no_run
/// use core::time::Duration;
/// use handwire_web::{log, timer};
///
/// let mut count = 0;
/// let ticks = timer::every(Duration::from_secs(1), move || {
///     count += 1;
///     log!("{count} seconds");
/// });
/// timer::after(Duration::from_secs(5), move || drop(ticks)).forget();
/// ```
#[derive(Debug)]
#[must_use = "the timer stops when this is dropped; `forget` lets it run"]
pub struct Timer {
    /// What the platform knows it by: a number, in Node an object.
    id: JsValue,
    closure: Option<Closure<fn()>>,
}

/// Calls back once, after a time of at most 24.8 days: a longer one is cut.
pub fn after(time: Duration, callback: impl FnOnce() + 'static) -> Timer {
    let closure = Closure::once(callback);
    Timer { id: start_timeout(closure.as_js(), timer_ms(time)), closure: Some(closure) }
}

/// Calls back again and again, a time of at most 24.8 days apart.
pub fn every(time: Duration, callback: impl FnMut() + 'static) -> Timer {
    let closure = Closure::new(callback);
    Timer { id: start_interval(closure.as_js(), timer_ms(time)), closure: Some(closure) }
}

impl Timer {
    /// Lets it run: one of [`after`] until its call, one of [`every`] for ever.
    pub fn forget(mut self) {
        if let Some(closure) = self.closure.take() {
            drop(closure.into_js());
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if self.closure.is_some() {
            clear(&self.id);
        }
    }
}
