//! The guest of the tests of what goes wrong where no test of a topic has it: data of another shape and instances in
//! use, wherever a value of the host can stand; destructors that panic when nobody calls.

mod fragile;

use futures_core::Stream;
use handwire::data::Data;
use handwire::{Async, CallError, Closure, HostFn, HostStream, JsArray, JsError, JsFunction, JsValue, LocalBoxFuture};
use serde::{Deserialize, Serialize};
use std::future::poll_fn;
use std::pin::Pin;

/// A value of a known shape, with one of the host in it.
#[derive(Deserialize, Serialize)]
struct Person {
    name: String,
    age: u8,
    #[serde(default)]
    mark: Option<JsValue>,
}

handwire::record! {
    struct Order { item: String, buyer: Data<Person>, others: Vec<Data<Person>>, parts: Vec<Order> }

    struct Failure { reason: String, who: Data<Person> }

    struct Held { boxes: Vec<Basket>, who: Data<Person> }
}

/// A class.
#[derive(Default)]
struct Basket {
    names: Vec<String>,
}

handwire::class! {
    impl Basket {
        fn new() -> Self { Basket::default() }
        fn add(&mut self, people: Vec<Data<Person>>) -> usize {
            self.names.extend(people.into_iter().map(|person| person.0.name));
            self.names.len()
        }
        fn pour(&mut self, other: Basket, last: Option<Data<Person>>) -> usize {
            self.names.extend(other.names);
            self.names.extend(last.map(|person| person.0.name));
            self.names.len()
        }
        async fn add_later(&mut self, person: Option<Data<Person>>) -> usize {
            self.names.extend(person.map(|person| person.0.name));
            self.names.len()
        }
        fn count(&self) -> usize { self.names.len() }
        /// Runs a function of the host while the basket is in use.
        fn during(&mut self, act: JsFunction) -> Result<(), JsError> {
            act.call_as(&JsValue::UNDEFINED, ())
        }
    }
}

handwire::interface! {
    trait Shop {
        fn find(&self, name: &str) -> Result<Data<Person>, CallError<Failure>>;
        fn all(&self, names: Vec<String>) -> Result<Vec<Option<Data<Person>>>, JsError>;
        fn sell(&self, order: Order) -> usize;
        async fn look(&self, name: &str) -> Result<Order, JsError>;
    }
}

struct Own;

impl Shop for Own {
    fn find(&self, _name: &str) -> Result<Data<Person>, CallError<Failure>> {
        Err(CallError::Unexpected(JsError::new("nobody")))
    }
    fn all(&self, _names: Vec<String>) -> Result<Vec<Option<Data<Person>>>, JsError> {
        Ok(Vec::new())
    }
    fn sell(&self, order: Order) -> usize {
        order.others.len()
    }
    fn look(&self, _name: &str) -> LocalBoxFuture<'_, Result<Order, JsError>> {
        Box::pin(async { Err(JsError::new("nobody")) })
    }
}

handwire::import! {
    mod app {
        fn find(name: &str) -> Result<Data<Person>, JsError>;
        fn list() -> Result<Vec<Data<Person>>, JsError>;
        fn maybe() -> Result<Option<Data<Person>>, JsError>;
        fn order() -> Result<Order, JsError>;
        fn failing() -> Result<(), CallError<Failure>>;
        fn held() -> Result<Held, JsError>;
        fn baskets() -> Result<Vec<Basket>, JsError>;
        fn sure() -> Vec<Data<Person>>;
        async fn list_later() -> Result<Vec<Data<Person>>, JsError>;
        async fn failing_later() -> Result<(), CallError<Failure>>;
    }
}

/// What a function of the host failed with, as text.
fn told<T>(result: Result<T, CallError<Failure>>) -> Result<String, JsError> {
    match result {
        Ok(_) => Ok("fine".into()),
        Err(CallError::Declared(failure)) => Ok(format!("declared {} of {}", failure.reason, failure.who.name)),
        Err(CallError::Unexpected(error)) => Err(error),
    }
}

handwire::export! {
    fn alloc_pages() -> usize { core::arch::wasm32::memory_size(0) }
    fn live_values() -> usize { handwire::live_values() }

    fn list(people: Vec<Data<Person>>) -> usize { people.len() }
    fn maybe(person: Option<Data<Person>>) -> bool { person.is_some() }
    fn nested(people: Option<Vec<Option<Data<Person>>>>) -> usize { people.map_or(0, |people| people.len()) }
    fn order(order: Order) -> String { order.buyer.0.name }
    fn orders(first: Data<Person>, orders: Vec<Order>, last: Option<Order>) -> usize {
        first.name.len() + orders.len() + usize::from(last.is_some())
    }
    fn held(value: JsValue, held: Held, list: Vec<JsValue>) -> usize { drop(value); held.boxes.len() + list.len() }
    fn fallible(people: Vec<Data<Person>>) -> Result<usize, JsError> { Ok(people.len()) }
    async fn later(order: Order, people: Vec<Data<Person>>) -> usize { order.others.len() + people.len() }

    fn closure() -> Closure<fn(Vec<Data<Person>>, Option<Order>) -> usize> {
        Closure::new(|people: Vec<Data<Person>>, order: Option<Order>| people.len() + usize::from(order.is_some()))
    }
    fn closure_once() -> Closure<fn(Data<Person>) -> usize> { Closure::once(|person: Data<Person>| person.name.len()) }
    fn closure_later() -> Closure<fn(Vec<Data<Person>>) -> Async<usize>> {
        Closure::new_async(|people: Vec<Data<Person>>| async move { people.len() })
    }
    fn closure_of_data() -> Closure<fn(Data<Person>) -> Data<Vec<Person>>> {
        Closure::new(|person: Data<Person>| Data(vec![person.0]))
    }
    fn host_function(find: HostFn<fn(String) -> Data<Person>>, all: &JsArray) -> Result<String, JsError> {
        let mut names = find.call(("Ada".into(),))?.0.name;
        all.for_each(&mut |person: Data<Person>| names += &person.name)?;
        Ok(names + &all.get_as::<Data<Person>>(0)?.name)
    }
    fn closure_of_baskets() -> Closure<fn(Basket, Data<Person>) -> usize> {
        Closure::new(|basket: Basket, person: Data<Person>| basket.names.len() + person.name.len())
    }
    fn lent(each: HostFn<fn(JsFunction) -> ()>) -> Result<usize, JsError> {
        let mut count = 0;
        handwire::scoped(&mut |people: Vec<Data<Person>>| count += people.len(), |function| each.call((function.clone(),)))?;
        Ok(count)
    }

    fn own_shop() -> Box<dyn Shop> { Box::new(Own) }
    fn shop_find(shop: Box<dyn Shop>) -> Result<String, JsError> { told(shop.find("Ada")) }
    fn shop_all(shop: Box<dyn Shop>) -> Result<usize, JsError> { Ok(shop.all(vec!["Ada".into()])?.len()) }
    async fn shop_look(shop: Box<dyn Shop>) -> Result<String, JsError> { Ok(shop.look("Ada").await?.item) }

    fn import_find() -> Result<String, JsError> { Ok(app::find("Ada")?.0.name) }
    fn import_list() -> Result<usize, JsError> { Ok(app::list()?.len()) }
    fn import_maybe() -> Result<bool, JsError> { Ok(app::maybe()?.is_some()) }
    fn import_order() -> Result<String, JsError> { Ok(app::order()?.item) }
    fn import_failing() -> Result<String, JsError> { told(app::failing()) }
    fn import_held() -> Result<usize, JsError> { Ok(app::held()?.boxes.len()) }
    fn import_baskets() -> Result<usize, JsError> { Ok(app::baskets()?.len()) }
    async fn import_stream(people: HostStream<Data<Person>>) -> Result<usize, JsError> {
        let mut people = people;
        let mut count = 0;
        while let Some(person) = poll_fn(|context| Pin::new(&mut people).poll_next(context)).await {
            person?;
            count += 1;
        }
        Ok(count)
    }
    fn import_sure() -> usize { app::sure().len() }
    async fn import_list_later() -> Result<usize, JsError> { Ok(app::list_later().await?.len()) }
    async fn import_failing_later() -> Result<String, JsError> { told(app::failing_later().await) }
}
