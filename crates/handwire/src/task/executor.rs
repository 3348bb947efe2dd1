//! The executor: tasks by their ids, and the ids of those that are ready.
//!
//! A task is out of the list while it is polled, so whatever it does (wake, spawn, abort, come
//! back through the host) finds the list free. An id is `generation << 22 | number`, and is all that
//! a waker holds: one that comes too late wakes nobody, or, after 1,024 others had its number,
//! somebody for nothing, which futures allow for. The host knows a task by its number alone.

use super::ended::Ended;
use super::home::Home;
use super::waker::{task_of, waker};
use crate::exports::Shared;
use core::mem::{self, ManuallyDrop};
use core::pin::Pin;
use core::task::{Context, Waker};
use handwire_abi as abi;
use heap::collections::VecDeque;
use heap::vec::Vec;

const INDEX_BITS: u32 = 22;
const INDEX: u32 = (1 << INDEX_BITS) - 1;
/// Smaller numbers are the statuses of a call.
const FIRST: u32 = 8;
/// Ends the list of free places.
const NOBODY: u32 = u32::MAX;

/// What the executor runs.
pub(crate) trait Task {
    /// Runs it as far as it goes. When it is over, nothing of what it holds has to be dropped any more.
    fn poll(self: Pin<&mut Self>, id: u32, context: &mut Context<'_>) -> Ended;
}

enum State {
    /// With the next free place.
    Free(u32),
    /// It is dropped by whoever takes it from here.
    Idle(ManuallyDrop<Home<dyn Task>>),
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
    ready: VecDeque<u32>,
    /// Whether the host was asked for a turn that hasn't come.
    asked: bool,
    /// Whether a turn is under way.
    running: bool,
}

static EXECUTOR: Shared<Executor> =
    Shared::new(Executor { entries: Vec::new(), free: NOBODY, ready: VecDeque::new(), asked: false, running: false });

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
        let place = self.free;
        if let Some(entry) = self.entries.get_mut(place as usize) {
            let State::Free(next) = entry.state else { unreachable!("it is in the list of free places") };
            self.free = next;
            entry.state = state;
            return entry.generation << INDEX_BITS | (place + FIRST);
        }
        let place = self.entries.len() as u32;
        assert!(place < INDEX - FIRST, "more than four million tasks live at a time");
        self.entries.push(Entry { generation: 0, queued: false, cancelled: false, state });
        place + FIRST
    }

    /// A task that is being polled: its id is good until that has stopped.
    #[inline]
    fn busy(&mut self, id: u32) -> &mut Entry {
        &mut self.entries[((id & INDEX) - FIRST) as usize]
    }

    /// Frees the place of a task; gives whether it was cancelled.
    #[inline]
    fn free(&mut self, id: u32) -> bool {
        let free = State::Free(self.free);
        let entry = self.busy(id);
        let cancelled = entry.cancelled;
        entry.state = free;
        entry.generation = (entry.generation + 1) & (u32::MAX >> INDEX_BITS);
        (entry.queued, entry.cancelled) = (false, false);
        self.free = (id & INDEX) - FIRST;
        cancelled
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
pub(super) fn add(task: Home<dyn Task>) -> u32 {
    let id = with(|executor| executor.add(State::Idle(ManuallyDrop::new(task))));
    wake(id);
    id
}

/// A new task that isn't ready: its number, for [`begin`].
#[cfg(feature = "functions")]
pub(super) fn hold(task: Home<dyn Task>) -> u32 {
    number(with(|executor| executor.add(State::Idle(ManuallyDrop::new(task)))))
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
    let State::Idle(task) = task else { unreachable!("nobody knows it yet") };
    first(id, ManuallyDrop::into_inner(task))
}

/// Starts a call: gives a status if it is over then, or else the task's number.
#[inline]
pub(super) fn start<T: Task + 'static>(task: T) -> i32 {
    first(with(|executor| executor.add(State::Busy)), Home::new(task))
}

/// The first run of a call. If that ends it nothing of the user's runs any more before the host has what is in the return slot.
#[inline]
fn first<T: Task + ?Sized>(id: u32, mut task: Home<T>) -> i32
where
    Home<T>: Into<Home<dyn Task>>,
{
    let ended = task.task().poll(id, &mut Context::from_waker(&waker(id)));
    if ended == Ended::GOES_ON {
        put_back(id, task.into());
        return number(id) as i32;
    }
    task.leave();
    end(id);
    ended.status()
}

/// Ends a task that is being polled; gives whether it wasn't cancelled.
#[inline]
fn end(id: u32) -> bool {
    !with(|executor| executor.free(id))
}

/// Puts a task back that is to be polled again, unless it was cancelled meanwhile.
#[inline]
fn put_back(id: u32, task: Home<dyn Task>) {
    let dropped = with(|executor| {
        let entry = executor.busy(id);
        if entry.cancelled {
            executor.free(id);
            return Some(task);
        }
        entry.state = State::Idle(ManuallyDrop::new(task));
        None
    });
    drop(dropped);
}

/// Whether a task that is being polled was cancelled.
#[inline]
pub(super) fn is_cancelled(id: u32) -> bool {
    with(|executor| executor.busy(id).cancelled)
}

/// Ends a task: at once, or, if it is being polled further out, as soon as that has stopped.
pub(super) fn cancel(id: u32) {
    let task = with(|executor| {
        let entry = executor.entry(id)?;
        let State::Idle(task) = mem::replace(&mut entry.state, State::Busy) else {
            entry.cancelled = true;
            return None;
        };
        executor.free(id);
        Some(ManuallyDrop::into_inner(task))
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
pub(crate) fn live() -> usize {
    with(|executor| executor.entries.iter().filter(|entry| !matches!(entry.state, State::Free(_))).count())
}

#[inline(always)]
fn poll(id: u32) -> Ended {
    let task = with(|executor| {
        let entry = executor.entry(id)?;
        entry.queued = false;
        match mem::replace(&mut entry.state, State::Busy) {
            State::Idle(task) => Some(ManuallyDrop::into_inner(task)),
            // Somebody polls it further out.
            _ => None,
        }
    });
    let Some(mut task) = task else { return Ended::NONE };
    let ended = task.task().poll(id, &mut Context::from_waker(&waker(id)));
    if ended == Ended::GOES_ON {
        put_back(id, task);
        return Ended::NONE;
    }
    task.leave();
    if end(id) { ended } else { Ended::NONE }
}

/// A turn, in which somebody is woken first: he and whoever else is ready then, each once. Within another turn he waits for the next.
#[inline]
pub(crate) fn run_woken(waker: Waker) -> Ended {
    match task_of(&waker) {
        // The only one: he needn't go through the list.
        Some(id) if with(|executor| !executor.running && executor.ready.is_empty()) => {
            // It holds nothing.
            mem::forget(waker);
            with(|executor| executor.running = true);
            let ended = poll(id);
            rest();
            ended
        }
        _ => run(Some(waker)),
    }
}

/// One turn: somebody is woken, then each task that is ready runs, once. What ended last is for the caller to tell.
#[inline(never)]
fn run(woken: Option<Waker>) -> Ended {
    let within = with(|executor| mem::replace(&mut executor.running, true));
    if let Some(waker) = woken {
        waker.wake();
    }
    let mut ended = Ended::NONE;
    if within {
        return ended;
    }
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
    run(None).tell();
}
