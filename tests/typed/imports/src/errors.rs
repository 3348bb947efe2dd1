//! What an import throws: a panic at the caller's line, or an error value; in calls within
//! calls, and in a guest that dies meanwhile.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsObject, JsValue};

handwire::record! {
    /// What a guest sees of an exception.
    pub struct Seen { message: String, stack: Option<String>, error: bool, value: JsValue }
}

handwire::import! {
    pub mod fails {
        fn nothing();
        fn number() -> f64;
        fn big() -> i64;
        fn text() -> String;
        fn maybe() -> Option<u64>;
        fn list() -> Vec<String>;
        fn object() -> JsObject;
    }

    pub mod tries {
        fn nothing() -> Result<(), JsError>;
        fn number() -> Result<f64, JsError>;
        fn big() -> Result<i64, JsError>;
        fn text() -> Result<String, JsError>;
        fn maybe() -> Result<Option<u64>, JsError>;
        fn list() -> Result<Vec<String>, JsError>;
        fn object() -> Result<JsObject, JsError>;
        fn down(depth: u32, text: &str) -> Result<String, JsError>;
    }
}

handwire::export! {
    fn fail_nothing() {
        fails::nothing();
    }

    fn fail_number() -> f64 {
        fails::number()
    }

    fn fail_big() -> i64 {
        fails::big()
    }

    fn fail_text() -> String {
        fails::text()
    }

    fn fail_maybe() -> Option<u64> {
        fails::maybe()
    }

    fn fail_list() -> Vec<String> {
        fails::list()
    }

    fn fail_object() -> JsObject {
        fails::object()
    }

    fn try_nothing() -> Seen {
        see(tries::nothing())
    }

    fn try_number() -> Seen {
        see(tries::number())
    }

    fn try_big() -> Seen {
        see(tries::big())
    }

    fn try_text() -> Seen {
        see(tries::text())
    }

    fn try_maybe() -> Seen {
        see(tries::maybe())
    }

    fn try_list() -> Seen {
        see(tries::list())
    }

    fn try_object() -> Seen {
        see(tries::object())
    }

    /// Goes down by one, and adds its own letter to what comes back; gives the error on.
    fn nest(depth: u32, text: &str) -> Result<String, JsError> {
        let mut below = tries::down(depth, text)?;
        below.push('.');
        below.push_str(text);
        Ok(below)
    }

    fn die() {
        panic!("told to die");
    }
}

/// What a guest can find out about an error; of what is no error, that it is none.
fn see<T>(result: Result<T, JsError>) -> Seen {
    match result {
        Ok(_) => Seen { message: String::new(), stack: None, error: false, value: JsValue::UNDEFINED },
        Err(error) => Seen {
            message: error.message(),
            stack: error.stack(),
            error: error.value().is_error(),
            value: error.into_value(),
        },
    }
}
