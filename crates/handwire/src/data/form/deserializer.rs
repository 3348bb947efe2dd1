//! serde's Deserializer of a buffer in a form: each value is the next word, and a text the next
//! of the texts behind. What a type asks for is what the form says, as the form is the type's.
//!
//! Types whose reading depends on what they read would not ask for the same each time: only
//! visitors of serde's own and of its derive are given containers.

use super::super::tag;
use super::super::visitor::{is_derived, is_own};
use super::access::{Items, Keyed, Learned, Variant};
use super::formed::Formed;
use super::misread::Misread;
use super::node::kind;
use serde::de::{Deserializer, Visitor};

type Result<T, E = Misread> = core::result::Result<T, E>;

/// `method type`: integers, which visitors are given as they are given them by others.
macro_rules! integers {
    ($($method:ident $type:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            let value = self.word(kind::NUMBER);
            let integer = value as $type;
            self.note(f64::from(integer) != value);
            match u64::try_from(integer) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(integer.into()),
            }
        }
    )*};
}

/// Those that are wider than a number is exact.
macro_rules! wide_integers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            let value = self.word(kind::NUMBER);
            let integer = value as i64;
            self.note(integer.unsigned_abs() > tag::SAFE || integer as f64 != value);
            match u64::try_from(integer) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(integer),
            }
        }
    )*};
}

macro_rules! floats {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.visit_f64(self.word(kind::NUMBER))
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.visit_borrowed_str(self.text())
        }
    )*};
}

/// What is in no form: what is asked for by what the value is, and what goes by handle or as bytes.
macro_rules! never {
    ($($method:ident $(($($type:ty),*))?)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($(_: $type,)*)? _visitor: V) -> Result<V::Value> {
            Err(Misread)
        }
    )*};
}

impl<'de> Formed<'de> {
    /// Values in turn, all of which must be taken. The result is moved nowhere before it is returned.
    #[inline(always)]
    fn in_turn<V: Visitor<'de>>(&mut self, count: usize, visitor: V) -> Result<V::Value> {
        self.enter()?;
        let mut items = Items::new(self, count);
        let mut value = visitor.visit_seq(&mut items);
        if items.left() > 0 {
            value = Err(Misread);
        }
        self.leave();
        value
    }

    /// A struct that lacks some fields, or is learned.
    #[cold]
    #[inline(never)]
    fn keyed<V: Visitor<'de>>(
        &mut self,
        fields: &'static [&'static str],
        missing: f64,
        visitor: V,
    ) -> Result<V::Value> {
        self.enter()?;
        let keyed = if self.learner.is_some() {
            Keyed::to_learn(self, fields)?
        } else {
            Keyed::of_fields(self, fields, missing as u64)
        };
        let value = visitor.visit_map(keyed);
        self.leave();
        value
    }

    /// A list that is learned.
    #[cold]
    #[inline(never)]
    fn learned_list<V: Visitor<'de>>(&mut self, count: usize, visitor: V) -> Result<V::Value> {
        visitor.visit_seq(Learned::of_list(self, count))
    }

    /// A tuple that is learned.
    #[cold]
    #[inline(never)]
    fn learned_tuple<V: Visitor<'de>>(&mut self, len: usize, visitor: V) -> Result<V::Value> {
        if self.count(kind::TUPLE) != len {
            return Err(Misread);
        }
        visitor.visit_seq(Learned::of_tuple(self, len))
    }
}

impl<'de> Deserializer<'de> for &mut Formed<'de> {
    type Error = Misread;

    integers! {
        deserialize_i8 i8
        deserialize_i16 i16
        deserialize_i32 i32
        deserialize_u8 u8
        deserialize_u16 u16
        deserialize_u32 u32
    }

    wide_integers! { deserialize_i64 deserialize_u64 }

    floats! { deserialize_f32 deserialize_f64 }

    texts! { deserialize_str deserialize_char }

    never! {
        deserialize_any
        deserialize_i128
        deserialize_u128
        deserialize_bytes
        deserialize_byte_buf
        deserialize_unit
        deserialize_unit_struct(&'static str)
        deserialize_identifier
        deserialize_ignored_any
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_string(self.string().into())
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let value = self.word(kind::BOOLEAN);
        self.note(value != 1.0 && value != 0.0);
        visitor.visit_bool(value == 1.0)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if !is_own::<V>() {
            return Err(Misread);
        }
        match self.word(kind::OPTION) {
            0.0 => visitor.visit_none(),
            1.0 => visitor.visit_some(self),
            _ => {
                let node = self.node();
                self.learner().ok_or(Misread)?.inside(node, 0)?;
                visitor.visit_some(self)
            }
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if !is_own::<V>() {
            return Err(Misread);
        }
        let count = self.count(kind::LIST);
        if self.learner.is_some() {
            return self.learned_list(count, visitor);
        }
        self.hold(count)?;
        self.in_turn(count, visitor)
    }

    #[inline]
    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value> {
        if !is_own::<V>() && !is_derived::<V>() {
            return Err(Misread);
        }
        if self.learner.is_some() {
            return self.learned_tuple(len, visitor);
        }
        self.in_turn(len, visitor)
    }

    #[inline]
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_tuple(len, visitor)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if !is_derived::<V>() {
            return Err(Misread);
        }
        // Whoever takes a struct by serde's derive takes its fields in turn as well.
        let missing = self.word(kind::STRUCT);
        if missing != 0.0 {
            return self.keyed(fields, missing, visitor);
        }
        self.in_turn(fields.len(), visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if !is_own::<V>() {
            return Err(Misread);
        }
        let count = self.count(kind::MAP);
        if self.learner.is_none() {
            self.hold(count)?;
        }
        self.enter()?;
        let value = visitor.visit_map(Keyed::of_map(self, count));
        self.leave();
        value
    }

    /// A variant without content, which is its name.
    #[inline]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if !is_derived::<V>() {
            return Err(Misread);
        }
        visitor.visit_enum(Variant(self.text()))
    }

    fn is_human_readable(&self) -> bool {
        true
    }
}
