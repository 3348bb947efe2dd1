//! Tasks beside the calls, and the order in which they run.

use crate::waits::Guard;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_util::StreamExt;
use futures_util::future::{join, join_all};
use futures_util::stream::FuturesUnordered;
use handwire::task::{Aborted, JoinHandle, spawn, spawn_detached};
use handwire::{JsError, JsFunction, JsFuture, JsPromise, JsValue, export};

/// Wakes itself while it is polled, so often.
struct Yields(u32);

impl Future for Yields {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

fn tell(log: &JsFunction, text: &str) {
    drop(log.call(&JsValue::UNDEFINED, (text,)));
}

/// A task that outlives the call that made it.
struct Kept(RefCell<Option<JoinHandle<u32>>>);
// SAFETY: an instance has one thread.
unsafe impl Sync for Kept {}
static KEPT: Kept = Kept(RefCell::new(None));

export! {
    /// Wakes itself in its poll, `n` times.
    async fn yields(n: u32) -> u32 {
        Yields(n).await;
        n
    }

    /// Tells of each of `n` turns.
    async fn turns(n: u32, log: JsFunction) {
        for i in 0..n {
            tell(&log, &alloc::format!("turn {i}"));
            Yields(1).await;
        }
    }

    /// Two futures spawned, one of them by the other; what each gives is awaited.
    async fn spawned(wait: JsPromise) -> Result<u32, Aborted> {
        let outer = spawn(async move {
            let inner = spawn(async move {
                drop(wait.await);
                20
            });
            inner.await.map(|n| n + 1)
        });
        outer.await?.map(|n| n * 2)
    }

    /// A sync export that leaves something to be done.
    fn detach(log: JsFunction, n: u32) {
        for i in 0..n {
            let log = log.clone();
            spawn_detached(async move { tell(&log, &i.to_string()) });
        }
    }

    /// Leaves a task that awaits a promise.
    fn detach_wait(promise: JsPromise, log: JsFunction) {
        spawn_detached(async move {
            let _guard = Guard(log.clone(), "dropped".into());
            if let Ok(value) = promise.await { tell(&log, &alloc::format!("{value:?}")) }
        });
    }

    /// A task that dies, which nobody waits for.
    fn detach_death() {
        spawn_detached(async { panic!("nobody waits for this") });
    }

    /// The same after a wait.
    fn detach_death_later(promise: JsPromise) {
        spawn_detached(async move {
            drop(promise.await);
            panic!("nobody waits for this, later");
        });
    }

    /// Aborts a task: before it has begun, while it waits, once it is over, and twice.
    async fn aborts(log: JsFunction, never: JsPromise) -> String {
        let mut told = Vec::new();
        let task = |name: &str, never: &JsPromise| {
            let (guard, never) = (Guard(log.clone(), name.into()), never.clone());
            spawn(async move { let _guard = guard; drop(never.await); })
        };
        let before = task("before", &never);
        before.abort();
        told.push(before.is_finished());
        told.push(before.await == Err(Aborted));
        let during = task("during", &never);
        Yields(1).await;
        told.push(during.is_finished());
        during.abort();
        during.abort();
        told.push(during.await == Err(Aborted));
        let over = spawn(async { 7 });
        Yields(2).await;
        told.push(over.is_finished());
        over.abort();
        told.push(over.await == Ok(7));
        alloc::format!("{told:?}")
    }

    /// A task that aborts itself in its poll, and looks whether it goes on.
    async fn aborts_itself(log: JsFunction) -> bool {
        let handle: Rc<RefCell<Option<JoinHandle<()>>>> = Rc::default();
        let (own, end) = (handle.clone(), Rc::new(Cell::new(false)));
        let gone = end.clone();
        let task = spawn(async move {
            let _guard = Guard(log.clone(), "gone".into());
            if let Some(handle) = &*own.borrow() { handle.abort(); }
            tell(&log, "goes on until it waits");
            Yields(1).await;
            gone.set(true);
        });
        *handle.borrow_mut() = Some(task);
        Yields(3).await;
        !end.get()
    }

    /// A task whose handle is dropped goes on.
    async fn handle_dropped(log: JsFunction) {
        drop(spawn(async move { Yields(2).await; tell(&log, "went on"); }));
    }

    /// Keeps a task of this number for `abort_kept`.
    fn keep(promise: JsPromise, log: JsFunction) {
        *KEPT.0.borrow_mut() = Some(spawn(async move {
            let _guard = Guard(log, "kept".into());
            drop(promise.await);
            1
        }));
    }

    fn abort_kept() -> bool {
        match &*KEPT.0.borrow() {
            Some(handle) => { handle.abort(); true }
            None => false,
        }
    }

    /// `join` of futures-util, and `or` of futures-lite.
    async fn combined(a: JsPromise, b: JsPromise, never: JsPromise) -> Result<f64, JsError> {
        let (a, b) = join(JsFuture::from(a), JsFuture::from(b)).await;
        let sum = a?.as_f64().unwrap_or_default() + b?.as_f64().unwrap_or_default();
        let timeout = async { Yields(5).await; Ok(JsValue::from(0.5)) };
        let last = futures_lite::future::or(JsFuture::from(never), timeout).await?;
        Ok(sum + last.as_f64().unwrap_or_default())
    }

    /// All of a list, by wakers that are not the executor's.
    async fn all(promises: Vec<JsPromise>) -> Result<Vec<JsValue>, JsError> {
        join_all(promises.into_iter().map(JsFuture::from)).await.into_iter().collect()
    }

    /// All of a list, in the order in which they come.
    async fn as_they_come(promises: Vec<JsPromise>) -> Result<Vec<JsValue>, JsError> {
        let mut all: FuturesUnordered<JsFuture> = promises.into_iter().map(JsFuture::from).collect();
        let mut came = Vec::new();
        while let Some(value) = all.next().await { came.push(value?); }
        Ok(came)
    }
}
