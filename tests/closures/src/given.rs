//! Closures that are given to the host: by `into_js`, and wherever one crosses by value.

use crate::kept::Token;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::{Closure, HostFn, JsError, JsFunction, JsValue, export, import, record};

record! {
    /// Functions inside of a record.
    pub struct Handlers {
        /// Always there.
        pub on_value: HostFn<fn(f64) -> String>,
        /// Perhaps.
        pub on_end: Option<HostFn<fn()>>,
        /// Any number.
        pub more: Vec<HostFn<fn(i32) -> i32>>,
    }
}

import! {
    /// What the tests supply.
    pub mod app {
        /// Takes a closure for good.
        fn take(f: Closure<fn(i32) -> i32>);
        /// Takes one of any type of its own.
        fn take_text(f: Closure<fn(String, Option<f64>) -> String>);
        /// Gives a function.
        fn give() -> Result<HostFn<fn(i32) -> i32>, JsError>;
        /// Takes functions inside of a record.
        fn take_handlers(handlers: Handlers) -> Handlers;
    }
}

export! {
    /// A closure as a result.
    fn adder(by: i32) -> Closure<fn(i32) -> i32> {
        let token = Token::new();
        Closure::new(move |x: i32| {
            let _ = &token;
            x + by
        })
    }

    /// A closure of anything but numbers as a result.
    fn greeter(greeting: String) -> Closure<fn(String) -> String> {
        let token = Token::new();
        Closure::new(move |name: String| {
            let _ = &token;
            let mut text = greeting.clone();
            text.push_str(&name);
            text
        })
    }

    /// As the result of something that can fail.
    fn try_adder(by: i32) -> Result<Closure<fn(i32) -> i32>, JsError> {
        if by == 0 { Err("zero".into()) } else { Ok(adder(by)) }
    }

    /// A closure that gives closures.
    fn curried() -> Closure<fn(i32) -> Closure<fn(i32) -> i32>> {
        Closure::new(|a: i32| Closure::new(move |b: i32| a * b))
    }

    /// A function by `into_js`.
    fn given_sum() -> JsFunction {
        let token = Token::new();
        let mut sum = 0.0;
        Closure::new(move |x: f64| -> f64 {
            let _ = &token;
            sum += x;
            sum
        })
        .into_js()
    }

    /// One that is called once.
    fn given_once() -> JsFunction {
        let token = Token::new();
        Closure::once(move |x: i32| {
            drop(token);
            x + 1
        })
        .into_js()
    }

    /// One that is called once, with text.
    fn given_once_text() -> JsFunction {
        let token = Token::new();
        Closure::once(move |text: String| {
            drop(token);
            text
        })
        .into_js()
    }

    /// Through an import.
    fn pass_adder(by: i32) {
        app::take(adder(by));
    }

    /// Through an import, of another type.
    fn pass_text() {
        app::take_text(Closure::new(|text: String, number: Option<f64>| match number {
            None => text,
            Some(number) => alloc::format!("{text} {number}"),
        }));
    }

    /// From an import, called.
    fn call_given(x: i32) -> Result<i32, JsError> {
        app::give()?.call((x,))
    }

    /// Inside of a record, there and back.
    fn handlers(handlers: Handlers) -> Handlers {
        app::take_handlers(handlers)
    }

    /// Closures inside of a record.
    fn new_handlers(with_end: bool) -> Handlers {
        Handlers {
            on_value: Closure::new(|x: f64| alloc::format!("{x}")).into(),
            on_end: with_end.then(|| Closure::new(|| ()).into()),
            more: (1..4).map(|by| adder(by).into()).collect(),
        }
    }

    /// On the global object.
    fn put_on_global(name: &str) -> Result<bool, JsError> {
        JsValue::global().set(name, adder(100).into_js())
    }

    /// Makes so many, all given away.
    fn give_many(count: u32) -> Vec<HostFn<fn(i32) -> i32>> {
        (0..count).map(|by| adder(by as i32).into()).collect()
    }
}
