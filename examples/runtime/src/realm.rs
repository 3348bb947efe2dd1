//! What the embedder offers, and the realm's own classes: a promise for a script has to be one of the script's realm.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsFunction, JsObject, JsValue, import};

import! {
    pub mod host {
        /// Runs a script in a realm, and throws what it throws.
        async fn evaluate(realm: JsObject, script: &str) -> Result<(), JsError>;
        /// Shows a line.
        fn print(line: &str);
    }

    /// A new object of the realm.
    pub fn object(realm: &JsObject) -> JsObject = "new $1.Object()";
    /// A new promise of the realm, the function that fulfills it, and the one that rejects it.
    fn pending(realm: &JsObject) -> Vec<JsValue> = "(realm) => { let both; const promise = new realm.Promise((...functions) => { both = functions; }); return [promise, ...both]; }";
    /// A promise of the realm that is fulfilled.
    pub fn resolved(realm: &JsObject, text: &str) -> JsValue = "$1.Promise.resolve($2)";
    /// A TypeError of the realm.
    pub fn type_error(realm: &JsObject, message: &str) -> JsValue = "new $1.TypeError($2)";

    /// As JavaScript makes a text of anything; it may run code of the script.
    pub fn text(value: &JsValue) -> Result<String, JsError> = "String($1)";
    /// As JavaScript makes a time of anything: what is no number is 0.
    pub fn time(value: &JsValue) -> Result<f64, JsError> = "Math.max(0, Number($1) || 0)";
    /// An address, relative to another.
    pub fn address(href: &str, base: &str) -> Result<String, JsError> = "new URL($1, $2).href";
}

/// A promise that is open.
pub struct Deferred {
    resolve: JsFunction,
    reject: JsFunction,
}

impl Deferred {
    /// With the promise itself.
    pub fn new(realm: &JsObject) -> Result<(JsValue, Deferred), JsError> {
        let mut parts = pending(realm).into_iter();
        let (promise, resolve, reject) = (parts.next(), parts.next(), parts.next());
        let missing = || JsError::new("a promise has two functions");
        let function = |part: Option<JsValue>| part.ok_or_else(missing)?.cast::<JsFunction>().map_err(JsError::from);
        Ok((promise.ok_or_else(missing)?, Deferred { resolve: function(resolve)?, reject: function(reject)? }))
    }

    pub fn settle(self, result: Result<JsValue, JsError>) -> Result<(), JsError> {
        let (function, value) = match &result {
            Ok(value) => (&self.resolve, value),
            Err(error) => (&self.reject, error.value()),
        };
        function.call(&JsValue::UNDEFINED, (value,)).map(drop)
    }
}
