//! Structs that are read from data: in the order of their fields, where nobody looks at the keys,
//! and in any other, with the same result.
#![cfg(feature = "serde")]

use handwire::data::{self, Options};
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

fn read<T: DeserializeOwned>(sent: &impl Serialize) -> Result<T, String> {
    read_with(Options::new(), sent)
}

fn read_with<T: DeserializeOwned>(options: Options, sent: &impl Serialize) -> Result<T, String> {
    data::decode(&options.encode(sent).unwrap()).map_err(|error| error.to_string())
}

#[derive(Serialize)]
struct Sent<A, B> {
    a: A,
    b: B,
}

#[derive(Serialize)]
struct Turned<A, B> {
    b: B,
    a: A,
}

#[derive(Serialize)]
struct Three<A, B, C> {
    a: A,
    b: B,
    c: C,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Got {
    a: u32,
    b: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Lenient {
    #[serde(default = "seven")]
    a: Option<u32>,
    #[serde(default)]
    b: String,
}

fn seven() -> Option<u32> {
    Some(7)
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    a: u32,
    b: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Named {
    #[serde(alias = "b")]
    a: u32,
    c: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Skipping {
    #[serde(skip)]
    hidden: u8,
    a: u32,
    b: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Generic<T> {
    a: T,
    b: Vec<Got>,
}

/// Read by its keys only.
#[derive(Debug, PartialEq)]
struct ByHand(u32);

impl<'de> Deserialize<'de> for ByHand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ByHand, D::Error> {
        struct Sum;
        impl<'de> Visitor<'de> for Sum {
            type Value = ByHand;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a and b")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<ByHand, M::Error> {
                let mut sum = 0;
                while let Some((key, value)) = map.next_entry::<String, u32>()? {
                    sum += if key == "a" { value } else { 10 * value };
                }
                Ok(ByHand(sum))
            }
        }
        deserializer.deserialize_struct("ByHand", &["a", "b"], Sum)
    }
}

#[test]
fn fields_in_their_order_and_in_another() {
    let got = Got { a: 1, b: "x".into() };
    assert_eq!(read(&Sent { a: 1, b: "x" }), Ok(Got { a: 1, b: "x".into() }));
    assert_eq!(read(&Turned { a: 1, b: "x" }), Ok(Got { a: 1, b: "x".into() }));
    assert_eq!(read(&Three { a: 1, b: "x", c: [1, 2] }), Ok(got));
    assert_eq!(read(&Sent { a: 1, b: 2 }), Ok(ByHand(21)));
    assert_eq!(read(&Sent { a: 1, b: 2 }), Ok(Skipping { hidden: 0, a: 1, b: 2 }));
    let many = (Sent { a: 1, b: "x" }, Turned { a: 2, b: "y" }, Sent { a: 3, b: "z" }, Three { a: 4, b: "w", c: () });
    let read_many: Vec<Got> = read(&many).unwrap();
    assert_eq!(read_many.iter().map(|got| got.a).collect::<Vec<_>>(), [1, 2, 3, 4]);
    let nested: Vec<Generic<Got>> = read(&[Sent { a: Sent { a: 1, b: "x" }, b: [Sent { a: 2, b: "y" }] }]).unwrap();
    assert_eq!(nested[0].b[0].a, 2);
}

#[test]
fn one_shape_for_structs_of_different_fields() {
    let sent = (Sent { a: 1, b: 2 }, Sent { a: 3, b: 4 }, Sent { a: 5, b: 6 }, Sent { a: 7, b: 8 });
    let got: (Strict, ByHand, Skipping, Strict) = read(&sent).unwrap();
    assert_eq!(got, (Strict { a: 1, b: 2 }, ByHand(43), Skipping { hidden: 0, a: 5, b: 6 }, Strict { a: 7, b: 8 }));
}

#[test]
fn what_is_undefined_is_not_there_and_null_is() {
    assert_eq!(read::<Got>(&Sent { a: (), b: "x" }).unwrap_err(), "a: invalid type: unit value, expected u32");
    assert_eq!(read::<Got>(&Sent { a: None::<u32>, b: "x" }).unwrap_err(), "missing field `a`");
    assert_eq!(read(&Sent { a: None::<u32>, b: None::<u32> }), Ok(Lenient { a: Some(7), b: String::new() }));
    assert_eq!(read(&Sent { a: Some(1), b: "x" }), Ok(Lenient { a: Some(1), b: "x".into() }));
    assert_eq!(
        read_with(Options::new().nulls(), &Sent { a: None::<u32>, b: "x" }),
        Ok(Lenient { a: None, b: "x".into() })
    );
    let mixed = [Sent { a: Some(1), b: "x" }, Sent { a: None, b: "y" }, Sent { a: Some(3), b: "z" }];
    let got: Vec<Lenient> = read(&mixed).unwrap();
    assert_eq!(got.iter().map(|got| got.a).collect::<Vec<_>>(), [Some(1), Some(7), Some(3)]);
}

#[test]
fn errors_have_the_way_to_the_field() {
    let list = [Sent { a: 1, b: "x" }];
    assert_eq!(read::<Vec<Strict>>(&list).unwrap_err(), r#"[0].b: invalid type: string "x", expected u32"#);
    let deep = Sent { a: Sent { a: -1, b: "x" }, b: [0; 0] };
    assert_eq!(read::<Generic<Got>>(&deep).unwrap_err(), "a.a: invalid value: integer `-1`, expected u32");
    assert!(read::<Strict>(&Three { a: 1, b: 2, c: 3 }).unwrap_err().contains("unknown field `c`"));
}

#[test]
fn a_field_by_two_of_its_names_is_an_error_in_any_order() {
    #[derive(Serialize)]
    struct Backwards {
        c: u32,
        b: u32,
        a: u32,
    }
    assert!(read::<Named>(&Three { a: 1, b: 2, c: 3 }).unwrap_err().contains("duplicate field"));
    assert!(read::<Named>(&Backwards { c: 3, b: 2, a: 1 }).unwrap_err().contains("duplicate field"));
}
