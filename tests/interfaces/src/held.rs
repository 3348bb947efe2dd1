//! Implementors of the host: kept, shared, dropped.

use crate::Logger;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static KEPT: RefCell<Vec<Rc<dyn Logger>>> = const { RefCell::new(Vec::new()) };
    static CURRENT: RefCell<Option<Rc<dyn Logger>>> = const { RefCell::new(None) };
}

/// Says so when it ends.
struct LastWords(Rc<dyn Logger>);

impl Drop for LastWords {
    fn drop(&mut self) {
        self.0.log("last words");
    }
}

handwire::export! {
    /// Uses it once.
    fn log_once(logger: Box<dyn Logger>, message: &str) {
        logger.log(message);
    }

    /// Uses it many times.
    fn log_times(logger: Rc<dyn Logger>, times: u32) {
        for _ in 0..times {
            logger.log("again");
        }
    }

    /// Drops it unused.
    fn ignore(logger: Box<dyn Logger>) {
        drop(logger);
    }

    fn keep(logger: Rc<dyn Logger>) -> u32 {
        KEPT.with_borrow_mut(|kept| {
            kept.push(logger);
            kept.len() as u32
        })
    }

    /// Another owner of the last that was kept.
    fn keep_again() {
        KEPT.with_borrow_mut(|kept| kept.extend(kept.last().cloned()));
    }

    fn log_all(message: &str) {
        let all = KEPT.with_borrow(Vec::clone);
        all.iter().for_each(|logger| logger.log(message));
    }

    /// Drops the last that was kept.
    fn forget() -> bool {
        KEPT.with_borrow_mut(Vec::pop).is_some()
    }

    /// Gives it back to the host.
    fn give_back() -> Option<Rc<dyn Logger>> {
        KEPT.with_borrow_mut(Vec::pop)
    }

    /// The one in use: a method of it may set another meanwhile.
    fn set_current(logger: Option<Rc<dyn Logger>>) {
        let before = CURRENT.with_borrow_mut(|current| std::mem::replace(current, logger));
        drop(before);
    }

    /// Calls the one in use, which stays alive for as long as that takes.
    fn use_current(message: &str) -> bool {
        match CURRENT.with_borrow(Option::clone) {
            Some(logger) => {
                logger.log(message);
                logger.log(message);
                true
            }
            None => false,
        }
    }

    /// Calls a method from a destructor.
    fn last_words(logger: Rc<dyn Logger>) {
        drop(LastWords(logger));
    }

    /// Detached calls between others, and a text that is gone when they are made.
    fn notes(logger: Rc<dyn Logger>, count: u32) {
        for i in 0..count {
            logger.note(&format!("note {i}"));
        }
        logger.log("noted");
    }

    /// Leaves a note, drops the logger, and dies.
    fn note_and_die(logger: Box<dyn Logger>) {
        logger.note("going down");
        drop(logger);
        panic!("down");
    }
}
