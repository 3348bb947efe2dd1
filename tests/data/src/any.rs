//! A value of any kind, for tests that give back what they are given.

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

/// Whatever data can be, as serde sees it.
#[derive(Clone, Debug, PartialEq)]
pub enum Any {
    Unit,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Wide(u128),
    Negative(i128),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Any>),
    Map(Vec<(Any, Any)>),
}

impl Serialize for Any {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Any::Unit => serializer.serialize_unit(),
            Any::Bool(value) => serializer.serialize_bool(*value),
            Any::Unsigned(value) => serializer.serialize_u64(*value),
            Any::Signed(value) => serializer.serialize_i64(*value),
            Any::Wide(value) => serializer.serialize_u128(*value),
            Any::Negative(value) => serializer.serialize_i128(*value),
            Any::Float(value) => serializer.serialize_f64(*value),
            Any::Text(text) => serializer.serialize_str(text),
            Any::Bytes(bytes) => serializer.serialize_bytes(bytes),
            // As if its length were not known.
            Any::List(list) => {
                let mut seq = serializer.serialize_seq((list.len() % 2 == 0).then_some(list.len()))?;
                list.iter().try_for_each(|value| seq.serialize_element(value))?;
                seq.end()
            }
            Any::Map(entries) => {
                let mut map = serializer.serialize_map(None)?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Any, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

macro_rules! visits {
    ($($method:ident($type:ty) $variant:ident)*) => {$(
        fn $method<E>(self, value: $type) -> Result<Any, E> {
            Ok(Any::$variant(value.into()))
        }
    )*};
}

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    visits! {
        visit_bool(bool) Bool
        visit_u64(u64) Unsigned
        visit_i64(i64) Signed
        visit_u128(u128) Wide
        visit_i128(i128) Negative
        visit_f64(f64) Float
        visit_f32(f32) Float
        visit_str(&str) Text
        visit_bytes(&[u8]) Bytes
    }

    fn visit_unit<E>(self) -> Result<Any, E> {
        Ok(Any::Unit)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Any, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element()? {
            list.push(value);
        }
        Ok(Any::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Any, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Any::Map(entries))
    }
}
