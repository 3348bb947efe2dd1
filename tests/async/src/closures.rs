//! Closures whose calls are futures, and functions of the host that give promises.

use crate::waits::Guard;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::Cell;
use core::cell::RefCell;
use handwire::{
    Async, Closure, HostFn, JsError, JsFunction, JsPromise, JsValue, class, export, import, interface, live_values,
    record,
};

record! {
    /// An error with a name.
    #[derive(Debug)]
    pub struct Failure {
        /// What is missing.
        pub what: String,
    }

    /// Functions inside of a record.
    pub struct Loaders {
        /// Always there.
        pub load: HostFn<fn(String) -> Async<String>>,
        /// Perhaps.
        pub save: Option<HostFn<fn(String, f64) -> Async<()>>>,
    }
}

/// A closure, and what it told when it was dropped.
type Kept<S> = RefCell<Option<Closure<S>>>;
struct Store(Kept<fn(JsPromise) -> Async<f64>>);
// SAFETY: an instance has one thread.
unsafe impl Sync for Store {}
static KEPT: Store = Store(RefCell::new(None));

/// Gives what its argument gives.
macro_rules! echoes {
    ($($name:ident: $type:ty;)*) => {
        export! {$(
            fn $name() -> Closure<fn($type) -> Async<$type>> { Closure::new_async(|value: $type| async move { value }) }
        )*}
    };
}

echoes! {
    later_bool: bool;
    later_i32: i32;
    later_u32: u32;
    later_i64: i64;
    later_f32: f32;
    later_f64: f64;
    later_char: char;
    later_str: String;
    later_bytes: Vec<u8>;
    later_js: JsValue;
    later_floats: Vec<f64>;
    later_texts: Vec<String>;
    later_option: Option<i32>;
    later_record: Failure;
}

import! {
    /// What the tests supply.
    pub mod later {
        /// Takes a closure for good.
        fn take(f: Closure<fn(u32) -> Async<Result<u32, JsError>>>);
        /// Lends one for the call.
        fn lend(f: &mut dyn FnMut(u32) -> Async<u32>) -> Result<JsPromise, JsError>;
        /// Lends one for the call, and gives a promise.
        async fn lend_first(f: &mut dyn FnMut(u32) -> u32) -> Result<u32, JsError>;
        /// Gives a function.
        fn give() -> HostFn<fn(String) -> Async<String>>;
        /// There and back.
        fn loaders(loaders: Loaders) -> Result<Loaders, JsError>;
    }
}

interface! {
    /// Whatever loads.
    pub trait Loading {
        /// A function of the other side's.
        fn loader(&self, prefix: String) -> HostFn<fn(String) -> Async<String>>;
    }
}

/// What loads a text.
type Load = HostFn<fn(String) -> Async<String>>;
/// What loads it, or fails.
type TryLoad = fn(String) -> Async<Result<String, JsError>>;

/// Of this side.
struct Prefixed;

impl Loading for Prefixed {
    fn loader(&self, prefix: String) -> HostFn<fn(String) -> Async<String>> {
        Closure::new_async(move |url: String| {
            let prefix = prefix.clone();
            async move { prefix + &url }
        })
        .into()
    }
}

/// Has members of such types.
pub struct Registry {
    handlers: Vec<Load>,
}

class! {
    /// Handlers, asked one after the other.
    impl Registry {
        pub fn new() -> Self { Registry { handlers: Vec::new() } }

        fn add(&mut self, handler: HostFn<fn(String) -> Async<String>>) { self.handlers.push(handler); }

        fn handler(&self) -> Closure<TryLoad> {
            let handlers = self.handlers.clone();
            Closure::new_async(move |text: String| {
                let handlers = handlers.clone();
                async move {
                    let mut text = text;
                    for handler in &handlers { text = handler.call((text,)).await?; }
                    Ok(text)
                }
            })
        }

        async fn run(&self, text: String) -> Result<String, JsError> {
            let mut text = text;
            for handler in &self.handlers { text = handler.call((text,)).await?; }
            Ok(text)
        }
    }
}

export! {
    /// Awaits its argument, and fails with what that is rejected with.
    fn waits() -> Closure<fn(JsValue) -> Async<Result<JsValue, JsError>>> {
        Closure::new_async(|value: JsValue| async move { handwire::JsFuture::from(value).await })
    }

    /// Tells when its future is dropped.
    fn guarded_closure(dropped: JsFunction) -> Closure<fn(String, JsPromise) -> Async<Result<JsValue, JsError>>> {
        let closure = Guard(dropped.clone(), "closure".into());
        Closure::new_async(move |name: String, promise: JsPromise| {
            let _ = &closure;
            let guard = Guard(dropped.clone(), name);
            async move { let _guard = guard; promise.await }
        })
    }

    /// Counts its calls, at their beginning, and adds what comes.
    fn adder_later() -> Closure<fn(JsPromise) -> Async<Result<String, JsError>>> {
        let mut calls = 0;
        let sum = Rc::new(Cell::new(0.0));
        Closure::new_async(move |promise: JsPromise| {
            calls += 1;
            let (call, sum) = (calls, sum.clone());
            async move {
                let value = promise.await?;
                sum.set(sum.get() + value.as_f64().unwrap_or_default());
                Ok(alloc::format!("call {call}: {}", sum.get()))
            }
        })
    }

    /// Its first poll calls `again`, which may call the closure.
    fn re_enters(again: JsFunction) -> Closure<fn(u32) -> Async<Result<u32, JsError>>> {
        let mut calls = 0;
        Closure::new_async(move |depth: u32| {
            calls += 1;
            let (again, calls) = (again.clone(), calls);
            async move {
                if depth > 0 { again.call(&JsValue::UNDEFINED, (depth - 1,))?; }
                Ok(calls)
            }
        })
    }

    /// Calls `now` while it makes the future.
    fn busy(now: JsFunction, shared: bool) -> Closure<fn(u32) -> Async<Result<u32, JsError>>> {
        let make = move |n: u32| {
            let told = if n > 0 { now.call(&JsValue::UNDEFINED, (n - 1,)) } else { Ok(JsValue::UNDEFINED) };
            async move { told.map(|_| n) }
        };
        if shared { Closure::shared_async(make) } else { Closure::new_async(make) }
    }

    /// One call.
    fn once_later(dropped: JsFunction) -> Closure<fn(JsPromise) -> Async<Result<JsValue, JsError>>> {
        let guard = Guard(dropped, "once".into());
        Closure::once_async(move |promise: JsPromise| async move { let _guard = guard; promise.await })
    }

    /// Fails in each way.
    fn fails(how: u32) -> Closure<fn() -> Async<Result<u32, JsError>>> {
        Closure::new_async(move || async move {
            match how {
                0 => Err(JsError::new("no")),
                1 => Err(JsValue::FALSE.into()),
                2 => Err(JsValue::UNDEFINED.into()),
                _ => Ok(how),
            }
        })
    }

    /// Fails with a declared error, or with a text.
    fn fails_declared() -> Closure<fn(String) -> Async<Result<String, Failure>>> {
        Closure::new_async(|what: String| async move { if what.is_empty() { Ok(what) } else { Err(Failure { what }) } })
    }

    /// Fails with a text.
    fn fails_text(later: JsPromise) -> Closure<fn() -> Async<Result<(), String>>> {
        Closure::new_async(move || {
            let later = later.clone();
            async move { drop(later.await); Err("text".to_string()) }
        })
    }

    /// Panics in the closure, at the first poll, or later.
    fn panics(when: u32, promise: JsPromise) -> Closure<fn() -> Async<()>> {
        Closure::new_async(move || {
            assert!(when != 0, "in the closure");
            let promise = promise.clone();
            async move {
                assert!(when != 1, "at the first poll");
                drop(promise.await);
                assert!(when != 2, "later");
            }
        })
    }

    /// Keeps a closure of the guest's, and gives its function.
    fn keep_later() -> JsFunction {
        let closure = Closure::new_async(|promise: JsPromise| async move {
            promise.await.ok().and_then(|value| value.as_f64()).unwrap_or(-1.0)
        });
        let function = closure.as_js().clone();
        *KEPT.0.borrow_mut() = Some(closure);
        function
    }

    /// Drops it.
    fn drop_later() { drop(KEPT.0.take()); }

    /// Calls a function of the host's.
    async fn call_later(f: HostFn<fn(String) -> Async<String>>, text: String) -> Result<String, JsError> { f.call((text,)).await }

    /// With arguments of all sorts, and nothing as its result.
    async fn call_all(f: HostFn<fn(bool, i8, u64, f64, String, JsValue, Option<f64>, Vec<u8>) -> Async<()>>) -> Result<(), JsError> {
        f.call((true, -8, u64::MAX, 0.5, "hé".into(), JsValue::NULL, None, [1, 2].into())).await
    }

    /// A number, and a result that may fail.
    async fn call_number(f: HostFn<fn() -> Async<Result<u8, JsError>>>) -> Result<u8, JsError> { f.call(()).await }

    /// Not polled, so not called.
    fn call_never(f: HostFn<fn() -> Async<()>>) { drop(f.call(())); }

    /// All at once.
    async fn call_many(f: HostFn<fn(u32) -> Async<u32>>, count: u32) -> Result<u32, JsError> {
        let all = futures_util::future::join_all((0..count).map(|i| f.call((i,)))).await;
        all.into_iter().sum()
    }

    /// The first of two; the other is dropped.
    async fn call_first(a: HostFn<fn() -> Async<String>>, b: HostFn<fn() -> Async<String>>) -> Result<String, JsError> {
        futures_lite::future::or(a.call(()), b.call(())).await
    }

    /// If there is one.
    async fn call_option(f: Option<HostFn<fn(i32) -> Async<i32>>>) -> Result<Option<i32>, JsError> {
        match f { Some(f) => f.call((1,)).await.map(Some), None => Ok(None) }
    }

    /// A list of them.
    async fn call_list(list: Vec<HostFn<fn(f64) -> Async<f64>>>, x: f64) -> Result<f64, JsError> {
        let mut x = x;
        for f in &list { x = f.call((x,)).await?; }
        Ok(x)
    }

    /// There and back.
    fn same_later(f: HostFn<fn(String) -> Async<String>>) -> HostFn<fn(String) -> Async<String>> { f }

    /// Imports with closures.
    async fn taken() -> Result<String, JsError> {
        later::take(Closure::new_async(|n: u32| async move { if n == 0 { Err("zero".into()) } else { Ok(n * 2) } }));
        later::give().call(("from the guest".into(),)).await
    }

    /// Lends a closure that borrows.
    async fn lent(times: u32) -> Result<u32, JsError> {
        let mut calls = 0;
        let done = later::lend(&mut |n: u32| {
            calls += 1;
            Async::new(async move { n + times })
        })?;
        done.await?;
        Ok(calls)
    }

    /// The same to an import that gives a promise: it is lent for the call that makes it.
    async fn lent_first(by: u32) -> Result<u32, JsError> {
        let mut calls = 0;
        let given = later::lend_first(&mut |n: u32| {
            calls += 1;
            n + by
        })
        .await?;
        Ok(calls * 100 + given)
    }

    /// Records of such functions, both ways.
    async fn through(text: String) -> Result<String, JsError> {
        let loaders = later::loaders(Loaders {
            load: Closure::new_async(|text: String| async move { text + "!" }).into(),
            save: Some(Closure::new_async(|_: String, _: f64| async {}).into()),
        })?;
        if let Some(save) = &loaders.save { save.call((text.clone(), 1.5)).await?; }
        loaders.load.call((text,)).await
    }

    /// An interface, both ways.
    async fn load_with(loading: alloc::boxed::Box<dyn Loading>, url: String) -> Result<String, JsError> {
        loading.loader("a:".into()).call((url,)).await
    }
    fn prefixed() -> alloc::boxed::Box<dyn Loading> { alloc::boxed::Box::new(Prefixed) }

    /// Listens, as a page would.
    fn listen(target: JsValue, log: JsFunction) -> Result<JsFunction, JsError> {
        let listener = Closure::new_async(move |event: JsValue| {
            let log = log.clone();
            async move {
                let kind: String = event.get_as("type")?;
                handwire::JsFuture::from(event.get("wait")?).await?;
                log.call(&JsValue::UNDEFINED, (kind,))?;
                Ok::<(), JsError>(())
            }
        })
        .into_js();
        target.call("addEventListener", ("tick", &listener))?;
        Ok(listener)
    }

    /// How many values the host can name.
    fn live_later() -> u32 { live_values() as u32 }
}
