//! The guest of runtime: a toy JavaScript runtime, as the tutorials on V8 build one in C++. The
//! engine is whatever the host has; what makes a runtime of it is here:
//!
//! - [`natives`]: `print`, `setTimeout`, `clearTimeout` and `fetch`, as closures that are put into a
//!   fresh realm, with the state that they share captured;
//! - [`event_loop`]: operations of the host by their ids. A native function starts one and keeps, under
//!   its id, whom to call; when the operation is over, the loop finds that by the id, and calls it.
#![no_std]

extern crate alloc;

mod event_loop;
mod natives;
mod realm;

use event_loop::{EventLoop, Session};
use handwire::{JsError, JsObject, export, record};

record! {
    /// What a script has done.
    struct Report {
        lines: u32,
        timers: u32,
        requests: u32,
        /// Errors that no code of the script has caught.
        uncaught: u32,
    }
}

export! {
    /// Runs a script in a realm, given as its global object, until nothing is left that could call it. Relative addresses are relative to `base`.
    ///
    /// Aborting the call ends it in the middle: its timers and requests are taken back, its native functions are dead.
    async fn run(realm: JsObject, script: &str, base: &str) -> Result<Report, JsError> {
        let session = Session::new(EventLoop::new());
        let natives = natives::register(&realm, base, &session)?;
        if let Err(error) = realm::host::evaluate(realm.clone(), script).await {
            session.uncaught(&error);
        }
        session.run().await;
        drop(natives);
        Ok(session.report())
    }
}
