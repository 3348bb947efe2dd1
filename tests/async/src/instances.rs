//! Classes with async members, and instances that are arguments of async exports.

use alloc::string::{String, ToString};
use handwire::{JsError, JsPromise, class, export};

/// Counts. It can be cloned, and is borrowed all the same.
#[derive(Clone)]
pub struct Tally {
    count: f64,
}

class! {
    /// Counts what promises give.
    impl Tally {
        pub fn new(start: f64) -> Self {
            Tally { count: start }
        }

        /// Adds what a promise gives.
        async fn add(&mut self, promise: JsPromise) -> Result<f64, JsError> {
            let more = promise.await?.as_f64().ok_or_else(|| JsError::new("no number"))?;
            self.count += more;
            Ok(self.count)
        }

        /// The count, once a promise is settled.
        async fn later(&self, promise: &JsPromise, label: &str) -> String {
            drop(promise.await);
            alloc::format!("{label}: {}", self.count)
        }

        async fn finish(self, promise: JsPromise) -> f64 {
            drop(promise.await);
            self.count
        }

        async fn of(promise: JsPromise) -> Result<Self, JsError> {
            Ok(Tally { count: promise.await?.as_f64().unwrap_or_default() })
        }

        #[name = "readyNow"]
        async fn ready_now(&self) -> f64 {
            self.count
        }

        fn raised(&self, mut by: f64, mut times: u32) -> f64 {
            while times > 0 {
                times -= 1;
                by *= 2.0;
            }
            self.count + by
        }

        async fn raise_later(mut self, wait: JsPromise, mut by: f64) -> f64 {
            drop(wait.await);
            by += 1.0;
            self.count += by;
            self.count
        }

        #[get]
        fn count(&self) -> f64 {
            self.count
        }

        fn bump(&mut self) {
            self.count += 1.0;
        }
    }
}

export! {
    /// Borrows an instance for as long as it takes.
    async fn read_tally(tally: &Tally, promise: JsPromise) -> Result<f64, JsError> {
        promise.await?;
        Ok(tally.count)
    }

    async fn change_tally(tally: &mut Tally, promise: JsPromise) -> Result<(), JsError> {
        promise.await?;
        tally.count = -1.0;
        Ok(())
    }

    /// Takes one and borrows another.
    async fn merge(into: &mut Tally, from: Tally, promise: JsPromise) -> Result<String, JsError> {
        promise.await?;
        into.count += from.count;
        Ok(into.count.to_string())
    }
}
