//! Structs as JSON text: made by JSON on the one side, read by serde_json on the other.

use bench_common::Person;
use handwire::{contract, export};

contract! {
    "export json_in(person: str) -> f64",
    "export json_ins(people: str) -> f64",
    "export hold_people(people: str)",
    "export json_out() -> str",
    "export json_outs() -> str",
}

#[unsafe(no_mangle)]
extern "C" fn json_in(person: *const u8, person_len: usize) -> f64 {
    // SAFETY: the host gives a text that stays for the time of the call.
    Person::from_json(unsafe { export::lift_text(person, person_len) }).unwrap().sum()
}

#[unsafe(no_mangle)]
extern "C" fn json_ins(people: *const u8, people_len: usize) -> f64 {
    // SAFETY: as above.
    let people = Person::all_from_json(unsafe { export::lift_text(people, people_len) });
    people.unwrap().iter().map(Person::sum).sum()
}

#[unsafe(no_mangle)]
extern "C" fn hold_people(people: *const u8, people_len: usize) {
    // SAFETY: as above.
    Person::hold(Person::all_from_json(unsafe { export::lift_text(people, people_len) }).unwrap());
}

#[unsafe(no_mangle)]
extern "C" fn json_out() {
    export::return_text(Person::first_as_json());
}

#[unsafe(no_mangle)]
extern "C" fn json_outs() {
    export::return_text(Person::all_as_json());
}
