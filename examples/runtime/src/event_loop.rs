//! The event loop: what is under way, by ids, and what has come to its end.

use crate::Report;
use crate::realm::{self, Deferred, host};
use alloc::collections::{BTreeMap, VecDeque};
use alloc::format;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::{Future, poll_fn};
use core::mem;
use core::ops::Deref;
use core::task::{Poll, Waker};
use core::time::Duration;
use handwire::task::{JoinHandle, spawn};
use handwire::{Arg, JsError, JsFunction, JsValue};
use handwire_web::sleep;

/// Whom to call when an operation is over.
pub enum Waiting {
    Timer { callback: JsFunction, args: Vec<JsValue> },
    Request(Deferred),
}

/// What an operation came to: nothing but time for a timer, else the reply.
pub type Outcome = Result<JsValue, JsError>;

/// An operation of the host that is under way. Dropping it takes it back.
struct Operation {
    waiting: Option<Waiting>,
    task: JoinHandle<()>,
}

impl Drop for Operation {
    fn drop(&mut self) {
        // If it is over, this does nothing.
        self.task.abort();
    }
}

/// Shared by the native functions, the tasks of the operations, and the loop itself.
pub struct EventLoop {
    last_id: Cell<u32>,
    operations: RefCell<BTreeMap<u32, Operation>>,
    over: RefCell<VecDeque<(u32, Outcome)>>,
    waker: Cell<Option<Waker>>,
    pub lines: Cell<u32>,
    timers: Cell<u32>,
    requests: Cell<u32>,
    uncaught: Cell<u32>,
}

fn count(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

impl EventLoop {
    pub fn new() -> EventLoop {
        EventLoop {
            last_id: Cell::new(0),
            operations: RefCell::new(BTreeMap::new()),
            over: RefCell::new(VecDeque::new()),
            waker: Cell::new(None),
            lines: Cell::new(0),
            timers: Cell::new(0),
            requests: Cell::new(0),
            uncaught: Cell::new(0),
        }
    }

    /// Starts an operation, and gives the id that its end will have.
    pub fn start(self: &Rc<EventLoop>, waiting: Waiting, operation: impl Future<Output = Outcome> + 'static) -> u32 {
        let id = self.last_id.get() + 1;
        self.last_id.set(id);
        let shared = Rc::clone(self);
        let task = spawn(async move {
            let outcome = operation.await;
            shared.over.borrow_mut().push_back((id, outcome));
            if let Some(waker) = shared.waker.take() {
                waker.wake();
            }
        });
        self.operations.borrow_mut().insert(id, Operation { waiting: Some(waiting), task });
        id
    }

    /// Takes an operation back, if it is one that is under way.
    pub fn cancel(&self, id: u32) {
        // First out of the list: what is dropped may call anything.
        let operation = self.operations.borrow_mut().remove(&id);
        drop(operation);
    }

    pub fn uncaught(&self, error: &JsError) {
        count(&self.uncaught);
        // Its name and message, as JavaScript has them; what can't be read has at least what the guest knows of it.
        let text = realm::text(error.value()).unwrap_or_else(|_| format!("{error}"));
        host::print(&format!("Uncaught {text}"));
    }

    pub fn report(&self) -> Report {
        Report {
            lines: self.lines.get(),
            timers: self.timers.get(),
            requests: self.requests.get(),
            uncaught: self.uncaught.get(),
        }
    }

    /// The next operation that is over; nothing when none is under way.
    async fn next(&self) -> Option<(u32, Outcome)> {
        poll_fn(|context| {
            if let Some(over) = self.over.borrow_mut().pop_front() {
                return Poll::Ready(Some(over));
            }
            if self.operations.borrow().is_empty() {
                return Poll::Ready(None);
            }
            self.waker.set(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }

    /// Calls whoever waits for an id. One that was taken back in the meantime has nobody.
    fn deliver(&self, id: u32, outcome: Outcome) {
        let Some(mut operation) = self.operations.borrow_mut().remove(&id) else { return };
        let result = match operation.waiting.take() {
            Some(Waiting::Timer { callback, args }) => {
                count(&self.timers);
                let args: Vec<_> = args.iter().map(Arg::from).collect();
                callback.call(&JsValue::UNDEFINED, &args[..]).map(drop)
            }
            Some(Waiting::Request(deferred)) => {
                count(&self.requests);
                deferred.settle(outcome)
            }
            None => Ok(()),
        };
        if let Err(error) = result {
            self.uncaught(&error);
        }
    }

    /// Runs until nothing is left.
    pub async fn run(&self) {
        loop {
            // The script's promises go on in turns of their own, which come before the next timer's; each may start operations.
            sleep(Duration::ZERO).await;
            let Some((id, outcome)) = self.next().await else { return };
            self.deliver(id, outcome);
        }
    }
}

/// A loop for the time of one script: whatever ends that takes back what is under way.
pub struct Session(Rc<EventLoop>);

impl Session {
    pub fn new(event_loop: EventLoop) -> Session {
        Session(Rc::new(event_loop))
    }
}

impl Deref for Session {
    type Target = Rc<EventLoop>;

    fn deref(&self) -> &Rc<EventLoop> {
        &self.0
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(mem::take(&mut *self.0.operations.borrow_mut()));
    }
}
