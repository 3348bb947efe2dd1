//! The key of an object, for whatever type of key is asked for: a number or a boolean is
//! written in it, as in JSON.

use super::error::DataError;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Error, IntoDeserializer, Unexpected, Visitor};

type Result<T, E = DataError> = core::result::Result<T, E>;

pub(super) struct Text<'de>(pub(super) &'de str);

macro_rules! parsed {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(Error::invalid_type(Unexpected::Str(self.0), &visitor)),
            }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident $(($($type:ty),*))?)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, $($(_: $type,)*)? visitor: V) -> Result<V::Value> {
            visitor.visit_borrowed_str(self.0)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = DataError;

    parsed! {
        deserialize_bool visit_bool
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_i64 visit_i64
        deserialize_i128 visit_i128
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
        deserialize_u128 visit_u128
        deserialize_f32 visit_f32
        deserialize_f64 visit_f64
    }

    texts! {
        deserialize_any
        deserialize_char
        deserialize_str
        deserialize_string
        deserialize_bytes
        deserialize_byte_buf
        deserialize_unit
        deserialize_unit_struct(&'static str)
        deserialize_seq
        deserialize_tuple(usize)
        deserialize_tuple_struct(&'static str, usize)
        deserialize_map
        deserialize_struct(&'static str, &'static [&'static str])
        deserialize_identifier
        deserialize_ignored_any
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(IntoDeserializer::into_deserializer(BorrowedStrDeserializer::<DataError>::new(self.0)))
    }
}
