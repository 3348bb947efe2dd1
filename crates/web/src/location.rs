//! The page's address.

use alloc::string::String;
use handwire::{JsError, import};

import! {
    /// The whole address.
    pub fn href() -> String = "location.href";
    /// The path: `/examples/web/`.
    pub fn path() -> String = "location.pathname";
    /// What follows the path, with its question mark; empty if nothing does.
    pub fn query() -> String = "location.search";
    /// The text of one parameter of the query, decoded.
    pub fn parameter(name: &str) -> Option<String> = "new URLSearchParams(location.search).get($1)";
    /// What is behind the `#`, with it; empty if nothing is.
    pub fn hash() -> String = "location.hash";
    /// Sets what is behind the `#`, which makes an entry of the history.
    pub fn set_hash(hash: &str) = "(hash) => { location.hash = hash; }";
    /// Goes to another page.
    pub fn assign(href: &str) -> Result<(), JsError> = "location.assign($1)";
    /// Loads the page again.
    pub fn reload() = "location.reload()";
    /// Gives the page another address, of the same origin, without loading it; with an entry of the history.
    pub fn push(href: &str) -> Result<(), JsError> = "history.pushState(null, '', $1)";
    /// The same, in place of the entry that is there.
    pub fn replace(href: &str) -> Result<(), JsError> = "history.replaceState(null, '', $1)";
}
