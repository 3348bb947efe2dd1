//! Clocks: one that never goes back, and the time of day.

use core::ops::Sub;
use core::time::Duration;
use handwire::import;

import! {
    /// Milliseconds since the page or the process started, with a fraction; it never goes back.
    pub fn now() -> f64 = "performance.now()";
    /// Milliseconds since 1970, by a clock that people set.
    pub fn unix_ms() -> f64 = "Date.now()";
}

/// The longest time that a timer of the platform takes, in milliseconds: 24.8 days.
#[cfg(any(feature = "async", feature = "functions"))]
const LONGEST: f64 = 2_147_483_647.0;

/// A time as timers want it.
#[cfg(any(feature = "async", feature = "functions"))]
pub(crate) fn timer_ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).min(LONGEST)
}

/// A point in time on the clock of [`now`]: `std::time::Instant` for guests, where std has none.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct Instant(f64);

impl Instant {
    /// Now.
    #[must_use]
    pub fn now() -> Instant {
        Instant(now())
    }

    /// How long ago it was.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        Instant::now() - self
    }

    /// Its milliseconds on the clock of [`now`].
    #[must_use]
    pub fn ms(self) -> f64 {
        self.0
    }
}

impl Sub for Instant {
    type Output = Duration;

    /// The time from an earlier point to this one; nothing from a later one.
    fn sub(self, earlier: Instant) -> Duration {
        Duration::from_secs_f64(((self.0 - earlier.0) / 1000.0).max(0.0))
    }
}
