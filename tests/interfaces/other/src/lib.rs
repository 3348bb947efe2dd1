//! An interface `Clock`, which the guest declares as well.

use std::rc::Rc;

#[cfg(not(feature = "different"))]
handwire::interface! {
    /// Tells the time.
    pub trait Clock {
        /// In seconds.
        fn now(&self) -> f64;
    }
}

#[cfg(feature = "different")]
handwire::interface! {
    /// Tells the time.
    pub trait Clock {
        /// In seconds.
        fn now(&self, zone: &str) -> f64;
    }
}

#[cfg(not(feature = "different"))]
struct Stopped(f64);

#[cfg(not(feature = "different"))]
impl Clock for Stopped {
    fn now(&self) -> f64 {
        self.0
    }
}

#[cfg(not(feature = "different"))]
handwire::export! {
    /// What a clock shows, read by this crate.
    fn other_time(clock: Rc<dyn Clock>) -> f64 {
        clock.now()
    }

    /// A clock of this crate.
    fn other_clock(time: f64) -> Box<dyn Clock> {
        Box::new(Stopped(time))
    }
}

#[cfg(feature = "different")]
handwire::export! {
    /// What a clock shows, read by this crate.
    fn other_time(clock: Rc<dyn Clock>) -> f64 {
        clock.now("UTC")
    }
}
