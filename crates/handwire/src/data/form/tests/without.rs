//! Types without a form: what asks for what comes, or for more than a form has.

use super::host::learned;
use crate::JsValue;
use heap::string::String;
use heap::vec::Vec;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    A { x: f64 },
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    One(i32),
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Untagged {
    Number(i64),
}

#[derive(Deserialize, Serialize)]
struct Flat {
    #[serde(flatten)]
    rest: BTreeMap<String, i16>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    x: u8,
}

#[derive(Deserialize, Serialize)]
enum Full {
    Content(u8),
}

/// What reads on by what it has read.
struct Custom;

impl<'de> Deserialize<'de> for Custom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Custom, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Custom;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("numbers, up to a 0")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Custom, A::Error> {
                while list.next_element::<u8>()? != Some(0) {}
                Ok(Custom)
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
}

#[test]
fn types_without_a_form() {
    assert!(learned::<Tagged>(&Tagged::A { x: 1.0 }).is_none());
    assert!(learned::<Adjacent>(&Adjacent::One(1)).is_none());
    assert!(learned::<Untagged>(&Untagged::Number(1)).is_none());
    assert!(learned::<Flat>(&Flat { rest: BTreeMap::from([("x".into(), 1)]) }).is_none());
    assert!(learned::<Strict>(&Strict { x: 1 }).is_none());
    assert!(learned::<Full>(&Full::Content(1)).is_none());
    assert!(learned::<Custom>(&[1, 0]).is_none());
    assert!(learned::<Value>(&json!([1])).is_none());
    assert!(learned::<u128>(&1).is_none());
    assert!(learned::<()>(&()).is_none());
    assert!(learned::<JsValue>(&1).is_none());
    assert!(learned::<Vec<JsValue>>(&[1]).is_none());
    assert!(learned::<Vec<Option<JsValue>>>(&[1]).is_none());
    assert!(learned::<[u8; 2]>(&[1, 2, 3]).is_none());
    // A value of another type than the one that learns.
    assert!(learned::<String>(&1).is_none());
}

#[test]
fn too_many_fields_for_a_mask() {
    macro_rules! wide {
        ($($field:ident)*) => {
            #[derive(Deserialize)]
            #[allow(dead_code, reason = "they are only read")]
            struct Wide {
                $(#[serde(default)] $field: u8,)*
            }
        };
    }
    wide!(a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3);
    assert!(learned::<Wide>(&json!({ "a0": 1 })).is_none());
}
