//! Interfaces in all places where a type can stand, and methods of all kinds of arguments and results.

use crate::{AskError, Logger};
use handwire::JsValue;
use std::rc::Rc;

handwire::record! {
    pub(crate) struct Named { pub name: String, pub logger: Box<dyn Logger>, pub more: Option<Rc<dyn Logger>> }
}

handwire::interface! {
    /// Gives back what it gets.
    trait Echo {
        fn flag(&self, of: bool) -> bool;
        fn number(&self, of: f64) -> f64;
        fn small(&self, of: i8) -> i8;
        fn big(&self, of: u64) -> u64;
        fn letter(&self, of: char) -> char;
        fn text(&self, of: &str) -> String;
        fn bytes(&self, of: &[u8]) -> Vec<u8>;
        fn numbers(&self, of: Vec<f64>) -> Vec<f64>;
        fn texts(&self, of: Vec<String>) -> Vec<String>;
        fn option(&self, of: Option<i32>) -> Option<i32>;
        fn record(&self, of: AskError) -> AskError;
        fn value(&self, of: JsValue) -> JsValue;
        fn borrowed(&self, of: &JsValue) -> JsValue;
        fn logger(&self, of: Rc<dyn Logger>) -> Rc<dyn Logger>;
        fn maybe(&self, of: Option<Box<dyn Logger>>) -> Option<Box<dyn Logger>>;
        fn many(&self, a: i32, b: &str, c: f64, d: Option<String>, e: u8) -> String;
    }
}

handwire::import! {
    mod place {
        fn find(name: &str) -> Option<Rc<dyn Logger>>;
        fn put(logger: Box<dyn Logger>, more: Vec<Rc<dyn Logger>>) -> Box<dyn Logger>;
    }
}

handwire::export! {
    fn one(logger: Box<dyn Logger>) -> Box<dyn Logger> { logger }
    fn shared(logger: Rc<dyn Logger>) -> Rc<dyn Logger> { logger }
    /// While somebody else holds it, too.
    fn shared_twice(logger: Rc<dyn Logger>) -> Vec<Rc<dyn Logger>> { vec![logger.clone(), logger] }
    fn option(logger: Option<Box<dyn Logger>>) -> Option<Box<dyn Logger>> { logger }
    fn list(loggers: Vec<Rc<dyn Logger>>) -> Vec<Rc<dyn Logger>> { loggers }
    fn result(logger: Box<dyn Logger>, fail: bool) -> Result<Box<dyn Logger>, AskError> {
        if fail { Err(AskError { reason: "told to".into(), code: 7 }) } else { Ok(logger) }
    }
    fn named(named: Named) -> Named { named }
    /// Two in one call, and a text between.
    fn two(a: Box<dyn Logger>, text: &str, b: Box<dyn Logger>) { a.log(text); b.log(text) }

    fn find(name: &str) -> bool { place::find(name).map(|logger| logger.log(name)).is_some() }
    fn put(logger: Box<dyn Logger>, more: Vec<Rc<dyn Logger>>) -> Box<dyn Logger> { place::put(logger, more) }

    fn echo_flag(echo: Box<dyn Echo>, of: bool) -> bool { echo.flag(of) }
    fn echo_number(echo: Box<dyn Echo>, of: f64) -> f64 { echo.number(of) }
    fn echo_small(echo: Box<dyn Echo>, of: i8) -> i8 { echo.small(of) }
    fn echo_big(echo: Box<dyn Echo>, of: u64) -> u64 { echo.big(of) }
    fn echo_letter(echo: Box<dyn Echo>, of: char) -> char { echo.letter(of) }
    fn echo_text(echo: Box<dyn Echo>, of: &str) -> String { echo.text(of) }
    fn echo_bytes(echo: Box<dyn Echo>, of: &[u8]) -> Vec<u8> { echo.bytes(of) }
    fn echo_numbers(echo: Box<dyn Echo>, of: Vec<f64>) -> Vec<f64> { echo.numbers(of) }
    fn echo_texts(echo: Box<dyn Echo>, of: Vec<String>) -> Vec<String> { echo.texts(of) }
    fn echo_option(echo: Box<dyn Echo>, of: Option<i32>) -> Option<i32> { echo.option(of) }
    fn echo_record(echo: Box<dyn Echo>, of: AskError) -> AskError { echo.record(of) }
    fn echo_value(echo: Box<dyn Echo>, of: JsValue) -> JsValue { echo.value(of) }
    fn echo_borrowed(echo: Box<dyn Echo>, of: &JsValue) -> JsValue { echo.borrowed(of) }
    fn echo_logger(echo: Box<dyn Echo>, of: Rc<dyn Logger>) -> Rc<dyn Logger> { echo.logger(of) }
    fn echo_maybe(echo: Box<dyn Echo>, of: Option<Box<dyn Logger>>) -> Option<Box<dyn Logger>> { echo.maybe(of) }
    fn echo_many(echo: Box<dyn Echo>) -> String { echo.many(-1, "two", 3.5, None, 5) }

    /// The same methods, implemented here: the host calls them.
    fn echo() -> Box<dyn Echo> { Box::new(Own) }
    /// Those of somebody who passes on: each call goes there and back.
    fn echo_through(echo: Rc<dyn Echo>) -> Box<dyn Echo> { Box::new(Through(echo)) }
}

struct Own;

impl Echo for Own {
    fn flag(&self, of: bool) -> bool {
        of
    }
    fn number(&self, of: f64) -> f64 {
        of
    }
    fn small(&self, of: i8) -> i8 {
        of
    }
    fn big(&self, of: u64) -> u64 {
        of
    }
    fn letter(&self, of: char) -> char {
        of
    }
    fn text(&self, of: &str) -> String {
        of.into()
    }
    fn bytes(&self, of: &[u8]) -> Vec<u8> {
        of.into()
    }
    fn numbers(&self, of: Vec<f64>) -> Vec<f64> {
        of
    }
    fn texts(&self, of: Vec<String>) -> Vec<String> {
        of
    }
    fn option(&self, of: Option<i32>) -> Option<i32> {
        of
    }
    fn record(&self, of: AskError) -> AskError {
        of
    }
    fn value(&self, of: JsValue) -> JsValue {
        of
    }
    fn borrowed(&self, of: &JsValue) -> JsValue {
        of.clone()
    }
    fn logger(&self, of: Rc<dyn Logger>) -> Rc<dyn Logger> {
        of
    }
    fn maybe(&self, of: Option<Box<dyn Logger>>) -> Option<Box<dyn Logger>> {
        of
    }
    fn many(&self, a: i32, b: &str, c: f64, d: Option<String>, e: u8) -> String {
        format!("{a} {b} {c} {d:?} {e}")
    }
}

struct Through(Rc<dyn Echo>);

impl Echo for Through {
    fn flag(&self, of: bool) -> bool {
        self.0.flag(of)
    }
    fn number(&self, of: f64) -> f64 {
        self.0.number(of)
    }
    fn small(&self, of: i8) -> i8 {
        self.0.small(of)
    }
    fn big(&self, of: u64) -> u64 {
        self.0.big(of)
    }
    fn letter(&self, of: char) -> char {
        self.0.letter(of)
    }
    fn text(&self, of: &str) -> String {
        self.0.text(of)
    }
    fn bytes(&self, of: &[u8]) -> Vec<u8> {
        self.0.bytes(of)
    }
    fn numbers(&self, of: Vec<f64>) -> Vec<f64> {
        self.0.numbers(of)
    }
    fn texts(&self, of: Vec<String>) -> Vec<String> {
        self.0.texts(of)
    }
    fn option(&self, of: Option<i32>) -> Option<i32> {
        self.0.option(of)
    }
    fn record(&self, of: AskError) -> AskError {
        self.0.record(of)
    }
    fn value(&self, of: JsValue) -> JsValue {
        self.0.value(of)
    }
    fn borrowed(&self, of: &JsValue) -> JsValue {
        self.0.borrowed(of)
    }
    fn logger(&self, of: Rc<dyn Logger>) -> Rc<dyn Logger> {
        self.0.logger(of)
    }
    fn maybe(&self, of: Option<Box<dyn Logger>>) -> Option<Box<dyn Logger>> {
        self.0.maybe(of)
    }
    fn many(&self, a: i32, b: &str, c: f64, d: Option<String>, e: u8) -> String {
        self.0.many(a, b, c, d, e)
    }
}
