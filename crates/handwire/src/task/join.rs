//! [`spawn`] and its [`JoinHandle`]: futures that run beside the calls of the host.

use super::executor::{self, Ended, Task};
use core::cell::RefCell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use heap::boxed::Box;
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
    let id = executor::add(Box::pin(Spawned { future: Some(future), join: join.clone() }));
    JoinHandle { join, id }
}

/// Runs a future that nobody waits for.
pub fn spawn_detached(future: impl Future<Output = ()> + 'static) {
    executor::add(Box::pin(Detached(future)));
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
    join: Rc<Join<F::Output>>,
}

impl<F: Future + 'static> Task for Spawned<F> {
    fn poll(mut self: Pin<Box<Self>>, id: u32, context: &mut Context<'_>) -> Ended {
        // SAFETY: the future stays where it is until it is dropped there.
        let this = unsafe { self.as_mut().get_unchecked_mut() };
        let Some(future) = &mut this.future else { return Ended::NONE };
        // SAFETY: as above.
        let Poll::Ready(output) = unsafe { Pin::new_unchecked(future) }.poll(context) else {
            executor::put_back(id, self);
            return Ended::NONE;
        };
        this.future = None;
        if executor::end(id) {
            this.join.end(Ok(output));
        }
        Ended::NONE
    }
}

impl<F: Future> Drop for Spawned<F> {
    fn drop(&mut self) {
        // What it holds goes before whoever waits is told that it is gone.
        self.future = None;
        self.join.end(Err(Aborted));
    }
}

struct Detached<F>(F);

impl<F: Future<Output = ()> + 'static> Task for Detached<F> {
    fn poll(mut self: Pin<Box<Self>>, id: u32, context: &mut Context<'_>) -> Ended {
        // SAFETY: the future stays where it is.
        let future = unsafe { self.as_mut().map_unchecked_mut(|this| &mut this.0) };
        match future.poll(context) {
            Poll::Pending => executor::put_back(id, self),
            Poll::Ready(()) => {
                executor::end(id);
            }
        }
        Ended::NONE
    }
}
