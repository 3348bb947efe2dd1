//! Structs as data.

use bench_common::{Lock, Person};
use handwire::data::{self, Data};
use handwire::{JsValue, export};

export! {
    fn struct_in(person: Data<Person>) -> f64 {
        person.sum()
    }

    fn structs_in(people: Data<Vec<Person>>) -> f64 {
        people.iter().map(Person::sum).sum()
    }

    fn lock_in(lock: Data<Lock>) -> f64 {
        lock.sum()
    }

    fn struct_out() -> JsValue {
        Person::with_all(|people| data::to_js(&people[0])).unwrap()
    }

    fn structs_out() -> JsValue {
        Person::with_all(data::to_js).unwrap()
    }
}
