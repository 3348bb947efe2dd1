//! The executor: tasks by their ids, and the ids of those that are ready.
//!
//! A task is out of the list while it is polled, so whatever it does (wake, spawn, abort, come
//! back through the host) finds the list free. An id is `generation << 22 | number`, and is all that
//! a waker holds: one that comes too late wakes nobody, or, after 1,024 others had its number,
//! somebody for nothing, which futures allow for. The host knows a task by its number alone.

use super::waker::{task_of, waker};
use crate::exports::Shared;
use core::mem;
use core::pin::Pin;
#[cfg(feature = "functions")]
use core::task::Poll;
use core::task::{Context, Waker};
use handwire_abi as abi;
use heap::boxed::Box;
use heap::collections::VecDeque;
use heap::vec::Vec;

const INDEX_BITS: u32 = 22;
const INDEX: u32 = (1 << INDEX_BITS) - 1;
/// Smaller numbers are the statuses of a call.
const FIRST: u32 = 8;
/// The statuses of an end are 0 to 2.
const STATUS_BITS: u32 = 2;
/// Ends the list of free places.
const NOBODY: u32 = u32::MAX;

/// What the executor runs.
pub(crate) trait Task {
    /// Runs it as far as it goes. If there is more to do it puts itself back; if not it is gone by now, and ended. Gives the end of a call.
    fn poll(self: Pin<Box<Self>>, id: u32, context: &mut Context<'_>) -> Ended;

    #[cfg(feature = "functions")]
    /// The first run of a call that was [`added`](hold): the status, if it is over then. Other tasks are none.
    fn begin(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<i32> {
        Poll::Pending
    }
}

/// The end of a call, of which the host is still to be told: nothing else may happen before that. In one number, as `hw_settle` gives it.
#[derive(Clone, Copy)]
#[must_use = "the host is to be told"]
pub(crate) struct Ended(u32);

impl Ended {
    /// No call has ended.
    pub(super) const NONE: Ended = Ended(0);

    #[inline]
    pub(super) fn new(id: u32, status: i32) -> Ended {
        Ended(number(id) << STATUS_BITS | status as u32)
    }

    #[inline]
    pub(crate) fn raw(self) -> u32 {
        self.0
    }

    #[inline]
    fn tell(self) {
        if self.0 != 0 {
            abi::task_settle(self.0 >> STATUS_BITS, self.0 & ((1 << STATUS_BITS) - 1));
        }
    }
}

enum State {
    /// With the next free place.
    Free(u32),
    Idle(Pin<Box<dyn Task>>),
    /// Being polled further out.
    Busy,
}

struct Entry {
    generation: u32,
    queued: bool,
    cancelled: bool,
    state: State,
}

struct Executor {
    entries: Vec<Entry>,
    free: u32,
    live: u32,
    ready: VecDeque<u32>,
    /// Whether the host was asked for a turn that hasn't come.
    asked: bool,
    /// Whether a turn is under way.
    running: bool,
}

static EXECUTOR: Shared<Executor> = Shared::new(Executor {
    entries: Vec::new(),
    free: NOBODY,
    live: 0,
    ready: VecDeque::new(),
    asked: false,
    running: false,
});

/// Looks at the lists. Nothing of the user's may run in `act`.
#[inline(always)]
fn with<R>(act: impl FnOnce(&mut Executor) -> R) -> R {
    // SAFETY: one thread is in this instance, and what `act` does never comes back here.
    act(unsafe { &mut *EXECUTOR.get() })
}

impl Executor {
    #[inline]
    fn entry(&mut self, id: u32) -> Option<&mut Entry> {
        let entry = self.entries.get_mut((id & INDEX).wrapping_sub(FIRST) as usize)?;
        (entry.generation == id >> INDEX_BITS && !matches!(entry.state, State::Free(_))).then_some(entry)
    }

    #[inline]
    fn add(&mut self, state: State) -> u32 {
        self.live += 1;
        let place = self.free;
        if let Some(entry) = self.entries.get_mut(place as usize) {
            if let State::Free(next) = mem::replace(&mut entry.state, state) {
                self.free = next;
            }
            return entry.generation << INDEX_BITS | (place + FIRST);
        }
        let place = self.entries.len() as u32;
        assert!(place < INDEX - FIRST, "more than four million tasks live at a time");
        self.entries.push(Entry { generation: 0, queued: false, cancelled: false, state });
        place + FIRST
    }

    /// Ends a task; what is given back must be dropped where user code may run.
    #[inline]
    fn end(&mut self, id: u32) -> Option<Pin<Box<dyn Task>>> {
        let free = self.free;
        let entry = self.entry(id)?;
        let state = mem::replace(&mut entry.state, State::Free(free));
        entry.generation = (entry.generation + 1) & (u32::MAX >> INDEX_BITS);
        (entry.queued, entry.cancelled) = (false, false);
        self.free = (id & INDEX) - FIRST;
        self.live -= 1;
        if let State::Idle(task) = state { Some(task) } else { None }
    }

    /// Whether the host has to be asked for a turn, now that this one is ready.
    #[inline]
    fn wake(&mut self, id: u32) -> bool {
        match self.entry(id) {
            Some(entry) if !entry.queued => entry.queued = true,
            _ => return false,
        }
        self.ready.push_back(id);
        !self.running && !mem::replace(&mut self.asked, true)
    }
}

/// Puts a task among those that are ready.
pub(super) fn wake(id: u32) {
    if with(|executor| executor.wake(id)) {
        abi::task_wake();
    }
}

/// A new task, which is ready.
pub(super) fn add(task: Pin<Box<dyn Task>>) -> u32 {
    let id = with(|executor| executor.add(State::Idle(task)));
    wake(id);
    id
}

/// A new task that isn't ready: its number, for [`begin`].
#[cfg(feature = "functions")]
pub(super) fn hold(task: Pin<Box<dyn Task>>) -> u32 {
    number(with(|executor| executor.add(State::Idle(task))))
}

/// Runs a task for the first time, of which the closure's call gave the number as its status. Gives that again if it goes on,
/// or how it ended. What is no number of a task is a status already.
#[cfg(feature = "functions")]
#[inline]
pub(crate) fn begin(status: i32) -> i32 {
    if status < FIRST as i32 { status } else { begin_task(status as u32) }
}

#[cfg(feature = "functions")]
fn begin_task(number: u32) -> i32 {
    let (id, task) = with(|executor| {
        let entry = &mut executor.entries[(number - FIRST) as usize];
        (entry.generation << INDEX_BITS | number, mem::replace(&mut entry.state, State::Busy))
    });
    let State::Idle(mut task) = task else { unreachable!("nobody knows it yet") };
    let waker = waker(id);
    match task.as_mut().begin(&mut Context::from_waker(&waker)) {
        // What the future held is gone: nothing of the user's runs between the return slot and the host.
        Poll::Ready(status) => {
            end(id);
            status
        }
        Poll::Pending => {
            put_back(id, task);
            number as i32
        }
    }
}

/// An id for a task that is polled by whoever asks, until it is put back or ended.
#[inline]
pub(super) fn reserve() -> u32 {
    with(|executor| executor.add(State::Busy))
}

/// Ends a task that is being polled; gives whether it wasn't cancelled.
#[inline]
pub(super) fn end(id: u32) -> bool {
    with(|executor| {
        let cancelled = executor.entry(id).is_none_or(|entry| entry.cancelled);
        executor.end(id);
        !cancelled
    })
}

/// Puts a task back that is to be polled again, unless it was cancelled meanwhile.
pub(super) fn put_back(id: u32, task: Pin<Box<dyn Task>>) {
    let dropped = with(|executor| match executor.entry(id) {
        Some(entry) if !entry.cancelled => {
            entry.state = State::Idle(task);
            None
        }
        _ => {
            executor.end(id);
            Some(task)
        }
    });
    drop(dropped);
}

/// Whether a task that is being polled was cancelled.
#[inline]
pub(super) fn is_cancelled(id: u32) -> bool {
    with(|executor| executor.entry(id).is_none_or(|entry| entry.cancelled))
}

/// Ends a task: at once, or, if it is being polled further out, as soon as that has stopped.
pub(super) fn cancel(id: u32) {
    let task = with(|executor| {
        let entry = executor.entry(id)?;
        if let State::Busy = entry.state {
            entry.cancelled = true;
            return None;
        }
        executor.end(id)
    });
    drop(task);
}

/// Ends the task that has this number now.
pub(crate) fn cancel_number(number: u32) {
    let id = with(|executor| {
        Some(executor.entries.get(number.wrapping_sub(FIRST) as usize)?.generation << INDEX_BITS | number)
    });
    if let Some(id) = id {
        cancel(id);
    }
}

/// What the host knows a task by.
#[inline]
pub(super) fn number(id: u32) -> u32 {
    id & INDEX
}

/// How many tasks live.
pub(crate) fn live() -> u32 {
    with(|executor| executor.live)
}

fn poll(id: u32) -> Ended {
    let task = with(|executor| {
        let entry = executor.entry(id)?;
        entry.queued = false;
        match mem::replace(&mut entry.state, State::Busy) {
            State::Idle(task) => Some(task),
            // It stays what it was: somebody polls it further out.
            other => {
                entry.state = other;
                None
            }
        }
    });
    let Some(task) = task else { return Ended::NONE };
    let waker = waker(id);
    task.poll(id, &mut Context::from_waker(&waker))
}

/// A turn, in which somebody is woken first: he and whoever else is ready then, each once. Within another turn he waits for the next.
#[inline]
pub(crate) fn run_woken(waker: Waker) -> Ended {
    let idle = with(|executor| !executor.running && executor.ready.is_empty());
    match task_of(waker) {
        // The only one: he needn't go through the list.
        Ok(id) if idle => {
            with(|executor| executor.running = true);
            let ended = poll(id);
            rest();
            ended
        }
        Ok(id) => run(|| wake(id)),
        Err(waker) => run(|| waker.wake()),
    }
}

/// One turn: what is to be done first, then each task that is ready then, once. What ended last is for the caller to tell.
fn run(first: impl FnOnce()) -> Ended {
    if with(|executor| mem::replace(&mut executor.running, true)) {
        first();
        return Ended::NONE;
    }
    first();
    let mut ended = Ended::NONE;
    for _ in 0..with(|executor| executor.ready.len()) {
        let Some(id) = with(|executor| executor.ready.pop_front()) else { break };
        ended.tell();
        ended = poll(id);
    }
    rest();
    ended
}

/// Ends a turn: for those that are ready by now, another is asked for.
#[inline]
fn rest() {
    let ask = with(|executor| {
        executor.running = false;
        !executor.ready.is_empty() && !mem::replace(&mut executor.asked, true)
    });
    if ask {
        abi::task_wake();
    }
}

/// The turn that the host was asked for.
pub(crate) fn answer() {
    with(|executor| executor.asked = false);
    run(|| {}).tell();
}
