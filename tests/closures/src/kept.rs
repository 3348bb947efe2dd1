//! Closures that the guest owns and keeps in numbered places, so that a test drops them when it likes.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::any::Any;
use core::cell::{Cell, RefCell};
use handwire::{Closure, JsError, JsFunction, JsValue, Signature, export};

/// One thread is in this instance.
pub struct Places(RefCell<Vec<Option<Box<dyn Any>>>>);

// SAFETY: an instance is entered by one thread at a time.
unsafe impl Sync for Places {}

static PLACES: Places = Places(RefCell::new(Vec::new()));

/// Keeps a closure, and gives its function.
pub fn keep<S: Signature>(closure: Closure<S>) -> JsFunction {
    let function = closure.as_js().clone();
    PLACES.0.borrow_mut().push(Some(Box::new(closure)));
    function
}

/// Counts how many of them live: captured by a closure, it tells when that is dropped.
pub struct Token(());

/// How many tokens live.
pub struct Tokens(Cell<u32>);

// SAFETY: an instance is entered by one thread at a time.
unsafe impl Sync for Tokens {}

static TOKENS: Tokens = Tokens(Cell::new(0));

impl Token {
    /// One more.
    pub fn new() -> Token {
        TOKENS.0.set(TOKENS.0.get() + 1);
        Token(())
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        TOKENS.0.set(TOKENS.0.get() - 1);
    }
}

export! {
    /// How many values the host can name.
    fn live_values() -> usize { handwire::live_values() }

    /// How many captured tokens there are.
    fn tokens() -> u32 { TOKENS.0.get() }

    /// Drops the closure that was kept at a place.
    fn drop_kept(place: usize) -> bool {
        let closure = PLACES.0.borrow_mut().get_mut(place).and_then(Option::take);
        closure.is_some()
    }

    /// Drops all.
    fn drop_all() {
        let all = core::mem::take(&mut *PLACES.0.borrow_mut());
        drop(all);
    }

    /// Adds what it is called with, and gives the sum.
    fn keep_sum() -> JsFunction {
        let token = Token::new();
        let mut sum = 0;
        keep(Closure::new(move |x: i32| -> i32 {
            let _ = &token;
            sum += x;
            sum
        }))
    }

    /// Calls a function while it runs.
    fn keep_calling(f: JsFunction) -> JsFunction {
        let token = Token::new();
        keep(Closure::new(move |x: i32| -> Result<JsValue, JsError> {
            let _ = &token;
            f.call(&JsValue::UNDEFINED, (x,))
        }))
    }

    /// Reads a property while it runs: a getter is code of the host.
    fn keep_getting(object: JsValue) -> JsFunction {
        keep(Closure::new(move || object.get_as::<f64>("value").unwrap_or(-1.0)))
    }

    /// The same, of a closure that may be called while it runs.
    fn keep_factorial(next: JsFunction) -> JsFunction {
        keep(Closure::shared(move |n: i32| -> Result<i32, JsError> {
            if n < 2 { Ok(1) } else { Ok(n * next.call_as::<i32>(&JsValue::UNDEFINED, (n - 1,))?) }
        }))
    }

    /// Drops itself while it runs, and goes on with what it captured.
    fn keep_self_drop(place: usize) -> JsFunction {
        let token = Token::new();
        let text = String::from("still here");
        keep(Closure::new(move || {
            let dropped = drop_kept(place);
            let _ = &token;
            (dropped, text.clone()).1
        }))
    }

    /// Called once.
    fn keep_once() -> JsFunction {
        let token = Token::new();
        keep(Closure::once(move |x: f64| {
            drop(token);
            x * 2.0
        }))
    }

    /// Called once, with text.
    fn keep_once_text() -> JsFunction {
        let text = String::from("Hello, ");
        keep(Closure::once(move |name: String| text + &name))
    }

    /// Calls a function from inside a once.
    fn keep_once_calling(f: JsFunction) -> JsFunction {
        keep(Closure::once(move || f.call(&JsValue::UNDEFINED, ())))
    }

    /// Panics, when it is told so.
    fn keep_panic() -> JsFunction {
        keep(Closure::new(|panics: bool| -> i32 {
            assert!(!panics, "told to panic");
            1
        }))
    }

    /// A closure that shares what it counts with another export's result.
    fn keep_counted() -> Vec<JsValue> {
        let count = Rc::new(Cell::new(0));
        let seen = Rc::clone(&count);
        let up = keep(Closure::new(move || count.set(count.get() + 1)));
        let get = keep(Closure::new(move || seen.get()));
        Vec::from([up.into(), get.into()])
    }

    /// Panics when it is dropped.
    fn keep_bad_drop() -> JsFunction {
        let bad = BadDrop;
        keep(Closure::new(move || {
            let _ = &bad;
        }))
    }

    /// Gives one to the host that panics when it is dropped.
    fn give_bad_drop() -> JsFunction {
        let bad = BadDrop;
        Closure::new(move || {
            let _ = &bad;
        })
        .into_js()
    }

    /// Makes a closure and drops it, so often.
    fn make_and_drop(count: u32) {
        for i in 0..count {
            let closure = Closure::new(move |x: u32| x + i);
            assert!(!closure.as_js().is_undefined(), "it has a function");
        }
    }

    /// A function that was kept, as a listener of an object.
    fn listen(target: &JsValue, name: &str, f: &JsFunction) -> Result<(), JsError> {
        target.call("addEventListener", (name, f)).map(drop)
    }

    /// Whether two handles are of one function, as one closure's are.
    fn same_function() -> bool {
        let closure = Closure::new(|| 1);
        closure.as_js() == &closure.as_js().clone()
    }
}

struct BadDrop;

impl Drop for BadDrop {
    fn drop(&mut self) {
        panic!("told to panic when dropped");
    }
}
