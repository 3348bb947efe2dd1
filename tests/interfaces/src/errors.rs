//! What methods of the host throw.

use crate::{AskError, Logger, Outcome, Refusal};
use handwire::{CallError, JsError};

handwire::interface! {
    /// One method for each form that an error can have.
    trait Risky {
        fn plain(&self) -> i32;
        fn any(&self) -> Result<i32, JsError>;
        fn own(&self) -> Result<i64, AskError>;
        fn told(&self) -> Result<f64, CallError<AskError>>;
        fn refused(&self) -> Result<(), CallError<Refusal>>;
        fn list(&self, of: Vec<String>) -> Result<Vec<String>, CallError<AskError>>;
    }
}

handwire::import! {
    /// The same forms in a function.
    mod app {
        fn ask(question: &str) -> Result<String, CallError<AskError>>;
        fn ask_own(question: &str) -> Result<u8, AskError>;
    }
}

const NOTHING: Outcome = Outcome { answer: None, reason: None, message: None, value: None };

fn outcome<T: ToString>(result: Result<T, CallError<AskError>>) -> Outcome {
    match result {
        Ok(answer) => Outcome { answer: Some(answer.to_string()), ..NOTHING },
        Err(CallError::Declared(AskError { reason, code })) => {
            Outcome { reason: Some(format!("{reason} ({code})")), ..NOTHING }
        }
        Err(CallError::Unexpected(error)) => {
            Outcome { message: Some(error.message()), value: Some(error.into_value()), ..NOTHING }
        }
    }
}

handwire::export! {
    fn ask(logger: Box<dyn Logger>, question: &str) -> Outcome {
        outcome(logger.ask(question))
    }

    /// Passes on whatever it was.
    fn pass_on(logger: Box<dyn Logger>, question: &str) -> Result<String, CallError<AskError>> {
        logger.ask(question)
    }

    fn risk_plain(risky: Box<dyn Risky>) -> i32 {
        risky.plain()
    }

    fn risk_any(risky: Box<dyn Risky>) -> Result<i32, JsError> {
        risky.any()
    }

    fn risk_own(risky: Box<dyn Risky>) -> Result<i64, AskError> {
        risky.own()
    }

    fn risk_told(risky: Box<dyn Risky>) -> Outcome {
        outcome(risky.told())
    }

    fn risk_refused(risky: Box<dyn Risky>) -> String {
        match risky.refused() {
            Ok(()) => "done".into(),
            Err(CallError::Declared(refusal)) => format!("{refusal:?}"),
            Err(CallError::Unexpected(error)) => format!("unexpected: {}", error.message()),
        }
    }

    fn risk_list(risky: Box<dyn Risky>, of: Vec<String>) -> Outcome {
        outcome(risky.list(of).map(|list| list.join("+")))
    }

    fn import_ask(question: &str) -> Outcome {
        outcome(app::ask(question))
    }

    fn import_ask_own(question: &str) -> Result<u8, AskError> {
        app::ask_own(question)
    }
}
