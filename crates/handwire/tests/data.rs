//! Data without a host: every shape of serde into a buffer and back, equal to what it was and
//! to what serde_json makes of it; and buffers that are damaged.
#![cfg(feature = "serde")]

use handwire::data::{self, Options};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

const CASES: u32 = 10_000;

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
enum Choice {
    Unit,
    Newtype(u32),
    Tuple(i8, String),
    Struct { yes: bool, inner: Option<Box<Choice>> },
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    A { x: f64 },
    B { text: String, list: Vec<u8> },
    C,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    One(i32),
    Two(String, bool),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
enum Untagged {
    Text(String),
    Number(i64),
    List(Vec<bool>),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Flat {
    #[serde(flatten)]
    rest: BTreeMap<String, Option<i16>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Tuple(u8, String, char);

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Shapes {
    yes: bool,
    small: (i8, i16, u8, u16),
    wide: (i32, u32, i64, u64),
    float: f64,
    single: f32,
    char: char,
    text: String,
    maybe: Option<i32>,
    unit: (),
    tuple: Tuple,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<String>,
    list: Vec<Option<String>>,
    map: BTreeMap<String, Choice>,
    numbered: BTreeMap<i32, String>,
    tagged: Vec<Tagged>,
    adjacent: Option<Adjacent>,
    untagged: Vec<Untagged>,
    flat: Flat,
}

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![any::<i16>().prop_map(f64::from), any::<f64>().prop_filter("finite", |value| value.is_finite())]
}

fn choice() -> impl Strategy<Value = Choice> {
    let leaf = prop_oneof![
        Just(Choice::Unit),
        any::<u32>().prop_map(Choice::Newtype),
        (any::<i8>(), ".{0,4}").prop_map(|(number, text)| Choice::Tuple(number, text)),
    ];
    leaf.prop_recursive(3, 4, 1, |inner| {
        (any::<bool>(), option::of(inner)).prop_map(|(yes, inner)| Choice::Struct { yes, inner: inner.map(Box::new) })
    })
}

fn tagged() -> impl Strategy<Value = Tagged> {
    prop_oneof![
        finite().prop_map(|x| Tagged::A { x }),
        (".{0,40}", vec(any::<u8>(), 0..4)).prop_map(|(text, list)| Tagged::B { text, list }),
        Just(Tagged::C),
    ]
}

fn shapes() -> impl Strategy<Value = Shapes> {
    let scalars = (any::<bool>(), any::<(i8, i16, u8, u16)>(), any::<(i32, u32, i64, u64)>(), finite(), any::<i16>());
    let texts = (
        any::<char>(),
        ".{0,40}",
        any::<Option<i32>>(),
        (any::<u8>(), ".{0,3}", any::<char>()),
        option::of("[a-z]{0,3}"),
    );
    let lists = (
        vec(option::of("(same|other|.{0,34})"), 0..5),
        btree_map(".{0,4}", choice(), 0..4),
        btree_map(any::<i32>(), ".{0,4}", 0..3),
    );
    let enums = (
        vec(tagged(), 0..3),
        option::of(prop_oneof![
            any::<i32>().prop_map(Adjacent::One),
            (".{0,3}", any::<bool>()).prop_map(|(text, yes)| Adjacent::Two(text, yes))
        ]),
        vec(
            prop_oneof![
                ".{0,3}".prop_map(Untagged::Text),
                any::<i64>().prop_map(Untagged::Number),
                vec(any::<bool>(), 0..3).prop_map(Untagged::List)
            ],
            0..3,
        ),
        btree_map("[a-z]{1,4}", any::<Option<i16>>(), 0..3),
    );
    (scalars, texts, lists, enums).prop_map(|(scalars, texts, lists, enums)| Shapes {
        yes: scalars.0,
        small: scalars.1,
        wide: scalars.2,
        float: scalars.3,
        single: f32::from(scalars.4) / 4.0,
        char: texts.0,
        text: texts.1,
        maybe: texts.2,
        unit: (),
        tuple: Tuple(texts.3.0, texts.3.1, texts.3.2),
        skipped: texts.4,
        list: lists.0,
        map: lists.1,
        numbered: lists.2,
        tagged: enums.0,
        adjacent: enums.1,
        untagged: enums.2,
        flat: Flat { rest: enums.3 },
    })
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        finite().prop_map(|value| if value as i64 as f64 == value {
            Value::from(value as i64)
        } else {
            Value::from(value)
        }),
        ".{0,40}".prop_map(Value::from),
        "(same|another)".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            btree_map(".{0,5}", inner, 0..8).prop_map(|map| Value::Object(map.into_iter().collect()))
        ]
    })
}

fn back<T: Serialize + DeserializeOwned>(value: &T, options: Options) -> T {
    data::decode(&options.encode(value).unwrap()).unwrap()
}

/// The largest number up to which all integers are numbers of a host.
const SAFE: f64 = 9_007_199_254_740_991.0;

/// JSON in which a number that is whole is an integer, as a host writes it.
fn whole(json: Value) -> Value {
    match json {
        Value::Number(number) if number.is_f64() => match number.as_f64() {
            Some(value) if value != 0.0 && value.abs() <= SAFE && value as i64 as f64 == value => {
                Value::from(value as i64)
            }
            _ => Value::Number(number),
        },
        Value::Array(list) => list.into_iter().map(whole).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, whole(value))).collect(),
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(CASES) })]

    #[test]
    fn every_shape_comes_back_as_it_was(shapes in shapes()) {
        for options in [Options::new(), Options::new().nulls(), Options::new().bigints()] {
            prop_assert_eq!(&back(&shapes, options), &shapes);
        }
    }

    #[test]
    fn every_shape_is_what_serde_json_has(shapes in shapes()) {
        // Keys that are no texts are texts in JSON, and an entry of a map here.
        let shapes = Shapes { numbered: BTreeMap::new(), ..shapes };
        let through: Value = data::decode(&Options::new().nulls().encode(&shapes).unwrap()).unwrap();
        prop_assert_eq!(&through, &whole(serde_json::to_value(&shapes).unwrap()));
    }

    #[test]
    fn any_json_comes_back_as_it_was(json in json()) {
        prop_assert_eq!(back(&json, Options::new().nulls()), json);
    }

    #[test]
    fn wide_integers(signed in any::<i128>(), unsigned in any::<u128>(), shift in 0..128u32) {
        for options in [Options::new(), Options::new().bigints()] {
            prop_assert_eq!(back(&(signed >> shift, unsigned >> shift), options), (signed >> shift, unsigned >> shift));
        }
    }

    #[test]
    fn floats_are_kept_to_the_bit(value in any::<f64>()) {
        prop_assert_eq!(back(&value, Options::new()).to_bits(), value.to_bits());
    }

    #[test]
    fn damage_is_an_error_or_another_value(json in json(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut buffer = Options::new().encode(&json).unwrap();
        let at = at.index(buffer.len());
        buffer[at] = byte;
        let end = cut.index(buffer.len() * 4).min(buffer.len());
        let _: Result<Value, data::DataError> = data::decode(&buffer[..end]);
        let _: Result<Shapes, data::DataError> = data::decode(&buffer);
    }

    #[test]
    fn bytes_at_random_are_an_error_or_a_value(bytes in vec(any::<u8>(), 0..200), tables in 8..30u32) {
        let mut buffer = bytes;
        if buffer.len() > 8 {
            buffer[..4].copy_from_slice(&tables.to_le_bytes());
        }
        let _: Result<Value, data::DataError> = data::decode(&buffer);
    }
}

#[test]
fn depth_and_recursion_are_bounded() {
    let mut value = b"\xA1".repeat(100_000);
    value.push(1);
    let mut buffer = (value.len() as u32 + 8).to_le_bytes().to_vec();
    buffer.extend([0; 4]);
    buffer.extend(value);
    buffer.extend([0; 8]);
    assert!(data::decode::<Value>(&buffer).unwrap_err().to_string().ends_with("more than 128 levels deep"));
    assert!(data::decode::<serde::de::IgnoredAny>(&buffer).is_err());
}
