//! The guest of the tests of interfaces: one module for each direction, and what both share.

mod errors;
mod forms;
mod held;
mod offered;

use handwire::{CallError, JsError};
use handwire_test_interfaces_other as _;

handwire::record! {
    /// Why there is no answer.
    #[derive(Debug)]
    pub(crate) struct AskError { pub reason: String, pub code: u32 }

    /// Why there is none, without words.
    #[derive(Debug)]
    pub(crate) enum Refusal { Busy, Gone }

    /// What became of a question.
    pub(crate) struct Outcome { pub answer: Option<String>, pub reason: Option<String>, pub message: Option<String>, pub value: Option<handwire::JsValue> }
}

handwire::interface! {
    /// Where lines go, and answers come from.
    pub(crate) trait Logger {
        /// Writes a line.
        fn log(&self, message: &str);
        fn ask(&self, question: &str) -> Result<String, CallError<AskError>>;
        /// Writes a line, some time.
        #[detached]
        fn note(&self, text: &str);
    }

    /// Tells the time.
    trait Watch {
        fn elapsed(&self) -> f64;
    }
}

handwire::interface! {
    /// Tells the time.
    trait Clock {
        fn now(&self) -> f64;
    }
}

impl From<JsError> for AskError {
    fn from(error: JsError) -> AskError {
        AskError { reason: format!("unexpected: {}", error.message()), code: 0 }
    }
}

handwire::export! {
    /// What a clock shows, read by this crate.
    fn time(clock: Box<dyn Clock>) -> f64 {
        clock.now()
    }

    fn elapsed(watch: Box<dyn Watch>) -> f64 {
        watch.elapsed()
    }
}
