//! Structs as JSON text: made by JSON on the one side, read by serde_json on the other.

use bench_common::Person;
use handwire::export;

export! {
    fn json_in(person: &str) -> f64 {
        Person::from_json(person).unwrap().sum()
    }

    fn json_ins(people: &str) -> f64 {
        Person::all_from_json(people).unwrap().iter().map(Person::sum).sum()
    }

    fn hold_people(people: &str) {
        Person::hold(Person::all_from_json(people).unwrap());
    }

    fn json_out() -> String {
        Person::first_as_json()
    }

    fn json_outs() -> String {
        Person::all_as_json()
    }
}
