//! A class whose members take and give numbers alone, and call back while they run: calls within calls, and borrows that outlast them.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use handwire::{JsFunction, JsPromise, JsValue};

/// What the methods call, and an owner besides the host.
struct Kept {
    back: RefCell<Option<JsFunction>>,
    owner: RefCell<Option<Rc<Nest>>>,
    dropped: Cell<u32>,
}

// SAFETY: one thread is in this instance.
unsafe impl Sync for Kept {}

static KEPT: Kept = Kept { back: RefCell::new(None), owner: RefCell::new(None), dropped: Cell::new(0) };

/// Calls the host, which may do anything.
fn call_back(step: u32) {
    let back = KEPT.back.borrow().as_ref().map(JsFunction::clone);
    if let Some(back) = back {
        back.call(&JsValue::UNDEFINED, (step,)).expect("it catches what it throws");
    }
}

struct Nest {
    count: i32,
}

impl Drop for Nest {
    fn drop(&mut self) {
        KEPT.dropped.set(KEPT.dropped.get() + 1);
    }
}

handwire::class! {
    /// Calls back.
    impl Nest {
        fn new(count: i32) -> Self {
            Nest { count }
        }

        /// Reads before and after.
        fn read(&self, step: u32) -> i32 {
            let before = self.count;
            call_back(step);
            assert_eq!(self.count, before, "nobody changes what is read");
            before
        }

        /// Changes it before and after.
        fn change(&mut self, step: u32) -> i32 {
            self.count += 1;
            let before = self.count;
            call_back(step);
            assert_eq!(self.count, before, "nobody else changes it");
            self.count += 1;
            self.count
        }

        #[get]
        fn count(&self) -> i32 {
            self.count
        }

        /// Reads until a promise is settled.
        async fn lease(&self, until: JsPromise) -> i32 {
            let before = self.count;
            until.await.expect("it is fulfilled");
            assert_eq!(self.count, before, "nobody changes what is read");
            before
        }

        /// The guest has an owner of its own.
        fn keep(this: Rc<Nest>) {
            *KEPT.owner.borrow_mut() = Some(this);
        }

        /// It has none.
        fn let_go() {
            let owner = KEPT.owner.take();
            drop(owner);
        }

        /// What is called from now on.
        fn back(back: Option<JsFunction>) {
            let old = KEPT.back.replace(back);
            drop(old);
        }

        /// How many values ended.
        fn dropped() -> u32 {
            KEPT.dropped.get()
        }
    }
}
