//! [`spawn`] and its [`JoinHandle`]: futures that run beside the calls of the host.

use super::ended::Ended;
use super::executor::{self, Task};
use super::home::Home;
use core::cell::RefCell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use heap::rc::Rc;

/// Runs a future, from the next turn on. What it gives is had by awaiting the handle.
///
/// ```no_run
/// # async fn fetch_page(_: u32) -> usize { 0 }
/// # async fn both() -> Result<(), handwire::task::Aborted> {
/// let first = handwire::task::spawn(fetch_page(1));
/// let second = handwire::task::spawn(fetch_page(2));
/// let _pages = first.await? + second.await?;
/// # Ok(())
/// # }
/// ```
pub fn spawn<F: Future + 'static>(future: F) -> JoinHandle<F::Output> {
    let join = Rc::new(Join { state: RefCell::new(JoinState::Runs(None)) });
    let id = executor::add(Home::new(Spawned { future: Some(future), join: Some(join.clone()) }).into());
    JoinHandle { join, id }
}

/// Runs a future that nobody waits for.
pub fn spawn_detached(future: impl Future<Output = ()> + 'static) {
    executor::add(Home::new(Detached(Some(future))).into());
}

/// A task that was spawned. Dropping the handle leaves the task to itself.
#[must_use = "dropping the handle leaves the task to itself: spawn_detached says so"]
pub struct JoinHandle<T> {
    join: Rc<Join<T>>,
    id: u32,
}

/// The task was aborted before it was over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aborted;

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the task was aborted")
    }
}

impl core::error::Error for Aborted {}

struct Join<T> {
    state: RefCell<JoinState<T>>,
}

enum JoinState<T> {
    /// With who waits for it.
    Runs(Option<Waker>),
    Over(Result<T, Aborted>),
    Taken,
}

impl<T> Join<T> {
    /// The first result stays.
    fn end(&self, result: Result<T, Aborted>) {
        let waker = match &mut *self.state.borrow_mut() {
            state @ JoinState::Runs(_) => core::mem::replace(state, JoinState::Over(result)),
            _ => return,
        };
        if let JoinState::Runs(Some(waker)) = waker {
            waker.wake();
        }
    }
}

impl<T> JoinHandle<T> {
    /// Drops the future at once, with all that it holds; if it is running further out, as soon as it
    /// stops. Whoever awaits the handle gets [`Aborted`]. Once the task is over this does nothing.
    pub fn abort(&self) {
        if self.is_finished() {
            return;
        }
        executor::cancel(self.id);
    }

    /// Whether the task is over, however it ended.
    pub fn is_finished(&self) -> bool {
        !matches!(*self.join.state.borrow(), JoinState::Runs(_))
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").field("finished", &self.is_finished()).finish()
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, Aborted>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, Aborted>> {
        let mut state = self.join.state.borrow_mut();
        match core::mem::replace(&mut *state, JoinState::Taken) {
            JoinState::Runs(_) => {
                *state = JoinState::Runs(Some(context.waker().clone()));
                Poll::Pending
            }
            JoinState::Over(result) => Poll::Ready(result),
            JoinState::Taken => panic!("a future is not polled after its end"),
        }
    }
}

struct Spawned<F: Future> {
    future: Option<F>,
    join: Option<Rc<Join<F::Output>>>,
}

impl<F: Future> Spawned<F> {
    /// What it holds goes before whoever waits is told.
    fn end(&mut self, result: Result<F::Output, Aborted>) {
        self.future = None;
        if let Some(join) = self.join.take() {
            join.end(result);
        }
    }
}

impl<F: Future + 'static> Task for Spawned<F> {
    fn poll(self: Pin<&mut Self>, id: u32, context: &mut Context<'_>) -> Ended {
        // SAFETY: the future stays where it is until it is dropped there.
        let this = unsafe { self.get_unchecked_mut() };
        let Some(future) = &mut this.future else { return Ended::GOES_ON };
        // SAFETY: as above.
        let Poll::Ready(output) = unsafe { Pin::new_unchecked(future) }.poll(context) else { return Ended::GOES_ON };
        this.future = None;
        this.end(if executor::is_cancelled(id) { Err(Aborted) } else { Ok(output) });
        Ended::NONE
    }
}

impl<F: Future> Drop for Spawned<F> {
    fn drop(&mut self) {
        self.end(Err(Aborted));
    }
}

struct Detached<F>(Option<F>);

impl<F: Future<Output = ()> + 'static> Task for Detached<F> {
    fn poll(self: Pin<&mut Self>, _: u32, context: &mut Context<'_>) -> Ended {
        // SAFETY: the future stays where it is until it is dropped there.
        let future = unsafe { &mut self.get_unchecked_mut().0 };
        // SAFETY: as above.
        if let Some(Poll::Pending) = future.as_mut().map(|future| unsafe { Pin::new_unchecked(future) }.poll(context)) {
            return Ended::GOES_ON;
        }
        *future = None;
        Ended::NONE
    }
}
