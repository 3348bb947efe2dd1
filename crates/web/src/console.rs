//! The console: lines of text by level, and values as the console shows them.

use handwire::{JsValue, import};

import! {
    /// A line.
    pub fn log(text: &str) = "console.log($1)";
    /// A line that is for information.
    pub fn info(text: &str) = "console.info($1)";
    /// A line that warns.
    pub fn warn(text: &str) = "console.warn($1)";
    /// A line about an error.
    pub fn error(text: &str) = "console.error($1)";
    /// A line that is shown only to those who ask for details.
    pub fn debug(text: &str) = "console.debug($1)";
    /// A value behind its name, as the console shows it: an object can be looked into.
    pub fn inspect(name: &str, value: &JsValue) = "console.log($1, $2)";
    /// Starts a group of lines, which are shown together.
    pub fn group(title: &str) = "console.group($1)";
    /// Ends the group that was started last.
    pub fn group_end() = "console.groupEnd()";
}

/// A line for the console, written as with `format!`.
///
/// ```no_run
/// # let (n, took) = (3, 0.5);
/// handwire_web::log!("{n} items in {took:.1} ms");
/// ```
#[macro_export]
macro_rules! log {
    ($($piece:tt)+) => { $crate::console::log(&$crate::__format!($($piece)+)) };
}

/// A line that warns, written as with `format!`.
#[macro_export]
macro_rules! warn {
    ($($piece:tt)+) => { $crate::console::warn(&$crate::__format!($($piece)+)) };
}

/// A line about an error, written as with `format!`.
#[macro_export]
macro_rules! error {
    ($($piece:tt)+) => { $crate::console::error(&$crate::__format!($($piece)+)) };
}
