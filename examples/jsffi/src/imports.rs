//! JavaScript from Rust: functions that the embedder supplies, and code that stands right here.

use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsFunction, JsValue};

handwire::import! {
    /// What the page supplies: `instantiate(source, { imports: { app: { ask, log } } })`.
    mod app {
        fn ask(question: &str) -> Result<String, JsError>;
        fn log(level: u8, message: &str);
    }

    fn hypot(a: f64, b: f64) -> f64 = "Math.hypot($1, $2)";
    fn upper(text: &str) -> String = "$1.toUpperCase()";
    fn squares(n: u32) -> Vec<f64> = "(n) => Array.from({ length: n }, (_, i) => i ** 2)";
    fn plural(n: u32) -> String = r#"new Intl.PluralRules("en", { type: "ordinal" }).select($1)"#;
    fn parse(text: &str) -> Result<JsValue, JsError> = "JSON.parse($1)";

    /// Third-party code, which nobody has to put into the global scope.
    fn slug(text: &str) -> Result<String, JsError> = "$host.extras.slugs.slug($1)";
    /// The guest's own export of that name, as the host sees it.
    pub fn own(name: &str) -> Result<JsFunction, JsError> = "$host.exports[$1]";
}

handwire::export! {
    /// Asks the embedder for a name, and tells it so.
    fn introduce() -> Result<String, JsError> {
        let name = app::ask("What is your name?")?;
        app::log(1, "somebody was introduced");
        Ok(alloc::format!("This is {name}."))
    }

    fn diagonal(width: f64, height: f64) -> f64 {
        hypot(width, height)
    }

    fn shout(text: &str) -> String {
        upper(text)
    }

    fn sum_of_squares(below: u32) -> f64 {
        squares(below).iter().sum()
    }

    /// 1st, 2nd, 3rd, 4th: the host knows English.
    fn ordinal(n: u32) -> String {
        let ending = match plural(n).as_str() {
            "one" => "st",
            "two" => "nd",
            "few" => "rd",
            _ => "th",
        };
        alloc::format!("{n}{ending}")
    }

    /// A property of a JSON text.
    fn pick(json: &str, key: &str) -> Result<JsValue, JsError> {
        parse(json)?.get(key)
    }

    /// The title as a part of an address.
    fn address(title: &str) -> Result<String, JsError> {
        Ok(alloc::format!("/posts/{}", slug(title)?))
    }
}
