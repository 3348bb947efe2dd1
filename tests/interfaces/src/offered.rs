//! Implementors of the guest: handed to the host, called, freed.

use crate::{AskError, Logger};
use handwire::{CallError, JsError};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

thread_local! {
    static ALIVE: Cell<i32> = const { Cell::new(0) };
}

/// Keeps the lines.
struct Memory {
    lines: RefCell<Vec<String>>,
}

impl Memory {
    fn new() -> Memory {
        ALIVE.set(ALIVE.get() + 1);
        Memory { lines: RefCell::default() }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

impl Logger for Memory {
    fn log(&self, message: &str) {
        self.lines.borrow_mut().push(message.into());
    }

    fn ask(&self, question: &str) -> Result<String, CallError<AskError>> {
        match question {
            "lines" => Ok(self.lines.borrow().join("\n")),
            "error" => Err(CallError::Unexpected(JsError::new("the guest's own"))),
            "panic" => panic!("asked to"),
            _ => Err(AskError { reason: format!("no {question}"), code: 404 }.into()),
        }
    }

    fn note(&self, text: &str) {
        self.log(text);
    }
}

/// Tells another of each line, while it is called itself.
struct Tee(Rc<dyn Logger>, Rc<dyn Logger>);

impl Logger for Tee {
    fn log(&self, message: &str) {
        self.0.log(message);
        self.1.log(message);
    }

    fn ask(&self, question: &str) -> Result<String, CallError<AskError>> {
        self.0.ask(question).or_else(|_| self.1.ask(question))
    }

    fn note(&self, text: &str) {
        self.0.note(text);
        self.1.note(text);
    }
}

handwire::export! {
    fn new_memory() -> Box<dyn Logger> {
        Box::new(Memory::new())
    }

    fn memories(count: u32) -> Vec<Box<dyn Logger>> {
        (0..count).map(|_| Box::new(Memory::new()) as Box<dyn Logger>).collect()
    }

    fn maybe_memory(there: bool) -> Option<Rc<dyn Logger>> {
        there.then(|| Rc::new(Memory::new()) as Rc<dyn Logger>)
    }

    fn tee(a: Rc<dyn Logger>, b: Rc<dyn Logger>) -> Box<dyn Logger> {
        Box::new(Tee(a, b))
    }

    /// How many memories there are.
    fn alive() -> i32 {
        ALIVE.get()
    }

    fn pages() -> usize {
        #[cfg(target_arch = "wasm32")]
        return core::arch::wasm32::memory_size(0);
        #[cfg(not(target_arch = "wasm32"))]
        0
    }
}
