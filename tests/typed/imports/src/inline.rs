//! Inline code: expressions and arrow functions, the host, and text that looks like either.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsFunction, JsValue};

handwire::import! {
    fn answer() -> f64 = "6 * 7";
    fn hypot(a: f64, b: f64) -> f64 = "Math.hypot($1, $2)";
    fn swapped(a: &str, b: &str) -> String = "$2 + '|' + $1";
    fn unused_argument(a: i32, b: i32) -> i32 = "$2";
    fn arrow(text: &str) -> String = "(text) => text.toUpperCase()";
    fn bare_arrow(text: &str) -> usize = "text => text.length";
    fn block_arrow(n: u32) -> u32 = "(n) => { let sum = 0; for (let i = 1; i <= n; i++) sum += i; return sum; }";
    fn default_arrow(n: i32) -> i32 = "(n, more = 5) => n + more";
    fn object() -> JsValue = "({ a: 1 })";
    fn comma(n: i32) -> i32 = "(0, $1 + 1)";
    fn quoted() -> String = "'$1 is no argument here, nor \"$host\", nor ` = `; é \\u00e9 \\\\ \\n 🎉'";
    fn lines() -> i32 = "[
        1, // one
        2, /* two */
    ].length";
    fn commented(n: i32) -> i32 = "$1 // and a comment to the end";
    fn with_equals(n: i32) -> bool = "$1 === 2 || (() => { const a = 3; return $1 == a; })()";
    fn big(n: u64) -> u64 = "$1 ^ 0xffffffffffffffffn";
    fn maybe(n: Option<u32>) -> Option<u32> = "$1 === undefined ? 0 : undefined";
    fn sorted(texts: Vec<String>) -> Vec<String> = "[...$1].sort()";
    fn extras_double(n: f64) -> Result<f64, JsError> = "$host.extras.lib.double($1)";
    fn own(name: &str) -> Result<JsFunction, JsError> = "$host.exports[$1]";
    fn evaluate(code: &str) -> Result<JsValue, JsError> = "(0, eval)($1)";
    fn throws() -> Result<(), JsError> = "null.nothing";
    fn nothing() = "globalThis.handwireTestWasHere = true";
    fn promised() -> JsValue = "async () => 7";
}

handwire::export! {
    fn inline_numbers() -> Vec<f64> {
        let numbers = [answer(), hypot(3.0, 4.0), unused_argument(1, 2).into(), bare_arrow("four") as f64];
        let more = [block_arrow(4).into(), default_arrow(1).into(), comma(8).into(), lines().into(), commented(6).into()];
        [&numbers[..], &more].concat()
    }

    fn inline_texts() -> Vec<String> {
        alloc::vec![swapped("a", "$1'+b"), arrow("loud"), quoted()]
    }

    fn inline_object() -> JsValue {
        object()
    }

    fn inline_equals(n: i32) -> bool {
        with_equals(n)
    }

    fn inline_big(n: u64) -> u64 {
        big(n)
    }

    fn inline_maybe(n: Option<u32>) -> Option<u32> {
        maybe(n)
    }

    fn inline_sorted(texts: Vec<String>) -> Vec<String> {
        sorted(texts)
    }

    fn inline_extras(n: f64) -> Result<f64, JsError> {
        extras_double(n)
    }

    fn inline_own(name: &str) -> Result<JsFunction, JsError> {
        own(name)
    }

    fn inline_evaluate(code: &str) -> Result<JsValue, JsError> {
        evaluate(code)
    }

    fn inline_throws() -> Result<(), JsError> {
        throws()
    }

    fn inline_nothing() {
        nothing();
    }

    fn inline_promised() -> JsValue {
        promised()
    }
}
