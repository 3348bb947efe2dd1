//! The struct of the rows `j`, with a bit of everything.

use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// Ten fields on two levels: numbers, texts, a list, an option, a boolean.
#[derive(Clone, Deserialize, Serialize)]
pub struct Person {
    pub id: u32,
    pub name: String,
    pub email: String,
    pub age: u8,
    pub score: f64,
    pub active: bool,
    pub tags: Vec<String>,
    pub manager: Option<u32>,
    pub address: Address,
}

/// The inner level.
#[derive(Clone, Deserialize, Serialize)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: u32,
    pub lat: f64,
    pub lon: f64,
}

thread_local! {
    static PEOPLE: RefCell<Vec<Person>> = const { RefCell::new(Vec::new()) };
}

impl Person {
    /// A number that every field has a part in.
    pub fn sum(&self) -> f64 {
        let texts = [&self.name, &self.email, &self.address.street, &self.address.city];
        let letters: usize = texts.into_iter().chain(&self.tags).map(String::len).sum();
        let address = f64::from(self.address.zip) + self.address.lat + self.address.lon;
        let numbers = f64::from(self.id) + f64::from(self.age) + self.score + address;
        numbers + letters as f64 + f64::from(u8::from(self.active)) + f64::from(self.manager.unwrap_or(0))
    }

    /// One from its JSON text.
    pub fn from_json(text: &str) -> Option<Person> {
        serde_json::from_str(text).ok()
    }

    /// All from a JSON array.
    pub fn all_from_json(text: &str) -> Option<Vec<Person>> {
        serde_json::from_str(text).ok()
    }

    /// The first that is kept, made anew.
    pub fn first() -> Option<Person> {
        PEOPLE.with_borrow(|people| people.first().cloned())
    }

    /// A look at all that are kept.
    pub fn with_all<R>(run: impl FnOnce(&[Person]) -> R) -> R {
        PEOPLE.with_borrow(|people| run(people))
    }

    /// Keeps some, for what returns one or all.
    pub fn hold(people: Vec<Person>) {
        PEOPLE.set(people);
    }

    /// The JSON text of the first that is kept.
    pub fn first_as_json() -> String {
        PEOPLE.with_borrow(|people| serde_json::to_string(&people.first()).unwrap_or_default())
    }

    /// The JSON text of all that are kept.
    pub fn all_as_json() -> String {
        PEOPLE.with_borrow(|people| serde_json::to_string(people).unwrap_or_default())
    }
}
