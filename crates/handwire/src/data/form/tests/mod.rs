//! Forms without a host: what is learned of each shape of serde, and that a value in its form
//! is read as the value that it is.

mod host;
mod without;

use super::read;
use heap::string::{String, ToString};
use heap::vec;
use heap::vec::Vec;
use host::{Form, Written, form, learned, parse, through};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::boxed::Box;
use std::collections::{BTreeMap, HashMap};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
enum Colour {
    Red,
    #[serde(rename = "grün")]
    Green,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Address {
    street: String,
    zip: u32,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Id(u64);

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Pair(i8, String);

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Shapes {
    yes: bool,
    small: (i8, i16, u8, u16),
    wide: (i32, u32, i64),
    id: Id,
    floats: [f64; 2],
    single: f32,
    letter: char,
    name: Box<str>,
    colour: Colour,
    pair: Pair,
    address: Option<Address>,
    all: Vec<Address>,
    lists: Vec<Vec<Option<bool>>>,
    by_name: BTreeMap<String, Address>,
    by_number: HashMap<u16, f64>,
}

prop_compose! {
    fn address()(street in ".{0,12}", zip in any::<u32>()) -> Address {
        Address { street, zip }
    }
}

prop_compose! {
    fn shapes()(
        (yes, small, wide) in (any::<bool>(), any::<(i8, i16, u8, u16)>(), (any::<i32>(), any::<u32>(), -(1i64 << 53) + 1..1 << 53)),
        (id, floats, single) in (0..1u64 << 53, any::<[f64; 2]>(), any::<f32>()),
        (letter, name, green) in (any::<char>(), ".{0,40}", any::<bool>()),
        pair in any::<(i8, String)>(),
        address in proptest::option::of(address()),
        all in proptest::collection::vec(address(), 0..4),
        lists in proptest::collection::vec(any::<Vec<Option<bool>>>(), 0..4),
        by_name in proptest::collection::btree_map(".{0,9}", address(), 0..4),
        by_number in proptest::collection::hash_map(any::<u16>(), any::<f64>(), 0..4),
    ) -> Shapes {
        let colour = if green { Colour::Green } else { Colour::Red };
        Shapes { yes, small, wide, id: Id(id), floats, single, letter, name: name.into(), colour, pair: Pair(pair.0, pair.1), address, all, lists, by_name, by_number }
    }
}

/// A value in which all that can be known of [`Shapes`] is there.
fn telling() -> Shapes {
    let address = Address { street: "Long Street".into(), zip: 8000 };
    Shapes {
        yes: true,
        small: (-1, 2, 3, 4),
        wide: (-5, 6, -7),
        id: Id(8),
        floats: [0.5, -0.0],
        single: 1.5,
        letter: 'ß',
        name: "Zoë".into(),
        colour: Colour::Red,
        pair: Pair(9, "nine".into()),
        address: Some(address.clone()),
        all: vec![address.clone()],
        lists: vec![vec![], vec![None], vec![Some(true)]],
        by_name: BTreeMap::from([("a".into(), address)]),
        by_number: HashMap::from([(1, 1.0)]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 8 } else { 2_000 }))]

    #[test]
    fn every_value_of_a_type_is_in_its_form_what_it_is(value in shapes()) {
        let form = form::<Shapes>(&telling());
        // A form that was learned of a value fits that value.
        let own = self::form::<Shapes>(&value);
        let json = serde_json::to_value(&value).unwrap();
        prop_assert_eq!(through::<Shapes>(&form, &json), Some(value.clone()));
        prop_assert_eq!(through::<Shapes>(&own, &json), Some(value));
    }

    #[test]
    fn words_that_no_host_writes_are_an_error_or_a_value(
        value in shapes(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u64>()), 1..4),
        more in proptest::option::of(1u32..1000),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let mut written = Written::default();
        prop_assert!(written.put(&form::<Shapes>(&telling()), &serde_json::to_value(&value).unwrap()));
        for (at, bits) in changes {
            let at = at.index(written.words.len());
            written.words[at] = if bits % 3 == 0 { (bits % 100) as f64 } else { f64::from_bits(bits) };
        }
        let mut buffer = written.buffer();
        // Where words end, texts begin, which are UTF-8: so there may be more than there are, and not a few more or less.
        if let Some(more) = more {
            let words = buffer.len() as u32 / 8 + more;
            buffer[8..12].copy_from_slice(&words.to_le_bytes());
        }
        if let Some(cut) = cut {
            // Texts stay whole characters, as a host gives them.
            let words = 16 + written.words.len() * 8;
            let at = cut.index(buffer.len());
            buffer.truncate(if at > words { words } else { at });
        }
        // SAFETY: what words may be is for this to find out; texts are UTF-8.
        if let Ok(value) = unsafe { read::<Shapes>(&buffer) } {
            // All of it is there to be looked at: every text is one.
            prop_assert!(serde_json::to_string(&value).is_ok());
        }
    }
}

#[test]
fn the_form_of_a_type() {
    let number = || Form::Number;
    let address = || Form::Struct(vec![("street".into(), Form::Text), ("zip".into(), Form::Number)]);
    let Form::Struct(fields) = form::<Shapes>(&telling()) else { panic!("a struct") };
    let expected = [
        ("yes", Form::Boolean),
        ("small", Form::Tuple(vec![number(), number(), number(), number()])),
        ("wide", Form::Tuple(vec![number(), number(), number()])),
        ("id", number()),
        ("floats", Form::Tuple(vec![number(), number()])),
        ("single", number()),
        ("letter", Form::Text),
        ("name", Form::Text),
        ("colour", Form::Text),
        ("pair", Form::Tuple(vec![number(), Form::Text])),
        ("address", Form::Option(address().into())),
        ("all", Form::List(address().into())),
        ("lists", Form::List(Form::List(Form::Option(Form::Boolean.into()).into()).into())),
        ("by_name", Form::Map(address().into())),
        ("by_number", Form::Map(number().into())),
    ];
    assert_eq!(fields, expected.map(|(key, form)| (key.to_string(), form)));
}

#[test]
fn the_example_of_the_contract() {
    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    struct Example {
        name: String,
        tags: Vec<String>,
        age: Option<u8>,
    }
    let example = |age| Example { name: "Zoë".into(), tags: vec!["a".into()], age };
    let bytes = learned::<Example>(&example(Some(1))).unwrap();
    assert_eq!(bytes, b"\x07\x03\x04name\x03\x04tags\x05\x03\x03age\x04\x02");
    let mut written = Written::default();
    assert!(written.put(&parse(&mut &bytes[..]), &json!({ "name": "Zoë", "tags": ["a"] })));
    let buffer = written.buffer();
    let hex = buffer.iter().map(|byte| std::format!("{byte:02X}")).collect::<Vec<_>>().join(" ");
    assert_eq!(
        hex,
        "00 00 00 00 01 00 00 00 04 00 00 00 04 00 00 00 00 00 00 00 00 00 10 40 00 00 00 00 00 00 08 40 \
         00 00 00 00 00 00 F0 3F 00 00 00 00 00 00 F0 3F 5A 6F C3 AB 61"
    );
    // SAFETY: as a host wrote it.
    assert_eq!(unsafe { read::<Example>(&buffer) }.unwrap(), example(None));
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Defaults {
    #[serde(default)]
    count: u32,
    #[serde(default = "five")]
    maybe: Option<u32>,
    #[serde(alias = "colour")]
    color: Option<String>,
    #[serde(skip_deserializing)]
    skipped: u8,
}

fn five() -> Option<u32> {
    Some(5)
}

#[test]
fn what_was_not_there_is_unknown_and_what_was_in_one_element_is_known() {
    assert_eq!(form::<Vec<u8>>(&Vec::<u8>::new()), Form::List(Form::Unknown.into()));
    assert_eq!(form::<Vec<Option<u8>>>(&[None::<u8>]), Form::List(Form::Option(Form::Unknown.into()).into()));
    assert_eq!(form::<Vec<Option<u8>>>(&[None, Some(1)]), Form::List(Form::Option(Form::Number.into()).into()));
    let Form::Struct(fields) = form::<Defaults>(&json!({ "maybe": null })) else { panic!("a struct") };
    assert_eq!(fields[..2], [("count".into(), Form::Unknown), ("maybe".into(), Form::Option(Form::Unknown.into()))]);
}

/// Missing, extra and doubled fields are what they are without a form.
#[test]
fn fields_that_are_missing() {
    // JSON has no alias to write, so all names are there.
    let names = ["count", "maybe", "color", "colour"];
    let form = Form::Struct(
        names
            .iter()
            .map(|name| {
                (
                    name.to_string(),
                    if *name == "count" {
                        Form::Number
                    } else {
                        Form::Option(if name.starts_with('c') { Form::Text } else { Form::Number }.into())
                    },
                )
            })
            .collect(),
    );
    let defaults =
        |count, maybe, color: Option<&str>| Some(Defaults { count, maybe, color: color.map(String::from), skipped: 0 });
    assert_eq!(through(&form, &json!({})), defaults(0, Some(5), None));
    assert_eq!(through(&form, &json!({ "maybe": null, "extra": 1 })), defaults(0, None, None));
    assert_eq!(through(&form, &json!({ "count": 2, "colour": "red" })), defaults(2, Some(5), Some("red")));
    // Two names of one field are an error, which the value by itself will have.
    assert_eq!(through::<Defaults>(&form, &json!({ "color": "red", "colour": "red" })), None);
    assert_eq!(through::<Defaults>(&form, &json!({ "count": 1, "maybe": 1, "color": "red", "colour": "red" })), None);
    let known = self::form::<Defaults>(&json!({ "count": 1, "maybe": 2, "colour": "red" }));
    let Form::Struct(fields) = known else { panic!("a struct") };
    assert_eq!(fields.iter().map(|(name, _)| &name[..]).collect::<Vec<_>>().len(), 4);
}

#[test]
fn a_value_of_another_type_is_an_error() {
    assert_eq!(through::<u8>(&Form::Number, &json!(255)), Some(255));
    assert_eq!(through::<u8>(&Form::Number, &json!(256)), None);
    assert_eq!(through::<u8>(&Form::Number, &json!(-1)), None);
    assert_eq!(through::<u8>(&Form::Number, &json!(1.5)), None);
    assert_eq!(through::<i64>(&Form::Number, &json!(9_007_199_254_740_991i64)), Some(9_007_199_254_740_991));
    assert_eq!(through::<i64>(&Form::Number, &json!(9_007_199_254_740_992i64)), None);
    assert_eq!(through::<u32>(&Form::Number, &json!(-0.0)), Some(0));
    assert_eq!(through::<bool>(&Form::Number, &json!(2)), None);
    assert_eq!(through::<char>(&Form::Text, &json!("ab")), None);
    assert_eq!(through::<Colour>(&Form::Text, &json!("Blue")), None);
    // Words that are left, and texts.
    assert_eq!(through::<(u8,)>(&Form::Tuple(vec![Form::Number, Form::Number]), &json!([1, 2])), None);
    assert_eq!(through::<(u8,)>(&Form::Tuple(vec![Form::Text]), &json!(["abc"])), None);
}

/// More elements or entries than there are words: an error at once, and no loop without an end.
#[test]
fn counts_beyond_what_there_is() {
    for words in [vec![4_294_967_295.0], vec![2.0, 1.0], vec![1.0, 4e9]] {
        let buffer = Written { words, text: String::new() }.buffer();
        // SAFETY: words are for this to look at.
        unsafe {
            assert!(read::<Vec<Vec<f64>>>(&buffer).is_err());
            assert!(read::<BTreeMap<String, u8>>(&buffer).is_err());
        }
    }
}

/// A type without an end, and words that go on and on: as deep as containers stand, and no deeper.
#[test]
fn no_deeper_than_containers_stand() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Tree {
        children: Vec<Tree>,
    }
    let deep = |depth: usize| {
        let words = (0..depth).flat_map(|_| [0.0, 1.0]).chain([0.0, 0.0]).collect();
        // SAFETY: words are for this to look at.
        unsafe { read::<Tree>(&Written { words, text: String::new() }.buffer()) }
    };
    assert!(deep(63).is_ok_and(|tree| tree.children.len() == 1));
    assert!(deep(64).is_err());
    assert!(deep(100_000).is_err());
}

/// Two halves of a pair that met at the border of two texts.
#[test]
fn a_character_across_two_texts_is_an_error() {
    let written = Written { words: vec![2.0, 1.0, 1.0], text: "😀".into() };
    // SAFETY: as a host wrote it.
    assert!(unsafe { read::<Vec<String>>(&written.buffer()) }.is_err());
}
