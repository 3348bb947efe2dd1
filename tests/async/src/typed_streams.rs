//! Streams in declarations: items of known types, both ways.

use crate::closures::Failure;
use crate::waits::Guard;
use alloc::string::String;
use alloc::vec::Vec;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::Poll;
use futures_core::Stream;
use futures_util::StreamExt;
use futures_util::stream;
use handwire::{
    Async, Closure, GuestStream, HostFn, HostStream, JsError, JsFunction, JsValue, class, export, import, interface,
    record,
};

record! {
    /// A stream inside of a record.
    pub struct Feed {
        /// What it is called.
        pub name: String,
        /// What it has.
        pub items: HostStream<u32>,
        /// Perhaps more.
        pub more: Option<HostStream<String>>,
    }
}

import! {
    /// What the tests supply.
    pub mod streams {
        /// A stream as a result.
        fn numbers(count: u32) -> Result<HostStream<f64>, JsError>;
        /// Later.
        async fn texts() -> Result<HostStream<String>, JsError>;
        /// A stream of the guest's as an argument.
        async fn consume(items: GuestStream<String>) -> Result<u32, JsError>;
    }
}

interface! {
    /// Whatever has items.
    pub trait Feeding {
        /// Its items.
        fn items(&self, from: u32) -> HostStream<u32>;
    }
}

/// Of this side.
struct Feeder;

impl Feeding for Feeder {
    fn items(&self, from: u32) -> HostStream<u32> {
        GuestStream::new(stream::iter(from..from + 3)).into()
    }
}

/// Counts.
pub struct Counting {
    from: u32,
}

class! {
    /// Gives streams.
    impl Counting {
        pub fn new(from: u32) -> Self { Counting { from } }

        fn up(&self, to: u32) -> GuestStream<u32> { GuestStream::new(stream::iter(self.from..to)) }

        async fn add(&mut self, items: HostStream<u32>) -> Result<u32, JsError> {
            let mut items = items;
            while let Some(item) = items.next().await { self.from += item?; }
            Ok(self.from)
        }
    }
}

/// A stream that tells of each poll, and when it is dropped.
fn told(count: u32, log: JsFunction) -> impl Stream<Item = String> + 'static {
    let guard = Guard(log.clone(), "dropped".into());
    let mut i = 0;
    stream::poll_fn(move |_| {
        let _ = &guard;
        if i == count {
            return Poll::Ready(None);
        }
        i += 1;
        let text = alloc::format!("item {i}");
        drop(log.call(&JsValue::UNDEFINED, (&text,)));
        Poll::Ready(Some(text))
    })
}

/// Gives and takes streams of a type.
macro_rules! streams {
    ($($give:ident $take:ident: $type:ty;)*) => {
        export! {$(
            fn $give(items: Vec<$type>) -> GuestStream<$type> { GuestStream::new(stream::iter(items)) }
            async fn $take(items: HostStream<$type>) -> Result<Vec<$type>, JsError> {
                let mut items = items;
                let mut all = Vec::new();
                while let Some(item) = items.next().await { all.push(item?); }
                Ok(all)
            }
        )*}
    };
}

streams! {
    give_bool take_bool: bool;
    give_u8 take_u8: u8;
    give_i32 take_i32: i32;
    give_f64 take_f64: f64;
    give_u64 take_u64: u64;
    give_char take_char: char;
    give_str take_str: String;
    give_bytes take_bytes: Vec<u8>;
    give_js take_js: JsValue;
    give_floats take_floats: Vec<f64>;
    give_option take_option: Option<i32>;
    give_record take_record: Failure;
}

export! {
    /// Tells of its polls.
    fn give_told(count: u32, log: JsFunction) -> GuestStream<String> { GuestStream::new(told(count, log)) }

    /// Fails at the third, with whatever it is given.
    fn give_failing(error: JsValue) -> GuestStream<u32> {
        GuestStream::new(stream::iter(0..5).map(move |i| if i == 2 { Err(JsError::from(error.clone())) } else { Ok(i) }))
    }

    /// A result that may fail, and one that comes later.
    fn try_give(fail: bool) -> Result<GuestStream<u32>, JsError> {
        if fail { Err("no stream".into()) } else { Ok(GuestStream::new(stream::iter(0..3))) }
    }
    async fn later_give(wait: handwire::JsPromise) -> Result<GuestStream<u32>, JsError> {
        wait.await?;
        Ok(GuestStream::new(stream::iter(0..3)))
    }

    /// One that is made and not given.
    fn give_none(log: JsFunction) { drop(GuestStream::<String>::new(told(1, log))); }

    /// Takes so many, and drops the rest.
    async fn take_some(items: HostStream<String>, count: u32) -> Result<Vec<String>, JsError> {
        let mut items = items;
        let mut all = Vec::new();
        for _ in 0..count {
            match items.next().await { Some(item) => all.push(item?), None => break }
        }
        Ok(all)
    }

    /// Goes on after an error, of which nothing comes.
    async fn take_beyond(items: HostStream<u32>) -> String {
        let mut items = items;
        let mut told = String::new();
        for _ in 0..6 {
            told += &match items.next().await { Some(Ok(item)) => alloc::format!("{item} "), Some(Err(error)) => alloc::format!("({error}) "), None => "end ".into() };
        }
        told
    }

    /// Asks once, and drops the stream while it waits.
    async fn take_and_leave(items: HostStream<u32>) -> bool {
        let mut items = items;
        poll_fn(|context| Poll::Ready(Pin::new(&mut items).poll_next(context).is_pending())).await
    }

    /// Never asked.
    fn take_none(items: HostStream<u32>) { drop(items); }

    /// There and back: as it was, or what is left.
    fn same_stream(items: HostStream<String>) -> HostStream<String> { items }
    async fn rest_of(items: HostStream<String>) -> HostStream<String> {
        let mut items = items;
        drop(items.next().await);
        items
    }

    /// Options and lists.
    async fn take_all(first: Option<HostStream<u32>>, others: Vec<HostStream<u32>>) -> Result<u32, JsError> {
        let mut sum = 0;
        for mut items in first.into_iter().chain(others) {
            while let Some(item) = items.next().await { sum += item?; }
        }
        Ok(sum)
    }

    /// Records.
    async fn feed(feed: Feed) -> Result<String, JsError> {
        let Feed { name, mut items, more } = feed;
        let mut text = name;
        while let Some(item) = items.next().await { text += &alloc::format!(" {}", item?); }
        if let Some(mut more) = more { while let Some(item) = more.next().await { text += &item?; } }
        Ok(text)
    }

    /// The guest's, in a record, in a list, and by a method.
    fn own_feed() -> Feed {
        let items = GuestStream::new(stream::iter(0..2)).into();
        Feed { name: "own".into(), items, more: Some(GuestStream::new(stream::iter(["x"]).map(String::from)).into()) }
    }
    fn own_list(count: u32) -> Vec<HostStream<u32>> {
        (0..count).map(|to| GuestStream::new(stream::iter(0..to)).into()).collect()
    }
    fn feeder() -> alloc::boxed::Box<dyn Feeding> { alloc::boxed::Box::new(Feeder) }

    /// One that nobody but the host can read.
    async fn read_own() -> String {
        let mut own = HostStream::from(GuestStream::new(stream::iter(0..2)));
        alloc::format!("{:?} {}", own.next().await.map(|item: Result<u32, _>| item.map_err(|error| error.message())), own.next().await.is_none())
    }

    /// Imports that give and take them.
    async fn from_imports(count: u32) -> Result<String, JsError> {
        let mut sum = 0.0;
        let mut numbers = streams::numbers(count)?;
        while let Some(number) = numbers.next().await { sum += number?; }
        let mut texts = streams::texts().await?;
        let mut all = String::new();
        while let Some(text) = texts.next().await { all += &text?; }
        let consumed = streams::consume(GuestStream::new(stream::iter(["a", "b", "c"]).map(String::from))).await?;
        Ok(alloc::format!("{sum} {all} {consumed}"))
    }

    /// An interface that gives them.
    async fn fed(feeding: alloc::boxed::Box<dyn Feeding>) -> Result<u32, JsError> {
        let mut sum = 0;
        let mut items = feeding.items(1);
        while let Some(item) = items.next().await { sum += item?; }
        Ok(sum)
    }

    /// Functions that take and give them.
    fn doubling() -> Closure<fn(HostStream<u32>) -> GuestStream<u32>> {
        Closure::new(|items: HostStream<u32>| GuestStream::new(items.map(|item| item.map(|item| item * 2))))
    }
    async fn sum_of(f: HostFn<fn(u32) -> Async<u32>>, items: HostStream<u32>) -> Result<u32, JsError> {
        let mut items = items;
        let mut sum = 0;
        while let Some(item) = items.next().await { sum += f.call((item?,)).await?; }
        Ok(sum)
    }
}
