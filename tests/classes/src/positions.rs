//! Instances in every position of exports and imports.

use crate::counter::Counter;
use crate::node::Node;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use handwire::{JsError, JsValue};

handwire::record! {
    pub(crate) struct Pair { pub first: Counter, pub name: String, pub second: Option<Counter> }
}

handwire::record! {
    pub(crate) struct Label { pub name: String }
}

handwire::import! {
    mod app {
        fn take(counter: Counter) -> i32;
        fn give() -> Counter;
        fn give_or_throw() -> Result<Counter, JsError>;
        fn maybe(counter: Option<Counter>) -> Option<Counter>;
        fn all(counters: Vec<Counter>) -> Vec<Counter>;
    }
}

handwire::export! {
    fn echo(counter: Counter) -> Counter { counter }
    fn read(counter: &Counter) -> i32 { counter.current() }
    fn change(counter: &mut Counter, by: i32) -> i32 { counter.add(by) }
    fn maybe(counter: Option<Counter>) -> Option<Counter> { counter }
    fn all(counters: Vec<Counter>) -> Vec<Counter> { counters }
    fn both(counters: Option<Vec<Option<Counter>>>) -> Vec<Option<Counter>> { counters.unwrap_or_default() }
    fn tried(counter: Counter, fail: bool) -> Result<Counter, String> {
        if fail { Err("told to fail".into()) } else { Ok(counter) }
    }
    fn pair(pair: Pair) -> Pair { pair }
    fn pair_sum(pair: Pair) -> i32 {
        pair.first.current() + pair.second.map_or(0, |counter| counter.current())
    }
    async fn later(counter: Counter) -> Counter { counter }
    async fn shared_later(node: Rc<Node>) -> usize { Rc::strong_count(&node) }
    async fn all_later(counters: Vec<Counter>, one: Option<Counter>) -> Result<usize, JsError> {
        Ok(counters.len() + usize::from(one.is_some()))
    }
    fn labelled(counter: &Counter, label: Label) -> i32 { counter.current() + label.name.len() as i32 }
    async fn labelled_later(counter: &Counter, label: Label) -> i32 { counter.current() + label.name.len() as i32 }
    fn two_changed(a: &mut Counter, b: &mut Counter) -> i32 { a.add(1) + b.add(1) }
    fn two_read(a: &Counter, b: &Counter) -> i32 { a.current() + b.current() }
    fn read_and_change(a: &Counter, b: &mut Counter) -> i32 { b.add(a.current()) }
    fn two_taken(a: Counter, b: Counter) -> i32 { a.current() + b.current() }
    fn read_and_take(a: &Counter, b: Counter) -> i32 { a.current() + b.current() }
    fn all_and_one(all: Vec<Counter>, one: Counter) -> usize { all.len() + usize::from(one.current() > 0) }
    fn taken_with_values(value: JsValue, list: Vec<JsValue>, maybe: Option<JsValue>, counter: Counter) -> usize {
        drop((value, maybe, counter));
        list.len()
    }
    fn import_take(count: i32) -> i32 { app::take(Counter::at(count)) }
    fn import_give() -> i32 { app::give().current() }
    fn import_give_or_throw() -> Result<i32, JsError> { Ok(app::give_or_throw()?.current()) }
    fn import_maybe(count: Option<i32>) -> Option<i32> {
        app::maybe(count.map(Counter::at)).map(|counter| counter.current())
    }
    fn import_all(counts: Vec<i32>) -> Vec<i32> {
        app::all(counts.into_iter().map(Counter::at).collect()).iter().map(Counter::current).collect()
    }
}
