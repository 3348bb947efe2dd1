//! Closures of every type of argument and result, with errors of every sort.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::wire::{Throw, throw_text};
use handwire::{Closure, JsArray, JsError, JsFunction, JsValue, export, record};

record! {
    /// A point.
    pub struct Point { pub x: f64, pub y: f64 }
    /// Why something failed.
    pub struct Failure { pub code: i32, pub why: String }
    /// Why something failed, in a word.
    pub enum Reason { Busy, Gone }
    /// A direction.
    pub enum Side { Left, Right }
}

/// An error of a type of its own.
#[derive(Debug)]
pub struct Full(u32);

impl core::fmt::Display for Full {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "there is room for {} only", self.0)
    }
}

impl Throw for Full {
    fn throw(self) {
        throw_text(self);
    }
}

macro_rules! echoes {
    ($($name:ident $type:ty;)*) => {
        export! {$(
            /// Gives what it is called with.
            fn $name() -> Closure<fn($type) -> $type> { Closure::new(|value: $type| value) }
        )*}
    };
}

echoes! {
    echo_bool bool;
    echo_i8 i8;
    echo_u8 u8;
    echo_i16 i16;
    echo_u16 u16;
    echo_i32 i32;
    echo_u32 u32;
    echo_usize usize;
    echo_i64 i64;
    echo_u64 u64;
    echo_f32 f32;
    echo_f64 f64;
    echo_char char;
    echo_str String;
    echo_bytes Vec<u8>;
    echo_js JsValue;
    echo_array JsArray;
    echo_floats Vec<f64>;
    echo_texts Vec<String>;
    echo_option Option<i32>;
    echo_point Point;
    echo_points Vec<Point>;
    echo_side Side;
}

export! {
    /// Five numbers take slots.
    fn five() -> Closure<fn(i32, i32, i32, i32, i32) -> i32> {
        Closure::new(|a: i32, b: i32, c: i32, d: i32, e: i32| a + 10 * b + 100 * c + 1000 * d + 10000 * e)
    }

    /// Eight of all sorts.
    fn eight() -> JsFunction {
        Closure::new(|a: bool, b: i32, c: f64, d: String, e: Option<u8>, f: JsValue, g: Vec<i32>, h: char| -> Vec<String> {
            let f = f.as_f64();
            Vec::from([alloc::format!("{a} {b} {c} {d} {e:?} {f:?} {g:?} {h}")])
        })
        .into_js()
    }

    /// No argument to four.
    fn numbers(count: u32) -> JsFunction {
        match count {
            0 => Closure::new(|| 0.5).into_js(),
            1 => Closure::new(|a: i32| a).into_js(),
            2 => Closure::new(|a: i32, b: bool| if b { a } else { -a }).into_js(),
            3 => Closure::new(|a: u8, b: f32, c: f64| f64::from(a) + f64::from(b) + c).into_js(),
            _ => Closure::new(|a: i8, b: u16, c: u32, d: bool| d && i64::from(a) + i64::from(b) == i64::from(c)).into_js(),
        }
    }

    /// Nothing comes back.
    fn nothing() -> JsFunction { Closure::new(|_text: String| ()).into_js() }

    /// Fails as it is told.
    fn failing() -> JsFunction {
        Closure::new(|value: JsValue| -> Result<String, JsError> {
            if value.is_undefined() { Ok("fine".into()) } else { Err(JsError::from(value)) }
        })
        .into_js()
    }

    /// Fails with a text.
    fn failing_text() -> JsFunction { Closure::new(|why: String| -> Result<(), String> { if why.is_empty() { Ok(()) } else { Err(why) } }).into_js() }

    /// Fails with a literal.
    fn failing_literal() -> JsFunction { Closure::new(|| -> Result<i32, &'static str> { Err("a literal") }).into_js() }

    /// Fails with a type of its own.
    fn failing_full() -> JsFunction { Closure::new(|room: u32| -> Result<u32, Full> { Err(Full(room)) }).into_js() }

    /// Fails with any error.
    fn failing_boxed() -> JsFunction {
        Closure::new(|text: String| -> Result<i32, Box<dyn core::error::Error>> { Ok(text.parse()?) }).into_js()
    }

    /// Fails with a record.
    fn failing_record() -> Closure<fn(i32) -> Result<i32, Failure>> {
        Closure::new(|code: i32| -> Result<i32, Failure> { if code == 0 { Ok(0) } else { Err(Failure { code, why: "told to".into() }) } })
    }

    /// Fails with a word.
    fn failing_enum() -> Closure<fn(bool) -> Result<Vec<u8>, Reason>> {
        Closure::new(|gone: bool| -> Result<Vec<u8>, Reason> { Err(if gone { Reason::Gone } else { Reason::Busy }) })
    }
}
