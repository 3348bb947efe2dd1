//! What an id of a closure stands for: its captures, by how they are used.

use super::code::{Call, Code};
use super::signature::{Handler, Named, OnceHandler, SharedHandler};
use crate::misuse::Misuse;
use core::cell::{Cell, UnsafeCell};
use core::marker::PhantomData;

/// Of a closure that changes what it captured: one call at a time, says its seat.
pub(super) struct Mut<F, S> {
    text: &'static str,
    signature: PhantomData<S>,
    code: UnsafeCell<F>,
}

impl<F, S> Mut<F, S> {
    pub(super) fn new(code: F, text: &'static str) -> Mut<F, S> {
        Mut { text, signature: PhantomData, code: UnsafeCell::new(code) }
    }
}

impl<F: Handler<S> + 'static, S: Named> Code for Mut<F, S> {
    fn name(&self) -> &'static str {
        self.text
    }

    #[inline]
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64 {
        // SAFETY: one call at a time has it.
        unsafe { &mut *self.code.get() }.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32 {
        // SAFETY: as above.
        unsafe { &mut *self.code.get() }.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, call: Call) -> i32 {
        // SAFETY: as above.
        unsafe { &mut *self.code.get() }.call(&call)
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

impl<F: SharedHandler<S> + 'static, S: Named> Code for Shared<F, S> {
    fn name(&self) -> &'static str {
        S::TEXT
    }

    #[inline]
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64 {
        self.code.call4(a, b, c, d)
    }

    #[inline]
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32 {
        self.code.call4i(a, b, c, d)
    }

    #[inline]
    fn call(&self, call: Call) -> i32 {
        self.code.call(&call)
    }
}

/// Of a closure that is called once: the call takes it.
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
    fn enter<R>(&self, refused: R, run: impl FnOnce(F) -> R) -> R {
        match self.code.take() {
            Some(code) => run(code),
            None => {
                Misuse::Dropped.report(S::ONCE);
                refused
            }
        }
    }
}

impl<F: OnceHandler<S> + 'static, S: Named> Code for Once<F, S> {
    fn name(&self) -> &'static str {
        S::ONCE
    }

    #[inline]
    fn call4(&self, a: f64, b: f64, c: f64, d: f64) -> f64 {
        self.enter(0.0, |code| code.call4(a, b, c, d))
    }

    #[inline]
    fn call4i(&self, a: i32, b: i32, c: i32, d: i32) -> i32 {
        self.enter(0, |code| code.call4i(a, b, c, d))
    }

    #[inline]
    fn call(&self, call: Call) -> i32 {
        self.enter(0, |code| code.call(&call))
    }
}
