//! Every shape that serde knows.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Address {
    pub street: String,
    pub zip: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct User {
    pub name: String,
    pub address: Address,
    #[serde(default)]
    pub tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub enum Choice {
    Unit,
    Newtype(u8),
    Tuple(i8, String),
    Struct { a: bool, b: Option<Box<Choice>> },
}

/// An enum by a property.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Tagged {
    Circle { radius: f64 },
    Square { side: u32 },
    Named(User),
    Nothing,
}

/// An enum by what fits.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Either {
    Number(i64),
    Text(String),
    Both { number: i64, text: String },
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Unit;

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Newtype(pub u16);

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Tuple(pub u8, pub String, pub f32);

/// The rest of a struct.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct More {
    pub extra: String,
    #[serde(flatten)]
    pub rest: BTreeMap<String, i32>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shapes {
    pub yes_no: bool,
    pub i8: i8,
    pub i16: i16,
    pub i32: i32,
    pub i64: i64,
    pub i128: i128,
    pub u8: u8,
    pub u16: u16,
    pub u32: u32,
    pub u64: u64,
    pub u128: u128,
    pub f32: f32,
    pub f64: f64,
    pub char: char,
    pub text: String,
    pub none: Option<u32>,
    pub some: Option<u32>,
    pub unit: (),
    pub unit_struct: Unit,
    pub newtype: Newtype,
    pub tuple_struct: Tuple,
    pub tuple: (i32, (bool, char), [u8; 2]),
    pub list: Vec<Option<i64>>,
    pub map: BTreeMap<String, Choice>,
    pub numbers: BTreeMap<u32, bool>,
    pub pairs: BTreeMap<(u8, u8), String>,
    pub choices: Vec<Choice>,
    pub eithers: Vec<Either>,
    pub more: More,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
}

impl Shapes {
    pub fn sample() -> Shapes {
        let choice = Choice::Struct { a: true, b: Some(Box::new(Choice::Tuple(-1, "é".into()))) };
        Shapes {
            yes_no: true,
            i8: i8::MIN,
            i16: i16::MIN,
            i32: i32::MIN,
            i64: i64::MIN,
            i128: i128::MIN,
            u8: u8::MAX,
            u16: u16::MAX,
            u32: u32::MAX,
            u64: u64::MAX,
            u128: u128::MAX,
            f32: 0.5,
            f64: -0.0,
            char: '😀',
            text: "a\0é\u{FEFF}".into(),
            none: None,
            some: Some(7),
            unit: (),
            unit_struct: Unit,
            newtype: Newtype(300),
            tuple_struct: Tuple(1, "two".into(), 3.5),
            tuple: (-5, (false, 'x'), [1, 2]),
            list: vec![Some(1 << 53), None, Some(-1)],
            map: BTreeMap::from([("a".into(), Choice::Unit), ("__proto__".into(), Choice::Newtype(1))]),
            numbers: BTreeMap::from([(1, true), (u32::MAX, false)]),
            pairs: BTreeMap::from([((1, 2), "pair".into())]),
            choices: vec![Choice::Unit, Choice::Newtype(1), choice],
            eithers: vec![
                Either::Number(5),
                Either::Text("five".into()),
                Either::Both { number: 5, text: "five".into() },
            ],
            more: More { extra: "flat".into(), rest: BTreeMap::from([("one".into(), 1), ("two".into(), 2)]) },
            skipped: None,
        }
    }
}
