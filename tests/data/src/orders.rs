//! Structs as programs have them, whose forms a host may ask for.

use handwire::data::Data;
use handwire::{HostFn, JsError, class, export};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub enum Colour {
    Red,
    Green,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Place {
    street: String,
    zip: u16,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Order {
    id: u32,
    name: String,
    paid: bool,
    weight: f64,
    note: Option<String>,
    tags: Vec<String>,
    place: Place,
    stock: BTreeMap<String, i32>,
    colour: Colour,
    pair: (i64, String),
    #[serde(default = "seven")]
    count: Option<u32>,
}

fn seven() -> Option<u32> {
    Some(7)
}

/// A type that refuses what it doesn't know.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    x: u8,
}

/// A type that has no end of its own.
#[derive(Deserialize, Serialize)]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

/// What was ordered.
pub struct Basket {
    orders: Vec<Order>,
}

class! {
    impl Basket {
        fn new(first: Data<Order>) -> Self {
            Basket { orders: vec![first.0] }
        }

        fn add(&mut self, order: Data<Order>, times: u32) {
            self.orders.extend((0..times).map(|_| order.0.clone()));
        }

        fn content(&self) -> Data<Vec<Order>> {
            Data(self.orders.clone())
        }
    }
}

export! {
    fn order(order: Data<Order>) -> Data<Order> {
        order
    }

    fn orders(orders: Data<Vec<Order>>) -> Data<Vec<Order>> {
        orders
    }

    fn strict(value: Data<Strict>) -> u8 {
        value.x
    }

    fn tree(tree: Data<Tree>) -> Data<Tree> {
        tree
    }

    fn grid(rows: Data<Vec<Vec<f64>>>) -> f64 {
        rows.iter().flatten().sum()
    }

    fn both(order: Data<Order>, text: &str, place: Data<Place>) -> String {
        format!("{} {text} {}", order.name, place.street)
    }

    /// By a function of the host that takes and gives data.
    fn moved(f: HostFn<fn(Data<Place>, u16) -> Data<Place>>, zip: u16) -> Result<Data<Place>, JsError> {
        f.call((Data(Place { street: "Long Street".into(), zip: 1 }), zip))
    }
}
