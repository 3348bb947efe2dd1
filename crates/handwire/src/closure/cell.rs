//! What the table holds of a closure: its captures, and whether they are in use.

use super::signature::{Handler, Named, OnceHandler, SharedHandler};
use crate::table::{self, Call, Held, Misuse};
use core::cell::{Cell, UnsafeCell};
use core::marker::PhantomData;

/// Of a closure that changes what it captured: one call at a time.
pub(super) struct Mut<F, S> {
    pub(super) text: &'static str,
    signature: PhantomData<S>,
    busy: Cell<bool>,
    code: UnsafeCell<F>,
}

impl<F, S> Mut<F, S> {
    pub(super) fn new(code: F, text: &'static str) -> Mut<F, S> {
        Mut { text, signature: PhantomData, busy: Cell::new(false), code: UnsafeCell::new(code) }
    }
}

impl<F: 'static, S> Mut<F, S> {
    /// Runs with the closure, unless it runs already. A panic ends the instance, so that it
    /// doesn't matter that it stays busy then.
    #[inline(always)]
    fn enter<R>(&self, refused: R, run: impl FnOnce(&mut F) -> R) -> R {
        if self.busy.replace(true) {
            Misuse::ReEntered.report(self.text);
            return refused;
        }
        // SAFETY: nobody else has the closure: it was not busy.
        let result = run(unsafe { &mut *self.code.get() });
        self.busy.set(false);
        result
    }
}

impl<F: Handler<S> + 'static, S: Named> Held for Mut<F, S> {
    fn name(&self) -> &'static str {
        self.text
    }

    #[inline]
    fn call4(&self, _id: u32, a: f64, b: f64, c: f64, d: f64) -> f64 {
        self.enter(0.0, |code| code.call4(a, b, c, d))
    }

    #[inline]
    fn call4i(&self, _id: u32, a: i32, b: i32, c: i32, d: i32) -> i32 {
        self.enter(0, |code| code.call4i(a, b, c, d))
    }

    #[inline]
    fn call(&self, _id: u32, call: Call) -> i32 {
        self.enter(0, |code| code.call(&call))
    }
}

/// Of a closure that only looks at what it captured: it can be called while it runs.
pub(super) struct Shared<F, S> {
    signature: PhantomData<S>,
    code: F,
}

impl<F, S> Shared<F, S> {
    pub(super) fn new(code: F) -> Shared<F, S> {
        Shared { signature: PhantomData, code }
    }
}

impl<F: SharedHandler<S> + 'static, S: Named> Held for Shared<F, S> {
    fn name(&self) -> &'static str {
        S::TEXT
    }

    #[inline]
    fn call4(&self, _id: u32, a: f64, b: f64, c: f64, d: f64) -> f64 {
        self.code.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, _id: u32, a: i32, b: i32, c: i32, d: i32) -> i32 {
        self.code.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, _id: u32, call: Call) -> i32 {
        self.code.call(&call)
    }
}

/// Of a closure that is called once: the call takes it out of the table.
pub(super) struct Once<F, S> {
    signature: PhantomData<S>,
    code: Cell<Option<F>>,
}

impl<F, S> Once<F, S> {
    pub(super) fn new(code: F) -> Once<F, S> {
        Once { signature: PhantomData, code: Cell::new(Some(code)) }
    }
}

impl<F: 'static, S: Named> Once<F, S> {
    #[inline(always)]
    fn enter<R>(&self, id: u32, refused: R, run: impl FnOnce(F) -> R) -> R {
        drop(table::remove(id));
        match self.code.take() {
            Some(code) => run(code),
            None => {
                Misuse::Dropped.report(S::ONCE);
                refused
            }
        }
    }
}

impl<F: OnceHandler<S> + 'static, S: Named> Held for Once<F, S> {
    fn name(&self) -> &'static str {
        S::ONCE
    }

    #[inline]
    fn call4(&self, id: u32, a: f64, b: f64, c: f64, d: f64) -> f64 {
        self.enter(id, 0.0, |code| code.call4(a, b, c, d))
    }

    #[inline]
    fn call4i(&self, id: u32, a: i32, b: i32, c: i32, d: i32) -> i32 {
        self.enter(id, 0, |code| code.call4i(a, b, c, d))
    }

    #[inline]
    fn call(&self, id: u32, call: Call) -> i32 {
        self.enter(id, 0, |code| code.call(&call))
    }
}
