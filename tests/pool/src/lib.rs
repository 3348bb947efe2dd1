//! The guest of the tests of the worker pool: calls that compute, fail, panic and never end,
//! and calls whose types can't go to another thread.
#![no_std]

extern crate alloc;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::hint::black_box;
use core::sync::atomic::{AtomicU32, Ordering};

use handwire::{JsError, JsFunction, JsObject, JsType, JsValue, export, import, js_type, record};

js_type! {
    /// What only a page has.
    pub struct Element: JsObject;
}

record! {
    /// A tile of a picture.
    struct Tile { pixels: Vec<u8>, width: u32, label: Option<String> }

    /// Data in data, to any depth.
    struct Tree { name: String, children: Vec<Tree> }

    /// What leads to a handle.
    struct Outer { inner: Vec<Inner>, next: Vec<Outer> }

    /// What can't cross, inside of what could.
    struct Inner { element: Element }

    /// An error by value.
    struct Refusal { code: u32, bytes: Vec<u8> }

    /// How to turn.
    enum Mode { Dark, Light }
}

import! {
    mod app {
        fn note(text: &str) -> Result<String, JsError>;
        fn give(what: &str) -> Result<JsValue, JsError>;
    }

    fn now() -> f64 = "Date.now()";
    async fn tick(ms: f64) -> Result<(), JsError> = "new Promise((resolve) => { const timer = setTimeout(resolve, $1); $signal.addEventListener('abort', () => clearTimeout(timer)); })";
}

/// How many calls of `count` there were in this instance.
static COUNT: AtomicU32 = AtomicU32::new(0);
static ABANDONED: AtomicU32 = AtomicU32::new(0);

export! {
    /// Each byte inverted.
    fn inverted(bytes: &[u8]) -> Vec<u8> {
        bytes.iter().map(|byte| !byte).collect()
    }

    fn joined(first: &[u8], second: &[u8]) -> Vec<u8> {
        [first, second].concat()
    }

    fn scaled(numbers: Vec<f64>, by: f64) -> Vec<f64> {
        numbers.iter().map(|number| number * by).collect()
    }

    fn turned(tile: Tile, mode: Mode) -> Tile {
        let pixels = match mode {
            Mode::Dark => tile.pixels.iter().map(|byte| byte / 2).collect(),
            Mode::Light => tile.pixels,
        };
        Tile { pixels, width: tile.width, label: tile.label.map(|label| format!("{label}!")) }
    }

    /// How many names a tree has.
    fn names(tree: Tree) -> u32 {
        tree.children.into_iter().map(names).sum::<u32>() + u32::from(!tree.name.is_empty())
    }

    /// How many calls this instance has had.
    fn count(at_least: Option<u32>) -> u32 {
        (COUNT.fetch_add(1, Ordering::Relaxed) + 1).max(at_least.unwrap_or(0))
    }

    fn factorial(n: u64) -> u64 {
        (1..=n).product()
    }

    fn noted(text: &str) -> Result<String, JsError> {
        app::note(text)
    }

    /// Keeps its thread busy.
    fn wait(ms: f64) -> f64 {
        let start = now();
        while now() - start < ms {}
        ms
    }

    /// Waits without keeping its thread busy, with an argument that is borrowed all the while.
    async fn later(ms: f64, pixels: &[u8]) -> Result<Vec<u8>, JsError> {
        ABANDONED.fetch_add(1, Ordering::Relaxed);
        tick(ms).await?;
        ABANDONED.fetch_sub(1, Ordering::Relaxed);
        Ok(pixels.into())
    }

    /// How many calls of `later` were dropped before their end, in this instance.
    fn abandoned() -> u32 {
        ABANDONED.load(Ordering::Relaxed)
    }

    /// Never gives its thread back.
    async fn stuck() -> Result<(), JsError> {
        tick(1.0).await?;
        spin();
        Ok(())
    }

    async fn element() -> Element {
        let object = JsObject::new();
        Element::unchecked_from(object.into())
    }

    /// Never ends.
    fn spin() {
        let mut n = 0_u64;
        while black_box(n) < u64::MAX {
            n = black_box(n) + 1;
        }
    }

    fn explode(why: &str) {
        panic!("{why}");
    }

    fn refuse(code: u32) -> Result<u32, Refusal> {
        if code > 0 { Err(Refusal { code, bytes: Vec::from([1, 2, 3]) }) } else { Ok(0) }
    }

    fn parse(text: &str) -> Result<i32, core::num::ParseIntError> {
        text.parse()
    }

    /// A value of this thread's: it goes back only if it is data.
    fn give(what: &str) -> Result<JsValue, JsError> {
        app::give(what)
    }

    fn call(with: &JsFunction) -> Result<JsValue, JsError> {
        with.call_as(&().into(), ())
    }

    fn look(outer: Outer) -> u32 {
        (outer.inner.iter().filter(|inner| inner.element.get("id").is_ok()).count() + outer.next.len()) as u32
    }

    fn elements(elements: Option<Vec<Element>>) -> bool {
        elements.is_some()
    }
}
